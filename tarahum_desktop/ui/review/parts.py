"""What the presenter of the review desk and its widgets agree on: the lists, their items, and what is told."""

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.duplicates.queue import Pair, PairLine
from tarahum_desktop.casework.exceptions.queue import ExceptionLine
from tarahum_desktop.ui.review.ports import ReviewBoard
from tarahum_desktop.ui.tokens import Tone

Tab = Literal["conflicts", "pairs", "exceptions", "settled"]
TABS: tuple[Tab, ...] = ("conflicts", "pairs", "exceptions", "settled")
Item = OpenConflict | PairLine | ExceptionLine | SetAside


class ReviewScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The lists are read for the first time."""

    def show_error(self, sentence: str) -> None:
        """They could not be read."""

    def show_board(self, board: ReviewBoard, tab: Tab, at: int) -> None:
        """Fill the lists and stand on an item of one."""

    def show_pair(self, line: PairLine, pair: Pair) -> None:
        """Two records are read."""

    def show_refusal(self, sentence: str) -> None:
        """Something was not done; what was typed stays."""

    def say(
        self, sentence: str, tone: Tone = "accent", action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:  # fmt: skip
        """Something was done, perhaps with a way back."""

    def tell_changed(self, kinds: frozenset[str]) -> None:
        """Rows of these kinds changed."""

    def go(self, screen: str, params: Mapping[str, str]) -> None:
        """Open another screen."""

"""What the arrivals grid stands in and what it is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tarahum_desktop.casework.prison.desk_place import PrisonPlace
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note


class ArrivalsScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_rows(self, rows: Sequence[GridRow]) -> None:
        """All rows anew."""

    def add_rows(self, rows: Sequence[GridRow]) -> None:
        """Rows at the end."""

    def show_row(self, row: GridRow) -> None:
        """One row as it is now."""

    def drop_row(self, row_id: str) -> None:
        """A row went."""

    def stand(self, row_id: str, key: str = "") -> None:
        """The keyboard belongs there."""

    def say(self, note: Note | None) -> None:
        """A sentence under the grid."""

    def show_counts(self, saved: int, open_rows: int) -> None:
        """How many rows were recorded since the desk opened, and how many wait."""

    def show_error(self, sentence: str) -> None:
        """The rows left before could not be read."""


@dataclass(frozen=True)
class Surroundings:
    """What the grid stands in: the desk's place and day, the words of lists, what to tell the window."""

    place: PrisonPlace
    today: Callable[[], date]
    reasons: Mapping[str, str]
    changed: Callable[[frozenset[str]], None]
    open_file: Callable[[str], None]

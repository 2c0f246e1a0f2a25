"""The day without widgets: reads the board, turns it into cards, and knows what is read again when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from tarahum_desktop.casework.today import TodayBoard
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.formatting import RIYADH
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.today.cards import DRAFTS, CardView, cards_of
from tarahum_desktop.ui.today.lines import Line, weekday_name
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.sync_words import conflicts_in_words, sync_in_words
from tarahum_desktop.ui.worker import Background

SHOWN_KINDS = frozenset({
    "addendum", "alert", "amendment", "case_file", "case_move", "conflict", "consent", "custody_episode", "delivery", "draft",
    "exchange_record", "follow_up", "household", "inmate_request", "membership", "outbox", "person", "place", "plan_item",
    "referral", "release_check", "relocation", "role_grant", "ruling", "user_account", "visit",
})  # fmt: skip
NOON = 12
_READ_LATER = ("visits", "contacts", "releases", "came_back", "workload")


@dataclass(frozen=True)
class TodayView:
    """Everything the screen shows; the cards in the order they are read."""

    cards: tuple[CardView, ...]
    sync: str
    sync_tone: Tone
    complete: bool = True

    @property
    def nothing_waits(self) -> bool:
        """Whether every list is empty."""
        return not any(card.lines for card in self.cards)


class TodayScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_greeting(self, greeting: str, dates: str) -> None:
        """Who is greeted, and which day it is."""

    def show_loading(self) -> None:
        """The board is read for the first time."""

    def show_board(self, view: TodayView) -> None:
        """The board is read."""

    def show_error(self, sentence: str) -> None:
        """The board could not be read."""


class TodayPresenter:
    """The first screen. Call ``open`` each time it is opened."""

    def __init__(
        self,
        ports: TodayPorts,
        background: Background,
        kit: Kit,
        screen: TodayScreen,
        navigate: Callable[[str, Mapping[str, str]], None],
    ) -> None:
        self._ports, self._background = ports, background
        self.kit, self._screen, self._navigate = kit, screen, navigate
        self.view: TodayView | None = None
        self._board: TodayBoard | None = None

    def open(self) -> None:
        """Greet, and read everything anew; what was shown stays until the new is there."""
        self._greet()
        if self.view is None:
            self._screen.show_loading()
        self._background.query(
            self._ports.board, lambda board: self._read(board, 0), self._failed, replaces="board"
        )

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.open()

    def go(self, line: Line) -> None:
        """Open what a line is about."""
        if line.screen:
            self._navigate(line.screen, line.params)

    def resume(self) -> None:
        """Go on with the draft worked on last."""
        if draft := self.last_draft():
            self.go(draft)

    def last_draft(self) -> Line | None:
        """The draft worked on last, if there is one."""
        cards = self.view.cards if self.view else ()
        return next((card.lines[0] for card in cards if card.id == DRAFTS and card.lines), None)

    def new_visit(self) -> None:
        """A visit begins with its family."""
        self._navigate("families", {})

    def open_sync(self) -> None:
        """Open the sync centre."""
        self._navigate("sync", {})

    def _greet(self) -> None:
        words, now = self.kit.words, self._ports.now().astimezone(RIYADH)
        hello = words.t("Good morning") if now.hour < NOON else words.t("Good evening")
        if self._ports.name:
            hello = words.t("{greeting}, {name}").format(greeting=hello, name=self._ports.name)
        day = self.kit.formats.date(now.date())
        self._screen.show_greeting(hello, f"{weekday_name(self.kit, now.date())} · {day}")

    def _read(self, board: TodayBoard, parts: int) -> None:
        """Show what is read, and what was read the last time for what is not; then read the next part."""
        self._board = _completed(board, self._board)
        further = self._ports.parts[parts:]
        self.view = self._view(self._board, complete=not further)
        self._screen.show_board(self.view)
        if further:
            self._background.query(
                lambda: further[0](board),
                lambda found: self._read(found, parts + 1),
                self._failed,
                replaces="board",
            )

    def _failed(self, error: TarahumError) -> None:
        self.view = self._board = None
        self._screen.show_error(error_sentence(self.kit.words, error))

    def _view(self, board: TodayBoard, *, complete: bool) -> TodayView:
        sentence, tone = sync_in_words(
            self.kit, board.sync.only_here, board.sync.last_complete_at, self._ports.now(), board.sync.handed
        )
        if board.sync.open_conflicts:
            sentence = f"{sentence} {conflicts_in_words(self.kit, board.sync.open_conflicts)}"
            tone = "attention" if tone == "accent" else tone
        return TodayView(cards_of(self.kit, board, self._ports.now()), sentence, tone, complete)


def _completed(board: TodayBoard, before: TodayBoard | None) -> TodayBoard:
    """A board of which parts are still being read, with those parts as they were."""
    if before is None:
        return board
    unread = [name for name in _READ_LATER if getattr(board, name) is None]
    if board.came_back is None:
        unread.append("set_aside")  # read with what came back
    return replace(board, **{name: getattr(before, name) for name in unread})

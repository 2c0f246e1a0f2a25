"""The board as cards, in the order a person should read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tarahum_desktop.casework.drafts import DraftLine
from tarahum_desktop.casework.today import CameBackLine, DueLine, ReleaseLine, TodayBoard
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.today.lines import Line, came_back_line, draft_line, due_line, release_line

DRAFTS = "drafts"


@dataclass(frozen=True)
class CardView:
    """One list of the day; ``empty`` is said in its place when there are no lines. Side cards stand beside."""

    id: str
    title: str
    icon: str
    lines: tuple[Line, ...]
    empty: str
    side: bool = False


def cards_of(kit: Kit, board: TodayBoard, now: datetime) -> tuple[CardView, ...]:
    """What was begun comes first, for it is a keypress away from being done; else what is due."""
    due = _due(kit, (*board.visits_due, *board.overdue))
    drafts = _drafts(kit, board.drafts, now)
    first = (drafts, due) if drafts.lines else (due, drafts)
    return (*first, _releases(kit, board.releases), _came_back(kit, board.came_back, now))


def _due(kit: Kit, rows: Sequence[DueLine]) -> CardView:
    words = kit.words
    lines = tuple(due_line(kit, row) for row in sorted(rows, key=lambda row: -row.days))
    empty = words.t("No visit or contact is due this week. Press “New visit” to find a family.")
    return CardView("due", words.t("My visits and contacts"), "visit", lines, empty)


def _drafts(kit: Kit, rows: Sequence[DraftLine], now: datetime) -> CardView:
    words = kit.words
    lines = tuple(draft_line(kit, row, now) for row in rows)
    empty = words.t("No visit is half done. What you begin waits for you here.")
    return CardView(DRAFTS, words.t("Visits to go on with"), "edit", lines, empty)


def _releases(kit: Kit, rows: Sequence[ReleaseLine]) -> CardView:
    words = kit.words
    lines = tuple(release_line(kit, row) for row in rows)
    empty = words.t("No release is expected among your families.")
    return CardView(
        "releases", words.t("Releases in the coming six months"), "release", lines, empty, side=True
    )


def _came_back(kit: Kit, rows: Sequence[CameBackLine], now: datetime) -> CardView:
    words = kit.words
    lines = tuple(came_back_line(kit, row, now) for row in rows)
    empty = words.t("Nobody else changed your cases in the last two weeks.")
    return CardView("back", words.t("What came back"), "inbox", lines, empty, side=True)

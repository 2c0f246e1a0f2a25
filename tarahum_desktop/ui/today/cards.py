"""The board as cards, in the order a person should read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tarahum_desktop.casework.care.alerts import AlertLine
from tarahum_desktop.casework.care.day_route import DueLine
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.casework.drafts import DraftLine
from tarahum_desktop.casework.today import ReleaseLine, TodayBoard
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.today.lines import (
    Line,
    alert_line,
    came_back_line,
    draft_line,
    due_line,
    late_step_line,
    release_line,
    waiting_line,
    workload_line,
)
from tarahum_desktop.ui.today.waiting_lines import count_line, set_aside_line

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
    """What endangers somebody comes first; then what was begun, for it is a keypress away from being done; then what is due.

    Cards about others' work, and about decisions, are there only for those who have them.
    """
    due = (_visits(kit, board.visits), _contacts(kit, board.contacts))
    drafts = _drafts(kit, board.drafts, now)
    first = (drafts, *due) if drafts.lines else (*due, drafts)
    waiting = _waiting(kit, board, now)
    return (
        *_alerts(kit, board.alerts, now), *((waiting,) if waiting.lines else ()), *first,
        *_workload(kit, board.workload), _releases(kit, board.releases), _came_back(kit, board, now),
    )  # fmt: skip


def _alerts(kit: Kit, rows: Sequence[AlertLine], now: datetime) -> tuple[CardView, ...]:
    if not rows:
        return ()
    lines = tuple(alert_line(kit, row, now) for row in rows)
    return (CardView("alerts", kit.words.t("Alerts to see today"), "danger", lines, ""),)


def _waiting(kit: Kit, board: TodayBoard, now: datetime) -> CardView:
    lines = [count_line(kit, row) for row in board.counts]
    lines += [late_step_line(kit, row, now) for row in board.late_steps]
    lines += [waiting_line(kit, row) for row in board.waiting]
    return CardView("waiting", kit.words.t("Waiting for me"), "signature", tuple(lines), "")


def _visits(kit: Kit, rows: Sequence[DueLine] | None) -> CardView:
    words = kit.words
    lines = tuple(due_line(kit, row) for row in rows or ())
    empty = words.t("No visit is due this week. Press “New visit” to find a family.")
    return CardView(
        "due", words.t("Visits, in the order of the way"), "visit", lines, _unless_read(kit, rows, empty)
    )


def _contacts(kit: Kit, rows: Sequence[DueLine] | None) -> CardView:
    words = kit.words
    lines = tuple(due_line(kit, row) for row in rows or ())
    empty = words.t("Nothing else is due. The calendar shows the days ahead.")
    title = words.t("Contacts and other tasks")
    return CardView("contacts", title, "calendar", lines, _unless_read(kit, rows, empty))


def _workload(kit: Kit, rows: Sequence[WorkloadLine] | None) -> tuple[CardView, ...]:
    if not rows:
        return ()
    lines = tuple(workload_line(kit, row) for row in rows)
    return (CardView("workload", kit.words.t("Work of the officers"), "user", lines, "", side=True),)


def _drafts(kit: Kit, rows: Sequence[DraftLine], now: datetime) -> CardView:
    words = kit.words
    lines = tuple(draft_line(kit, row, now) for row in rows)
    empty = words.t("No visit is half done. What you begin waits for you here.")
    return CardView(DRAFTS, words.t("Visits to go on with"), "edit", lines, empty)


def _releases(kit: Kit, rows: Sequence[ReleaseLine] | None) -> CardView:
    words = kit.words
    lines = tuple(release_line(kit, row) for row in rows or ())
    empty = words.t("No release is expected among your families.")
    title, said = words.t("Releases in the coming six months"), _unless_read(kit, rows, empty)
    return CardView("releases", title, "release", lines, said, side=True)


def _came_back(kit: Kit, board: TodayBoard, now: datetime) -> CardView:
    words = kit.words
    lines = (
        *(set_aside_line(kit, row, now) for row in board.set_aside),
        *(came_back_line(kit, row, now) for row in board.came_back or ()),
    )
    empty = words.t("Nobody else changed your cases in the last two weeks.")
    said = _unless_read(kit, board.came_back, empty)
    return CardView("back", words.t("What came back"), "inbox", lines, said, side=True)


def _unless_read(kit: Kit, rows: Sequence[object] | None, empty: str) -> str:
    """What an empty card says: that there is nothing, or that it is still being read."""
    return kit.words.t("One moment, please…") if rows is None else empty

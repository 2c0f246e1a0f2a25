"""A day of one field officer, all names invented, and a screen on it with everything it asked for."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tarahum_desktop.casework.care.alerts import AlertLine
from tarahum_desktop.casework.care.day_route import DueLine
from tarahum_desktop.casework.care.late_steps import LateStep
from tarahum_desktop.casework.care.waiting import WaitingLine
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.casework.conflicts.about import About
from tarahum_desktop.casework.conflicts.told import SetAside
from tarahum_desktop.casework.drafts import DraftLine
from tarahum_desktop.casework.sync_state import SyncState
from tarahum_desktop.casework.today import CameBackLine, ReleaseLine, TodayBoard
from tarahum_desktop.casework.waiting_counts import Awaited, WaitingCount
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import Params, ScreenContext
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.view import TodayScreenView
from tarahum_desktop.ui.worker import Background, Immediate

NOW = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
NO_PARAMS: Params = {}

FAMILIES = (
    ("RYD-2026-00417", "محمد بن عبدالله بن سعد العتيبي", "الرياض", "Riyadh"),
    ("RYD-2026-00102", "خالد بن سالم الحربي", "المزاحمية", "Al Muzahimiyah"),
    ("RYD-2025-01988", "فهد بن ناصر بن إبراهيم الدوسري", "الخرج", "Al Kharj"),
    ("RYD-2026-00533", "أحمد بن علي الغامدي", "الرياض", "Riyadh"),
    ("RYD-2025-00871", "عبدالرحمن بن حمد الشمري", "ضرما", "Dhurma"),
    ("RYD-2026-00640", "سعود بن فيصل القحطاني", "الرياض", "Riyadh"),
    ("RYD-2026-00641", "ماجد بن تركي المطيري", "الدرعية", "Diriyah"),
    ("RYD-2026-00702", "يوسف بن صالح الزهراني", "الرياض", "Riyadh"),
)


def some_id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def due(number: int, days: int, kind: str = "visit", stop: int = 0) -> DueLine:
    file_number, name, place_ar, place_en = FAMILIES[number % len(FAMILIES)]
    return DueLine(
        some_id(100 + number), some_id(number), file_number, name, place_ar, place_en, (TaskKind(kind),),
        DAY - timedelta(days), days, stop,
    )  # fmt: skip


def release(number: int, days: int, *, known: bool = True) -> ReleaseLine:
    file_number, name, _ar, _en = FAMILIES[number]
    household = some_id(number) if known else None
    return ReleaseLine(
        some_id(200 + number), name, household, file_number if known else "", DAY + timedelta(days), days
    )


def draft(number: int, hours: int, answered: int) -> DraftLine:
    file_number, name, _ar, _en = FAMILIES[number]
    changed = NOW - timedelta(hours=hours)
    return DraftLine(
        some_id(300 + number), some_id(number), file_number, name, changed - timedelta(hours=1), changed,
        "rent", answered,
    )  # fmt: skip


def came_back(number: int, hours: int, to_state: str, reason: str = "") -> CameBackLine:
    file_number, name, _ar, _en = FAMILIES[number]
    return CameBackLine(
        some_id(number), file_number, name, "plan_pending", to_state, reason, "هدى السبيعي", "Huda Alsubaie",
        NOW - timedelta(hours=hours),
    )  # fmt: skip


SYNCED = SyncState(
    kept_here=0, sent=312, confirmed=312, last_complete_at=NOW - timedelta(hours=2), scopes=(), history=(),
    open_conflicts=0, held_batches=0,
)  # fmt: skip
EMPTY = TodayBoard(DAY, (), (), (), (), (), SYNCED)
FULL = TodayBoard(
    DAY,
    visits=(due(1, 2, stop=1), due(0, 12, stop=2), due(2, 0, stop=3), due(3, -1, stop=4), due(4, -5, stop=5)),
    contacts=(due(5, 40, "after_care"), due(6, 3, "contact")),
    releases=(release(2, 9), release(4, 61), release(7, 140, known=False)),
    drafts=(draft(1, 3, 34), draft(3, 50, 1)),
    came_back=(came_back(0, 5, "returned", "ينقص إثبات عقد الإيجار"), came_back(6, 30, "approved")),
    sync=replace(SYNCED, kept_here=14, open_conflicts=1, last_complete_at=NOW - timedelta(days=2)),
)
LEADING = replace(
    FULL,
    drafts=(),
    alerts=(
        AlertLine(some_id(401), "domestic_violence", some_id(101), some_id(1), FAMILIES[1][0], FAMILIES[1][1],
                  "نورة القحطاني", "Noura", NOW - timedelta(hours=1), "", mine=True),
    ),
    waiting=(WaitingLine(some_id(103), some_id(3), FAMILIES[3][0], FAMILIES[3][1], "assessed"),),
    workload=(
        WorkloadLine(some_id(501), "نورة القحطاني", "Noura Alqahtani", 38, 4, 21),
        WorkloadLine(some_id(502), "سلمان الحربي", "Salman Alharbi", 41, 0, 17),
        WorkloadLine(None, "", "", 3, 0, 0),
    ),
    late_steps=(
        LateStep(some_id(601), some_id(104), some_id(4), FAMILIES[4][0], FAMILIES[4][1], "plan_pending", "approved",
                 "فهد السبيعي", "Fahd", NOW - timedelta(days=3)),
    ),
    counts=(WaitingCount(Awaited.OFFERS, 1), WaitingCount(Awaited.AMENDMENTS, 2)),
    set_aside=(
        SetAside(some_id(701), "household", some_id(6), "district", About(None, FAMILIES[6][1], some_id(6), FAMILIES[6][0]),
                 "هدى السبيعي", "Huda", NOW - timedelta(hours=4)),
    ),
)  # fmt: skip


@dataclass
class Asked:
    """What a screen asked of the window."""

    opened: list[tuple[str, Params]] = field(default_factory=list)

    def navigate(self, screen_id: str, params: Params = NO_PARAMS) -> None:
        self.opened.append((screen_id, params))


class Boards:
    """Answers with one board after another; an error is raised. The last one is repeated."""

    def __init__(self, answers: Sequence[TodayBoard | TarahumError]) -> None:
        self._answers = list(answers)
        self.read = 0

    def __call__(self) -> TodayBoard:
        answer = self._answers[min(self.read, len(self._answers) - 1)]
        self.read += 1
        if isinstance(answer, TarahumError):
            raise answer
        return answer


def ports_of(board: Callable[[], TodayBoard], now: datetime = NOW) -> TodayPorts:
    return TodayPorts(board, lambda: now, "نورة القحطاني")


def context_of(kit: Kit, asked: Asked, background: Background | None = None) -> ScreenContext:
    return ScreenContext(
        kit, background or Immediate(), asked.navigate, lambda: None, lambda *_said: None, lambda _kinds: None
    )


def screen_of(
    kit: Kit, *answers: TodayBoard | TarahumError, background: Background | None = None
) -> tuple[TodayScreenView, Asked, Boards]:
    asked, boards = Asked(), Boards(answers)
    return TodayScreenView(context_of(kit, asked, background), ports_of(boards)), asked, boards

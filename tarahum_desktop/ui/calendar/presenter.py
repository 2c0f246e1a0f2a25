"""The calendar without widgets: which days, whose tasks, which kinds; and what is done about one."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal, Protocol

from tarahum_desktop.casework.care.task_records import Outcome, TaskRef
from tarahum_desktop.casework.care.tasks import TaskBoard, TaskLine, TaskQuery
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.calendar.month import (
    WEEK,
    WEEKS,
    DayCell,
    day_cell,
    first_shown,
    last_shown,
    month_title,
    same_day_in,
)
from tarahum_desktop.ui.calendar.ports import CalendarPorts
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

Mode = Literal["day", "overdue", "workload"]
MODES: Final[Mapping[str, Mode]] = MappingProxyType(
    {"day": "day", "overdue": "overdue", "workload": "workload"}
)
KINDS: Final[Mapping[str, frozenset[TaskKind]]] = MappingProxyType({
    "all": frozenset(TaskKind),
    "visits": frozenset({TaskKind.VISIT, TaskKind.STUDY, TaskKind.RATING}),
    "contacts": frozenset({TaskKind.CONTACT, TaskKind.AFTER_CARE}),
    "releases": frozenset({TaskKind.RELEASE_PLAN}),
    "papers": frozenset({TaskKind.DELIVERY, TaskKind.RETURNED, TaskKind.CONSENT_AT_18, TaskKind.INFORM}),
})  # fmt: skip
SHOWN_KINDS: Final = frozenset({
    "case_file", "case_move", "consent", "custody_episode", "delivery", "follow_up", "household", "membership",
    "person", "plan_item", "release_check", "visit",
})  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """Whose tasks and which kinds. ``officer_id`` None asks for everybody's."""

    officer_id: uuid.UUID | None
    kinds: str = "all"


@dataclass(frozen=True)
class CalendarView:
    """Everything the screen shows."""

    title: str
    cells: tuple[DayCell, ...]
    chosen: dt.date
    today: dt.date
    day_title: str
    mode: Mode
    tasks: tuple[TaskLine, ...]
    workload: tuple[WorkloadLine, ...] | None
    late: int
    more: bool
    leads: bool
    filters: Filters


@dataclass
class _State:
    chosen: dt.date
    filters: Filters
    mode: Mode = "day"
    board: TaskBoard | None = None
    workload: tuple[WorkloadLine, ...] | None = None
    asked: TaskQuery | None = field(default=None)


class CalendarScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """Nothing is here yet."""

    def show_view(self, view: CalendarView) -> None:
        """The days are read."""

    def show_error(self, sentence: str) -> None:
        """They could not be read."""


class Announcer(Protocol):
    """Says something at the lower edge."""

    def __call__(self, sentence: str, tone: Tone = ...) -> None:
        """Say it."""


class CalendarPresenter:
    """Call ``open`` each time the screen is opened."""

    def __init__(
        self,
        ports: CalendarPorts,
        background: Background,
        kit: Kit,
        screen: CalendarScreen,
        navigate: Callable[[str, Mapping[str, str]], None],
        announce: Announcer,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self._ports, self._background, self.kit = ports, background, kit
        self._screen, self._navigate = screen, navigate
        self._announce, self._changed = announce, changed
        self.state = _State(ports.today(), Filters(ports.user_id))

    def open(self, officer_id: uuid.UUID | None = None) -> None:
        """Read the days anew; of one officer when asked for, or as it was left."""
        if officer_id is not None:
            self.state.filters = replace(self.state.filters, officer_id=officer_id)
            self.state.mode = "overdue"
        self.read()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.read()

    def read(self) -> None:
        """Read the shown month; then, of a whole office, what is overdue before it; then who carries how much."""
        if self.state.board is None:
            self._screen.show_loading()
        query = self._query()
        self._background.query(
            lambda: self._ports.board(replace(query, overdue=not _in_two(query))),
            lambda board: self._read(query, board),
            self._failed,
            replaces="board",
        )

    def go_to(self, day: dt.date) -> None:
        """Choose a day; another month is read first."""
        self.state.chosen = day
        self.state.mode = "day"
        if self.state.asked == self._query():
            self._show()
        else:
            self.read()

    def step_days(self, days: int) -> None:
        """Some days on or back."""
        self.go_to(self.state.chosen + dt.timedelta(days))

    def step_months(self, months: int) -> None:
        """The same day of another month."""
        self.go_to(same_day_in(self.state.chosen, months))

    def go_today(self) -> None:
        """Back to today."""
        self.go_to(self._ports.today())

    def filter(self, *, whose: str | None = None, kinds: str | None = None) -> None:
        """``whose`` is "mine" or "all", ``kinds`` a code of ``KINDS``."""
        filters = self.state.filters
        if whose is not None:
            filters = replace(filters, officer_id=self._ports.user_id if whose == "mine" else None)
        if kinds is not None and kinds in KINDS:
            filters = replace(filters, kinds=kinds)
        if filters != self.state.filters:
            self.state.filters = filters
            self.read()

    def choose_mode(self, code: str) -> None:
        """The chosen day's tasks ("day"), everything overdue ("overdue"), or everybody's work ("workload")."""
        mode = MODES.get(code, "day")
        if mode != self.state.mode:
            self.state.mode = mode
            self._show()

    def show_officer(self, officer_id: uuid.UUID | None) -> None:
        """One officer's tasks, from the table of everybody's work."""
        if officer_id is not None:
            self.open(officer_id)

    def open_family(self, task: TaskLine) -> None:
        """Open what a task is about: where a case waits for a step or a checklist, its care; else the family."""
        screen = "care" if task.kind in {TaskKind.RELEASE_PLAN, TaskKind.RETURNED} else "family"
        self._navigate(screen, {"household": str(task.household_id)})

    def complete(self, task: TaskLine, outcome: Outcome, note: str = "") -> None:
        """Record how a contact went."""
        ref, said = _ref(task), self.kit.words.t("Kept.")
        self._background.command(
            lambda: self._ports.complete(ref, outcome, note),
            lambda done: self._done(done, said),
            self._refused,
        )

    def put_off(self, task: TaskLine, day: dt.date) -> None:
        """Give a contact another day."""
        ref = _ref(task)
        said = self.kit.words.t("Put off to {date}.").format(date=self.kit.formats.date(day))
        self._background.command(
            lambda: self._ports.put_off(ref, day), lambda done: self._done(done, said), self._refused
        )

    def _done(self, summary: ChangeSummary, said: str) -> None:
        self._announce(said)
        self._changed(frozenset(summary.touched))
        self.read()

    def _refused(self, error: TarahumError) -> None:
        self._announce(error_sentence(self.kit.words, error), "danger")
        self.read()

    def _query(self) -> TaskQuery:
        chosen, filters = self.state.chosen, self.state.filters
        return TaskQuery(first_shown(chosen), last_shown(chosen), filters.officer_id, KINDS[filters.kinds])

    def _read(self, query: TaskQuery, board: TaskBoard) -> None:
        before, self.state.board, self.state.asked = self.state.board, board, query
        if not _in_two(query):
            self._go_on(board)
            return
        self.state.board = replace(board, overdue=before.overdue if before else ())
        self._show()
        late = replace(query, first=board.today, last=board.today)
        self._background.query(
            lambda: self._ports.board(late),
            lambda found: self._go_on(replace(board, overdue=found.overdue, more=board.more or found.more)),
            self._failed,
            replaces="board",
        )

    def _go_on(self, board: TaskBoard) -> None:
        self.state.board = board
        self._show()
        self._background.query(self._ports.workload, self._read_workload, self._failed, replaces="board")

    def _read_workload(self, workload: tuple[WorkloadLine, ...]) -> None:
        first, self.state.workload = self.state.workload is None, workload
        board = self.state.board
        if first and workload and board is not None and not (board.tasks or board.overdue):
            self.filter(whose="all")  # who leads and has no cases of their own begins with everybody's
        else:
            self._show()

    def _failed(self, error: TarahumError) -> None:
        self.state.board = self.state.workload = None
        self._screen.show_error(error_sentence(self.kit.words, error))

    def _show(self) -> None:
        if self.state.board is not None:
            self._screen.show_view(self._view(self.state.board))

    def _view(self, board: TaskBoard) -> CalendarView:
        state, kit = self.state, self.kit
        by_day: dict[dt.date, list[TaskLine]] = {}
        for task in board.tasks:
            by_day.setdefault(task.due_on, []).append(task)
        first = first_shown(state.chosen)
        days = [first + dt.timedelta(at) for at in range(WEEKS * WEEK)]
        cells = tuple(
            day_cell(
                kit, day, state.chosen.month, len(by_day.get(day, ())),
                sum(task.days > 0 for task in by_day.get(day, ())),
            )
            for day in days
        )  # fmt: skip
        tasks = board.overdue if state.mode == "overdue" else tuple(by_day.get(state.chosen, ()))
        return CalendarView(
            month_title(kit, state.chosen), cells, state.chosen, board.today, kit.formats.date(state.chosen),
            state.mode, tasks, state.workload, len(board.overdue), board.more, bool(state.workload), state.filters,
        )  # fmt: skip


def _in_two(query: TaskQuery) -> bool:
    """An officer's own cases are read once for both; of a whole office each stretch of days is a reading of its own."""
    return query.officer_id is None


def _ref(task: TaskLine) -> TaskRef:
    return TaskRef(
        task.case_id, task.kind, task.due_on, task.contact_id, task.subject_id, task.person_id, task.step
    )

"""What is due: for one officer's cases, or for a whole office in a stretch of days."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.casework.care.task_cases import Days, case_rows, dated_cases, own_cases, room_for
from tarahum_desktop.casework.care.task_facts import FactBook, read_facts
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import full_name
from tarahum_desktop.domain.due_tasks import RECORDED, Task, TaskKind, tasks_of
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.route import Point

MOST_TASKS: Final = 500
OVERDUE_LOOKS_BACK: Final = 366
"""Days. What is older shows in the family file; a list of calls to make must end somewhere."""
OFFICE_LOOKS_BACK: Final = 92


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One thing due, as a list shows it; ``days`` late, negative for days to go. ``point`` is where the family lives."""

    kind: TaskKind
    due_on: dt.date
    days: int
    case_id: uuid.UUID
    household_id: uuid.UUID
    file_number: str
    head_name: str
    person_name: str
    place_ar: str
    place_en: str
    officer_ar: str
    officer_en: str
    mine: bool
    subject_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None
    step: str = ""
    point: Point | None = None

    @property
    def can_be_recorded(self) -> bool:
        """Whether saying so is enough to have it done or put off."""
        return self.kind in RECORDED

    @property
    def key(self) -> str:
        """Stable between two readings."""
        return f"{self.case_id}/{self.kind}/{self.subject_id}/{self.step}"


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """What is asked for. ``officer_id`` asks for one officer's cases; without it, for all the person may see."""

    first: dt.date
    last: dt.date
    officer_id: uuid.UUID | None = None
    kinds: frozenset[TaskKind] = field(default_factory=lambda: frozenset(TaskKind))
    overdue: bool = True


@dataclass(frozen=True, slots=True)
class TaskBoard:
    """Tasks of the days asked for and those overdue before them; ``more`` says that not all are listed."""

    today: dt.date
    tasks: tuple[TaskLine, ...]
    overdue: tuple[TaskLine, ...]
    more: bool


def task_board(desk: Desk, query: TaskQuery) -> TaskBoard:
    """Read what is due, the earliest first; each list holds at most 500."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        found, more = tasks_in(connection, desk, query, scopes) if scopes else ([], False)
    today = desk.today()
    shown = [line for line in found if line.kind in query.kinds]
    listed = [line for line in shown if query.first <= line.due_on <= query.last]
    late = [line for line in shown if query.overdue and line.days > 0]
    more = more or len(listed) > MOST_TASKS or len(late) > MOST_TASKS
    return TaskBoard(today, tuple(listed[:MOST_TASKS]), tuple(late[-MOST_TASKS:]), more)


def tasks_in(
    connection: Connection, desk: Desk, query: TaskQuery, scopes: tuple[str, ...]
) -> tuple[list[TaskLine], bool]:
    """The tasks of the cases a query is about, up to its last day, and whether there are more cases."""
    today, more = desk.today(), False
    wanted: Any
    if query.officer_id is not None:
        wanted, oldest = own_cases(query.officer_id), today - dt.timedelta(OVERDUE_LOOKS_BACK)
    else:
        oldest = today - dt.timedelta(OFFICE_LOOKS_BACK)
        room = room_for(connection, scopes)
        wanted, more = dated_cases(connection, scopes, Days(query.first, query.last), room)
        if query.overdue and query.first > oldest:
            past = Days(oldest, min(today, query.first))
            late, more_late = dated_cases(connection, scopes, past, room, latest=True)
            wanted, more = wanted | late, more or more_late
    rows = case_rows(connection, wanted, scopes)
    book = read_facts(connection, rows, today)
    last = max(query.last, today)
    found = [
        task_line(desk, row, book, task)
        for row in rows
        for task in tasks_of(
            book.cases[row.id], contacts=book.contacts[row.id], stays=book.stays[row.id],
            items=book.items[row.id], people=book.people[row.id],
        )
        if min(oldest, query.first) <= task.due_on <= last and _may_see(desk, row, task)
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line.due_on, line.file_number, line.key)), more


def tasks_of_case(
    desk: Desk, connection: Connection, case_id: uuid.UUID, scope: str, until: dt.date
) -> list[TaskLine]:
    """What is due in one case up to a day, overdue things included, the earliest first."""
    rows = case_rows(connection, [case_id], (scope,))
    book = read_facts(connection, rows, desk.today())
    found = [
        task_line(desk, row, book, task)
        for row in rows
        for task in tasks_of(
            book.cases[row.id], contacts=book.contacts[row.id], stays=book.stays[row.id],
            items=book.items[row.id], people=book.people[row.id],
        )
        if task.due_on <= until and _may_see(desk, row, task)
    ]  # fmt: skip
    return sorted(found, key=lambda line: (line.due_on, line.key))


def _may_see(desk: Desk, row: Any, task: Task) -> bool:
    """Custody is criminal data: who may not see it is not told of releases either."""
    if task.kind not in {TaskKind.AFTER_CARE, TaskKind.RELEASE_PLAN, TaskKind.INFORM}:
        return True
    return desk.may(Action.VIEW_CRIMINAL, row.scope, own=row.officer_id == desk.user.id)


def task_line(desk: Desk, row: Any, book: FactBook, task: Task) -> TaskLine:
    """A task with the words of its case."""
    person = book.persons.get(task.person_id) if task.person_id else None
    return TaskLine(
        task.kind, task.due_on, (desk.today() - task.due_on).days, row.id, row.household_id, row.file_number,
        full_name(row), full_name(person) if person else "", row.place_ar or "", row.place_en or "",
        row.officer_ar or "", row.officer_en or "", row.officer_id == desk.user.id, task.subject_id,
        task.person_id, task.contact_id, task.step, _point(row),
    )  # fmt: skip


def _point(row: Any) -> Point | None:
    """Where the family lives; a place's own position would bring everybody in it to one spot, so it counts for none."""
    if row.latitude_e6 is None or row.longitude_e6 is None:
        return None
    return Point(row.latitude_e6, row.longitude_e6)

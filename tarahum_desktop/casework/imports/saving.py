"""Saving a checked register in bounded transactions through captured sessions, so that it travels like anything typed.

``begin_import`` writes the plan; each step of ``go_on`` saves some households. After a kill ``go_on`` goes on where the
last transaction ended. The record of the import is written with the last one, or with ``stop_import``.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.checked import Checked, Fate, Progress, Stage
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.mapping import remember_matching
from tarahum_desktop.casework.imports.plan import (
    Plan,
    PlannedHome,
    PlannedPerson,
    Reached,
    forget_plan,
    keep_plan,
    kept_plan,
    note_reached,
    plan_of,
    reached,
)
from tarahum_desktop.casework.numbers import next_file_number
from tarahum_desktop.casework.person_facts import new_person
from tarahum_desktop.casework.register import first_day, last_day
from tarahum_desktop.casework.temporary_keys import temporary_key
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import (
    Case,
    CustodyEpisode,
    Household,
    ImportMade,
    ImportRun,
    Membership,
    Person,
    Replicated,
)
from tarahum_desktop.models.ids import new_id

_PERSONS_A_STEP: Final = 150
_HOUSEHOLD: Any = Household.__table__
_MADE: Any = ImportMade.__table__
_STAY: Any = CustodyEpisode.__table__


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that ended: ids and counts of its rows; ``stopped`` when it was ended before its end."""

    run_id: uuid.UUID
    rows: int
    accepted: int
    stopped: bool = False

    @property
    def refused(self) -> int:
        """Rows that were not saved."""
        return self.rows - self.accepted


def begin_import(desk: Desk, checked: Checked, *, all_or_nothing: bool = False) -> Plan:
    """Write down what will be saved; nothing is saved yet.

    Raises:
        ImportRefused: an import is waiting, nothing is good, or not all is and all was asked for.
        NotAllowed.
    """
    scope = checked.choices.scope
    for action in (
        Action.IMPORT_REGISTER,
        Action.REGISTER_HOUSEHOLD,
        Action.REGISTER_PERSON,
        Action.REGISTER_CASE,
    ):
        desk.require(action, scope)
    bad = checked.count(Fate.REFUSED) + checked.count(Fate.HELD)
    if all_or_nothing and bad:
        raise ImportRefused("import_has_errors", rows=bad)
    plan = plan_of(checked)
    if not plan.homes:
        raise ImportRefused
    with desk.replica.engine.begin() as connection:
        if kept_plan(connection) is not None:
            raise ImportRefused("import_running")
        keep_plan(connection, plan)
    remember_matching(desk, checked.file, checked.matching)
    return plan


def waiting_import(desk: Desk) -> tuple[str, Progress] | None:
    """The title and state of an import that was cut short on this machine."""
    with desk.reading() as connection:
        plan = kept_plan(connection)
        return None if plan is None else (plan.title, _progress(plan, reached(connection)))


def go_on(desk: Desk) -> Iterator[Progress | Imported]:
    """Save what is left, a few households a step; yields progress and at last the result."""
    plan = _plan(desk)
    while True:
        with UnitOfWork(desk) as work:
            session = work.session
            at = reached(session.connection())
            some = _some(plan, at.homes)
            rows = [row for home in some for row in _write_home(session, desk, home)]
            at = Reached(at.homes + len(some), at.rows + sum(home.rows for home in some))
            if rows:
                session.flush()
                _note_made(session, plan.run_id, rows)
            note_reached(session.connection(), at)
            ended = at.homes >= len(plan.homes)
            if ended:
                _end(session, desk, plan, at)
        if ended:
            yield Imported(plan.run_id, plan.rows, at.rows)
            return
        yield _progress(plan, at)


def stop_import(desk: Desk) -> Imported:
    """End an import where it is; what was saved stays, and can be undone."""
    plan = _plan(desk)
    with UnitOfWork(desk) as work:
        at = reached(work.session.connection())
        _end(work.session, desk, plan, at)
    return Imported(plan.run_id, plan.rows, at.rows, stopped=True)


def _plan(desk: Desk) -> Plan:
    with desk.reading() as connection:
        plan = kept_plan(connection)
    if plan is None:
        raise ImportRefused("import_not_here")
    desk.require(Action.IMPORT_REGISTER, plan.scope)
    return plan


def _progress(plan: Plan, at: Reached) -> Progress:
    return Progress(Stage.SAVING, at.rows, sum(home.rows for home in plan.homes))


def _some(plan: Plan, start: int) -> list[PlannedHome]:
    found: list[PlannedHome] = []
    persons = 0
    for home in plan.homes[start:]:
        if found and persons + len(home.people) > _PERSONS_A_STEP:
            break
        found.append(home)
        persons += len(home.people)
    return found


def _write_home(session: Session, desk: Desk, planned: PlannedHome) -> list[Replicated]:
    rows: list[Replicated] = []
    people = [_write_person(session, desk, planned.scope, one) for one in planned.people]
    rows += [person for person in people if person is not None]
    home_id, scope = planned.household_id, planned.scope
    if home_id is None:
        home = _new_home(session, desk, planned)
        home_id = home.id
        rows += [home, _new_case(desk, planned, home)]
    for one in planned.people:
        rows.append(
            Membership(
                id=new_id(), scope=scope, household_id=home_id, person_id=one.person_id, relation=one.relation,
                resident=one.resident, first_day=planned.opened_on or desk.today(),
            )
        )  # fmt: skip
    stays = [
        _new_stay(scope, one) for one in planned.people if one.stay is not None and _may_stay(session, one)
    ]
    session.add_all([*rows, *stays])
    return [*rows, *stays]


def _may_stay(session: Session, planned: PlannedPerson) -> bool:
    """Of somebody on record the prison desk knows better than an old sheet."""
    if planned.is_new:
        return True
    query = select(_STAY.c.id).where(_STAY.c.person_id == planned.person_id, _STAY.c.removed_at.is_(None))
    return session.connection().execute(query.limit(1)).first() is None


def _write_person(session: Session, desk: Desk, scope: str, planned: PlannedPerson) -> Person | None:
    if not planned.is_new:
        return None
    person, _warnings = new_person(scope, planned.entered)
    person.id = planned.person_id
    person.mother_name = planned.entered.get("mother_name")
    if person.id_kind == "none":
        person.temporary_key = temporary_key(session.connection(), desk.replica, committee_of(scope))
    return person


def _new_home(session: Session, desk: Desk, planned: PlannedHome) -> Household:
    connection, committee = session.connection(), committee_of(planned.scope)
    number = planned.file_number
    query = select(_HOUSEHOLD.c.id).where(
        _HOUSEHOLD.c.file_number == number, _HOUSEHOLD.c.removed_at.is_(None)
    )
    if not number or connection.execute(query.limit(1)).first() is not None:
        number = next_file_number(connection, desk.replica, committee, desk.today().year)
    return Household(
        id=new_id(), scope=planned.scope, file_number=number, committee_code=committee,
        head_person_id=planned.people[0].person_id, **planned.home,
    )  # fmt: skip


def _new_case(desk: Desk, planned: PlannedHome, home: Household) -> Case:
    """Nobody's case yet: who imports a register does not visit all its families."""
    return Case(
        id=new_id(), scope=planned.scope, number=f"{home.file_number}-1", household_id=home.id,
        committee_code=home.committee_code, state=CaseState.DRAFT.value, restricted=False,
        opened_on=planned.opened_on or desk.today(),
    )  # fmt: skip


def _new_stay(scope: str, planned: PlannedPerson) -> CustodyEpisode:
    stay = dict(planned.stay or {})
    return CustodyEpisode(
        id=new_id(), scope=scope, person_id=planned.person_id, entry_day=first_day(stay.get("entry")),
        expected_release_day=last_day(stay.get("expected_release")), release_day=last_day(stay.get("release")), **stay,
    )  # fmt: skip


def _note_made(session: Session, run_id: uuid.UUID, rows: list[Replicated]) -> None:
    noted = [{"run_id": run_id, "row_id": row.id, "entity": row.__tablename__} for row in rows]
    session.connection().execute(insert(_MADE), noted)


def _end(session: Session, desk: Desk, plan: Plan, at: Reached) -> None:
    session.add(
        ImportRun(
            id=plan.run_id, scope=plan.scope, committee_code=committee_of(plan.scope), title=plan.title,
            file_hash=plan.file_hash, mapping=plan.matching, rows=plan.rows, accepted=at.rows,
            refused=plan.rows - at.rows, made_by=desk.user.id, made_at=desk.now(),
        )
    )  # fmt: skip
    session.flush()
    forget_plan(session.connection())

"""The checklist before a release: seven items, each with how far it has come and by whose word."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.care.alerts import LONGEST_NOTE
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import ReasonMissing, RecordMissing
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem, needs_note, preparation
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Case, CustodyEpisode, Membership, Person, ReleaseCheck

_STAY: Any = CustodyEpisode.__table__
_CHECK: Any = ReleaseCheck.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_CASE: Any = Case.__table__
_ENTITY: Final = "custody_episode"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One item of the checklist."""

    item: ReleaseItem
    state: CheckState
    note: str


@dataclass(frozen=True, slots=True)
class ReleaseList:
    """The preparation of one release; ``expected_on`` is None while nobody knows the day."""

    episode_id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    expected_on: dt.date | None
    begins_on: dt.date | None
    settled: int
    checks: tuple[CheckLine, ...]


def release_lists(desk: Desk, case_id: uuid.UUID) -> tuple[ReleaseList, ...]:
    """The checklists of everybody of a case's family who is inside; empty for who may not see custody.

    Raises:
        RecordMissing, or NotAllowed.
    """
    with desk.reading() as connection:
        case = connection.execute(select(_CASE).where(_CASE.c.id == case_id)).one_or_none()
        if case is None:
            raise RecordMissing(entity="case_file")
        desk.require(Action.VIEW_CASE, case.scope)
        if not desk.may(Action.VIEW_CRIMINAL, case.scope, own=case.officer_id == desk.user.id):
            return ()
        persons = {case.person_id} if case.person_id else set()
        persons |= set(
            connection.scalars(
                select(_MEMBER.c.person_id).where(
                    _MEMBER.c.household_id == case.household_id, _MEMBER.c.removed_at.is_(None)
                )
            )
        )
        inside = select(_STAY, *NAME_COLUMNS).join(_PERSON, _PERSON.c.id == _STAY.c.person_id).where(
            _STAY.c.person_id.in_(persons), _STAY.c.release_day.is_(None), _STAY.c.removed_at.is_(None),
            _STAY.c.status.in_(IN_CUSTODY),
        )  # fmt: skip
        stays = connection.execute(inside.order_by(_STAY.c.expected_release_day, _STAY.c.id)).all()
        return tuple(_list(connection, row) for row in stays)


def set_release_check(
    desk: Desk, episode_id: uuid.UUID, item: ReleaseItem, state: CheckState, note: str = ""
) -> ChangeSummary:
    """Say how far one item has come.

    Raises:
        ReasonMissing: which support, why declined, or who the mentor is was not said.
        RecordMissing, NotAllowed.
    """
    words = clean_lines(note)[:LONGEST_NOTE]
    if needs_note(item, state) and not words:
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        stay = work.session.get(CustodyEpisode, episode_id)
        if stay is None:
            raise RecordMissing(entity=_ENTITY)
        case = _case_of(work.session, stay.person_id)
        own = case is not None and case.officer_id == desk.user.id
        desk.require(Action.MOVE_CASE, stay.scope)
        desk.require(Action.VIEW_CRIMINAL, stay.scope, own=own)
        query = (
            select(ReleaseCheck)
            .where(
                ReleaseCheck.episode_id == episode_id, ReleaseCheck.item == item.value,
                ReleaseCheck.removed_at.is_(None),
            )
            .order_by(ReleaseCheck.id.desc())
            .limit(1)
        )  # fmt: skip
        # Two machines may each have made the item's first row: the later one counts everywhere, as in reading.
        row = work.session.scalars(query).one_or_none()
        if row is None:
            row = ReleaseCheck(
                scope=stay.scope, episode_id=episode_id, case_id=case.id if case else None, item=item.value
            )
            work.session.add(row)
        row.state, row.note = state.value, words or None
    return work.summary


def _case_of(session: Session, person_id: uuid.UUID) -> Case | None:
    homes = select(_MEMBER.c.household_id).where(
        _MEMBER.c.person_id == person_id, _MEMBER.c.removed_at.is_(None)
    )
    query = select(Case).where(Case.household_id.in_(homes), Case.removed_at.is_(None))
    return session.scalars(query.order_by(Case.id.desc()).limit(1)).one_or_none()


def _list(connection: Connection, stay: Any) -> ReleaseList:
    query = select(_CHECK).where(_CHECK.c.episode_id == stay.id, _CHECK.c.removed_at.is_(None))
    rows = {row.item: row for row in connection.execute(query.order_by(_CHECK.c.id))}
    expected = stay.expected_release_day
    prepared = preparation(expected or dt.date.max, [(row.item, row.state) for row in rows.values()])
    checks = tuple(
        CheckLine(item, prepared.states[item], (rows[item].note or "") if item in rows else "")
        for item in ReleaseItem
    )
    begins = prepared.begins_on if expected else None
    return ReleaseList(stay.id, stay.person_id, full_name(stay), expected, begins, prepared.settled, checks)

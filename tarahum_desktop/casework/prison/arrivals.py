"""Putting an arrival on record: the person if new, always a new stay, and an earlier case that opens again.

The id of the typed row becomes the id of the stay, so a row that is sent twice makes one stay.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.care.returns import note_return_to_custody
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.person_facts import date_range, new_person
from tarahum_desktop.casework.prison.arrival_drafts import drop_rows
from tarahum_desktop.casework.prison.arrival_row import ReadArrival, read_arrival
from tarahum_desktop.casework.prison.stays import stay_days, stays_of
from tarahum_desktop.casework.temporary_keys import temporary_key
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.custody_order import require_order
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import CustodyEpisode, Person
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import CapturedSession

_PERSON: Any = Person.__table__


class ArrivalNotReady(CaseworkError):
    """The row lacks something or cannot be read; ``columns`` names column → code. Fact ``count``."""

    code = "arrival_not_ready"

    def __init__(self, columns: Mapping[str, str]) -> None:
        super().__init__(None, count=len(columns))
        self.columns = dict(columns)


class ArrivalNameDiffers(CaseworkError):
    """The number is on record under another name, and nobody has said yet whether it is the same person."""

    code = "arrival_name_differs"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row to be put on record.

    Attributes:
        row_id: of the typed row, and of the stay it becomes.
        cells: as typed, by ``arrival_row.COLUMNS``.
        person_id: who it was found to be, None for somebody new.
        another: the clerk said that it is another person than the one found by number or name.
    """

    row_id: uuid.UUID
    cells: Mapping[str, str]
    scope: str
    facility_code: str
    gender: str = ""
    person_id: uuid.UUID | None = None
    another: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a row; ``returned`` says that the person had been released before."""

    person_id: uuid.UUID
    episode_id: uuid.UUID
    new_person: bool
    returned: bool
    warnings: tuple[str, ...] = ()
    temporary_key: str = ""
    summary: ChangeSummary = NOTHING_CHANGED


def record_arrival(desk: Desk, arrival: Arrival, draft_id: uuid.UUID | None = None) -> Recorded:
    """Put one row on record and forget its draft, in one transaction.

    Raises:
        ArrivalNotReady: something is missing or cannot be read.
        ArrivalNameDiffers: the number belongs to another name; the clerk decides.
        CustodyOrderError: the person's other stays leave no room for this one.
        NotAllowed, RecordMissing.
    """
    desk.require(Action.RECORD_CUSTODY, arrival.scope)
    read = read_arrival(arrival.cells, desk.today(), name_known=arrival.person_id is not None)
    if read.errors:
        raise ArrivalNotReady(read.errors)
    with UnitOfWork(desk) as work:
        session = work.session
        done = session.get(CustodyEpisode, arrival.row_id)
        if done is not None:
            return Recorded(done.person_id, done.id, new_person=False, returned=False)
        person, warnings = _person(session, desk, arrival, read)
        earlier = [] if warnings is not None else stays_of(session.connection(), person.id)
        own = desk.may(Action.RECORD_CUSTODY, person.scope)
        stay = _new_stay(arrival, read, person, len(earlier))
        stay.scope = person.scope if own else arrival.scope
        require_order(stay_days(stay), [stay_days(row) for row in earlier], desk.today())
        session.add(stay)
        session.flush()
        returned = any(row.release_day is not None for row in earlier)
        if returned:
            note_return_to_custody(session, desk, person.id)
        if draft_id is not None:
            drop_rows(session.connection(), desk, draft_id, [str(arrival.row_id)])
        key = person.temporary_key or ""
        result = (
            person.id,
            stay.id,
            warnings is not None,
            returned,
            (*(warnings or ()), *read.warnings.values()),
        )
    return Recorded(*result, key, work.summary)


def _person(
    session: CapturedSession, desk: Desk, arrival: Arrival, read: ReadArrival
) -> tuple[Person, tuple[str, ...] | None]:
    """The person of a row; the second part is None for somebody on record, else the new record's warnings."""
    if arrival.person_id is not None:
        person = session.get(Person, arrival.person_id)
        if person is None:
            raise RecordMissing(entity="person")
        return person, None
    if read.id_number and not arrival.another:
        query = select(Person).where(
            Person.id_number == read.id_number, Person.removed_at.is_(None), Person.merged_into.is_(None)
        )
        for person in session.scalars(query.order_by(Person.id)):
            if not desk.may(Action.SEARCH, person.scope):
                continue
            if compare_names(_parts(person), read.name) is NameMatch.NO_MATCH:
                raise ArrivalNameDiffers
            return person, None
    return _new_person(session, desk, arrival, read)


def _new_person(
    session: CapturedSession, desk: Desk, arrival: Arrival, read: ReadArrival
) -> tuple[Person, tuple[str, ...]]:
    desk.require(Action.REGISTER_PERSON, arrival.scope)
    gender = arrival.gender if arrival.gender in {"male", "female"} else ""
    entered = {
        "first_name": read.name.first, "father_name": read.name.father, "grandfather_name": read.name.grandfather,
        "family_name": read.name.family, "gender": gender, "id_kind": read.id_kind, "id_number": read.id_number,
        "no_id_reason": read.no_id_reason, "nationality": "saudi" if read.id_kind == "national_id" else "",
        "birth": read.birth.to_code() if read.birth else "",
    }  # fmt: skip
    person, warnings = new_person(arrival.scope, {name: value for name, value in entered.items() if value})
    person.id = new_id()
    if not read.id_number:
        person.temporary_key = temporary_key(session.connection(), desk.replica, committee_of(arrival.scope))
    session.add(person)
    return person, tuple(code for code in warnings if code not in read.warnings.values())


def _new_stay(arrival: Arrival, read: ReadArrival, person: Person, before: int) -> CustodyEpisode:
    entry = read.entry.to_code() if read.entry else None
    known = date_range(entry) if entry else None
    return CustodyEpisode(
        id=arrival.row_id, scope=arrival.scope, person_id=person.id, facility_code=arrival.facility_code,
        inmate_number=read.inmate_number or None, status=read.status, entry=entry,
        entry_day=known[0] if known else None, times_before=before or None,
    )  # fmt: skip


def _parts(person: Person) -> NameParts:
    return NameParts(
        person.first_name, person.father_name or "", person.grandfather_name or "", person.family_name
    )

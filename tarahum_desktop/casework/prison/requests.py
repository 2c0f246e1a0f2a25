"""What prisoners ask for: a visit, contact with the family, legal help or another thing, and who answered what."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, ReasonMissing, RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Household, InmateRequest, Membership, Person, User

REQUEST_KINDS: Final = ("visit", "family_contact", "legal", "other")
OPEN, IN_HAND, ANSWERED, REFUSED = "open", "in_hand", "answered", "refused"
WAITING: Final = (OPEN, IN_HAND)
_LONGEST: Final = 2_000
_LOOKS_BACK: Final = dt.timedelta(days=366)
_MOST: Final = 200
_REQUEST: Any = InmateRequest.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_MEMBER: Any = Membership.__table__
_HOUSEHOLD: Any = Household.__table__


class RequestClosed(CaseworkError):
    """The request has its answer already."""

    code = "request_closed"


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request; ``days`` it has waited or took; ``household_id`` is the family it concerns, if known here."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    household_id: uuid.UUID | None
    file_number: str
    facility_code: str
    kind: str
    wording: str
    made_on: dt.date
    days: int
    state: str
    handled_by_ar: str
    handled_by_en: str
    answer: str


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request to be written down."""

    person_id: uuid.UUID
    kind: str
    wording: str = ""
    facility_code: str = ""


def make_request(desk: Desk, wanted: NewRequest, request_id: uuid.UUID | None = None) -> uuid.UUID:
    """Write a request down; with an id given, doing it again changes nothing. Raises RecordMissing, NotAllowed."""
    if wanted.kind not in REQUEST_KINDS:
        raise RecordMissing(entity="inmate_request")
    with UnitOfWork(desk) as work:
        person = work.session.get(Person, wanted.person_id)
        if person is None:
            raise RecordMissing(entity="person")
        desk.require(Action.ANSWER_REQUEST, person.scope)
        if request_id is not None and work.session.get(InmateRequest, request_id) is not None:
            return request_id
        request = InmateRequest(
            scope=person.scope, person_id=person.id, committee_code=committee_of(person.scope), kind=wanted.kind,
            facility_code=wanted.facility_code or None, made_on=desk.today(), state=OPEN,
            wording=clean_lines(wanted.wording[:_LONGEST]) or None,
        )  # fmt: skip
        if request_id is not None:
            request.id = request_id
        work.session.add(request)
        work.session.flush()
        return request.id


def settle_request(desk: Desk, request_id: uuid.UUID, state: str, answer: str = "") -> ChangeSummary:
    """Take a request in hand, answer it, or refuse it with its reason.

    Raises:
        ReasonMissing: a refusal without words.
        RequestClosed: somebody answered before.
        RecordMissing, NotAllowed.
    """
    words = clean_lines(answer[:_LONGEST])
    if state == REFUSED and not words:
        raise ReasonMissing
    if state not in {IN_HAND, ANSWERED, REFUSED}:
        raise RecordMissing(entity="inmate_request")
    with UnitOfWork(desk) as work:
        request = work.session.get(InmateRequest, request_id)
        if request is None:
            raise RecordMissing(entity="inmate_request")
        desk.require(Action.ANSWER_REQUEST, request.scope)
        if request.state not in WAITING:
            raise RequestClosed
        request.state, request.handled_by = state, desk.user.id
        request.answer = words or request.answer
        request.answered_on = desk.today() if state != IN_HAND else None
    return work.summary


def requests(
    desk: Desk, *, waiting: bool = True, facility_code: str = "", household_id: uuid.UUID | None = None
) -> tuple[RequestLine, ...]:
    """Requests of the last year: those that wait, the oldest first, or those settled, the newest first.

    ``household_id`` narrows them to one family's members, for the office that cares for it.
    """
    today = desk.today()
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        query = (
            select(_REQUEST, *NAME_COLUMNS, _USER.c.name_ar.label("by_ar"), _USER.c.name_en.label("by_en"))
            .join(_PERSON, _PERSON.c.id == _REQUEST.c.person_id)
            .outerjoin(_USER, _USER.c.id == _REQUEST.c.handled_by)
            .where(
                _REQUEST.c.made_on >= today - _LOOKS_BACK,
                _REQUEST.c.state.in_(WAITING) if waiting else _REQUEST.c.state.not_in(WAITING),
                _REQUEST.c.removed_at.is_(None),
                _REQUEST.c.scope.concat("").in_(scopes),
            )
            .order_by(_REQUEST.c.made_on if waiting else _REQUEST.c.made_on.desc(), _REQUEST.c.id)
            .limit(_MOST)
        )
        if facility_code:
            query = query.where(_REQUEST.c.facility_code == facility_code)
        if household_id is not None:
            members = select(_MEMBER.c.person_id).where(_MEMBER.c.household_id == household_id)
            query = query.where(_REQUEST.c.person_id.in_(members))
        rows = list(connection.execute(query))
        homes = _homes(connection, [row.person_id for row in rows])
    return tuple(_line(row, homes.get(row.person_id), today) for row in rows)


def _homes(connection: Any, people: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    query = (
        select(_MEMBER.c.person_id, _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
        .where(_MEMBER.c.person_id.in_(people), _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.id)
    )
    return {row.person_id: row for row in connection.execute(query)}


def _line(row: Any, home: Any, today: dt.date) -> RequestLine:
    until = row.answered_on or today
    return RequestLine(
        row.id, row.person_id, full_name(row), home.id if home else None, home.file_number if home else "",
        row.facility_code or "", row.kind, row.wording or "", row.made_on, (until - row.made_on).days, row.state,
        row.by_ar or "", row.by_en or "", row.answer or "",
    )  # fmt: skip

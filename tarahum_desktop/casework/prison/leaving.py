"""Who is inside, who leaves soon, and how a stay ends or goes on in another facility."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, RecordMissing
from tarahum_desktop.casework.kinds import IN_CUSTODY
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.prison.stays import STAY, stay_days, stays_of
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.custody_order import (
    CustodyOrderError,
    MoveDay,
    StayDays,
    move_fault,
    require_order,
)
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.partial_date import DateRange, PartialDate
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import ascii_digits, clean
from tarahum_desktop.models import CustodyEpisode, CustodyMove, Facility, Person

RELEASE_TYPES: Final = ("sentence_served", "pardon", "parole", "bail", "private_right_paid", "other")
_TEMPORARY: Final = frozenset({"bail"})
_AHEAD: Final = dt.timedelta(days=183)
_BEHIND: Final = dt.timedelta(days=60)
_MOST: Final = 200
_PERSON: Any = Person.__table__
_FACILITY: Any = Facility.__table__
_MATCH: Final = text(
    "SELECT i.person_id FROM person_search s JOIN person_index i ON i.no = s.rowid "
    "WHERE person_search MATCH :query LIMIT 100"
)


class NotInside(CaseworkError):
    """The stay has ended already, or the facility is the one the person is in."""

    code = "custody_not_inside"


@dataclass(frozen=True, slots=True)
class InsideLine:
    """One person inside; ``days`` to go until the expected release, negative when it has passed, None unknown."""

    episode_id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    id_number: str
    inmate_number: str
    facility_code: str
    status: str
    entry_day: dt.date | None
    expected_on: dt.date | None
    days: int | None


def leaving_soon(desk: Desk, facility_code: str = "") -> tuple[InsideLine, ...]:
    """Releases expected up to six months ahead, and those that were expected and not recorded; at most 200."""
    today = desk.today()
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CRIMINAL, connection)
        if not scopes:
            return ()
        query = (
            _inside_query(scopes)
            .where(STAY.c.expected_release_day.between(today - _BEHIND, today + _AHEAD))
            .order_by(STAY.c.expected_release_day, STAY.c.id)
            .limit(_MOST)
        )
        if facility_code:
            query = query.where(STAY.c.facility_code == facility_code)
        return tuple(_line(row, today) for row in connection.execute(query))


def find_inside(desk: Desk, typed: str) -> tuple[InsideLine, ...]:
    """People inside by identity number, inmate number or name as heard; at most 200."""
    plain = ascii_digits(clean(typed[:100]))
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CRIMINAL, connection)
        if not scopes or not plain:
            return ()
        base, today = _inside_query(scopes).limit(_MOST), desk.today()
        rows = _by_number(connection, base, plain) if plain.isdigit() else _by_name(connection, base, plain)
        return tuple(_line(row, today) for row in rows)


def mark_released(desk: Desk, episode_id: uuid.UUID, release: str, release_type: str) -> ChangeSummary:
    """Record that a person left; after-care follows from the date. ``release`` is a partial date's code.

    Raises:
        RecordMissing, NotAllowed, NotInside.
        CustodyOrderError: the day is before the entry, or has not come yet.
    """
    if release_type not in RELEASE_TYPES:
        raise RecordMissing(entity="reference_item")
    with UnitOfWork(desk) as work:
        stay = _open_stay(work.session, desk, episode_id)
        known = date_range(release)
        if known is None:
            raise CustodyOrderError("date_code_invalid")
        days = stay_days(stay)
        ended = StayDays(days.id, days.entry, DateRange(*known), inside=False)
        others = [stay_days(row) for row in stays_of(work.session.connection(), stay.person_id)]
        require_order(ended, others, desk.today())
        stay.release, stay.release_day, stay.release_type = release, known[1], release_type
        stay.status = "released_temporarily" if release_type in _TEMPORARY else "released"
    return work.summary


def move_to_facility(
    desk: Desk, episode_id: uuid.UUID, facility_code: str, moved_on: dt.date, note: str = ""
) -> ChangeSummary:
    """Move a person to another facility within the same stay; the one before stays on record.

    Raises:
        RecordMissing, NotAllowed, NotInside.
        CustodyOrderError: ``custody_move_outside``.
    """
    with UnitOfWork(desk) as work:
        stay = _open_stay(work.session, desk, episode_id)
        if work.session.scalar(select(_FACILITY.c.id).where(_FACILITY.c.code == facility_code)) is None:
            raise RecordMissing(entity="facility")
        if stay.facility_code == facility_code:
            raise NotInside("custody_same_facility")
        if code := move_fault(MoveDay("", str(stay.id), moved_on), stay_days(stay), desk.today()):
            raise CustodyOrderError(code)
        work.session.add(
            CustodyMove(
                scope=stay.scope, episode_id=stay.id, from_facility=stay.facility_code, to_facility=facility_code,
                moved_on=moved_on, note=clean(note)[:500] or None,
            )
        )  # fmt: skip
        stay.facility_code = facility_code
    return work.summary


def day_code(day: dt.date) -> str:
    """A whole day as a partial date's code."""
    return PartialDate.of_day(day).to_code()


def _open_stay(session: Session, desk: Desk, episode_id: uuid.UUID) -> CustodyEpisode:
    stay = session.get(CustodyEpisode, episode_id)
    if stay is None:
        raise RecordMissing(entity="custody_episode")
    desk.require(Action.RECORD_CUSTODY, stay.scope)
    if not stay_days(stay).inside:
        raise NotInside
    return stay


def _inside_query(scopes: tuple[str, ...]) -> Any:
    return (
        select(STAY, *NAME_COLUMNS, _PERSON.c.id_number)
        .join(_PERSON, _PERSON.c.id == STAY.c.person_id)
        .where(
            STAY.c.release_day.is_(None),
            STAY.c.removed_at.is_(None),
            STAY.c.status.in_(sorted(IN_CUSTODY)),
            STAY.c.scope.concat("").in_(scopes),
        )
    )


def _by_number(connection: Connection, base: Any, number: str) -> list[Any]:
    people = base.where(_PERSON.c.id_number >= number, _PERSON.c.id_number < number + ":")
    inmates = base.where(STAY.c.inmate_number >= number, STAY.c.inmate_number < number + ":")
    found = {row.id: row for query in (inmates, people) for row in connection.execute(query)}
    return list(found.values())[:_MOST]


def _by_name(connection: Connection, base: Any, typed: str) -> list[Any]:
    words = fold(typed).split()[:6]
    if not words:
        return []
    query = " ".join(f'"{word}"*' for word in words)
    ids = [uuid.UUID(bytes=bytes(row[0])) for row in connection.execute(_MATCH, {"query": query})]
    return list(connection.execute(base.where(STAY.c.person_id.in_(ids))))


def _line(row: Any, today: dt.date) -> InsideLine:
    expected = row.expected_release_day
    return InsideLine(
        row.id, row.person_id, full_name(row), row.id_number or "", row.inmate_number or "", row.facility_code or "",
        row.status, row.entry_day, expected, (expected - today).days if expected else None,
    )  # fmt: skip

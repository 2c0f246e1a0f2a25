"""What happened to the case: visits, steps, contacts, alerts, custody, corrections, consents."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.history.events import Event, EventKind, Past
from tarahum_desktop.models import (
    Alert,
    Amendment,
    Assignment,
    CaseMove,
    Consent,
    CustodyEpisode,
    CustodyMove,
    Facility,
    FollowUp,
    Visit,
)
from tarahum_desktop.models.types import from_milliseconds

MOST_OF_A_SOURCE: Final = 500
_VISIT: Any = Visit.__table__
_MOVE: Any = CaseMove.__table__
_CONTACT: Any = FollowUp.__table__
_ALERT: Any = Alert.__table__
_STAY: Any = CustodyEpisode.__table__
_TRANSFER: Any = CustodyMove.__table__
_FACILITY: Any = Facility.__table__
_AMENDMENT: Any = Amendment.__table__
_CONSENT: Any = Consent.__table__
_ASSIGNMENT: Any = Assignment.__table__


def day_of(moment: dt.datetime) -> dt.date:
    """The day of a moment in the Kingdom."""
    return moment.astimezone(SAUDI_TIME).date()


def made_on(row_id: Any) -> dt.date:
    """The day a row was made, from the time its id begins with: for rows that say no day."""
    return day_of(from_milliseconds(row_id.int >> 80))


def newest(connection: Connection, table: Any, columns: list[Any], *conditions: Any, by: Any) -> Any:
    """The newest rows of a source, without those taken back."""
    query = select(*columns).where(*conditions, table.c.removed_at.is_(None))
    return connection.execute(query.order_by(by.desc(), table.c.id.desc()).limit(MOST_OF_A_SOURCE))


def visits(connection: Connection, past: Past) -> Iterator[Event]:
    """Submitted visits."""
    table = _VISIT
    columns = [table.c.id, table.c.visited_on, table.c.kind, table.c.outcome, table.c.officer_id]
    whose = table.c.household_id == past.household_id
    for row in newest(connection, table, columns, whose, by=table.c.visited_on):
        facts = {"visit_kind": row.kind, "outcome": row.outcome}
        yield Event(EventKind.VISIT, "visit", row.visited_on, row.id, row.officer_id, facts=facts)


def steps(connection: Connection, past: Past) -> Iterator[Event]:
    """Steps of the cases with their reasons, and to whom they were given."""
    table = _MOVE
    for row in newest(connection, table, [table], table.c.case_id.in_(past.cases), by=table.c.moved_at):
        facts = {"from_state": row.from_state, "to_state": row.to_state}
        yield Event(
            EventKind.CASE, "step", day_of(row.moved_at), row.id, row.moved_by, None, row.reason or "", facts
        )
    table = _ASSIGNMENT
    for row in newest(connection, table, [table], table.c.case_id.in_(past.cases), by=table.c.first_day):
        facts = {"user": row.officer_id.hex if row.officer_id else "", "team": row.team_code or ""}
        yield Event(
            EventKind.TRANSFER, "assigned", row.first_day, row.id, row.given_by, None, row.reason or "", facts
        )


def contacts(connection: Connection, past: Past) -> Iterator[Event]:
    """Contacts that were made."""
    table = _CONTACT
    made = table.c.done_on.is_not(None)
    for row in newest(connection, table, [table], table.c.case_id.in_(past.cases), made, by=table.c.done_on):
        facts = {"contact_kind": row.kind, "outcome": row.outcome or "", "step": row.step or ""}
        yield Event(
            EventKind.CONTACT, "contact", row.done_on, row.id, row.officer_id, row.person_id, row.note or "", facts
        )  # fmt: skip


def alerts(connection: Connection, past: Past) -> Iterator[Event]:
    """Alerts raised, and those acknowledged."""
    table = _ALERT
    for row in newest(connection, table, [table], table.c.case_id.in_(past.cases), by=table.c.raised_at):
        facts = {"alert_kind": row.kind}
        raised = Event(
            EventKind.ALERT, "raised", day_of(row.raised_at), row.id, row.raised_by, row.person_id, row.note or "", facts
        )  # fmt: skip
        yield raised
        if row.acknowledged_at is not None:
            yield Event(
                EventKind.ALERT, "seen", day_of(row.acknowledged_at), row.id, row.acknowledged_by, row.person_id, "", facts
            )  # fmt: skip


def custody(connection: Connection, past: Past) -> Iterator[Event]:
    """Entries, moves between facilities and releases."""
    table = _STAY
    columns = [table, _FACILITY.c.name_ar, _FACILITY.c.name_en]
    query = (
        select(*columns)
        .outerjoin(_FACILITY, _FACILITY.c.code == table.c.facility_code)
        .where(table.c.id.in_(past.stays))
    )
    released: set[Any] = set()
    for row in connection.execute(query.order_by(table.c.entry_day, table.c.id)):
        place = {"place_ar": row.name_ar or "", "place_en": row.name_en or row.name_ar or ""}
        back = row.person_id in released
        entered = row.entry_day or made_on(row.id)
        yield Event(
            EventKind.CUSTODY, "returned" if back else "entered", entered, row.id, person_id=row.person_id,
            facts=place | {"date": row.entry or ""},
        )  # fmt: skip
        if row.release_day is not None:
            facts = {"release_type": row.release_type or "", "date": row.release or ""}
            yield Event(
                EventKind.CUSTODY, "released", row.release_day, row.id, person_id=row.person_id, facts=facts
            )
            released.add(row.person_id)
    table = _TRANSFER
    query = (
        select(table, _FACILITY.c.name_ar, _FACILITY.c.name_en, _STAY.c.person_id)
        .join(_STAY, _STAY.c.id == table.c.episode_id)
        .outerjoin(_FACILITY, _FACILITY.c.code == table.c.to_facility)
        .where(table.c.episode_id.in_(past.stays), table.c.removed_at.is_(None))
        .limit(MOST_OF_A_SOURCE)
    )
    for row in connection.execute(query):
        facts = {
            "place_ar": row.name_ar or row.to_facility,
            "place_en": row.name_en or row.name_ar or row.to_facility,
        }
        day = row.moved_on or made_on(row.id)
        yield Event(EventKind.CUSTODY, "moved", day, row.id, row.author, row.person_id, row.note or "", facts)


def amendments(connection: Connection, past: Past) -> Iterator[Event]:
    """Corrections proposed and decided."""
    table = _AMENDMENT
    columns = [column for column in table.c if column.name != "changes"]
    whose = table.c.household_id == past.household_id
    for row in newest(connection, table, columns, whose, by=table.c.proposed_at):
        facts = {"visit": row.visit_id.hex}
        yield Event(
            EventKind.AMENDMENT,
            "proposed",
            day_of(row.proposed_at),
            row.id,
            row.proposed_by,
            None,
            row.reason,
            facts,
        )
        if row.decided_at is not None:
            yield Event(
                EventKind.AMENDMENT, row.state, day_of(row.decided_at), row.id, row.decided_by, None,
                row.decision_reason or "", facts,
            )  # fmt: skip


def consents(connection: Connection, past: Past) -> Iterator[Event]:
    """What was allowed, refused and withdrawn."""
    table = _CONSENT
    for row in newest(connection, table, [table], table.c.person_id.in_(past.people), by=table.c.given_at):
        facts = {"purpose": row.purpose, "party": row.named_party or ""}
        given = "given" if row.given else "refused"
        yield Event(
            EventKind.CONSENT, given, day_of(row.given_at), row.id, row.author, row.person_id, "", facts
        )
        if row.withdrawn_at is not None:
            yield Event(
                EventKind.CONSENT,
                "withdrawn",
                day_of(row.withdrawn_at),
                row.id,
                None,
                row.person_id,
                "",
                facts,
            )

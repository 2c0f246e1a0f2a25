"""Where a request stands: from a name, a number or a file to each step it has taken, in two short reads."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.giving import catalogue
from tarahum_desktop.casework.giving.promises import promises_of
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.domain.funds import Promise
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Delivery,
    Household,
    Minute,
    Payment,
    PaymentSheet,
    Person,
    PlanItem,
    User,
)

MOST: Final = 60
_HITS: Final = 20
_ITEM: Any = PlanItem.__table__
_PERSON: Any = Person.__table__
_HOME: Any = Household.__table__
_DELIVERY: Any = Delivery.__table__
_PAYMENT: Any = Payment.__table__
_SHEET: Any = PaymentSheet.__table__
_MINUTE: Any = Minute.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One requested service of one person; ``state`` is the plan item's."""

    item_id: uuid.UUID
    household_id: uuid.UUID | None
    person_name: str
    file_number: str
    service_ar: str
    service_en: str
    state: str
    proposed_on: dt.date | None
    promise: Promise


class StepKind(StrEnum):
    """A step in the way of a request."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    REFUSED = "refused"
    LISTED = "listed"
    PAID = "paid"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, by whom, its number (of minute, sheet or transfer), how much, and words said with it."""

    kind: StepKind
    day: dt.date | None
    by_ar: str = ""
    by_en: str = ""
    number: str = ""
    quantity: int = 0
    halalas: int = 0
    note: str = ""
    row_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class ItemChain:
    """A request with all its steps in the order they were taken."""

    line: ItemLine
    steps: tuple[Step, ...]


def find_items(desk: Desk, typed: str) -> list[ItemLine]:
    """Requests of the families that fit a typed name, identity number, mobile or file number; open ones first."""
    hits = find(desk, typed, _HITS)
    homes = [hit.household_id for hit in hits if hit.household_id is not None]
    people = [hit.person_id for hit in hits if hit.person_id is not None]
    if not homes and not people:
        return []
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.VIEW_CASE, connection)
        query = (
            _items()
            .where(or_(_ITEM.c.household_id.in_(homes), _ITEM.c.person_id.in_(people)))
            .where(_ITEM.c.scope.concat("").in_(scopes), _ITEM.c.removed_at.is_(None))
            .order_by(_ITEM.c.state == "completed", _ITEM.c.proposed_on.desc())
            .limit(MOST)
        )
        return _lines(connection, connection.execute(query).all(), desk.today())


def item_chain(desk: Desk, item_id: uuid.UUID) -> ItemChain:
    """Every step of one request; raises RecordMissing, NotAllowed."""
    with desk.reading() as connection:
        row = connection.execute(_items().where(_ITEM.c.id == item_id)).one_or_none()
        if row is None:
            raise RecordMissing(entity="plan_item")
        desk.require(Action.VIEW_CASE, row.scope)
        names = _user_names(connection, row, item_id)
        steps = [
            *_decision(connection, row, names),
            *_payments(connection, item_id),
            *_deliveries(connection, item_id, names),
        ]
        line = _lines(connection, [row], desk.today())[0]
    return ItemChain(line, tuple(sorted(steps, key=lambda step: step.day or dt.date.min)))


def _items() -> Any:
    return (
        select(_ITEM, *NAME_COLUMNS, _HOME.c.file_number)
        .outerjoin(_PERSON, _PERSON.c.id == _ITEM.c.person_id)
        .outerjoin(_HOME, _HOME.c.id == _ITEM.c.household_id)
    )


def _lines(connection: Connection, rows: Sequence[Any], day: dt.date) -> list[ItemLine]:
    known = catalogue.services(connection, day)
    promises = promises_of(connection, rows)
    return [
        ItemLine(
            row.id, row.household_id, full_name(row), row.file_number or "",
            known[row.service_code].name_ar if row.service_code in known else row.service_code,
            known[row.service_code].name_en if row.service_code in known else row.service_code,
            row.state, row.proposed_on, promises[row.id],
        )
        for row in rows
    ]  # fmt: skip


_Names = dict[uuid.UUID | None, tuple[str, str]]


def _user_names(connection: Connection, item: Any, item_id: uuid.UUID) -> _Names:
    ids = {item.proposed_by, item.decided_by}
    ids |= set(
        connection.scalars(select(_DELIVERY.c.confirmed_by).where(_DELIVERY.c.plan_item_id == item_id))
    )
    query = select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(ids - {None}))
    return {row.id: (row.name_ar, row.name_en) for row in connection.execute(query)}


def _decision(connection: Connection, item: Any, names: _Names) -> list[Step]:
    nobody = ("", "")
    steps = [
        Step(
            StepKind.PROPOSED, item.proposed_on, *names.get(item.proposed_by, nobody),
            quantity=item.quantity, halalas=item.amount_halalas,
        )
    ]  # fmt: skip
    if item.decided_on is not None:
        minute = connection.scalar(select(_MINUTE.c.number).where(_MINUTE.c.id == item.minute_id))
        kind = StepKind.REFUSED if item.state == "refused" else StepKind.DECIDED
        steps.append(
            Step(
                kind, item.decided_on, *names.get(item.decided_by, nobody), minute or "",
                note=item.decision_reason or "",
            )
        )  # fmt: skip
    return steps


def _payments(connection: Connection, item_id: uuid.UUID) -> list[Step]:
    query = (
        select(_PAYMENT, _SHEET.c.number, _SHEET.c.made_on)
        .outerjoin(_SHEET, _SHEET.c.id == _PAYMENT.c.sheet_id)
        .where(_PAYMENT.c.plan_item_id == item_id, _PAYMENT.c.removed_at.is_(None))
        .order_by(_PAYMENT.c.id)
    )
    steps: list[Step] = []
    for row in connection.execute(query):
        steps.append(Step(StepKind.LISTED, row.made_on, number=row.number or "", halalas=row.amount_halalas))
        if row.state in {StepKind.PAID, StepKind.FAILED, StepKind.WITHDRAWN}:
            steps.append(
                Step(
                    StepKind(row.state), row.paid_on or row.made_on, number=row.bank_reference or "",
                    halalas=row.amount_halalas, note=row.failure or "",
                )
            )  # fmt: skip
    return steps


def _deliveries(connection: Connection, item_id: uuid.UUID, names: _Names) -> list[Step]:
    query = (
        select(_DELIVERY)
        .where(_DELIVERY.c.plan_item_id == item_id)
        .order_by(_DELIVERY.c.delivered_on, _DELIVERY.c.id)
    )
    return [
        Step(
            StepKind.DELIVERED if row.removed_at is None else StepKind.TAKEN_BACK, row.delivered_on,
            *names.get(row.confirmed_by, ("", "")), quantity=row.quantity, halalas=row.amount_halalas,
            note=row.removed_reason or row.receiver or "",
            row_id=row.id if row.removed_at is None and row.payment_id is None else None,
        )
        for row in connection.execute(query)
    ]  # fmt: skip

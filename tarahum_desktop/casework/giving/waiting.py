"""What was approved and is still to be handed over, the longest waiting first."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving import catalogue
from tarahum_desktop.casework.giving.promises import OPEN_STATES, given_to, promise_from
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.funds import Promise, next_part
from tarahum_desktop.domain.permissions import NATIONAL, Action, committee_of
from tarahum_desktop.models import Household, Payment, Person, Place, PlanItem

MOST: Final = 200
_ITEM: Any = PlanItem.__table__
_PERSON: Any = Person.__table__
_PAYMENT: Any = Payment.__table__
_HOME: Any = Household.__table__
_PLACE: Any = Place.__table__
_HEAD: Any = Person.__table__.alias("head")


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One approved service of one person, and the part of it that is due next.

    ``due_on`` is the day of approval, or after a first part the day its guard ends; ``due_amount`` is halalas.
    """

    item_id: uuid.UUID
    household_id: uuid.UUID | None
    person_id: uuid.UUID
    person_name: str
    head_name: str
    file_number: str
    place_ar: str
    place_en: str
    service_code: str
    service_ar: str
    service_en: str
    priority: str
    fund: str
    promise: Promise
    due_quantity: int
    due_amount: int
    due_on: dt.date | None
    in_kind: bool


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Which of them; empty for all. ``unlisted`` leaves out what is on a payment sheet."""

    service_code: str = ""
    place_code: str = ""
    money: bool | None = None
    fund: str = ""
    unlisted: bool = False


def to_deliver(desk: Desk, only: WaitingFilter = WaitingFilter(), limit: int = MOST) -> list[WaitingLine]:
    """What this person may hand over, at most ``limit`` lines, urgent and long due first."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RECORD_DELIVERY, connection)
        rows = open_items(connection, scopes, only, (desk.today(), limit))
        return sorted(lines_of(connection, rows, desk.today()), key=_order)[:limit]


def places_waiting(desk: Desk) -> list[catalogue.Named]:
    """The places of this person's committees, to filter by."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RECORD_DELIVERY, connection)
        query = select(_PLACE).where(_PLACE.c.committee_code.in_(_committees(scopes)))
        rows = connection.execute(query.order_by(_PLACE.c.name_ar, _PLACE.c.code))
        return [catalogue.Named(row.code, row.name_ar, row.name_en) for row in rows]


def services_given(desk: Desk) -> list[catalogue.GivenService]:
    """The services of the catalogue, in its order."""
    with desk.reading() as connection:
        return list(catalogue.services(connection, desk.today()).values())


def open_items(
    connection: Connection, scopes: Sequence[str], only: WaitingFilter, most: tuple[dt.date, int]
) -> list[Any]:
    """Rows of approved plan items with names, file and place, the earliest decisions first; ``most`` is day and limit.

    The index is walked for ids alone, state by state; only the lines that will be shown are read whole.
    """
    day, limit = most
    known = catalogue.services(connection, day)
    money = [code for code, one in known.items() if not one.in_kind]
    found: list[Any] = []
    for committee in _committees(scopes):
        for state in OPEN_STATES:
            query = _chosen(only, money).where(
                _ITEM.c.committee_code == committee, _ITEM.c.state == state, _ITEM.c.removed_at.is_(None),
                _ITEM.c.scope.concat("").in_(list(scopes)),
            )  # fmt: skip
            found += connection.execute(query.order_by(_ITEM.c.decided_on).limit(limit)).all()
    earliest = sorted(found, key=lambda row: (row.decided_on or dt.date.min, row.id))[:limit]
    ids = [row.id for row in earliest]
    query = _waiting_query().where(_ITEM.c.id.in_(ids)).order_by(_ITEM.c.decided_on)
    return list(connection.execute(query))


def _chosen(only: WaitingFilter, money: Sequence[str]) -> Select[Any]:
    """Ids and days of plan items that pass the filter; ``money`` are the services paid in money."""
    query: Select[Any] = select(_ITEM.c.id, _ITEM.c.decided_on)
    if only.service_code:
        query = query.where(_ITEM.c.service_code == only.service_code)
    if only.fund:
        query = query.where(_ITEM.c.fund == only.fund)
    if only.place_code:
        query = query.join(_HOME, _HOME.c.id == _ITEM.c.household_id)
        query = query.where(_HOME.c.place_code.concat("") == only.place_code)
    if only.money is not None:
        of_money = _ITEM.c.service_code.in_(money)
        query = query.where(of_money if only.money else ~of_money)
    if only.unlisted:
        listed = select(_PAYMENT.c.id).where(
            _PAYMENT.c.plan_item_id == _ITEM.c.id,
            _PAYMENT.c.state == "listed",
            _PAYMENT.c.removed_at.is_(None),
        )
        query = query.where(~listed.correlate(_ITEM).exists())
    return query


def lines_of(connection: Connection, rows: Sequence[Any], day: dt.date) -> list[WaitingLine]:
    """Rows of ``open_items`` as lines, with what is due."""
    known = catalogue.services(connection, day)
    given = given_to(connection, [row.id for row in rows])
    promises = {row.id: promise_from(row, given.get(row.id)) for row in rows}
    return [
        _line(row, known.get(row.service_code), promises[row.id], given.get(row.id))
        for row in rows
        if not promises[row.id].kept
    ]


def _waiting_query() -> Select[Any]:
    heads = [column.label(f"head_{column.name}") for column in (_HEAD.c[c.name] for c in NAME_COLUMNS)]
    return (
        select(
            _ITEM, *NAME_COLUMNS, *heads, _PERSON.c.iban, _PERSON.c.id_number, _HEAD.c.iban.label("head_iban"),
            _HOME.c.file_number, _HOME.c.head_person_id, _PLACE.c.name_ar.label("place_ar"),
            _PLACE.c.name_en.label("place_en"),
        )
        .outerjoin(_PERSON, _PERSON.c.id == _ITEM.c.person_id)
        .outerjoin(_HOME, _HOME.c.id == _ITEM.c.household_id)
        .outerjoin(_HEAD, _HEAD.c.id == _HOME.c.head_person_id)
        .outerjoin(_PLACE, _PLACE.c.code == _HOME.c.place_code)
    )  # fmt: skip


def head_name_of(row: Any) -> str:
    """The head's name from the head's own columns."""
    return full_name(_HeadName(row))


class _HeadName:
    """A row seen through the head's columns, as ``full_name`` reads them."""

    def __init__(self, row: Any) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, f"head_{name}")


def _line(row: Any, service: catalogue.GivenService | None, promise: Promise, given: Any) -> WaitingLine:
    quantity, amount = next_part(promise)
    guard = service.once.repeat_days if service else 0
    due = given.last_on + dt.timedelta(days=guard) if given else row.decided_on
    return WaitingLine(
        row.id, row.household_id, row.person_id, full_name(row), head_name_of(row), row.file_number or "",
        row.place_ar or "", row.place_en or "", row.service_code,
        service.name_ar if service else row.service_code, service.name_en if service else row.service_code,
        row.priority or "", row.fund or "", promise, quantity, amount, due,
        service.in_kind if service else amount == 0,
    )  # fmt: skip


def _order(line: WaitingLine) -> tuple[bool, dt.date, str]:
    return line.priority != "urgent", line.due_on or dt.date.min, line.file_number


def _committees(scopes: Sequence[str]) -> list[str]:
    return sorted({committee_of(scope) for scope in scopes} - {NATIONAL})

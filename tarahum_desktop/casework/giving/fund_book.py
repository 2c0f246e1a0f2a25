"""What each fund received, gave and promised; and entering what it received."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving import catalogue
from tarahum_desktop.casework.giving.errors import LONGEST_NUMBER, LONGEST_WORDS, GivingRefused
from tarahum_desktop.casework.giving.promises import OPEN_STATES, counted
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.funds import EntryKind, FundBalance, balance_of
from tarahum_desktop.domain.permissions import NATIONAL, Action, committee_of
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Delivery, FundEntry, Person, PlanItem, Service

_ENTRY: Any = FundEntry.__table__
_DELIVERY: Any = Delivery.__table__
_ITEM: Any = PlanItem.__table__
_PERSON: Any = Person.__table__
_SERVICE: Any = Service.__table__
MOST_ROWS: Final = 200
_SEEN_BY: Final = (Action.KEEP_FUNDS, Action.MAKE_PAYMENTS)


@dataclass(frozen=True, slots=True)
class FundLine:
    """One fund of one committee; ``since`` is the day of its opening, none when nobody entered one."""

    committee_code: str
    fund: str
    name_ar: str
    name_en: str
    since: dt.date | None
    money: FundBalance


@dataclass(frozen=True, slots=True)
class FundRow:
    """One movement: an entry, or a confirmed delivery (negative); ``kind`` is an ``EntryKind`` or ``delivery``."""

    id: uuid.UUID
    kind: str
    day: dt.date
    halalas: int
    reference: str
    note: str
    service_ar: str = ""
    service_en: str = ""
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Money a fund received; only a correction may be below zero, and needs a note."""

    committee_code: str
    fund: str
    kind: EntryKind
    halalas: int
    day: dt.date | None = None
    reference: str = ""
    note: str = ""


def fund_lines(desk: Desk) -> list[FundLine]:
    """Every fund of this person's committees, in the order of the list of funds."""
    with desk.reading() as connection:
        names = catalogue.funds(connection)
        return [
            line
            for committee in _committees(desk, connection)
            for line in _committee_lines(desk, connection, committee, names)
        ]


def fund_balance(
    connection: Connection, committee: str, fund: str, today: dt.date, reserved: int = 0
) -> FundBalance:
    """One fund's balance; entries and deliveries count from its latest opening, else from the year's first day.

    ``reserved`` is handed in, because one reading serves all funds of a committee.
    """
    first = _first_day(connection, committee, fund, today)
    entries = connection.execute(
        select(_ENTRY.c.kind, func.sum(_ENTRY.c.amount_halalas).label("halalas"))
        .where(
            _ENTRY.c.committee_code == committee, _ENTRY.c.fund == fund, _ENTRY.c.removed_at.is_(None),
            _ENTRY.c.entered_on >= first,
        )
        .group_by(_ENTRY.c.kind)
    )  # fmt: skip
    given = connection.scalar(
        select(func.coalesce(func.sum(_DELIVERY.c.amount_halalas), 0)).where(
            _DELIVERY.c.committee_code == committee, _DELIVERY.c.fund == fund,
            _DELIVERY.c.delivered_on >= first, *counted(),
        )
    )  # fmt: skip
    known = {kind.value for kind in EntryKind}
    return balance_of(
        [(EntryKind(row.kind), int(row.halalas)) for row in entries if row.kind in known],
        int(given or 0),
        reserved,
    )


def fund_rows(desk: Desk, committee: str, fund: str, limit: int = MOST_ROWS) -> list[FundRow]:
    """What moved in a fund since its opening, the latest first: the rows behind the balance."""
    _require_any(desk, committee)
    with desk.reading() as connection:
        first = _first_day(connection, committee, fund, desk.today())
        rows = [row for row in _entry_rows(connection, committee, fund, limit) if row.day >= first]
        named = desk.scopes_for(Action.VIEW_CASE, connection)
        given = _delivery_rows(connection, committee, fund, limit, named)
        rows += [row for row in given if row.day >= first]
    return sorted(rows, key=lambda row: (row.day, str(row.id)), reverse=True)[:limit]


def enter_money(desk: Desk, new: NewEntry) -> ChangeSummary:
    """Enter an opening balance, a receipt or a correction.

    Raises:
        NotAllowed.
        GivingRefused: ``fund_unknown``, ``fund_amount_missing``, ``fund_amount_negative``, ``delivery_in_future``.
        ReasonMissing: a correction without a note.
    """
    desk.require(Action.KEEP_FUNDS, new.committee_code)
    day = new.day or desk.today()
    if day > desk.today():
        raise GivingRefused("delivery_in_future")
    if new.halalas == 0 and new.kind is not EntryKind.OPENING:
        raise GivingRefused("fund_amount_missing")
    if new.halalas < 0 and new.kind is not EntryKind.CORRECTION:
        raise GivingRefused("fund_amount_negative")
    if new.kind is EntryKind.CORRECTION and not clean(new.note):
        raise GivingRefused("fund_note_missing")
    with UnitOfWork(desk) as work:
        if new.fund not in catalogue.funds(work.session.connection()):
            raise GivingRefused("fund_unknown")
        work.session.add(
            FundEntry(
                scope=committee_of(new.committee_code), committee_code=committee_of(new.committee_code),
                fund=new.fund, kind=new.kind.value, entered_on=day, amount_halalas=new.halalas,
                reference=clean(new.reference)[:LONGEST_NUMBER] or None,
                note=clean(new.note)[:LONGEST_WORDS] or None,
            )
        )  # fmt: skip
    return work.summary


def _committee_lines(
    desk: Desk, connection: Connection, committee: str, names: dict[str, catalogue.Named]
) -> list[FundLine]:
    reserved = _reserved(connection, committee)
    return [
        FundLine(
            committee, code, named.name_ar, named.name_en, _opening_day(connection, committee, code),
            fund_balance(connection, committee, code, desk.today(), reserved.get(code, 0)),
        )
        for code, named in names.items()
    ]  # fmt: skip


def _first_day(connection: Connection, committee: str, fund: str, today: dt.date) -> dt.date:
    """From when on entries and deliveries count: the latest opening, else the first day of the year."""
    return _opening_day(connection, committee, fund) or dt.date(today.year, 1, 1)


def _opening_day(connection: Connection, committee: str, fund: str) -> dt.date | None:
    return connection.scalar(
        select(func.max(_ENTRY.c.entered_on)).where(
            _ENTRY.c.committee_code == committee, _ENTRY.c.fund == fund,
            _ENTRY.c.kind == EntryKind.OPENING.value, _ENTRY.c.removed_at.is_(None),
        )
    )  # fmt: skip


def _reserved(connection: Connection, committee: str) -> dict[str, int]:
    """Approved and not yet given by fund, summed item by item so that one given too much hides no other."""
    given = (
        select(func.coalesce(func.sum(_DELIVERY.c.amount_halalas), 0))
        .where(_DELIVERY.c.plan_item_id == _ITEM.c.id, *counted())
        .correlate(_ITEM)
        .scalar_subquery()
    )
    items = (
        select(_ITEM.c.fund, (_ITEM.c.amount_halalas - given).label("halalas"))
        .where(
            _ITEM.c.committee_code == committee, _ITEM.c.state.in_(OPEN_STATES), _ITEM.c.removed_at.is_(None),
            _ITEM.c.fund.is_not(None),
        )
        .subquery()
    )  # fmt: skip
    query = select(items.c.fund, func.sum(items.c.halalas)).where(items.c.halalas > 0).group_by(items.c.fund)
    return {fund: int(total) for fund, total in connection.execute(query)}


def _entry_rows(connection: Connection, committee: str, fund: str, limit: int) -> list[FundRow]:
    query = (
        select(_ENTRY)
        .where(_ENTRY.c.committee_code == committee, _ENTRY.c.fund == fund, _ENTRY.c.removed_at.is_(None))
        .order_by(_ENTRY.c.entered_on.desc(), _ENTRY.c.id.desc())
        .limit(limit)
    )
    return [
        FundRow(row.id, row.kind, row.entered_on, row.amount_halalas, row.reference or "", row.note or "")
        for row in connection.execute(query)
    ]


def _delivery_rows(
    connection: Connection, committee: str, fund: str, limit: int, named: tuple[str, ...]
) -> list[FundRow]:
    """Deliveries of a fund; of a case this person may not see the sum is shown and not the name."""
    query = (
        select(_DELIVERY, *NAME_COLUMNS, _SERVICE.c.name_ar, _SERVICE.c.name_en)
        .outerjoin(_PERSON, _PERSON.c.id == _DELIVERY.c.person_id)
        .outerjoin(_SERVICE, _SERVICE.c.code == _DELIVERY.c.service_code)
        .where(_DELIVERY.c.committee_code == committee, _DELIVERY.c.fund == fund, *counted())
        .where(_DELIVERY.c.amount_halalas != 0)
        .order_by(_DELIVERY.c.delivered_on.desc())
        .limit(limit)
    )
    return [
        FundRow(
            row.id, "delivery", row.delivered_on, -row.amount_halalas, "", "", row.name_ar or "",
            row.name_en or "", full_name(row) if row.scope in named else "",
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _committees(desk: Desk, connection: Connection) -> list[str]:
    scopes = {scope for action in _SEEN_BY for scope in desk.scopes_for(action, connection)}
    return sorted({committee_of(scope) for scope in scopes} - {NATIONAL})


def _require_any(desk: Desk, committee: str) -> None:
    if not any(desk.may(action, committee) for action in _SEEN_BY):
        desk.require(Action.KEEP_FUNDS, committee)

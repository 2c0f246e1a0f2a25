"""Payment sheets: made of checked payees, sent to finance as a workbook, closed when every payment is answered."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, case, func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import ReasonMissing, RecordMissing
from tarahum_desktop.casework.giving import catalogue
from tarahum_desktop.casework.giving.deliver import LISTED
from tarahum_desktop.casework.giving.errors import LONGEST_WORDS, GivingRefused
from tarahum_desktop.casework.giving.fund_book import fund_balance
from tarahum_desktop.casework.giving.payees import PayableFilter, PayableLine, ProxyPayee, read_payable
from tarahum_desktop.casework.giving.sheet_rows import pay_lines
from tarahum_desktop.casework.numbers import next_sheet_number
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import NATIONAL, Action, committee_of
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Committee, Payment, PaymentSheet
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.reports.payment_sheet.workbook import PayPage, payment_workbook

_SHEET: Any = PaymentSheet.__table__
_PAYMENT: Any = Payment.__table__
_COMMITTEE: Any = Committee.__table__
WITHDRAWN: Final = "withdrawn"
MOST_SHEETS: Final = 100


class SheetState(StrEnum):
    """Open until the file is saved for finance, sent until each payment is answered, then closed."""

    OPEN = "open"
    SENT = "sent"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What is to be paid from one fund; ``justification`` is needed where there are warnings."""

    committee_code: str
    fund: str
    item_ids: tuple[uuid.UUID, ...]
    proxies: Mapping[uuid.UUID, ProxyPayee] = field(default_factory=dict)
    justification: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet with how far it has come; amounts in halalas."""

    id: uuid.UUID
    number: str
    committee_code: str
    fund: str
    made_on: dt.date
    state: str
    total_halalas: int
    listed: int
    paid: int
    failed: int
    justification: str


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The workbook as it is to be saved; ``sha256`` goes with the sheet once it was."""

    sheet_id: uuid.UUID
    name: str
    content: bytes
    sha256: bytes


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The new sheet."""

    sheet_id: uuid.UUID
    number: str
    payments: int
    total_halalas: int
    summary: ChangeSummary


def make_sheet(desk: Desk, new: NewSheet) -> SheetMade:
    """List payments for finance; every payee is checked once more.

    Raises:
        NotAllowed.
        GivingRefused: ``payment_nothing_due`` (none, or one that is listed or paid meanwhile), ``payees_not_ready``,
            ``justification_missing`` for a warning or a balance that does not suffice.
    """
    desk.require(Action.MAKE_PAYMENTS, new.committee_code)
    why = clean(new.justification)[:LONGEST_WORDS]
    with UnitOfWork(desk) as work:
        connection = work.session.connection()
        lines = _checked_lines(desk, connection, new)
        total = sum(line.line.due_amount for line in lines)
        short = not suffices(connection, new.committee_code, new.fund, total, desk.today())
        if (short or any(line.warned for line in lines)) and not why:
            raise GivingRefused("justification_missing")
        number = next_sheet_number(connection, desk.replica, new.committee_code, desk.today().year)
        sheet = PaymentSheet(
            id=new_id(), scope=new.committee_code, committee_code=new.committee_code, number=number,
            fund=new.fund, made_on=desk.today(), made_by=desk.user.id, state=SheetState.OPEN.value,
            total_halalas=total, justification=why or None,
        )  # fmt: skip
        work.session.add(sheet)
        work.session.add_all(_payment(sheet, at, line) for at, line in enumerate(lines, start=1))
    return SheetMade(sheet.id, number, len(lines), total, work.summary)


def suffices(connection: Connection, committee: str, fund: str, total: int, today: dt.date) -> bool:
    """Whether a fund still has so many halalas, with what other sheets are paying taken off."""
    listed = connection.scalar(
        select(func.coalesce(func.sum(_PAYMENT.c.amount_halalas), 0))
        .join(_SHEET, _SHEET.c.id == _PAYMENT.c.sheet_id)
        .where(
            _SHEET.c.committee_code == committee, _SHEET.c.fund == fund, _SHEET.c.state != SheetState.CLOSED,
            _PAYMENT.c.state == LISTED, _PAYMENT.c.removed_at.is_(None), _SHEET.c.removed_at.is_(None),
        )
    )  # fmt: skip
    return fund_balance(connection, committee, fund, today).balance - int(listed or 0) >= total


def sheet_file(desk: Desk, sheet_id: uuid.UUID) -> SheetFile:
    """The workbook of a sheet, the same bytes each time; raises NotAllowed, RecordMissing."""
    with desk.reading() as connection:
        sheet = connection.execute(select(_SHEET).where(_SHEET.c.id == sheet_id)).one_or_none()
        if sheet is None:
            raise RecordMissing(entity="payment_sheet")
        desk.require(Action.MAKE_PAYMENTS, sheet.scope)
        content = payment_workbook(_page(connection, sheet))
    return SheetFile(sheet.id, f"{sheet.number}.xlsx", content, hashlib.sha256(content).digest())


def mark_sent(desk: Desk, sheet_id: uuid.UUID, sha256: bytes) -> ChangeSummary:
    """The file was saved for finance: keep its hash; raises GivingRefused ``sheet_state`` for a closed sheet."""
    with UnitOfWork(desk) as work:
        sheet = _sheet_to_change(work.session, desk, sheet_id)
        sheet.state, sheet.file_hash = SheetState.SENT.value, sha256
    return work.summary


def withdraw_sheet(desk: Desk, sheet_id: uuid.UUID, reason: str) -> ChangeSummary:
    """Take an unpaid sheet back: its payments can be listed anew; raises GivingRefused ``sheet_state``, ReasonMissing."""
    if not clean(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        sheet = _sheet_to_change(work.session, desk, sheet_id)
        payments = work.session.scalars(select(Payment).where(Payment.sheet_id == sheet_id)).all()
        if any(payment.state not in {LISTED, WITHDRAWN} for payment in payments):
            raise GivingRefused("sheet_state")
        for payment in payments:
            payment.state, payment.failure = WITHDRAWN, clean(reason)[:LONGEST_WORDS]
            payment.settled_by = desk.user.id
        sheet.state, sheet.closed_on = SheetState.CLOSED.value, desk.today()
    return work.summary


def sheets(desk: Desk, limit: int = MOST_SHEETS) -> list[SheetLine]:
    """The latest sheets of this person's committees."""
    with desk.reading() as connection:
        scopes = set(desk.scopes_for(Action.MAKE_PAYMENTS, connection)) - {NATIONAL}
        committees = {committee_of(scope) for scope in scopes}
        latest = connection.execute(
            select(_SHEET)
            .where(_SHEET.c.committee_code.in_(committees), _SHEET.c.removed_at.is_(None))
            .order_by(_SHEET.c.made_on.desc(), _SHEET.c.number.desc())
            .limit(limit)
        ).all()
        counts = _counts(connection, [row.id for row in latest])
    return [
        SheetLine(
            row.id, row.number, row.committee_code, row.fund, row.made_on, row.state, row.total_halalas,
            *counts.get(row.id, (0, 0, 0)), row.justification or "",
        )
        for row in latest
    ]  # fmt: skip


def _checked_lines(desk: Desk, connection: Connection, new: NewSheet) -> list[PayableLine]:
    only = PayableFilter(new.committee_code, new.fund, proxies=new.proxies)
    wanted = set(new.item_ids)
    found = [line for line in read_payable(desk, connection, only) if line.line.item_id in wanted]
    if not wanted or len(found) != len(wanted):
        raise GivingRefused("payment_nothing_due")
    stopped = sum(not line.ready for line in found)
    if stopped:
        raise GivingRefused("payees_not_ready", count=stopped)
    return found


def _payment(sheet: PaymentSheet, position: int, line: PayableLine) -> Payment:
    return Payment(
        scope=line.scope, sheet_id=sheet.id, plan_item_id=line.line.item_id, person_id=line.line.person_id,
        household_id=line.line.household_id, position=position, amount_halalas=line.line.due_amount,
        iban=line.payee.iban, payee_name=line.payee.name, payee_kind=line.payee.kind.value,
        proxy_document=line.payee.proxy_document or None, state=LISTED,
    )  # fmt: skip


def _sheet_to_change(session: Session, desk: Desk, sheet_id: uuid.UUID) -> PaymentSheet:
    sheet = session.get(PaymentSheet, sheet_id)
    if sheet is None:
        raise RecordMissing(entity="payment_sheet")
    desk.require(Action.MAKE_PAYMENTS, sheet.scope)
    if sheet.state == SheetState.CLOSED:
        raise GivingRefused("sheet_state")
    return sheet


def _counts(connection: Connection, ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int]]:
    states = [func.sum(case((_PAYMENT.c.state == state, 1), else_=0)) for state in (LISTED, "paid", "failed")]
    query = (
        select(_PAYMENT.c.sheet_id, *states)
        .where(_PAYMENT.c.sheet_id.in_(ids), _PAYMENT.c.removed_at.is_(None))
        .group_by(_PAYMENT.c.sheet_id)
    )
    return {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in connection.execute(query)}


def _page(connection: Connection, sheet: Any) -> PayPage:
    fund = catalogue.funds(connection).get(sheet.fund)
    committee = connection.scalar(
        select(_COMMITTEE.c.name_ar).where(_COMMITTEE.c.code == sheet.committee_code).limit(1)
    )
    return PayPage(
        sheet.number, committee or sheet.committee_code, fund.name_ar if fund else sheet.fund, sheet.made_on,
        tuple(pay_lines(connection, sheet.id)),
    )  # fmt: skip

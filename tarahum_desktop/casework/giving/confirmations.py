"""What finance answers: shown row by row before anything is applied, and applied as often as anybody likes only once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.deliver import LISTED, MEMBER, PROXY, SELF, NewDelivery, add_delivery
from tarahum_desktop.casework.giving.promises import promise_of
from tarahum_desktop.casework.giving.sheet_rows import FAILED
from tarahum_desktop.casework.giving.sheets import SheetState
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.funds import next_part
from tarahum_desktop.domain.payee import PayeeKind
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Payment, PaymentSheet, PlanItem
from tarahum_desktop.reports.payment_sheet.returned import Outcome, ReturnedRow, read_returned

PAID: Final = "paid"
_PAYMENT: Any = Payment.__table__
_SHEET: Any = PaymentSheet.__table__
_RECEIVER: Final = {PayeeKind.PROXY.value: PROXY, PayeeKind.HEAD.value: MEMBER}
_STATE_OF: Final = {Outcome.PAID: PAID, Outcome.FAILED: FAILED}


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """One row of the file beside the payment it is about.

    Attributes:
        payment_id: none where no payment fits.
        payee_name: from our own record.
        problem: why the row is not applied; empty when it will be, or has nothing to say.
        applied: it says what is on record already.
    """

    returned: ReturnedRow
    payment_id: uuid.UUID | None = None
    payee_name: str = ""
    problem: str = ""
    applied: bool = False

    @property
    def news(self) -> bool:
        """Whether applying would change anything."""
        return not self.problem and not self.applied and self.returned.outcome is not Outcome.WAITING


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The file as a preview."""

    rows: tuple[ConfirmationRow, ...]

    @property
    def problems(self) -> int:
        """Rows that will not be applied."""
        return sum(bool(row.problem) for row in self.rows)

    def news(self, outcome: Outcome) -> int:
        """Rows that will be applied with this outcome."""
        return sum(row.news and row.returned.outcome is outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class Applied:
    """What was taken over, and the rows as they stand after it."""

    paid: int
    failed: int
    rows: Confirmations
    summary: ChangeSummary = NOTHING_CHANGED


def read_confirmations(desk: Desk, source: Path | bytes) -> Confirmations:
    """Read the returned file and lay it beside what was sent; nothing is written.

    Raises:
        SheetRefused, ConfirmationsRefused: the file.
    """
    returned = read_returned(source, desk.today())
    with desk.reading() as connection:
        return Confirmations(_matched(desk, connection, returned))


def apply_confirmations(desk: Desk, source: Path | bytes) -> Applied:
    """Apply every row without a problem: paid becomes a delivery, failed keeps its reason; the same file again, nothing.

    Raises:
        SheetRefused, ConfirmationsRefused: the file.
    """
    returned = read_returned(source, desk.today())
    paid = failed = 0
    with UnitOfWork(desk) as work:
        rows = list(_matched(desk, work.session.connection(), returned))
        for at, row in enumerate(rows):
            if not row.news:
                continue
            try:
                _apply(work.session, desk, row)
            except TarahumError as error:  # found before the payment was touched
                rows[at] = replace(row, problem=error.code)
                continue
            paid += row.returned.outcome is Outcome.PAID
            failed += row.returned.outcome is Outcome.FAILED
            rows[at] = replace(row, applied=True)
        work.session.flush()
        _close_answered(work.session, desk, {row.payment_id for row in rows if row.applied})
    return Applied(paid, failed, Confirmations(tuple(rows)), work.summary)


def _matched(
    desk: Desk, connection: Connection, returned: Sequence[ReturnedRow]
) -> tuple[ConfirmationRow, ...]:
    scopes = desk.scopes_for(Action.MAKE_PAYMENTS, connection)
    numbers = {row.sheet for row in returned}
    query = select(_SHEET).where(_SHEET.c.number.in_(numbers), _SHEET.c.removed_at.is_(None))
    sheets = {row.number: row for row in connection.execute(query) if row.scope in scopes}
    ids = [row.id for row in sheets.values()]
    payments = {
        (row.sheet_id, row.position): row
        for row in connection.execute(
            select(_PAYMENT).where(_PAYMENT.c.sheet_id.in_(ids), _PAYMENT.c.removed_at.is_(None))
        )
    }
    seen: set[tuple[str, int]] = set()
    made = []
    for row in returned:
        sheet = sheets.get(row.sheet)
        payment = payments.get((sheet.id, row.position)) if sheet else None
        made.append(_row(row, sheet, payment, (row.sheet, row.position) in seen))
        seen.add((row.sheet, row.position))
    return tuple(made)


def _row(returned: ReturnedRow, sheet: Any, payment: Any, twice: bool) -> ConfirmationRow:
    problem = _problem(returned, sheet, payment, twice)
    if payment is None:
        return ConfirmationRow(returned, problem=problem)
    applied = not problem and payment.state == _STATE_OF.get(returned.outcome)
    return ConfirmationRow(returned, payment.id, payment.payee_name, problem, applied)


def _problem(returned: ReturnedRow, sheet: Any, payment: Any, twice: bool) -> str:
    if sheet is None:
        return "confirmation_sheet_unknown"
    if payment is None:
        return "confirmation_position_unknown"
    if twice:
        return "confirmation_twice"
    if returned.problem:
        return returned.problem
    if returned.iban != (payment.iban or ""):
        return "confirmation_iban_changed"
    if returned.amount_halalas != payment.amount_halalas:
        return "confirmation_amount_changed"
    if returned.outcome is Outcome.WAITING:
        return ""
    if sheet.state == SheetState.OPEN:
        return "confirmation_sheet_not_sent"
    if returned.paid_on is not None and returned.paid_on < sheet.made_on:
        return "confirmation_day_early"
    return _settled_otherwise(returned, payment)


def _settled_otherwise(returned: ReturnedRow, payment: Any) -> str:
    if payment.state == LISTED:
        return ""
    if payment.state != _STATE_OF[returned.outcome]:
        return f"confirmation_already_{payment.state}"
    if payment.state == PAID and payment.bank_reference != returned.reference:
        return "confirmation_other_reference"
    return ""


def _apply(session: Session, desk: Desk, row: ConfirmationRow) -> None:
    payment = session.get(Payment, row.payment_id)
    assert payment is not None
    returned = row.returned
    if returned.outcome is Outcome.PAID:
        payment.delivery_id = _deliver(session, desk, payment, returned)
        payment.bank_reference = returned.reference
    else:
        desk.require(Action.MAKE_PAYMENTS, payment.scope)
        payment.failure = returned.reason
    payment.paid_on = returned.paid_on or desk.today()
    payment.state, payment.settled_by = _STATE_OF[returned.outcome], desk.user.id


def _deliver(session: Session, desk: Desk, payment: Payment, returned: ReturnedRow) -> uuid.UUID:
    sheet = session.get(PaymentSheet, payment.sheet_id)
    item = session.get(PlanItem, payment.plan_item_id)
    quantity = next_part(promise_of(session.connection(), item))[0] if item else 0
    made, _ = add_delivery(
        session, desk,
        NewDelivery(
            payment.plan_item_id, quantity, payment.amount_halalas, returned.paid_on,
            sheet.fund if sheet else None, _RECEIVER.get(payment.payee_kind, SELF), payment.payee_name,
            payment.proxy_document or "", payment_id=payment.id,
        ),
        Action.MAKE_PAYMENTS,
    )  # fmt: skip
    return made.id


def _close_answered(session: Session, desk: Desk, touched: set[uuid.UUID | None]) -> None:
    """Close each sheet on which nothing is left to answer."""
    sheet_ids = session.scalars(select(_PAYMENT.c.sheet_id).where(_PAYMENT.c.id.in_(touched))).all()
    for sheet_id in sorted(set(sheet_ids)):
        left = session.execute(
            select(_PAYMENT.c.id).where(_PAYMENT.c.sheet_id == sheet_id, _PAYMENT.c.state == LISTED).limit(1)
        ).first()
        sheet = session.get(PaymentSheet, sheet_id)
        if left is None and sheet is not None and sheet.state != SheetState.CLOSED:
            sheet.state, sheet.closed_on = SheetState.CLOSED.value, desk.today()

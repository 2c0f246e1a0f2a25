"""The payments of sheets as rows to print, and those that failed and wait for a correct account."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.giving.errors import GivingRefused
from tarahum_desktop.casework.giving.promises import OPEN_STATES
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.identifiers import check_iban
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Household, Payment, PaymentSheet, Person, PlanItem, Service
from tarahum_desktop.reports.payment_sheet.workbook import PayLine

_PAYMENT: Any = Payment.__table__
_SHEET: Any = PaymentSheet.__table__
_PERSON: Any = Person.__table__
_HOME: Any = Household.__table__
_ITEM: Any = PlanItem.__table__
_SERVICE: Any = Service.__table__
FAILED: Final = "failed"
_FAILED_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class FailedLine:
    """A payment that finance could not make, and that is on no later sheet; ``payee_id`` owns the account."""

    payment_id: uuid.UUID
    item_id: uuid.UUID
    person_id: uuid.UUID
    payee_id: uuid.UUID
    household_id: uuid.UUID | None
    person_name: str
    payee_name: str
    iban: str
    amount_halalas: int
    sheet_number: str
    failed_on: dt.date | None
    failure: str


def pay_lines(connection: Connection, sheet_id: uuid.UUID) -> list[PayLine]:
    """The payments of one sheet as they are printed, by position."""
    query = (
        select(_PAYMENT, *NAME_COLUMNS, _PERSON.c.id_number, _HOME.c.file_number, _SERVICE.c.name_ar)
        .join(_ITEM, _ITEM.c.id == _PAYMENT.c.plan_item_id)
        .outerjoin(_PERSON, _PERSON.c.id == _PAYMENT.c.person_id)
        .outerjoin(_HOME, _HOME.c.id == _PAYMENT.c.household_id)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .where(_PAYMENT.c.sheet_id == sheet_id, _PAYMENT.c.removed_at.is_(None))
        .order_by(_PAYMENT.c.position)
    )
    return [
        PayLine(
            row.position, full_name(row), row.id_number or "", row.file_number or "", row.name_ar or "",
            row.payee_name, row.proxy_document or "", row.iban or "", row.amount_halalas,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def failed_payments(desk: Desk, limit: int = 200) -> list[FailedLine]:
    """What could not be paid in the last year and is still to be paid, the latest first."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.MAKE_PAYMENTS, connection)
        later = _PAYMENT.alias("later")
        settled = (
            select(later.c.id)
            .where(later.c.plan_item_id == _PAYMENT.c.plan_item_id, later.c.id > _PAYMENT.c.id)
            .correlate(_PAYMENT)
            .exists()
        )
        query = (
            select(_PAYMENT, *NAME_COLUMNS, _SHEET.c.number, _HOME.c.head_person_id)
            .join(_SHEET, _SHEET.c.id == _PAYMENT.c.sheet_id)
            .join(_ITEM, _ITEM.c.id == _PAYMENT.c.plan_item_id)
            .outerjoin(_PERSON, _PERSON.c.id == _PAYMENT.c.person_id)
            .outerjoin(_HOME, _HOME.c.id == _PAYMENT.c.household_id)
            .where(
                _SHEET.c.made_on >= desk.today() - dt.timedelta(days=_FAILED_DAYS),
                _PAYMENT.c.state == FAILED, _PAYMENT.c.removed_at.is_(None), _ITEM.c.state.in_(OPEN_STATES),
                _PAYMENT.c.scope.in_(scopes), ~settled,
            )
            .order_by(_SHEET.c.made_on.desc(), _PAYMENT.c.position)
            .limit(limit)
        )  # fmt: skip
        return [_failed(row) for row in connection.execute(query)]


def correct_iban(desk: Desk, person_id: uuid.UUID, typed: str) -> ChangeSummary:
    """Put a correct account on a person's record; the earlier one stays in the row's history.

    Raises:
        NotAllowed, RecordMissing.
        GivingRefused: with the code of what is wrong with the number (``iban_*``).
    """
    checked = check_iban(typed)
    if checked.warning is not None:
        raise GivingRefused(checked.warning)
    with UnitOfWork(desk) as work:
        person = work.session.get(Person, person_id)
        if person is None:
            raise RecordMissing(entity="person")
        desk.require(Action.REGISTER_PERSON, person.scope)
        person.iban = checked.value
    return work.summary


def _failed(row: Any) -> FailedLine:
    owner = row.head_person_id if row.payee_kind == "head" and row.head_person_id else row.person_id
    return FailedLine(
        row.id, row.plan_item_id, row.person_id, owner, row.household_id, full_name(row), row.payee_name,
        row.iban or "", row.amount_halalas, row.number, row.paid_on, row.failure or "",
    )  # fmt: skip

"""A household's money on one line each: what comes in and goes out, debts, and what it was given this year."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.family_lines import MoneyLine
from tarahum_desktop.domain.forms.values import is_number
from tarahum_desktop.models import Delivery, Visit

_VISIT: Any = Visit.__table__
_DELIVERY: Any = Delivery.__table__


def read_money(connection: Connection, household_id: uuid.UUID, answers: Any, year: int) -> MoneyLine:
    """Income and expenses of the last visit that asked, debts of its answers, and what was confirmed this year by fund."""
    asked = connection.execute(
        select(_VISIT.c.visited_on, _VISIT.c.income_halalas, _VISIT.c.expense_halalas)
        .where(
            _VISIT.c.household_id == household_id, _VISIT.c.removed_at.is_(None),
            _VISIT.c.income_halalas.is_not(None) | _VISIT.c.expense_halalas.is_not(None),
        )
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return MoneyLine(
        asked.visited_on if asked else None,
        asked.income_halalas if asked else None,
        asked.expense_halalas if asked else None,
        _debts(answers),
        _given(connection, household_id, year),
    )


def _given(connection: Connection, household_id: uuid.UUID, year: int) -> tuple[tuple[str, int], ...]:
    query = (
        select(_DELIVERY.c.fund, func.sum(_DELIVERY.c.amount_halalas).label("halalas"))
        .where(
            _DELIVERY.c.household_id == household_id, _DELIVERY.c.removed_at.is_(None),
            _DELIVERY.c.confirmed_at.is_not(None),
            _DELIVERY.c.delivered_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
        .group_by(_DELIVERY.c.fund)
        .order_by(func.sum(_DELIVERY.c.amount_halalas).desc())
    )  # fmt: skip
    return tuple((row.fund or "", int(row.halalas)) for row in connection.execute(query) if row.halalas)


def _debts(document: Any) -> int | None:
    """What remains of the debts named on a visit; None where the visit says nothing about debts."""
    values = document.get("answers") if isinstance(document, Mapping) else None
    rows = values.get("debts") if isinstance(values, Mapping) else None
    if not isinstance(rows, list):
        return None
    amounts = [row.get("debt_remaining") for row in rows if isinstance(row, Mapping)]
    return sum(amount for amount in amounts if isinstance(amount, int) and is_number(amount))

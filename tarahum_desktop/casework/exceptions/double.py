"""A double grant as two sides to choose between, and keeping one of them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.exceptions.grants import DOUBLE_KINDS
from tarahum_desktop.casework.exceptions.queue import ExceptionLine, settle_exception
from tarahum_desktop.casework.giving.entitlements import (
    DoubleGrant,
    double_grants,
    may_settle,
    settle_double_grant,
)
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.models import Committee, PlanItem

_COMMITTEE: Any = Committee.__table__
_ITEM: Any = PlanItem.__table__


@dataclass(frozen=True, slots=True)
class GrantSide:
    """One of two grants of the same. Amounts (halalas) and state are None where another office has the plan item.

    ``last_day`` None is for ever; ``may_keep`` whether this person answers for the other side, which is then released.
    """

    entitlement_id: uuid.UUID
    office_ar: str
    office_en: str
    first_day: dt.date
    last_day: dt.date | None
    given: bool
    here: bool
    state: str | None
    quantity: int | None
    amount: int | None
    may_keep: bool


def grant_sides(desk: Desk, lines: Iterable[ExceptionLine]) -> dict[str, tuple[GrantSide, GrantSide]]:
    """Both sides of each double grant among these exceptions, by subject; one that was settled meanwhile is left out."""
    wanted = {
        frozenset((line.first_id, line.second_id)): line.subject
        for line in lines
        if line.kind in DOUBLE_KINDS
    }
    if not wanted:
        return {}
    with desk.reading() as connection:
        pairs = {
            wanted[held]: one
            for one in double_grants(connection)
            if (held := frozenset((one.first.plan_item_id, one.second.plan_item_id))) in wanted
        }
        offices = _offices(connection)
        items = _items(connection, pairs.values())
    return {subject: _sides(desk, one, offices, items) for subject, one in pairs.items()}


def keep_grant(desk: Desk, line: ExceptionLine, keep: uuid.UUID, reason: str) -> ChangeSummary:
    """Keep one side, release the other, and settle the exception; raises NotAllowed, RecordMissing, ReasonMissing."""
    settle_double_grant(desk, str(line.facts["claim"]), keep, reason)
    return settle_exception(desk, line, reason)


def _sides(
    desk: Desk, found: DoubleGrant, offices: Mapping[str, tuple[str, str]], items: Mapping[uuid.UUID, Any]
) -> tuple[GrantSide, GrantSide]:
    first, second = (
        GrantSide(
            side.entitlement_id, *offices.get(side.committee_code, (side.committee_code, side.committee_code)),
            side.first_day, side.last_day, side.state != "reserved", item is not None, item.state if item else None,
            item.quantity if item else None, item.amount_halalas if item else None,
            may_settle(desk, found, side.entitlement_id),
        )
        for side, item in ((one, items.get(one.plan_item_id)) for one in (found.first, found.second))
    )  # fmt: skip
    return first, second


def _offices(connection: Connection) -> dict[str, tuple[str, str]]:
    query = select(_COMMITTEE.c.code, _COMMITTEE.c.name_ar, _COMMITTEE.c.name_en)
    return {row.code: (row.name_ar, row.name_en) for row in connection.execute(query)}


def _items(connection: Connection, pairs: Iterable[DoubleGrant]) -> dict[uuid.UUID, Any]:
    ids = {side.plan_item_id for one in pairs for side in (one.first, one.second)}
    query = select(_ITEM.c.id, _ITEM.c.state, _ITEM.c.quantity, _ITEM.c.amount_halalas)
    return {
        row.id: row
        for row in connection.execute(query.where(_ITEM.c.id.in_(ids), _ITEM.c.removed_at.is_(None)))
    }

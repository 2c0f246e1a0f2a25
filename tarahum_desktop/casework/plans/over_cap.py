"""Grants that were right one by one and are too many together: two offices, two machines, one yearly limit or fund.

Found anew on every replica from rows that are all here; nothing is undone, a person decides.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.plans.rules import RulesInForce, catalogue_on
from tarahum_desktop.casework.plans.states import GRANTED, RESERVED
from tarahum_desktop.domain.permissions import committee_of
from tarahum_desktop.models import Delivery, FundEntry, PlanItem

_ITEM: Any = PlanItem.__table__
_DELIVERY: Any = Delivery.__table__
_ENTRY: Any = FundEntry.__table__
YEARLY_TIMES: Final = "plan_over_yearly_times"
YEARLY_AMOUNT: Final = "plan_over_yearly_amount"
FUND: Final = "plan_over_fund"


@dataclass(frozen=True, slots=True)
class OverCap:
    """One limit that was passed. ``limit`` and ``total`` are halalas, or times for ``YEARLY_TIMES``.

    ``subject`` is the same on every replica; ``item_ids`` are the grants concerned, the latest decided last.
    """

    kind: str
    subject: str
    scope: str
    household_id: uuid.UUID | None
    service_code: str
    fund: str
    year: int
    limit: int
    total: int
    item_ids: tuple[uuid.UUID, ...]


def over_cap(connection: Connection, scopes: Sequence[str], day: dt.date) -> tuple[OverCap, ...]:
    """Every yearly limit of a service, and every fund, passed in the calendar year of ``day``."""
    rules = catalogue_on(connection, day)
    grants = _grants(connection, scopes, day.year)
    return (*_over_yearly(grants, rules, day.year), *_over_funds(connection, scopes, day.year))


def _grants(
    connection: Connection, scopes: Sequence[str], year: int
) -> Mapping[tuple[uuid.UUID, str], list[Any]]:
    """What each household was granted of each service by decisions of a year, of those granted more than once."""
    query = (
        select(_ITEM)
        .where(
            _ITEM.c.committee_code.in_(sorted({committee_of(scope) for scope in scopes})),
            _ITEM.c.state.in_(GRANTED),
            _ITEM.c.decided_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
            _ITEM.c.scope.in_(scopes),
            _ITEM.c.household_id.is_not(None),
            _ITEM.c.removed_at.is_(None),
        )
        .order_by(_ITEM.c.decided_on, _ITEM.c.id)
    )
    found: dict[tuple[uuid.UUID, str], list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.household_id, row.service_code].append(row)
    return found


def _over_yearly(
    grants: Mapping[tuple[uuid.UUID, str], list[Any]], rules: Mapping[str, RulesInForce], year: int
) -> Iterator[OverCap]:
    for (household_id, code), rows in grants.items():
        service = rules.get(code)
        if service is None:
            continue
        limits = (
            (YEARLY_TIMES, service.rules.yearly_times, sum(row.quantity for row in rows)),
            (YEARLY_AMOUNT, service.rules.yearly_amount, sum(row.amount_halalas for row in rows)),
        )
        for kind, limit, total in limits:
            if limit is not None and total > limit:
                yield OverCap(
                    kind, f"{household_id}/{code}/{year}", rows[-1].scope, household_id, code, "", year, limit,
                    total, tuple(row.id for row in rows),
                )  # fmt: skip


def _over_funds(connection: Connection, scopes: Sequence[str], year: int) -> Iterator[OverCap]:
    """Funds whose entries are less than what was given and promised from them; funds nobody keeps are left alone."""
    for committee in sorted({committee_of(scope) for scope in scopes}):
        balances = {
            row.fund: row.halalas
            for row in connection.execute(
                select(_ENTRY.c.fund, func.sum(_ENTRY.c.amount_halalas).label("halalas"))
                .where(_ENTRY.c.committee_code == committee, _ENTRY.c.removed_at.is_(None))
                .group_by(_ENTRY.c.fund)
            )
        }
        for fund, halalas in sorted(balances.items()):
            spent, promised = _spent(connection, committee, fund), _promised(connection, committee, fund)
            total = spent + sum(amount for _id, amount in promised)
            if total > halalas and promised:
                yield OverCap(
                    FUND, f"{committee}/{fund}", committee, None, "", fund, year, halalas, total,
                    tuple(item_id for item_id, _amount in promised),
                )  # fmt: skip


def _spent(connection: Connection, committee: str, fund: str) -> int:
    return connection.scalar(
        select(func.coalesce(func.sum(_DELIVERY.c.amount_halalas), 0)).where(
            _DELIVERY.c.committee_code == committee,
            _DELIVERY.c.fund == fund,
            _DELIVERY.c.removed_at.is_(None),
        )
    ) or 0  # fmt: skip


def _promised(connection: Connection, committee: str, fund: str) -> list[tuple[uuid.UUID, int]]:
    given = (
        select(func.coalesce(func.sum(_DELIVERY.c.amount_halalas), 0))
        .where(_DELIVERY.c.plan_item_id == _ITEM.c.id, _DELIVERY.c.removed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(_ITEM.c.id, _ITEM.c.amount_halalas, given.label("given"))
        .where(
            _ITEM.c.committee_code == committee, _ITEM.c.state.in_(RESERVED), _ITEM.c.fund == fund,
            _ITEM.c.removed_at.is_(None),
        )
        .order_by(_ITEM.c.decided_on, _ITEM.c.id)
    )  # fmt: skip
    return [
        (row.id, row.amount_halalas - row.given)
        for row in connection.execute(query)
        if row.amount_halalas > row.given
    ]

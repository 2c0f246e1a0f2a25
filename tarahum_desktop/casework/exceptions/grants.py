"""What was granted twice by two offices, and limits passed by grants that were right one by one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.findings import Found, pair_subject
from tarahum_desktop.casework.giving.entitlements import double_grants
from tarahum_desktop.casework.plans.over_cap import FUND, YEARLY_AMOUNT, YEARLY_TIMES, over_cap
from tarahum_desktop.domain.permissions import NATIONAL
from tarahum_desktop.models import PlanItem

DOUBLE_KINDS: Final = ("double_grant",)
CAP_KINDS: Final = (YEARLY_TIMES, YEARLY_AMOUNT, FUND)
_ITEM: Any = PlanItem.__table__


def granted_twice(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """One claim held twice on a common day: for the offices that have one of the plan items, and for headquarters."""
    for one in double_grants(connection):
        sides = (one.first, one.second)
        query = select(_ITEM.c.id, _ITEM.c.scope).where(_ITEM.c.id.in_([side.plan_item_id for side in sides]))
        here = {row.id: row.scope for row in connection.execute(query) if row.scope in scopes}
        shown = sorted(sides, key=lambda side: side.plan_item_id not in here)
        facts = {
            "entity": "plan_item", "service": one.service_code, "claim": one.claim,
            "committees": [side.committee_code for side in shown],
        }  # fmt: skip
        first, second = shown[0].plan_item_id, shown[1].plan_item_id
        yield Found(
            DOUBLE_KINDS[0], pair_subject(first, second), here.get(first, NATIONAL), first, second, 0, facts
        )


def over_limits(connection: Connection, scopes: Sequence[str], day: dt.date) -> Iterator[Found]:
    """Yearly limits and funds that were passed; a further grant makes it a new finding."""
    for one in over_cap(connection, scopes, day):
        facts = {
            "entity": "household", "service": one.service_code, "fund": one.fund, "limit": one.limit, "total": one.total,
            "year": one.year,
        }  # fmt: skip
        yield Found(one.kind, f"{one.subject}/{one.total}", one.scope, one.household_id, None, 0, facts)

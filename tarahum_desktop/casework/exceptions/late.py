"""Steps of a case made after their maker's role had ended, and plan items of which more was given than was approved."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.care.late_steps import KIND, late_moves
from tarahum_desktop.casework.findings import Found
from tarahum_desktop.casework.giving.promises import given_to, over_given
from tarahum_desktop.models import PlanItem

STEP_KINDS: Final = (KIND,)
GIVEN_KINDS: Final = ("over_given",)
_ITEM: Any = PlanItem.__table__


def steps_without_role(connection: Connection, scopes: Sequence[str], day: dt.date) -> Iterator[Found]:
    """Steps of the last sixty days that somebody entitled decides again."""
    for move in late_moves(connection, scopes, day):
        facts = {
            "entity": "case_file",
            "from": move.from_state,
            "to": move.to_state,
            "on": move.on.isoformat(),
        }
        yield Found(KIND, move.id.hex, move.scope, move.case_id, None, 0, facts)


def given_too_much(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Approved once and handed over by two offices without a line; a further hand-over makes it a new finding."""
    ids = over_given(connection, scopes)
    given = given_to(connection, ids)
    for one in ids:
        item = connection.execute(select(_ITEM).where(_ITEM.c.id == one)).one()
        money = int(given[one].halalas) > item.amount_halalas
        total, limit = (
            (int(given[one].halalas), item.amount_halalas)
            if money
            else (int(given[one].quantity), item.quantity)
        )
        facts = {
            "entity": "plan_item",
            "service": item.service_code,
            "total": total,
            "limit": limit,
            "money": money,
        }
        yield Found(GIVEN_KINDS[0], f"{one.hex}/{total}", item.scope, one, None, 0, facts)

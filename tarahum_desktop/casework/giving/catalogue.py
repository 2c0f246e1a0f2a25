"""What the catalogue says about giving one service: its evidence, its funds, and how often it may be granted."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.plans.rules import RulesInForce, catalogue_on
from tarahum_desktop.domain.entitlement import OnceRule
from tarahum_desktop.models import ReferenceItem, Service

_SERVICE: Any = Service.__table__
_LISTED: Any = ReferenceItem.__table__
MONEY: Final = frozenset({"yes", "optional"})
_FUNDS: Final = "fund_source"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a code and a name in both languages."""

    code: str
    name_ar: str
    name_en: str


@dataclass(frozen=True, slots=True)
class GivenService:
    """One service as the desk that gives it needs it; ``evidence`` in the catalogue's order."""

    code: str
    name_ar: str
    name_en: str
    unit_ar: str
    unit_en: str
    amount_kind: str
    evidence: tuple[Named, ...]
    funds: tuple[str, ...]
    once: OnceRule

    @property
    def in_kind(self) -> bool:
        """Whether the amount is the value of a thing and not money."""
        return self.amount_kind not in MONEY


def services(connection: Connection, day: dt.date) -> dict[str, GivenService]:
    """All services by code under the rules in force on a day; a few dozen rows."""
    return _services(connection, day)


def service(connection: Connection, code: str, day: dt.date) -> GivenService | None:
    """One service under the rules in force on a day; None when its row has not arrived."""
    return _services(connection, day, code).get(code)


def funds(connection: Connection) -> dict[str, Named]:
    """The funds of the reference list, in its order."""
    query = (
        select(_LISTED)
        .where(_LISTED.c.list_code == _FUNDS, _LISTED.c.removed_at.is_(None))
        .order_by(_LISTED.c.position, _LISTED.c.code)
    )
    return {row.code: Named(row.code, row.name_ar, row.name_en) for row in connection.execute(query)}


def _services(connection: Connection, day: dt.date, code: str = "") -> dict[str, GivenService]:
    units = select(_SERVICE.c.code, _SERVICE.c.unit_ar, _SERVICE.c.unit_en).where(
        _SERVICE.c.removed_at.is_(None)
    )
    if code:
        units = units.where(_SERVICE.c.code == code)
    of = {row.code: row for row in connection.execute(units)}
    return {found: _service(one, of[found]) for found, one in catalogue_on(connection, day, code).items()}


def _service(one: RulesInForce, units: Any) -> GivenService:
    rules = one.document
    return GivenService(
        one.service_code, one.name_ar, one.name_en, units.unit_ar, units.unit_en, one.amount_kind,
        tuple(_evidence(at, proof) for at, proof in enumerate(one.evidence)),
        tuple(str(fund) for fund in one.funds),
        OnceRule(
            repeat_days=_whole(rules.get("repeat_guard_days")),
            once_a_year=rules.get("annual_cap") == 1,
            once_in_life=rules.get("once_in_life") is True,
        ),
    )  # fmt: skip


def _evidence(at: int, one: Any) -> Named:
    if isinstance(one, dict):
        return Named(str(at), str(one.get("ar", "")), str(one.get("en", "")))
    return Named(str(at), str(one), str(one))


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0

"""What the catalogue says about giving one service: its evidence, its funds, and how often it may be granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

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


def services(connection: Connection) -> dict[str, GivenService]:
    """All services by code; a few dozen rows."""
    rows = connection.execute(
        select(_SERVICE).where(_SERVICE.c.removed_at.is_(None)).order_by(_SERVICE.c.code)
    )
    return {row.code: _service(row) for row in rows}


def service(connection: Connection, code: str) -> GivenService | None:
    """One service; None when its row has not arrived."""
    row = connection.execute(select(_SERVICE).where(_SERVICE.c.code == code).limit(1)).one_or_none()
    return _service(row) if row else None


def funds(connection: Connection) -> dict[str, Named]:
    """The funds of the reference list, in its order."""
    query = (
        select(_LISTED)
        .where(_LISTED.c.list_code == _FUNDS, _LISTED.c.removed_at.is_(None))
        .order_by(_LISTED.c.position, _LISTED.c.code)
    )
    return {row.code: Named(row.code, row.name_ar, row.name_en) for row in connection.execute(query)}


def _service(row: Any) -> GivenService:
    rules: Mapping[str, Any] = row.rules if isinstance(row.rules, dict) else {}
    evidence = row.evidence if isinstance(row.evidence, list) else []
    return GivenService(
        row.code, row.name_ar, row.name_en, row.unit_ar, row.unit_en, row.amount_kind,
        tuple(_evidence(at, one) for at, one in enumerate(evidence)),
        tuple(str(fund) for fund in rules.get("fund_sources") or ()),
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

"""The rules of a service on a day: its own row is version 1, later versions replace it from their first day on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.domain.approval import DEFAULT_LIMITS, ApprovalLevel
from tarahum_desktop.domain.eligibility import ServiceRules
from tarahum_desktop.domain.service_rules import read_rules
from tarahum_desktop.models import ApprovalLevel as ApprovalLevelRow
from tarahum_desktop.models import Service, ServiceRulesVersion

_SERVICE: Any = Service.__table__
_VERSION: Any = ServiceRulesVersion.__table__
_LEVEL: Any = ApprovalLevelRow.__table__
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """One service with the version of its rules that holds; ``first_day`` is none for the first version.

    ``document`` is what the catalogue wrote, ``funds`` the sources the service may be paid from, ``evidence`` the proofs
    asked for at the hand-over.
    """

    service_code: str
    name_ar: str
    name_en: str
    version: int
    first_day: dt.date | None
    rules: ServiceRules
    amount_kind: str
    funds: tuple[str, ...]
    document: Mapping[str, Any]
    note: str = ""
    evidence: tuple[Any, ...] = ()

    @property
    def takes_amount(self) -> bool:
        """Whether the service has an amount or a value at all."""
        return self.amount_kind != "no"

    @property
    def needs_amount(self) -> bool:
        """Whether an amount must be given."""
        return self.amount_kind in {"yes", "in_kind_valued"}


def rules_on(connection: Connection, service_code: str, day: dt.date) -> RulesInForce | None:
    """The rules of one service on a day; none for a service this machine does not know."""
    return catalogue_on(connection, day, service_code).get(service_code)


def catalogue_on(connection: Connection, day: dt.date, service_code: str = "") -> dict[str, RulesInForce]:
    """Every service (or one) with the rules in force on a day, by code, in the catalogue's order."""
    found: dict[str, RulesInForce] = {}
    for code, versions in history(connection, service_code).items():
        begun = [one for one in versions if one.first_day is None or one.first_day <= day]
        found[code] = begun[-1]
    return found


def history(connection: Connection, service_code: str = "") -> dict[str, Sequence[RulesInForce]]:
    """All versions of each service (or of one), the oldest first; of two with one first day the later number wins."""
    services = select(_SERVICE).where(_SERVICE.c.removed_at.is_(None)).order_by(_SERVICE.c.code)
    later = select(_VERSION).where(_VERSION.c.removed_at.is_(None))
    if service_code:
        services = services.where(_SERVICE.c.code == service_code)
        later = later.where(_VERSION.c.service_code == service_code)
    found = {row.code: [_in_force(row, row, FIRST_VERSION, None)] for row in connection.execute(services)}
    names = {code: versions[0] for code, versions in found.items()}
    ordered = later.order_by(_VERSION.c.first_day, _VERSION.c.version, _VERSION.c.id)
    for row in connection.execute(ordered):
        if row.service_code in found:
            found[row.service_code].append(
                _in_force(names[row.service_code], row, row.version, row.first_day)
            )
    return {code: tuple(versions) for code, versions in found.items()}


def approval_limits(connection: Connection) -> Mapping[ApprovalLevel, int]:
    """Halalas each level may approve; a level without an entry has no limit."""
    rows = connection.execute(select(_LEVEL.c.code, _LEVEL.c.limit_halalas)).all()
    if not rows:
        return DEFAULT_LIMITS
    known = set(ApprovalLevel)
    return {
        ApprovalLevel(row.code): row.limit_halalas
        for row in rows
        if row.limit_halalas is not None and row.code in known
    }


def _in_force(names: Any, row: Any, version: int, first_day: dt.date | None) -> RulesInForce:
    document = row.rules if isinstance(row.rules, dict) else {}
    code = names.code if hasattr(names, "code") else names.service_code
    return RulesInForce(
        code, names.name_ar, names.name_en, version, first_day,
        read_rules(code, row.approval_level, row.kinds or (), document), row.amount_kind,
        tuple(document.get("fund_sources") or ()), document, getattr(row, "note", None) or "",
        tuple(row.evidence) if isinstance(row.evidence, list) else (),
    )  # fmt: skip

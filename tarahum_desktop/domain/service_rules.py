"""A service's rules as the catalogue writes them: read from a document, checked before they are published."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.eligibility import STUDY_MONTHS, Kind, ServiceRules
from tarahum_desktop.domain.errors import TarahumError


class Fund(StrEnum):
    """Where money for a service comes from; zakat is allowed for all three kinds by a Grand Mufti fatwa."""

    ZAKAT = "zakat"
    CHARITY = "charity"
    RESTRICTED = "restricted"
    ENDOWMENT = "endowment"
    GRANT = "grant"
    AGREEMENT = "agreement"


class RulesRefused(TarahumError):
    """Rules that must not be published.

    Codes: ``rules_kind_unknown``, ``rules_level_unknown``, ``rules_fund_unknown``, ``rules_amount_kind_unknown``,
    ``rules_number_wrong`` and ``rules_name_unknown`` (fact ``name``), ``rules_kinds_empty``, ``rules_funds_empty``,
    ``rules_day_past``, ``rules_not_later``.
    """

    code = "rules_refused"


NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "repeat_guard_days": 36_500,
        "annual_cap": 1_000,
        "study_max_age_months": 240,
        "yearly_amount_halalas": 10**12,
        "amount_cap_halalas": 10**12,
        "debt_cap_halalas": 10**12,
        "custody_months": 1_200,
    }
)
"""Each number a rule may hold, and the most it may be; halalas by name."""
FLAGS: Final = frozenset({"needs_study", "once_in_life", "private_right", "no_criminal_case"})
AMOUNT_KINDS: Final = ("yes", "in_kind_valued", "optional", "no")
_OTHER: Final = frozenset({"fund_sources", "amount_model"})


def read_rules(code: str, level: str, kinds: Collection[str], document: Mapping[str, Any]) -> ServiceRules:
    """The rules of a document already in the catalogue; a kind or level this program does not know is left out."""
    known = {kind.value for kind in Kind}
    number = {name: _number(document.get(name)) for name in NUMBERS}
    return ServiceRules(
        code,
        frozenset(Kind(kind) for kind in kinds if kind in known),
        ApprovalLevel(level) if level in set(ApprovalLevel) else ApprovalLevel.L4,
        study_months=(number["study_max_age_months"] or STUDY_MONTHS)
        if document.get("needs_study")
        else None,
        repeat_days=number["repeat_guard_days"] or None,
        yearly_times=number["annual_cap"],
        yearly_amount=number["yearly_amount_halalas"],
        amount_cap=number["amount_cap_halalas"],
        debt_cap=number["debt_cap_halalas"],
        custody_months=number["custody_months"],
        once_in_life=document.get("once_in_life") is True,
        private_right=document.get("private_right") is True,
        no_criminal_case=document.get("no_criminal_case") is True,
    )


def check_rules(level: str, amount_kind: str, kinds: Collection[str], document: Mapping[str, Any]) -> None:
    """Refuse rules that could not be applied everywhere; raises RulesRefused."""
    if not kinds:
        raise RulesRefused("rules_kinds_empty")
    if not set(kinds) <= {kind.value for kind in Kind}:
        raise RulesRefused("rules_kind_unknown")
    if level not in set(ApprovalLevel):
        raise RulesRefused("rules_level_unknown")
    if amount_kind not in AMOUNT_KINDS:
        raise RulesRefused("rules_amount_kind_unknown")
    _check_funds(document.get("fund_sources"))
    for name, value in document.items():
        _check_value(name, value)


def _check_funds(funds: object) -> None:
    if not isinstance(funds, list) or not funds:
        raise RulesRefused("rules_funds_empty")
    if not set(map(str, funds)) <= set(Fund):
        raise RulesRefused("rules_fund_unknown")


def _check_value(name: str, value: object) -> None:
    if name in NUMBERS:
        most = NUMBERS[name]
        if value is not None and not (type(value) is int and 0 <= value <= most):
            raise RulesRefused("rules_number_wrong", name=name, most=most)
    elif name in FLAGS:
        if not isinstance(value, bool):
            raise RulesRefused("rules_number_wrong", name=name, most=1)
    elif name not in _OTHER:
        raise RulesRefused("rules_name_unknown", name=name[:40])


def _number(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None

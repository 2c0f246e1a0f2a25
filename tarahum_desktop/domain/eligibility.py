"""Whether a service may be planned for a person, by rules that live in the catalogue.

The result explains every rule, passed or not, because a refusal without its reason is neither fair nor
correctable. What cannot be known here (documents, funds) is not pretended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tarahum_desktop.domain.approval import DEFAULT_LIMITS, ApprovalLevel, approval_level

STUDY_MONTHS: Final = 12


class Kind(StrEnum):
    """What a person is on a day, derived from dated custody episodes and memberships."""

    PRISONER = "prisoner"
    RELEASED = "released"
    FAMILY_MEMBER = "family_member"


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """The rules a catalogue version carries for one service; amounts are halalas, ``None`` is no rule."""

    code: str
    kinds: frozenset[Kind]
    level: ApprovalLevel
    study_months: int | None = STUDY_MONTHS
    repeat_days: int | None = None
    annual_cap: int | None = None
    amount_cap: int | None = None
    custody_days: int | None = None


@dataclass(frozen=True, slots=True)
class PastAid:
    """One earlier delivery to the household."""

    service_code: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class AidRequest:
    """One service asked for one person on a day; the amount is halalas, 0 for a service without money."""

    kind: Kind
    day: date
    amount: int
    last_study: date | None
    past: Sequence[PastAid] = ()
    custody_days: int = 0


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's answer: its code, whether it passed, and the numbers it was decided on (never names)."""

    code: str
    passed: bool
    facts: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All rule answers and the level that must approve."""

    level: ApprovalLevel
    results: tuple[RuleResult, ...]

    @property
    def eligible(self) -> bool:
        """Whether every rule passed."""
        return all(result.passed for result in self.results)

    @property
    def against(self) -> tuple[RuleResult, ...]:
        """The rules that did not pass."""
        return tuple(result for result in self.results if not result.passed)


def check_eligibility(
    rules: ServiceRules,
    request: AidRequest,
    limits: Mapping[ApprovalLevel, int] = DEFAULT_LIMITS,
) -> Eligibility:
    """Apply every rule the catalogue sets for the service and explain each answer."""
    results = (
        RuleResult("eligibility_kind", request.kind in rules.kinds, {"kind": request.kind.value}),
        _study_age(rules, request),
        _repeat_guard(rules, request),
        _annual_cap(rules, request),
        _amount_cap(rules, request),
        _custody(rules, request),
    )
    level = approval_level(rules.level, request.amount, limits)
    return Eligibility(level, tuple(result for result in results if result is not None))


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _study_age(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.study_months is None:
        return None
    oldest = months_before(request.day, rules.study_months)
    fresh = request.last_study is not None and oldest <= request.last_study <= request.day
    return RuleResult("eligibility_study_age", fresh, {"months": rules.study_months})


def _repeat_guard(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.repeat_days is None:
        return None
    days = [abs((request.day - aid.day).days) for aid in request.past if aid.service_code == rules.code]
    # A delivery dated later (another committee's, or a wrong clock) is as much a repetition as an earlier one.
    passed = not days or min(days) >= rules.repeat_days
    facts = {"days": rules.repeat_days} | ({"days_since": min(days)} if days else {})
    return RuleResult("eligibility_repeat", passed, facts)


def _annual_cap(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.annual_cap is None:
        return None
    given = sum(
        aid.amount
        for aid in request.past
        if aid.service_code == rules.code and aid.day.year == request.day.year
    )
    passed = given + request.amount <= rules.annual_cap
    return RuleResult("eligibility_annual_cap", passed, {"cap": rules.annual_cap, "given": given})


def _amount_cap(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.amount_cap is None:
        return None
    return RuleResult(
        "eligibility_amount_cap",
        request.amount <= rules.amount_cap,
        {"cap": rules.amount_cap},
    )


def _custody(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.custody_days is None:
        return None
    passed = request.custody_days >= rules.custody_days
    return RuleResult("eligibility_custody", passed, {"days": rules.custody_days})

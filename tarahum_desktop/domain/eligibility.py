"""Whether a service may be planned for a person, by rules that live in the catalogue.

The result explains every rule, passed or not, because a refusal without its reason is neither fair nor
correctable. What cannot be known here (documents, funds) is not pretended. The debt-release rules (a ceiling, months in
custody, an established private right, no linked criminal case) have the shape of the Northern Borders rule of 2017.
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


PRIVATE_RIGHTS: Final = frozenset({"private", "both"})
CRIMINAL_RIGHTS: Final = frozenset({"public", "both"})


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """The rules one catalogue version carries for one service; amounts are halalas, ``None`` is no rule.

    ``yearly_times`` counts grants of the service to one household in a calendar year, ``yearly_amount`` their sum.
    """

    code: str
    kinds: frozenset[Kind]
    level: ApprovalLevel
    study_months: int | None = STUDY_MONTHS
    repeat_days: int | None = None
    yearly_times: int | None = None
    yearly_amount: int | None = None
    amount_cap: int | None = None
    debt_cap: int | None = None
    custody_months: int | None = None
    once_in_life: bool = False
    private_right: bool = False
    no_criminal_case: bool = False


@dataclass(frozen=True, slots=True)
class PastAid:
    """One earlier grant to the household: delivered, or promised and still to come (``reserved``)."""

    service_code: str
    day: date
    amount: int
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class AidRequest:
    """One service asked for one person on a day; the amount is halalas, 0 for a service without money.

    ``custody_since`` is the first day of the stay that decides, ``custody_until`` its last (none: still held).
    ``right_type`` is the record's word for whose right the case is about, empty when not recorded. ``debt`` is the sum
    of what is claimed in halalas, none when not recorded. ``quantity`` is how often the service is to be given.
    """

    kind: Kind
    day: date
    amount: int
    last_study: date | None
    past: Sequence[PastAid] = ()
    custody_since: date | None = None
    custody_until: date | None = None
    right_type: str = ""
    debt: int | None = None
    quantity: int = 1


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
        _once_in_life(rules, request),
        _yearly_times(rules, request),
        _yearly_amount(rules, request),
        _amount_cap(rules, request),
        _debt_cap(rules, request),
        _custody(rules, request),
        _private_right(rules, request),
        _criminal_case(rules, request),
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
    days = [abs((request.day - aid.day).days) for aid in _same(rules, request)]
    # A delivery dated later (another committee's, or a wrong clock) is as much a repetition as an earlier one.
    passed = not days or min(days) >= rules.repeat_days
    facts = {"days": rules.repeat_days} | ({"days_since": min(days)} if days else {})
    return RuleResult("eligibility_repeat", passed, facts)


def _once_in_life(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if not rules.once_in_life:
        return None
    return RuleResult("eligibility_once", not _same(rules, request), {})


def _yearly_times(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.yearly_times is None:
        return None
    given = sum(aid.day.year == request.day.year for aid in _same(rules, request))
    facts = {"times": rules.yearly_times, "given": given}
    return RuleResult("eligibility_annual_cap", given + request.quantity <= rules.yearly_times, facts)


def _yearly_amount(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.yearly_amount is None:
        return None
    given = sum(aid.amount for aid in _same(rules, request) if aid.day.year == request.day.year)
    facts = {"cap": rules.yearly_amount, "given": given}
    return RuleResult("eligibility_annual_amount", given + request.amount <= rules.yearly_amount, facts)


def _same(rules: ServiceRules, request: AidRequest) -> list[PastAid]:
    return [aid for aid in request.past if aid.service_code == rules.code]


def _amount_cap(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.amount_cap is None:
        return None
    facts = {"cap": rules.amount_cap}
    return RuleResult("eligibility_amount_cap", request.amount <= rules.amount_cap, facts)


def _debt_cap(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.debt_cap is None:
        return None
    debt = max(request.amount, request.debt or 0)
    return RuleResult("eligibility_debt_cap", debt <= rules.debt_cap, {"cap": rules.debt_cap, "debt": debt})


def _custody(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if rules.custody_months is None:
        return None
    end = min(request.custody_until or request.day, request.day)
    since = request.custody_since
    passed = since is not None and since <= months_before(end, rules.custody_months)
    return RuleResult("eligibility_custody", passed, {"months": rules.custody_months})


def _private_right(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    if not rules.private_right:
        return None
    return RuleResult("eligibility_private_right", request.right_type in PRIVATE_RIGHTS, {})


def _criminal_case(rules: ServiceRules, request: AidRequest) -> RuleResult | None:
    """A public right in the case means a criminal case is linked; what is not recorded is not taken as none."""
    if not rules.no_criminal_case:
        return None
    clear = bool(request.right_type) and request.right_type not in CRIMINAL_RIGHTS
    return RuleResult("eligibility_criminal_case", clear, {})

"""A service is planned by rules of the catalogue, and every answer is explained."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.approval import DEFAULT_LIMITS, ApprovalLevel, approval_level
from tarahum_desktop.domain.eligibility import (
    AidRequest,
    Kind,
    PastAid,
    ServiceRules,
    check_eligibility,
    months_before,
)
from tarahum_desktop.domain.money import SAR

L1, L2, L3, L4 = ApprovalLevel
DAY = date(2026, 11, 23)
FREE = ServiceRules("FC-01", frozenset(Kind), L1, study_months=None)
RENT = ServiceRules(
    "BC-06",
    frozenset({Kind.RELEASED, Kind.FAMILY_MEMBER}),
    L3,
    repeat_days=180,
    annual_cap=20_000 * SAR,
    amount_cap=15_000 * SAR,
)
ASKED = AidRequest(Kind.FAMILY_MEMBER, DAY, 10_000 * SAR, last_study=date(2026, 5, 1))


def asked(**changed: object) -> AidRequest:
    values = {"kind": ASKED.kind, "day": DAY, "amount": ASKED.amount, "last_study": ASKED.last_study}
    return AidRequest(**{**values, **changed})  # type: ignore[arg-type]  # the test names its own fields


def against(rules: ServiceRules, request: AidRequest) -> list[str]:
    return [result.code for result in check_eligibility(rules, request).against]


def test_a_request_within_every_rule_is_eligible_and_explained() -> None:
    answer = check_eligibility(RENT, ASKED)
    assert answer.eligible
    assert answer.level is L3
    assert [result.code for result in answer.results] == [
        "eligibility_kind",
        "eligibility_study_age",
        "eligibility_repeat",
        "eligibility_annual_cap",
        "eligibility_amount_cap",
    ]


def test_only_the_kind_is_asked_when_the_catalogue_sets_no_other_rule() -> None:
    answer = check_eligibility(FREE, asked(last_study=None))
    assert [result.code for result in answer.results] == ["eligibility_kind"]


def test_the_wrong_kind_is_refused() -> None:
    assert against(RENT, asked(kind=Kind.PRISONER)) == ["eligibility_kind"]


@pytest.mark.parametrize(
    ("study", "fresh"),
    [
        (date(2025, 11, 23), True),
        (date(2025, 11, 22), False),
        (DAY, True),
        (DAY + timedelta(days=1), False),
        (None, False),
    ],
)
def test_a_study_counts_for_twelve_months(study: date | None, fresh: bool) -> None:
    assert against(RENT, asked(last_study=study)) == ([] if fresh else ["eligibility_study_age"])


@pytest.mark.parametrize(("days", "passes"), [(180, True), (179, False), (0, False), (-5, False)])
def test_the_same_service_is_not_repeated_too_soon(days: int, passes: bool) -> None:
    past = [PastAid("BC-06", DAY - timedelta(days=days), 0), PastAid("BC-08", DAY, 0)]
    answer = check_eligibility(RENT, asked(past=past))
    assert answer.eligible is passes
    guard = answer.results[2]
    assert guard.facts == {"days": 180, "days_since": abs(days)}


def test_the_annual_cap_counts_the_same_service_in_the_same_year() -> None:
    old = PastAid("BC-06", date(2025, 12, 31), 20_000 * SAR)
    this_year = PastAid("BC-06", date(2026, 1, 1), 10_000 * SAR)
    other = PastAid("BC-08", date(2026, 1, 1), 10_000 * SAR)
    assert against(RENT, asked(past=[old, this_year, other])) == []
    assert against(RENT, asked(past=[this_year], amount=10_000 * SAR + 1)) == ["eligibility_annual_cap"]


def test_one_request_has_its_own_cap() -> None:
    assert against(RENT, asked(amount=15_000 * SAR)) == []
    assert against(RENT, asked(amount=15_000 * SAR + 1)) == ["eligibility_amount_cap"]


def test_custody_that_is_not_known_counts_as_none() -> None:
    debt = ServiceRules("BC-10", frozenset(Kind), L4, custody_days=1)
    assert against(debt, ASKED) == ["eligibility_custody"]


@pytest.mark.parametrize(("days", "refused"), [(60, []), (59, ["eligibility_custody"])])
def test_debt_release_may_ask_for_time_in_custody(days: int, refused: list[str]) -> None:
    debt = ServiceRules("BC-10", frozenset({Kind.PRISONER}), L4, custody_days=60)
    assert against(debt, asked(kind=Kind.PRISONER, custody_days=days)) == refused


@pytest.mark.parametrize(
    ("own", "riyals", "level"),
    [
        (L1, 1_000, L1),
        (L1, 1_001, L2),
        (L2, 10_001, L3),
        (L3, 50_001, L4),
        (L1, 60_000, L4),
        (L2, 5, L2),
        (L4, 10**9, L4),
    ],
)
def test_an_amount_over_the_limit_moves_up(own: ApprovalLevel, riyals: int, level: ApprovalLevel) -> None:
    assert approval_level(own, riyals * SAR) is level


def test_an_edited_limit_on_the_last_level_still_leaves_it_the_last() -> None:
    assert approval_level(L3, 10**12, {**DEFAULT_LIMITS, L4: 1}) is L4


@given(st.sampled_from(ApprovalLevel), st.integers(0, 10**14), st.integers(0, 10**14))
def test_more_money_never_needs_a_lower_level(own: ApprovalLevel, a: int, b: int) -> None:
    lower, higher = sorted((a, b))
    assert own <= approval_level(own, lower) <= approval_level(own, higher)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(0, 240))
def test_months_before_keeps_the_day_or_takes_the_months_end(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).day == 1
    assert earlier.day <= day.day

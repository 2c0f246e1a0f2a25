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
    yearly_amount=20_000 * SAR,
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
        "eligibility_annual_amount",
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


def test_the_yearly_amount_counts_the_same_service_in_the_same_year() -> None:
    old = PastAid("BC-06", date(2025, 12, 31), 20_000 * SAR)
    this_year = PastAid("BC-06", date(2026, 1, 1), 10_000 * SAR)
    other = PastAid("BC-08", date(2026, 1, 1), 10_000 * SAR)
    assert against(RENT, asked(past=[old, this_year, other])) == []
    assert against(RENT, asked(past=[this_year], amount=10_000 * SAR + 1)) == ["eligibility_annual_amount"]


def test_one_request_has_its_own_cap() -> None:
    assert against(RENT, asked(amount=15_000 * SAR)) == []
    assert against(RENT, asked(amount=15_000 * SAR + 1)) == ["eligibility_amount_cap"]


def test_the_yearly_cap_counts_grants_delivered_and_promised_in_the_same_year() -> None:
    food = ServiceRules("BC-01", frozenset(Kind), L1, study_months=None, yearly_times=3)
    given = [PastAid("BC-01", date(2026, 2, 1), 0), PastAid("BC-01", date(2026, 3, 1), 0, reserved=True)]
    earlier = [PastAid("BC-01", date(2025, 12, 31), 0), PastAid("BC-02", date(2026, 5, 1), 0)]
    answer = check_eligibility(food, asked(past=[*given, *earlier]))
    assert answer.eligible
    assert answer.results[-1].facts == {"times": 3, "given": 2}
    assert against(food, asked(past=given, quantity=2)) == ["eligibility_annual_cap"]


DEBT = ServiceRules(
    "BC-10", frozenset({Kind.PRISONER, Kind.RELEASED}), L4, debt_cap=250_000 * SAR, custody_months=2,
    private_right=True, no_criminal_case=True,
)  # fmt: skip


def debtor(**changed: object) -> AidRequest:
    held = {
        "kind": Kind.PRISONER, "custody_since": date(2026, 9, 23), "right_type": "private", "debt": 90_000 * SAR,
        "amount": 90_000 * SAR,
    }  # fmt: skip
    return asked(**{**held, **changed})


def test_a_debt_within_every_rule_of_debt_release_is_settled() -> None:
    answer = check_eligibility(DEBT, debtor())
    assert answer.eligible
    assert [result.code for result in answer.results] == [
        "eligibility_kind", "eligibility_study_age", "eligibility_debt_cap", "eligibility_custody",
        "eligibility_private_right", "eligibility_criminal_case",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"debt": 250_000 * SAR}, []),
        ({"debt": 250_000 * SAR + 1}, ["eligibility_debt_cap"]),
        ({"debt": None, "amount": 250_001 * SAR}, ["eligibility_debt_cap"]),
        ({"custody_since": date(2026, 9, 24)}, ["eligibility_custody"]),
        ({"custody_since": None}, ["eligibility_custody"]),
        ({"custody_since": date(2026, 1, 1), "custody_until": date(2026, 3, 1)}, []),
        ({"custody_since": date(2026, 1, 1), "custody_until": date(2026, 2, 28)}, ["eligibility_custody"]),
        ({"right_type": "both"}, ["eligibility_criminal_case"]),
        ({"right_type": "public"}, ["eligibility_private_right", "eligibility_criminal_case"]),
        ({"right_type": ""}, ["eligibility_private_right", "eligibility_criminal_case"]),
    ],
)
def test_each_rule_of_debt_release_refuses_by_itself(changed: dict[str, object], refused: list[str]) -> None:
    assert against(DEBT, debtor(**changed)) == refused


PAST = st.lists(
    st.builds(
        PastAid, st.sampled_from(["BC-06", "BC-08"]), st.dates(date(2024, 1, 1), date(2027, 12, 31)),
        st.integers(0, 10**8), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(PAST, st.integers(0, 10**8), st.integers(0, 10**8))
def test_asking_for_less_never_fails_a_rule_that_more_passes(past: list[PastAid], a: int, b: int) -> None:
    less, more = sorted((a, b))
    failed = set(against(RENT, asked(past=past, amount=less)))
    assert failed <= set(against(RENT, asked(past=past, amount=more)))


@given(PAST, PAST)
def test_more_past_aid_never_makes_a_household_more_eligible(
    first: list[PastAid], more: list[PastAid]
) -> None:
    assert set(against(RENT, asked(past=first))) <= set(against(RENT, asked(past=[*first, *more])))


@given(PAST)
def test_every_rule_that_is_set_answers_once_whatever_happened(past: list[PastAid]) -> None:
    codes = [result.code for result in check_eligibility(RENT, asked(past=past)).results]
    assert len(codes) == len(set(codes)) == 5


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


def test_what_is_given_once_in_life_is_never_given_again() -> None:
    once = ServiceRules("BC-10", frozenset(Kind), L4, study_months=None, once_in_life=True)
    assert against(once, asked()) == []
    assert against(once, asked(past=[PastAid("BC-01", DAY, 0)])) == []
    assert against(once, asked(past=[PastAid("BC-10", date(2001, 1, 1), 0)])) == ["eligibility_once"]

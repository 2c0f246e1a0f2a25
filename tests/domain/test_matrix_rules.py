"""Progress is claimed only by the strict formulas."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.matrix import (
    LASTING_DAYS,
    MAY_BE_NOT_APPLICABLE,
    MatrixDomain,
    MatrixError,
    MatrixLevel,
    Rating,
    improved,
    is_sufficient,
    moved_to_sufficiency,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "matrix.json").read_text("utf-8"))
D = MatrixDomain
START, DAY = date(2026, 1, 1), date(2026, 11, 23)
NEED = Rating(START, dict.fromkeys(D, 2))
GOOD = {**dict.fromkeys(D, 3), D.INCOME: 4, D.FOOD: 4}
FIRST_GOOD, SECOND_GOOD = Rating(DAY - timedelta(days=LASTING_DAYS), GOOD), Rating(DAY, GOOD)
SCORES = st.dictionaries(st.sampled_from(D), st.integers(1, 5))


def test_domains_are_the_agreed_ones() -> None:
    assert [domain.value for domain in D] == [item["code"] for item in VECTORS]
    assert {item["code"] for item in VECTORS if item["may_be_not_applicable"]} == set(MAY_BE_NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("domain", "score", "code"),
    [
        (D.FOOD, 0, "matrix_score_invalid"),
        (D.FOOD, 6, "matrix_score_invalid"),
        (D.FOOD, None, "matrix_always_applies"),
    ],
)
def test_an_unknown_score_is_refused(domain: MatrixDomain, score: int | None, code: str) -> None:
    with pytest.raises(MatrixError) as refused:
        Rating(DAY, {domain: score})
    assert refused.value.code == code


def test_levels_are_the_five_scores() -> None:
    assert list(MatrixLevel) == [1, 2, 3, 4, 5]


def test_some_domains_may_not_apply() -> None:
    assert is_sufficient(Rating(DAY, {**GOOD, **dict.fromkeys(MAY_BE_NOT_APPLICABLE)}))


def test_a_family_in_need_that_stays_sufficient_has_moved() -> None:
    finding = moved_to_sufficiency([SECOND_GOOD, NEED, FIRST_GOOD], [], DAY)
    assert (finding.holds, finding.against) == (True, ())


def test_a_lapse_between_the_two_ratings_is_judged_by_the_latest() -> None:
    lapse = Rating(DAY - timedelta(days=30), {**GOOD, D.FOOD: 3})
    assert moved_to_sufficiency([NEED, FIRST_GOOD, lapse, SECOND_GOOD], [], DAY).holds
    assert not moved_to_sufficiency([NEED, FIRST_GOOD, lapse], [], DAY).holds


@pytest.mark.parametrize(
    ("domain", "score"), [(D.INCOME, 3), (D.HOUSING, 2), (D.FOOD, 3), (D.DEBT, 2), (D.COMMUNITY, 1)]
)
def test_one_score_below_its_floor_is_not_sufficient(domain: MatrixDomain, score: int) -> None:
    now = Rating(DAY, {**GOOD, domain: score})
    finding = moved_to_sufficiency([NEED, FIRST_GOOD, now], [], DAY)
    assert finding.against == ("matrix_not_sufficient_now",)


@pytest.mark.parametrize("domain", [D.INCOME, D.HOUSING, D.FOOD, D.DEBT])
def test_what_was_not_rated_proves_nothing(domain: MatrixDomain) -> None:
    assert not is_sufficient(Rating(DAY, {key: score for key, score in GOOD.items() if key is not domain}))


def test_each_missing_condition_is_named() -> None:
    near = Rating(DAY - timedelta(days=LASTING_DAYS - 1), GOOD)
    assert moved_to_sufficiency([], [], DAY).against == ("matrix_unrated",)
    assert moved_to_sufficiency([NEED, near, SECOND_GOOD], [], DAY).against == ("matrix_not_lasting",)
    assert moved_to_sufficiency([FIRST_GOOD, SECOND_GOOD], [], DAY).against == (
        "matrix_baseline_not_in_need",
    )
    unrated = Rating(START, {})
    assert "matrix_baseline_not_in_need" in moved_to_sufficiency([unrated, SECOND_GOOD], [], DAY).against


@pytest.mark.parametrize(("ago", "holds"), [(0, False), (89, False), (90, True), (-1, True)])
def test_support_in_the_last_ninety_days_stands_against_it(ago: int, holds: bool) -> None:
    given_on = DAY - timedelta(days=ago)
    assert moved_to_sufficiency([NEED, FIRST_GOOD, SECOND_GOOD], [given_on], DAY).holds is holds


def test_ratings_after_the_day_are_not_known_yet() -> None:
    assert not moved_to_sufficiency([NEED, FIRST_GOOD, SECOND_GOOD], [], DAY - timedelta(days=1)).holds


@pytest.mark.parametrize(
    ("before", "after", "against"),
    [
        ({D.FOOD: 2, D.DEBT: 2}, {D.FOOD: 3, D.DEBT: 2}, ()),
        (
            {D.FOOD: 2, D.DEBT: 2, D.LEGAL: 2},
            {D.FOOD: 3, D.DEBT: 2, D.LEGAL: 2},
            ("matrix_change_too_small",),
        ),
        ({D.FOOD: 2, D.DEBT: 2}, {D.FOOD: 5, D.DEBT: 1}, ("matrix_fell_to_crisis",)),
        ({D.FOOD: 1, D.DEBT: 1}, {D.FOOD: 3, D.DEBT: 1}, ()),
        ({D.FOOD: 2}, {D.DEBT: 5}, ("matrix_unrated",)),
        ({D.EMPLOYMENT: None}, {D.EMPLOYMENT: 5}, ("matrix_unrated",)),
    ],
)
def test_improvement_is_half_a_point_on_average_without_a_fall(
    before: dict[MatrixDomain, int | None], after: dict[MatrixDomain, int | None], against: tuple[str, ...]
) -> None:
    finding = improved(Rating(START, before), Rating(DAY, after))
    assert finding.against == against
    assert finding.holds is (not against)


@given(SCORES)
def test_no_change_is_never_an_improvement(scores: dict[MatrixDomain, int | None]) -> None:
    assert not improved(Rating(START, scores), Rating(DAY, scores)).holds


@given(SCORES, st.sampled_from(D))
def test_a_better_score_never_ends_sufficiency(
    scores: dict[MatrixDomain, int | None], domain: MatrixDomain
) -> None:
    if is_sufficient(Rating(DAY, {**GOOD, **scores})):
        assert is_sufficient(Rating(DAY, {**GOOD, **scores, domain: 5}))

"""Rules are data: what the catalogue ships can be applied, and what could not be applied is never published."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.money import SAR
from tarahum_desktop.domain.service_rules import NUMBERS, RulesRefused, check_rules, read_rules
from tarahum_desktop.models.seeds import seed_rows

CATALOGUE = Path(__file__).parents[2] / "resources/catalogue"
SERVICES = {row["code"]: row for row in dict(seed_rows(CATALOGUE))["service"]}
GOOD: dict[str, Any] = {"fund_sources": ["zakat"], "needs_study": True, "repeat_guard_days": 28}


def refusal(**changed: Any) -> str:
    values: dict[str, Any] = {"level": "L1", "amount_kind": "yes", "kinds": ["released"], "document": GOOD}
    with pytest.raises(RulesRefused) as refused:
        check_rules(**{**values, **changed})
    return str(refused.value.code)


@pytest.mark.parametrize("code", sorted(SERVICES))
def test_every_shipped_service_has_rules_that_could_be_published(code: str) -> None:
    row = SERVICES[code]
    check_rules(row["approval_level"], row["amount_kind"], row["kinds"], row["rules"])


def test_debt_release_ships_with_its_four_rules() -> None:
    row = SERVICES["BC-10"]
    rules = read_rules("BC-10", row["approval_level"], row["kinds"], row["rules"])
    assert (rules.debt_cap, rules.custody_months) == (250_000 * SAR, 2)
    assert rules.private_right
    assert rules.no_criminal_case
    assert rules.level is ApprovalLevel.L4
    assert rules.kinds == {Kind.PRISONER, Kind.RELEASED}


def test_a_service_that_needs_no_study_has_no_study_rule() -> None:
    assert read_rules("FC-01", "L1", ["released"], SERVICES["FC-01"]["rules"]).study_months is None
    assert read_rules("BC-01", "L1", ["released"], SERVICES["BC-01"]["rules"]).study_months == 12


def test_what_cannot_be_applied_is_refused() -> None:
    assert refusal(kinds=[]) == "rules_kinds_empty"
    assert refusal(kinds=["released", "tourist"]) == "rules_kind_unknown"
    assert refusal(level="L9") == "rules_level_unknown"
    assert refusal(amount_kind="maybe") == "rules_amount_kind_unknown"
    assert refusal(document={**GOOD, "fund_sources": []}) == "rules_funds_empty"
    assert refusal(document={**GOOD, "fund_sources": ["lottery"]}) == "rules_fund_unknown"
    assert refusal(document={**GOOD, "moon_phase": 1}) == "rules_name_unknown"
    assert refusal(document={**GOOD, "needs_study": 1}) == "rules_number_wrong"


@given(
    st.sampled_from(sorted(NUMBERS)),
    st.one_of(st.integers(max_value=-1), st.floats(), st.text(), st.booleans()),
)
def test_a_number_below_nothing_or_no_number_is_refused(name: str, value: object) -> None:
    assert refusal(document={**GOOD, name: value}) == "rules_number_wrong"


@given(
    st.dictionaries(
        st.sampled_from([*NUMBERS, "needs_study", "private_right", "x"]), st.integers() | st.text()
    ),
    st.text(max_size=3),
    st.lists(st.text(max_size=8), max_size=3),
)
def test_rules_of_a_newer_program_are_read_as_far_as_they_are_known(
    document: dict[str, object], level: str, kinds: list[str]
) -> None:
    rules = read_rules("BC-01", level, kinds, document)
    assert rules.level in set(ApprovalLevel)
    assert all(
        number is None or number >= 0 for number in (rules.repeat_days, rules.yearly_times, rules.debt_cap)
    )

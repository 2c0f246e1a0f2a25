"""What a clock may decide and what only a person may."""

import pytest

from dev.merge_policies_page import PAGE, REASONS, group_of, page
from tarahum_desktop.domain.merge_policy import POLICIES, Policy

_PEOPLE_DECIDE = [
    ("custody_episode", "status release release_day release_type expected_release expected_release_day sentence case_class right_type"),
    ("custody_episode", "entry claims_halalas facility_code person_id"),
    ("person", "id_number id_kind birth first_name father_name grandfather_name family_name nationality gender iban merged_into"),
    ("payment", "amount_halalas iban payee_name state paid_on bank_reference"),
    ("payment_sheet", "state total_halalas"),
    ("plan_item", "state amount_halalas quantity fund"),
    ("delivery", "amount_halalas quantity fund delivered_on"),
    ("consent", "given withdrawn_at deed person_id"),
    ("agreement", "shared_fields first_day last_day"),
    ("household", "annual_rent_halalas head_person_id"),
    ("case_file", "state restricted closed_on closure_reason"),
    ("minute_decision", "verdict amount_halalas reason"),
    ("approval_level", "limit_halalas"),
    ("role_grant", "role scope_code first_day last_day"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "fields"), _PEOPLE_DECIDE)
def test_legal_status_release_money_identity_and_consent_are_decided_by_people(
    entity: str, fields: str
) -> None:
    for field in fields.split():
        assert POLICIES[entity][field] is Policy.REVIEW, field


def test_no_sum_of_money_is_decided_by_a_clock() -> None:
    for entity, table in POLICIES.items():
        for field, policy in table.items():
            if field.endswith("_halalas") or field == "iban":
                assert policy in {Policy.REVIEW, Policy.FIXED}, f"{entity}.{field}"


def test_no_removal_is_decided_by_a_clock() -> None:
    assert {table["removed_at"] for table in POLICIES.values()} == {Policy.REVIEW}


def test_every_reviewed_field_has_a_reason() -> None:
    reviewed = {
        name for table in POLICIES.values() for name, policy in table.items() if policy is Policy.REVIEW
    }
    assert {group_of(field) for field in reviewed} == set(REASONS)


def test_the_page_tells_what_the_program_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m dev.merge_policies_page"

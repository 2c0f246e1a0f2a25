"""How two concurrent edits of one field come together: one policy for every replicated field.

``MERGE`` takes the later edit without a question. ``REVIEW`` shows the later edit and keeps the other as
an open conflict for a person: legal status, release, money, identity, consent. ``APPEND`` unites lists.
``FIXED`` never changes after the row's creation, so two edits cannot meet.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Policy(StrEnum):
    """What happens when two people edited the same field without knowing of each other."""

    MERGE = "merge"
    REVIEW = "review"
    APPEND = "append"
    FIXED = "fixed"


def _policies(
    *, merge: str = "", review: str = "", append: str = "", fixed: str = ""
) -> MappingProxyType[str, Policy]:
    table = {"removed_at": Policy.REVIEW}
    for policy, names in (
        (Policy.MERGE, merge),
        (Policy.REVIEW, review),
        (Policy.APPEND, append),
        (Policy.FIXED, fixed),
    ):
        table.update(dict.fromkeys(names.split(), policy))
    return MappingProxyType(table)


_NAMED = "name_ar name_en"

POLICIES: Final = MappingProxyType(
    {
        "agreement": _policies(
            merge="partner_ar partner_en",
            review="first_day last_day shared_fields",
            fixed="number field_code",
        ),
        "approval_level": _policies(merge=_NAMED, review="limit_halalas", fixed="code"),
        "case_file": _policies(
            merge="team_code officer_id opened_on",
            review="state restricted closed_on closure_reason household_id person_id",
            fixed="number committee_code",
        ),
        "case_move": _policies(fixed="case_id from_state to_state role reason moved_by moved_at"),
        "committee": _policies(merge=f"{_NAMED} seat_city_ar has_women_section", fixed="code region_code"),
        "consent": _policies(
            review="given withdrawn_at deed",
            fixed="person_id visit_id purpose means signer_capacity notice_version given_at",
        ),
        "custody_episode": _policies(
            merge="inmate_number times_before was_breadwinner contact_frequency",
            review=(
                "facility_code status entry entry_day expected_release expected_release_day release release_day "
                "release_type sentence case_class right_type claims_halalas"
            ),
            fixed="person_id",
        ),
        "delivery": _policies(
            merge="household_id receiver evidence",
            review=(
                "delivered_on quantity amount_halalas fund proxy_document confirmed_at confirmed_by agreement_id"
            ),
            fixed="plan_item_id person_id committee_code service_code person_kind",
        ),
        "device": _policies(
            merge="name",
            review="scopes revoked_at",
            fixed="number kind committee_code signing_key sealing_key enrolled_at",
        ),
        "facility": _policies(merge=f"{_NAMED} type_code city_ar gender committee_code", fixed="code"),
        "follow_up": _policies(
            merge="officer_id due_on done_on outcome note", fixed="case_id person_id kind"
        ),
        "form_version": _policies(fixed="code version document"),
        "household": _policies(
            merge=(
                "place_code district directions short_address latitude_e6 longitude_e6 environment tenure "
                "house_type rooms house_condition"
            ),
            review="head_person_id annual_rent_halalas",
            fixed="file_number committee_code",
        ),
        "matrix_rating": _policies(fixed="visit_id household_id domain score"),
        "membership": _policies(merge="relation resident first_day last_day", fixed="household_id person_id"),
        "person": _policies(
            merge=(
                "id_seen no_id_reason id_warning marital mobile mobile_alt contact_preference education "
                "enrolment work"
            ),
            review=(
                "first_name father_name grandfather_name family_name gender nationality id_kind id_number "
                "birth birth_first birth_last iban"
            ),
        ),
        "place": _policies(
            merge=f"{_NAMED} kind latitude_e6 longitude_e6", fixed="code committee_code region_code"
        ),
        "plan_item": _policies(
            merge="priority household_id",
            review="state quantity amount_halalas fund decided_by decided_on decision_reason",
            fixed="case_id person_id visit_id committee_code service_code proposed_by proposed_on",
        ),
        "programme": _policies(merge=_NAMED, fixed="code track_code"),
        "reference_item": _policies(merge=f"{_NAMED} position", fixed="list_code code"),
        "region": _policies(merge=_NAMED, fixed="code iso"),
        "role_grant": _policies(review="role scope_code first_day last_day", fixed="user_id"),
        "scope": _policies(merge=_NAMED, fixed="code kind committee_code"),
        "service": _policies(
            merge=f"{_NAMED} unit_ar unit_en",
            review="amount_kind approval_level kinds rules evidence",
            fixed="code programme_code track_code",
        ),
        "team": _policies(merge=_NAMED, fixed="code committee_code kind facility_code"),
        "track": _policies(merge=_NAMED, fixed="code"),
        "user_account": _policies(merge=_NAMED, review="active committee_code", fixed="login"),
        "visit": _policies(
            fixed=(
                "case_id household_id officer_id form_code form_version kind visited_on place outcome "
                "respondent receipt_number started_at submitted_at latitude_e6 longitude_e6 "
                "no_position_reason income_halalas expense_halalas recommendation observations next_visit_on "
                "answers answers_hash"
            )
        ),
    }
)


def policy_of(entity: str, field: str) -> Policy:
    """The policy of one field; KeyError when the table forgot it (a test forbids that)."""
    return POLICIES[entity][field]

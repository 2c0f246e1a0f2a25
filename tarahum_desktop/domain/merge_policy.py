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
        "addendum": _policies(
            review="state decided_by decided_at",
            fixed="household_id entity row_id changes from_scope made_by made_at",
        ),
        "alert": _policies(
            merge="acknowledged_by acknowledged_at note", fixed="case_id person_id kind raised_by raised_at"
        ),
        "amendment": _policies(
            review="state decided_by decided_at decision_reason",
            fixed="visit_id household_id changes reason proposed_by proposed_at",
        ),
        "arrival": _policies(fixed="relocation_id from_scope page"),
        "assignment": _policies(fixed="case_id officer_id team_code first_day reason given_by"),
        "attachment": _policies(
            merge="caption",
            fixed="household_id owner_entity owner_id kind sha256 media_type size width height taken_at thumb_sha256 thumb_size",
        ),
        "attendance": _policies(merge="mark", fixed="session_id person_id"),
        "course": _policies(
            merge="title trainer facility_code first_day last_day planned_sessions state",
            fixed="committee_code service_code",
        ),
        "course_member": _policies(
            merge="plan_item_id joined_on left_on outcome certificate", review="person_id", fixed="course_id"
        ),
        "course_session": _policies(merge="held_on number note", fixed="course_id"),
        "custody_move": _policies(
            merge="note", review="from_facility to_facility moved_on", fixed="episode_id"
        ),
        "departure": _policies(merge="to_scope relocation_id", fixed="entity row_id"),
        "entitlement": _policies(
            merge="first_day last_day",
            review="state settled_by settled_reason",
            fixed="claim committee_code service_code plan_item_id",
        ),
        "fund_entry": _policies(
            merge="reference note", fixed="committee_code fund kind entered_on amount_halalas"
        ),
        "import_run": _policies(
            merge="undone_by undone_at",
            fixed="committee_code title file_hash mapping rows accepted refused made_by made_at",
        ),
        "inmate_request": _policies(
            merge="wording handled_by answered_on answer",
            review="state person_id",
            fixed="committee_code facility_code kind made_on",
        ),
        "minute": _policies(
            merge="held_on place chair attendance note",
            review="state signed_by signed_at document_hash",
            fixed="committee_code number level opened_by",
        ),
        "minute_decision": _policies(
            merge="position",
            review="verdict amount_halalas reason rules_version",
            fixed="minute_id plan_item_id case_id",
        ),
        "payment": _policies(
            review="amount_halalas iban payee_name payee_kind proxy_document state paid_on bank_reference failure delivery_id settled_by person_id",
            merge="position",
            fixed="sheet_id plan_item_id household_id",
        ),
        "payment_sheet": _policies(
            review="state total_halalas file_hash closed_on justification",
            fixed="committee_code number fund made_on made_by",
        ),
        "person_merge": _policies(
            review="undone_by undone_at", fixed="kept_id gone_id reason moved merged_by merged_at"
        ),
        "questionnaire": _policies(
            fixed="household_id case_id officer_id form_code form_version submitted_at answers answers_hash"
        ),
        "referral": _policies(
            review="state",
            merge="answered_on outcome",
            fixed="person_id household_id case_id agreement_id consent_id service_code purpose document document_hash referred_by referred_at",
        ),
        "release_check": _policies(merge="state note", fixed="episode_id case_id item"),
        "relocation": _policies(
            merge="summary done_at failure",
            review="state decided_by decided_at decision_reason",
            fixed="household_id offer_id kind from_scope to_scope reason offered_by offered_at",
        ),
        "ruling": _policies(
            fixed="kind subject first_id second_id verdict reason decided_by decided_at detail"
        ),
        "service_rules": _policies(
            fixed="service_code version first_day kinds rules approval_level amount_kind evidence note"
        ),
        "agreement": _policies(
            merge="partner_ar partner_en purpose_ar purpose_en",
            review="first_day last_day shared_fields services",
            fixed="number field_code committee_code",
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
            review="given withdrawn_at deed person_id",
            fixed="visit_id purpose named_party means signer_capacity notice_version given_at",
        ),
        "custody_episode": _policies(
            merge="inmate_number times_before was_breadwinner contact_frequency",
            review=(
                "person_id facility_code status entry entry_day expected_release expected_release_day release release_day "
                "release_type sentence case_class right_type claims_halalas"
            ),
        ),
        "delivery": _policies(
            merge="household_id receiver receiver_kind evidence payment_id session_id removed_reason",
            review=(
                "person_id delivered_on quantity amount_halalas fund proxy_document confirmed_at confirmed_by agreement_id"
            ),
            fixed="plan_item_id committee_code service_code person_kind",
        ),
        "device": _policies(
            merge="name",
            review="scopes write_scopes leaving revoked_at sealing_key",
            fixed="number kind committee_code signing_key enrolled_at",
        ),
        "device_order": _policies(fixed="device_number kind detail issued_at expires_at"),
        "facility": _policies(merge=f"{_NAMED} type_code city_ar gender committee_code", fixed="code"),
        "follow_up": _policies(
            merge="officer_id due_on done_on outcome note person_id", fixed="case_id kind episode_id step"
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
        "membership": _policies(
            merge="relation resident first_day last_day end_reason", review="person_id", fixed="household_id"
        ),
        "person": _policies(
            merge=(
                "id_seen no_id_reason temporary_key id_warning marital mobile mobile_alt contact_preference education "
                "enrolment work mother_name father_id mother_id"
            ),
            review=(
                "first_name father_name grandfather_name family_name gender nationality id_kind id_number "
                "birth birth_first birth_last iban merged_into"
            ),
        ),
        "place": _policies(
            merge=f"{_NAMED} kind latitude_e6 longitude_e6", fixed="code committee_code region_code"
        ),
        "plan_item": _policies(
            merge="priority household_id instalments eligibility",
            review=(
                "person_id state quantity amount_halalas fund decided_by decided_on decision_reason level "
                "rules_version minute_id"
            ),
            fixed="case_id visit_id committee_code service_code proposed_by proposed_on",
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

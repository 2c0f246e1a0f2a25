"""Fields of records in the reader's words, and their values in the form people know them by."""

import datetime as dt
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.plan_words import level_words, plan_state_words, verdict_words
from tarahum_desktop.i18n.step_words import step_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit

Lists = Mapping[str, Mapping[str, str]]
"""Reference lists: list code → item code → words in the reader's language."""
NAMES: Final = MappingProxyType({
    "first_name": msgid("First name"), "father_name": msgid("Father's name"),
    "grandfather_name": msgid("Grandfather's name"), "family_name": msgid("Family name"),
    "mother_name": msgid("Mother's name"), "gender": msgid("Gender"), "nationality": msgid("Nationality"),
    "id_kind": msgid("Kind of identity"), "id_number": msgid("Identity number"), "birth": msgid("Date of birth"),
    "birth_first": msgid("Birth, earliest day"), "birth_last": msgid("Birth, latest day"),
    "marital": msgid("Marital state"), "mobile": msgid("Mobile"), "mobile_alt": msgid("Another mobile"),
    "education": msgid("Education"), "enrolment": msgid("School enrolment"), "work": msgid("Occupation"),
    "iban": msgid("IBAN"), "contact_preference": msgid("Preferred contact"), "temporary_key": msgid("Temporary key"),
    "merged_into": msgid("Merged into"), "head_person_id": msgid("Head of household"),
    "annual_rent_halalas": msgid("Yearly rent"), "person_id": msgid("Person"), "household_id": msgid("Household"),
    "state": msgid("State of the record"), "restricted": msgid("Restricted file"), "closed_on": msgid("Closed on"),
    "closure_reason": msgid("Reason of closing"), "status": msgid("Legal status"), "facility_code": msgid("Facility"),
    "entry": msgid("Day of entry"), "entry_day": msgid("Day of entry"), "expected_release": msgid("Expected release"),
    "expected_release_day": msgid("Expected release"), "release": msgid("Day of release"),
    "release_day": msgid("Day of release"), "release_type": msgid("Kind of release"), "sentence": msgid("Sentence"),
    "case_class": msgid("Class of case"), "right_type": msgid("Public or private right"), "claims_halalas": msgid("Claims"),
    "delivered_on": msgid("Delivered on"), "quantity": msgid("Number of units"), "amount_halalas": msgid("Amount"),
    "fund": msgid("Fund"), "proxy_document": msgid("Document of the proxy"), "confirmed_at": msgid("Confirmed at"),
    "confirmed_by": msgid("Confirmed by"), "agreement_id": msgid("Agreement"), "decided_by": msgid("Decided by"),
    "decided_on": msgid("Decided on"), "decision_reason": msgid("Reason of the decision"), "level": msgid("Level"),
    "rules_version": msgid("Version of the rules"), "minute_id": msgid("Minute"), "given": msgid("Consent"),
    "withdrawn_at": msgid("Withdrawal of consent"), "deed": msgid("Deed"), "removed_at": msgid("Removal of the record"),
    "paid_on": msgid("Paid on"), "bank_reference": msgid("Bank reference"), "payee_name": msgid("Payee"),
    "verdict": msgid("Decision"), "limit_halalas": msgid("Limit"), "scope": msgid("Office"),
    "committee_code": msgid("Committee"), "team_code": msgid("Team"), "officer_id": msgid("Officer of the case"),
    "opened_on": msgid("Opened on"), "number": msgid("Number"), "file_number": msgid("File number"),
    "place_code": msgid("Place"), "district": msgid("District"), "directions": msgid("Directions"),
    "short_address": msgid("Short address"), "latitude_e6": msgid("Position, latitude"),
    "longitude_e6": msgid("Position, longitude"), "environment": msgid("Surroundings"), "tenure": msgid("Tenure"),
    "house_type": msgid("Kind of dwelling"), "rooms": msgid("Rooms"), "house_condition": msgid("State of the dwelling"),
    "relation": msgid("Relation to the head"), "resident": msgid("Lives with the household"),
    "first_day": msgid("Member since"), "last_day": msgid("Member until"), "end_reason": msgid("Reason of leaving"),
    "id_seen": msgid("Document seen"), "no_id_reason": msgid("Reason without a document"),
    "father_id": msgid("Father"), "mother_id": msgid("Mother"), "inmate_number": msgid("Number in prison"),
    "times_before": msgid("Times in prison before"), "was_breadwinner": msgid("Was the breadwinner"),
    "contact_frequency": msgid("Contact with the family"), "service_code": msgid("Service"),
    "priority": msgid("Priority"), "proposed_by": msgid("Proposed by"), "proposed_on": msgid("Proposed on"),
    "instalments": msgid("Instalments"), "visit_id": msgid("Visit"), "case_id": msgid("Case"),
    "from_facility": msgid("Moved from"), "to_facility": msgid("Moved to"), "moved_on": msgid("Moved on"),
    "total_halalas": msgid("Total"), "failure": msgid("Why the payment failed"), "payee_kind": msgid("Kind of payee"),
    "delivery_id": msgid("Delivery"), "settled_by": msgid("Settled by"), "settled_reason": msgid("Reason of settling"),
    "signed_by": msgid("Signed by"), "signed_at": msgid("Signed at"), "justification": msgid("Justification"),
    "reason": msgid("Reason"), "role": msgid("Role"), "active": msgid("May sign in"), "scope_code": msgid("Office"),
    "shared_fields": msgid("Fields that are shared"), "services": msgid("Services"), "rules": msgid("Rules"),
    "decided_at": msgid("Decided at"), "undone_by": msgid("Undone by"), "undone_at": msgid("Undone at"),
    "revoked_at": msgid("Shut out at"), "scopes": msgid("Offices held"), "mark": msgid("Mark"),
    "due_on": msgid("Due on"), "done_on": msgid("Done on"), "outcome": msgid("Outcome"), "note": msgid("Note"),
})  # fmt: skip
LISTS: Final = MappingProxyType({
    "gender": "gender", "nationality": "nationality", "id_kind": "id_type", "marital": "marital_status",
    "education": "education", "enrolment": "enrolment", "work": "work_status", "contact_preference": "contact_preference",
    "status": "custody_status", "release_type": "release_type", "case_class": "case_class", "right_type": "right_type",
    "fund": "fund_source", "closure_reason": "closure_reason", "environment": "environment", "tenure": "tenure",
    "house_type": "dwelling_type", "house_condition": "dwelling_condition", "relation": "kinship",
    "no_id_reason": "no_id_reason", "contact_frequency": "prisoner_contact", "priority": "need_priority",
    "facility_code": "facility", "from_facility": "facility", "to_facility": "facility", "place_code": "place",
    "service_code": "service", "committee_code": "committee", "team_code": "team", "scope_code": "scope",
})  # fmt: skip
"""Fields that hold a code, and the reference list of its words."""
PARTIAL_DATES: Final = frozenset({"birth", "entry", "expected_release", "release"})
"""Fields that hold a date as far as it is known."""
_PHONES: Final = frozenset({"mobile", "mobile_alt"})
_CODES: Final = frozenset({"id_number", "temporary_key", "bank_reference"})
_NOT_PEOPLE: Final = frozenset(
    {"agreement_id", "minute_id", "delivery_id", "payment_id", "session_id", "household_id", "case_id"}
)


_DECISIONS: Final = MappingProxyType(
    {"level": level_words, "approval_level": level_words, "verdict": verdict_words}
)


def field_name(kit: Kit, field: str) -> str:
    """A field in the reader's words; one of a newer program says so little as it must."""
    return kit.words.t(NAMES[field]) if field in NAMES else kit.words.t("A field of the record")


def shown_value(
    kit: Kit, lists: Lists, entity: str, field: str, value: Any, named: Mapping[uuid.UUID, str] = MappingProxyType({})
) -> str:  # fmt: skip
    """A stored value as people read it; «nothing» for none."""
    words, formats = kit.words, kit.formats
    match value:
        case None | "":
            return words.t("nothing")
        case bool():
            return words.t("Yes") if value else words.t("No")
        case uuid.UUID():
            if named.get(value):
                return isolate(named[value])
            another = field in _NOT_PEOPLE
            return words.t("another record") if another else words.t("somebody not known on this machine")
        case list() | tuple():
            each = (shown_value(kit, lists, entity, field, one, named) for one in value)
            return words.p("list separator", ", ").join(each) or words.t("nothing")
        case dict() | bytes():
            return words.t("details that the record itself shows")
        case dt.datetime():
            return formats.date_time(value)
        case dt.date():
            return formats.date(value)
        case int():
            return formats.money(value) if field.endswith("_halalas") else formats.number(value)
    return _shown_text(kit, lists, entity, field, str(value))


def _shown_text(kit: Kit, lists: Lists, entity: str, field: str, text: str) -> str:
    formats = kit.formats
    if field in PARTIAL_DATES:
        return _shown_date(kit, text)
    if field in LISTS:
        return lists.get(LISTS[field], {}).get(text, text)
    if field == "state":
        return {"case_file": case_state_words, "plan_item": plan_state_words}.get(entity, step_words)(
            kit.words, text
        )
    if field in _DECISIONS:
        return _DECISIONS[field](kit.words, text)
    if field in _PHONES:
        return formats.phone(text)
    if field == "iban":
        return formats.iban(text)
    return formats.code(text) if field in _CODES else isolate(text)


def _shown_date(kit: Kit, code: str) -> str:
    try:
        return kit.formats.partial_date(PartialDate.from_code(code))
    except DateError:
        return kit.formats.code(code)

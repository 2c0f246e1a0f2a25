"""Which answer of the form stands for which column of the record: read when a visit begins, written when it ends.

Both directions use these tables, so that what a visit taught comes back unchanged at the next one.
"""

from collections.abc import Mapping
from typing import Final

HOME: Final[Mapping[str, str]] = {
    "district": "place_code", "neighbourhood": "district", "directions": "directions", "environment": "environment",
    "tenure": "tenure", "house_type": "house_type", "rooms": "rooms", "house_condition": "house_condition",
    "annual_rent": "annual_rent_halalas",
}  # fmt: skip
HEAD: Final[Mapping[str, str]] = {
    "head_first": "first_name", "head_father": "father_name", "head_grandfather": "grandfather_name",
    "head_family": "family_name", "id_type": "id_kind", "id_seen": "id_seen", "id_none_reason": "no_id_reason",
    "birth": "birth", "gender": "gender", "nationality": "nationality", "marital": "marital", "mobile": "mobile",
    "mobile_alt": "mobile_alt", "contact_pref": "contact_preference",
}  # fmt: skip
MEMBER: Final[Mapping[str, str]] = {
    "m_birth": "birth", "m_gender": "gender", "m_education": "education", "m_enrolled": "enrolment",
    "m_id": "id_number", "m_id_reason": "no_id_reason", "m_marital": "marital", "m_work": "work",
}  # fmt: skip
STAY: Final[Mapping[str, str]] = {
    "facility": "facility_code", "inmate_no": "inmate_number", "custody_status": "status", "case_class": "case_class",
    "right_type": "right_type", "claims_total": "claims_halalas", "times_in_prison": "times_before",
    "was_breadwinner": "was_breadwinner", "contact_freq": "contact_frequency", "release_type": "release_type",
    "entry_date": "entry", "expected_release": "expected_release", "release_date": "release",
}  # fmt: skip
NAME: Final[Mapping[str, str]] = {
    "first": "first_name", "father": "father_name", "grandfather": "grandfather_name", "family": "family_name",
}  # fmt: skip
NUMBERED: Final = frozenset({"national_id", "iqama"})
"""Kinds of identity whose number the form asks for as such; other documents have a field of their own."""

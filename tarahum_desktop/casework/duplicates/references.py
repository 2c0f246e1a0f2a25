"""Every place where a row names a person, and what becomes of it when two records are found to be one.

A test walks all tables and fails on a column of ids that is not in one of these lists.
"""

from types import MappingProxyType
from typing import Final

MOVED: Final = MappingProxyType(
    {
        "household": ("head_person_id",),
        "membership": ("person_id",),
        "custody_episode": ("person_id",),
        "case_file": ("person_id",),
        "plan_item": ("person_id",),
        "delivery": ("person_id",),
        "payment": ("person_id",),
        "consent": ("person_id",),
        "follow_up": ("person_id",),
        "inmate_request": ("person_id",),
        "course_member": ("person_id",),
        "person": ("father_id", "mother_id", "merged_into"),
    }
)
"""Columns that a merge points at the kept record."""

RESOLVED: Final = MappingProxyType(
    {
        "alert": ("person_id",),
        "attendance": ("person_id",),
        "referral": ("person_id",),
        "attachment": ("owner_id",),
        "addendum": ("row_id",),
        "departure": ("row_id",),
        "person_merge": ("kept_id", "gone_id"),
        "ruling": ("first_id", "second_id"),
        "finding": ("first_id", "second_id"),
        "draft": ("subject_id",),
        "person_index": ("person_id",),
        "conflict": ("row_id",),
        "field_history": ("row_id",),
        "outbox": ("row_id",),
        "import_made": ("row_id",),
    }
)
"""Columns that never change after they are written; who reads them follows ``merged_into`` (``person_resolver``)."""

ONCE_IN: Final = MappingProxyType({"membership": ("household_id",), "course_member": ("course_id",)})
"""Tables in which the kept person may stand already: a second row of the same place is set aside instead of moved."""

FIELDS: Final = (
    "first_name", "father_name", "grandfather_name", "family_name", "mother_name", "gender", "nationality", "id_kind",
    "id_number", "id_warning", "id_seen", "no_id_reason", "temporary_key", "birth", "birth_first", "birth_last", "marital",
    "mobile", "mobile_alt", "contact_preference", "education", "enrolment", "work", "iban",
)  # fmt: skip
"""The person's own fields, of which each is chosen from one of the two records."""

TOGETHER: Final = MappingProxyType(
    {
        "id_number": ("id_kind", "id_number", "id_warning", "id_seen", "no_id_reason"),
        "birth": ("birth", "birth_first", "birth_last"),
    }
)
"""Fields that make sense only from one record."""

CHOSEN: Final = (
    "first_name", "father_name", "grandfather_name", "family_name", "mother_name", "gender", "nationality", "id_number",
    "birth", "marital", "mobile", "mobile_alt", "education", "enrolment", "work", "iban", "contact_preference",
    "temporary_key",
)  # fmt: skip
"""What people choose between; an identity number brings its kind, a birth its days."""

"""The words of sharing: what each field is called, and its value as a person reads it on screen and paper."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words, msgid

Lists = Mapping[str, Mapping[str, str]]
"""Reference lists: list code → item code → words in the reader's language."""
_FIELDS: Final = MappingProxyType({
    "first_name": msgid("First name"), "father_name": msgid("Father's name"),
    "grandfather_name": msgid("Grandfather's name"), "family_name": msgid("Family name"), "gender": msgid("Gender"),
    "birth_year": msgid("Year of birth"), "nationality": msgid("Nationality"), "id_number": msgid("Identity number"),
    "mobile": msgid("Mobile"), "place": msgid("Place"), "education": msgid("Education"),
    "enrolment": msgid("School enrolment"), "work": msgid("Occupation"), "household_size": msgid("Members of the household"),
    "disability": msgid("Disability"), "health": msgid("State of health"), "kind": msgid("Kind of beneficiary"),
    "facility": msgid("Facility"), "custody_status": msgid("Legal status"), "expected_release": msgid("Expected release"),
    "debts": msgid("Debts"),
})  # fmt: skip
_LISTS: Final = MappingProxyType({
    "gender": "gender", "nationality": "nationality", "education": "education", "enrolment": "enrolment",
    "work": "work_status", "disability": "disability", "health": "health", "kind": "beneficiary_kind",
    "custody_status": "custody_status",
})  # fmt: skip
_AGREEMENT_FIELDS: Final = MappingProxyType({
    "education": msgid("Education partners"), "skills": msgid("Skills partners"), "health": msgid("Health partners"),
    "legal": msgid("Legal partners"), "sport": msgid("Sport partners"),
})  # fmt: skip
_STATES: Final = MappingProxyType({
    "sent": msgid("Waits for the partner's answer"), "accepted": msgid("Accepted by the partner"),
    "declined": msgid("Declined by the partner"), "completed": msgid("Service completed"),
    "withdrawn": msgid("Referral taken back"),
})  # fmt: skip


def shared_field(words: Words, code: str) -> str:
    """The name of a field that can be shared; a code of a newer program shows as it is."""
    return words.t(_FIELDS.get(code, code))


def agreement_field(words: Words, code: str) -> str:
    """One of the five fields of agreements."""
    return words.t(_AGREEMENT_FIELDS.get(code, code))


def referral_state(words: Words, code: str) -> str:
    """How far a referral has come."""
    return words.t(_STATES.get(code, code))


def refusal_words(words: Words, code: str, about: str = "") -> str:
    """Why something cannot be shared, with the field it is about in front."""
    sentence = code_sentence(words, code)
    return f"{shared_field(words, about)}: {sentence}" if about else sentence


def shared_value(words: Words, formats: Formatter, lists: Lists, code: str, value: Any) -> str:
    """A shared value in words; amounts are halalas."""
    if code in _LISTS:
        chosen = value if isinstance(value, list) else [value]
        known = lists.get(_LISTS[code], {})
        return words.p("list separator", ", ").join(known.get(str(one), str(one)) for one in chosen)
    match code:
        case "mobile":
            return formats.phone(str(value))
        case "id_number" | "birth_year":
            return formats.code(str(value))
        case "expected_release":
            return formats.date(dt.date.fromisoformat(value))
        case "household_size":
            return formats.number(value)
        case "debts":
            return formats.money(value)
    return isolate(str(value))

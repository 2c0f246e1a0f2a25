"""The words for the fields of a register, for what becomes of its rows, and for what is being done with it."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import Words, msgid

_FIELDS: Mapping[str, str] = MappingProxyType({
    "household_key": msgid("File number of the family"),
    "head_id": msgid("Identity number of the head"),
    "relation": msgid("Relation to the head"),
    "full_name": msgid("Full name"),
    "first_name": msgid("First name"),
    "father_name": msgid("Father's name"),
    "grandfather_name": msgid("Grandfather's name"),
    "family_name": msgid("Family name"),
    "mother_name": msgid("Mother's name"),
    "id_number": msgid("Identity number"),
    "id_kind": msgid("Kind of document"),
    "no_id_reason": msgid("Why there is no document"),
    "birth": msgid("Date of birth"),
    "birth_hijri": msgid("Hijri date of birth"),
    "age": msgid("Age"),
    "gender": msgid("Gender"),
    "nationality": msgid("Nationality"),
    "marital": msgid("Marital status"),
    "mobile": msgid("Mobile"),
    "mobile_alt": msgid("Second mobile"),
    "iban": msgid("IBAN"),
    "education": msgid("Education"),
    "enrolment": msgid("School enrolment"),
    "work": msgid("Occupation"),
    "place": msgid("City or village"),
    "district": msgid("District"),
    "directions": msgid("Address in words"),
    "short_address": msgid("Short address"),
    "tenure": msgid("Tenure of the dwelling"),
    "house_type": msgid("Kind of dwelling"),
    "rooms": msgid("Rooms"),
    "annual_rent": msgid("Yearly rent"),
    "monthly_rent": msgid("Monthly rent"),
    "opened_on": msgid("Date of registration"),
    "facility": msgid("Prison or facility"),
    "inmate_number": msgid("Inmate number"),
    "custody_status": msgid("Status in custody"),
    "entry": msgid("Date of entry into custody"),
    "expected_release": msgid("Expected release"),
    "release": msgid("Date of release"),
    "claims": msgid("Claims in riyals"),
    "prisoner_name": msgid("Name of the prisoner"),
    "prisoner_id": msgid("Identity number of the prisoner"),
    "prisoner_relation": msgid("Relation of the prisoner"),
})  # fmt: skip
_FATES: Mapping[str, str] = MappingProxyType({
    "save": msgid("Will be saved"),
    "on_record": msgid("On record already"),
    "held": msgid("Held back"),
    "refused": msgid("Will not be saved"),
})  # fmt: skip
_STAGES: Mapping[str, str] = MappingProxyType({
    "reading": msgid("Reading the rows"),
    "comparing": msgid("Looking for persons who stand in the sheet twice"),
    "searching": msgid("Looking for persons on record"),
    "deciding": msgid("Comparing with persons on record"),
    "saving": msgid("Saving"),
    "undoing": msgid("Undoing"),
})  # fmt: skip
_LAYOUTS: Mapping[str, str] = MappingProxyType({
    "by_key": msgid("By file number or head's identity number"),
    "by_order": msgid("Members follow their head"),
    "by_row": msgid("Each row is a family"),
})  # fmt: skip
_REASONS: Mapping[str, str] = MappingProxyType({
    "": msgid("Do not save rows without a number"),
    "not_available": msgid("Not at hand now"),
    "lost": msgid("Lost"),
    "never_issued": msgid("Never issued"),
})  # fmt: skip


def field_words(words: Words, column: str) -> str:
    """What a field is called."""
    return words.t(_FIELDS[column])


def fate_words(words: Words, fate: str) -> str:
    """What becomes of a row."""
    return words.t(_FATES[fate])


def stage_words(words: Words, stage: str) -> str:
    """What is being done."""
    return words.t(_STAGES[stage])


def layout_options(words: Words) -> list[tuple[str, str]]:
    """How rows make families, each with its words."""
    return [(code, words.t(text)) for code, text in _LAYOUTS.items()]


def reason_options(words: Words) -> list[tuple[str, str]]:
    """Why persons without a number have none, each with its words; the first refuses them."""
    return [(code, words.t(text)) for code, text in _REASONS.items()]

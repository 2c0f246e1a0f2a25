"""What is entered about a person, checked once at the border: what looks wrong is noted on the row, never refused."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.domain.identifiers import check_iban, check_mobile, check_person_id
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Person

_NUMBERED: Final = frozenset({"national_id", "iqama"})
_LONGEST_NAME: Final = 80
_PLAIN: Final = (
    "gender", "nationality", "marital", "contact_preference", "education", "enrolment", "work", "id_seen", "no_id_reason",
)  # fmt: skip
_NAMES: Final = ("first_name", "father_name", "grandfather_name", "family_name")


def person_values(entered: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Column values for what was entered, and the warnings of their checks; only what was entered is in them."""
    values: dict[str, Any] = {name: entered[name] for name in _PLAIN if entered.get(name) is not None}
    warnings: list[str] = []
    for name in _NAMES:
        if entered.get(name):
            values[name] = clean(str(entered[name]))[:_LONGEST_NAME]
    if entered.get("id_kind"):
        values["id_kind"] = entered["id_kind"]
    if entered.get("id_number"):
        number, warning = _id_number(str(entered["id_number"]), str(entered.get("id_kind") or "national_id"))
        values |= {"id_number": number, "id_warning": warning}
        warnings += [warning] if warning else []
    for name, check in (("mobile", check_mobile), ("mobile_alt", check_mobile), ("iban", check_iban)):
        if entered.get(name):
            checked = check(str(entered[name]))
            values[name] = checked.value
            warnings += [checked.warning] if checked.warning else []
    if entered.get("birth"):
        values |= birth_values(str(entered["birth"]))
    return values, tuple(warnings)


def _id_number(text: str, kind: str) -> tuple[str, str | None]:
    if kind not in _NUMBERED:
        return clean(text), None
    checked = check_person_id(text)
    return checked.value, checked.warning


def birth_values(code: str) -> dict[str, Any]:
    """The birth as given with its Gregorian range; a code that cannot be read gives nothing."""
    day_range = date_range(code)
    if day_range is None:
        return {}
    return {"birth": code, "birth_first": day_range[0], "birth_last": day_range[1]}


def date_range(code: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day a partial date stands for, None for one that cannot be read."""
    try:
        known = PartialDate.from_code(code).range()
    except DateError:
        return None
    return known.first, known.last


def new_person(scope: str, entered: Mapping[str, Any]) -> tuple[Person, tuple[str, ...]]:
    """A new row from what was entered; what a row must have and was not entered is left open, not invented."""
    values, warnings = person_values(entered)
    blank = {
        "first_name": "", "family_name": "", "gender": "unknown", "nationality": "unknown",
        "id_kind": "national_id" if values.get("id_number") else "none", "id_seen": False,
    }  # fmt: skip
    return Person(scope=scope, **(blank | values)), warnings


def change_person(person: Person, entered: Mapping[str, Any]) -> tuple[str, ...]:
    """Set what was entered on a row; equal values change nothing. Returns the warnings."""
    values, warnings = person_values(entered)
    for name, value in values.items():
        setattr(person, name, value)
    return warnings

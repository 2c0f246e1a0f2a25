"""Identity numbers, bank accounts, telephones and addresses as people type them.

A check never blocks a field visit: it returns the normalised value and, where something looks wrong, a
warning code for the person to see and for the record to carry.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from stdnum import iban, luhn

from tarahum_desktop.domain.text import ascii_digits, clean

LONGEST_INPUT: Final = 64
_IBAN_LENGTH: Final = 24
_ID_LENGTH: Final = 10
_MOBILE: Final = re.compile(r"(?:\+966|00966|966|0)?(5[0-9]{8})")
_LANDLINE: Final = re.compile(r"(?:\+966|00966|966|0)(1[1-9][0-9]{7})")
_LETTERS_OF_ADDRESS: Final = 4
_LOOK_ALIKES: Final = str.maketrans("OoQIil|", "0001111")
"""Letters that people type, and readers of print see, where a number has a digit."""
_SHORT_ADDRESS: Final = re.compile(r"[A-Z]{4}[0-9]{4}")
_ID_KINDS: Final = {"1": "national_id", "2": "iqama"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A normalised value, what it is, and a warning code or ``None`` when it looks right."""

    value: str
    kind: str
    warning: str | None = None


def check_person_id(text: str) -> Checked:
    """Check a national ID (starts with 1) or an iqama (starts with 2): ten digits with a Luhn check digit."""
    value = _compact(text)
    kind = _ID_KINDS.get(value[:1], "person_id")
    if early := _early_warning(text, value, "person_id"):
        return Checked(value, kind, early)
    if not _is_number(value):
        value, seen = value.translate(_LOOK_ALIKES), value
        if not _is_number(value):
            return Checked(seen, kind, "person_id_characters")
        kind = _ID_KINDS.get(value[:1], "person_id")
    if len(value) != _ID_LENGTH:
        return Checked(value, kind, "person_id_length")
    if kind == "person_id":
        return Checked(value, kind, "person_id_prefix")
    return Checked(value, kind, None if luhn.is_valid(value) else "person_id_check_digit")


def check_iban(text: str) -> Checked:
    """Check a Saudi IBAN: SA, two check digits, two of the bank, 18 of the account (ISO 13616, mod 97)."""
    value = _compact(text).upper()
    if early := _early_warning(text, value, "iban"):
        return Checked(value, "iban", early)
    if not (value.isascii() and value.isalnum()):
        return Checked(value, "iban", "iban_characters")
    if not value.startswith("SA"):
        return Checked(value, "iban", "iban_not_saudi")
    if len(value) != _IBAN_LENGTH:
        return Checked(value, "iban", "iban_length")
    if iban.is_valid(value):
        return Checked(value, "iban")
    digits = value[:2] + value[2:].translate(_LOOK_ALIKES)
    # An account may hold letters, so a letter is read as a digit only where the check digits say so.
    return Checked(digits, "iban") if iban.is_valid(digits) else Checked(value, "iban", "iban_check_digits")


def group_iban(value: str) -> str:
    """Return an account number in groups of four, as banks print it."""
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4))


def check_mobile(text: str) -> Checked:
    """Check a Saudi mobile in any usual form; the value is E.164 (+9665xxxxxxxx) when it is one."""
    value = _compact(text)
    if early := _early_warning(text, value, "mobile"):
        return Checked(value, "mobile", early)
    digits = value.translate(_LOOK_ALIKES)
    if found := _MOBILE.fullmatch(digits):
        return Checked("+966" + found[1], "mobile")
    if found := _LANDLINE.fullmatch(digits):
        return Checked("+966" + found[1], "landline", "mobile_is_landline")
    return Checked(value, "mobile", "mobile_form")


def check_short_address(text: str) -> Checked:
    """Check the short national address: four Latin letters and four digits, such as RAAA2919."""
    value = _compact(text).upper()
    if early := _early_warning(text, value, "short_address"):
        return Checked(value, "short_address", early)
    value = value[:_LETTERS_OF_ADDRESS] + value[_LETTERS_OF_ADDRESS:].translate(_LOOK_ALIKES)
    return Checked(value, "short_address", None if _SHORT_ADDRESS.fullmatch(value) else "short_address_form")


def check_postal(building: str, postcode: str, additional: str) -> tuple[Checked, Checked, Checked]:
    """Check building (4 digits), postcode (5) and additional number (4); villages often have none of them."""
    return (
        _check_digits(building, "building", 4),
        _check_digits(postcode, "postcode", 5),
        _check_digits(additional, "additional", 4),
    )


def _check_digits(text: str, kind: str, length: int) -> Checked:
    value = _compact(text).translate(_LOOK_ALIKES)
    if not value:
        return Checked("", kind)
    if early := _early_warning(text, value, kind):
        return Checked(value, kind, early)
    right = _is_number(value) and len(value) == length
    return Checked(value, kind, None if right else f"{kind}_form")


def _compact(text: str) -> str:
    """Digits as ASCII, without spaces, dashes, brackets, dots or tatweel."""
    plain = ascii_digits(clean(text[:LONGEST_INPUT]))
    return "".join(char for char in plain if not _is_separator(char))[:LONGEST_INPUT]


def _is_separator(char: str) -> bool:
    return char in " .()/−ـ" or unicodedata.category(char) == "Pd"


def _early_warning(text: str, value: str, kind: str) -> str | None:
    if len(text) > LONGEST_INPUT:
        return f"{kind}_too_long"
    return None if value else f"{kind}_missing"


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit()

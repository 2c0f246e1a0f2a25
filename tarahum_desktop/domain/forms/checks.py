"""Whether one answer has the shape its field asks for. An error stops submission; a warning is only shown.

The codes are general (``number_too_large``); the sentences for them live with the other words of the program.
Identity numbers, mobiles and addresses never stop a field visit: what looks wrong there is a warning.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tarahum_desktop.domain.forms.model import Field, FieldType, Text
from tarahum_desktop.domain.forms.rule_dates import partial_date
from tarahum_desktop.domain.forms.values import Row, Value, is_number
from tarahum_desktop.domain.identifiers import Checked, check_mobile, check_person_id, check_short_address

_ARABIC_NAME: Final = re.compile(r"[\u0621-\u063A\u0640-\u0652\u0670\u0671 ]+")
_NAME_PARTS: Final = ("first", "father", "grandfather", "family")
_MOST_CHOSEN: Final = 60
_LONGEST_CODE: Final = 80
_MOST_STROKES: Final = 2_000
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to say about an answer: a code, the document's own words if it has them, and numbers for the words."""

    code: str
    words: Text | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What checking one value found."""

    errors: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()


NOTHING: Final = Findings()
_Check = Callable[[Field, Value], Findings]


def check_value(field: Field, value: Value) -> Findings:
    """Check one filled answer against its field's type and limits."""
    check = _CHECKS.get(field.type)
    return NOTHING if check is None else check(field, value)


def _error(code: str, number: int | None = None) -> Findings:
    return Findings(errors=(Issue(code, None, number),))


def _text(field: Field, value: Value) -> Findings:
    if not isinstance(value, str):
        return _error("not_text")
    if len(value) > field.limits.max_length:
        return _error("text_too_long", field.limits.max_length)
    if len(value.strip()) < field.limits.min_length:
        return _error("text_too_short", field.limits.min_length)
    if field.limits.arabic_only and not _ARABIC_NAME.fullmatch(value):
        return _error("not_arabic_letters")
    return NOTHING


def _name4(field: Field, value: Value) -> Findings:
    if not isinstance(value, Mapping) or not set(value) <= set(_NAME_PARTS):
        return _error("not_text")
    for part in value.values():
        if part and (findings := _text(field, part)).errors:
            return findings
    if not value.get("first") or not value.get("family"):
        return _error("name_needs_first_and_family")
    return NOTHING


def _whole_number(field: Field, value: Value) -> Findings:
    if not isinstance(value, int) or not is_number(value):
        return _error("not_a_number")
    least = 0 if field.limits.least is None else field.limits.least
    if value < least:
        return _error("number_too_small", least)
    if field.limits.most is not None and value > field.limits.most:
        return _error("number_too_large", field.limits.most)
    return NOTHING


def _money(field: Field, value: Value) -> Findings:
    findings = _whole_number(field, value)
    for issue in findings.errors:
        if issue.number is not None:
            return _error(issue.code.replace("number", "amount"), issue.number)
    return findings


def _digits(field: Field, value: Value) -> Findings:
    right = (
        isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == field.limits.length
    )
    return NOTHING if right else _error("digits_expected", field.limits.length)


def _choice(field: Field, value: Value) -> Findings:
    return NOTHING if isinstance(value, str) and field.option(value) else _error("unknown_choice")


def _multi(field: Field, value: Value) -> Findings:
    if not isinstance(value, tuple) or len(set(map(str, value))) != len(value):
        return _error("unknown_choice")
    return (
        NOTHING
        if all(isinstance(code, str) and field.option(code) for code in value)
        else _error("unknown_choice")
    )


def _checklist(field: Field, value: Value) -> Findings:
    states = {state.code for state in field.states}
    right = isinstance(value, Mapping) and all(field.option(c) and s in states for c, s in value.items())
    return NOTHING if right else _error("unknown_choice")


def _yes_or_no(_field: Field, value: Value) -> Findings:
    return NOTHING if isinstance(value, bool) else _error("unknown_choice")


def _day(_field: Field, value: Value) -> Findings:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return _error("not_a_date")
    return NOTHING


def _partial(_field: Field, value: Value) -> Findings:
    return NOTHING if isinstance(value, str) and partial_date(value) is not None else _error("not_a_date")


def _moment(_field: Field, value: Value) -> Findings:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return _error("not_a_date")
    return NOTHING if moment.tzinfo is not None else _error("not_a_date")


def _duration(_field: Field, value: Value) -> Findings:
    parts = {"years": 99, "months": 99, "days": 999}
    right = isinstance(value, Mapping) and all(
        unit in parts and isinstance(n, int) and is_number(n) and 0 <= n <= parts[unit]
        for unit, n in value.items()
    )
    return NOTHING if right else _error("not_a_number")


def _identifier(check: Callable[[str], Checked]) -> _Check:
    def checked(_field: Field, value: Value) -> Findings:
        if not isinstance(value, str):
            return _error("not_text")
        warning = check(value).warning
        return NOTHING if warning is None else Findings(warnings=(Issue(warning),))

    return checked


def _lookup(_field: Field, value: Value) -> Findings:
    return NOTHING if isinstance(value, str) and len(value) <= _LONGEST_CODE else _error("unknown_choice")


def _multi_lookup(field: Field, value: Value) -> Findings:
    if not isinstance(value, tuple) or len(value) > _MOST_CHOSEN:
        return _error("unknown_choice")
    return (
        NOTHING
        if not any(_lookup(field, code).errors for code in value if not isinstance(code, Row))
        else _error("unknown_choice")
    )


def _consent(_field: Field, value: Value) -> Findings:
    right = (
        isinstance(value, Mapping)
        and set(value) == {"decision", "at"}
        and value["decision"] in ("given", "refused")
    )
    return NOTHING if right else _error("unknown_choice")


def _gps(field: Field, value: Value) -> Findings:
    if not isinstance(value, Mapping) or not set(value) <= {"lat", "lon", "accuracy"}:
        return _error("position_not_understood")
    lat, lon, accuracy = value.get("lat"), value.get("lon"), value.get("accuracy", 0)
    if not (isinstance(lat, int) and isinstance(lon, int) and isinstance(accuracy, int)):
        return _error("position_not_understood")
    bounds = field.limits.bounds
    inside = bounds.get("south", -90_000_000) <= lat <= bounds.get("north", 90_000_000)
    inside = inside and bounds.get("west", -180_000_000) <= lon <= bounds.get("east", 180_000_000)
    return NOTHING if inside and 0 <= accuracy <= 100_000 else _error("position_out_of_bounds")


def _signature(_field: Field, value: Value) -> Findings:
    strokes = value.get("strokes") if isinstance(value, Mapping) else None
    right = isinstance(strokes, tuple) and 0 < len(strokes) <= _MOST_STROKES
    return NOTHING if right else _error("signature_missing")


def _photos(field: Field, value: Value) -> Findings:
    """Pictures are named by the hash of their content; the content itself is no answer."""
    if not isinstance(value, tuple):
        return _error("picture_not_understood")
    for one in value:
        kind = one.get("kind") if isinstance(one, Mapping) else None
        sha256 = one.get("sha256") if isinstance(one, Mapping) else None
        named = isinstance(kind, str) and field.option(kind) is not None
        if not named or not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            return _error("picture_not_understood")
    return (
        NOTHING if len(value) <= field.limits.max_rows else _error("too_many_pictures", field.limits.max_rows)
    )


def _matrix(field: Field, value: Value) -> Findings:
    if not isinstance(value, Mapping):
        return _error("unknown_choice")
    domains = {domain.code: domain for domain in field.domains}
    for code, score in value.items():
        domain = domains.get(code)
        rated = isinstance(score, int) and is_number(score) and 1 <= score <= len(field.levels)
        if domain is None or not (rated or (score == "na" and domain.not_applicable)):
            return _error("unknown_choice")
    return NOTHING


def _group(field: Field, value: Value) -> Findings:
    if not isinstance(value, tuple) or not all(isinstance(row, Row) for row in value):
        return _error("unknown_choice")
    return NOTHING if len(value) <= field.limits.max_rows else _error("too_many_rows", field.limits.max_rows)


_CHECKS: Final[Mapping[FieldType, _Check]] = {
    FieldType.TEXT: _text,
    FieldType.TEXTAREA: _text,
    FieldType.NAME: _text,
    FieldType.NAME4: _name4,
    FieldType.CHOICE: _choice,
    FieldType.MULTI: _multi,
    FieldType.CHECKLIST: _checklist,
    FieldType.BOOL: _yes_or_no,
    FieldType.INT: _whole_number,
    FieldType.MONEY: _money,
    FieldType.DIGITS: _digits,
    FieldType.DATE: _day,
    FieldType.DATE_PARTIAL: _partial,
    FieldType.DURATION: _duration,
    FieldType.NATIONAL_ID: _identifier(check_person_id),
    FieldType.MOBILE: _identifier(check_mobile),
    FieldType.SHORT_ADDRESS: _identifier(check_short_address),
    FieldType.LOOKUP: _lookup,
    FieldType.MULTI_LOOKUP: _multi_lookup,
    FieldType.CONSENT: _consent,
    FieldType.GPS: _gps,
    FieldType.SIGNATURE: _signature,
    FieldType.PHOTO: _photos,
    FieldType.MATRIX: _matrix,
    FieldType.ROWS: _group,
    FieldType.TIMESTAMP: _moment,
}


def is_unfinished(field: Field, value: Value) -> bool:
    """Whether a required answer is begun but lacks a part: a domain without a score, an appliance without a state."""
    if field.type is FieldType.MATRIX:
        return not isinstance(value, Mapping) or any(domain.code not in value for domain in field.domains)
    if field.type is FieldType.CHECKLIST:
        return not isinstance(value, Mapping) or any(option.code not in value for option in field.options)
    return False

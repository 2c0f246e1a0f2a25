"""An answer of a form as one line a person reads: in lists of rows, beside a changed answer, in a decision."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tarahum_desktop.domain.forms.model import Field, FieldType, Option, Text
from tarahum_desktop.domain.forms.rule_dates import partial_date
from tarahum_desktop.domain.forms.values import Row, Value, is_empty
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit

Named = Callable[[str, str], str]
"""The words for one thing of a list of the program: list name, code → words."""
MOST_SHOWN = 160
_PARTS = ("first", "father", "grandfather", "family")
_COORDINATE = 1_000_000


def name_of(value: Value) -> str:
    """A four-part name as one line."""
    if not isinstance(value, Mapping):
        return ""
    parts = (value.get(part) for part in _PARTS)
    return " ".join(part for part in parts if isinstance(part, str) and part)


def answer_words(kit: Kit, field: Field, value: Value, named: Named) -> str:
    """An answer in words; a dash for none."""
    if is_empty(value):
        return "–"
    return _Sayer(kit, field, named).say(value)[:MOST_SHOWN]


class _Sayer:
    """Says the answers of one field."""

    def __init__(self, kit: Kit, field: Field, named: Named) -> None:
        self._kit, self._field, self._named = kit, field, named

    def say(self, value: Value) -> str:
        if isinstance(value, bool):
            return self._kit.words.t("Yes") if value else self._kit.words.t("No")
        if isinstance(value, int):
            return self._number(value)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, tuple):
            return self._several(value)
        return self._mapping(value) if isinstance(value, Mapping) else ""

    def _number(self, value: int) -> str:
        formats = self._kit.formats
        if self._field.type is FieldType.MONEY or self._field.unit == "money":
            return formats.money(value)
        return (
            formats.decimal(value / 100, 2 if value % 10 else 1)
            if self._field.unit == "hundredths"
            else formats.number(value)
        )

    def _text(self, value: str) -> str:
        field, formats = self._field, self._kit.formats
        if field.options:
            return self._option(field.options, value)
        if field.type in (FieldType.DATE, FieldType.DATE_PARTIAL):
            given = partial_date(value)
            return value if given is None else formats.partial_date(given)
        if field.type is FieldType.TIMESTAMP:
            return formats.date_time(datetime.fromisoformat(value))
        if field.type is FieldType.MOBILE:
            return formats.phone(value)
        if field.type in (FieldType.NATIONAL_ID, FieldType.SHORT_ADDRESS, FieldType.DIGITS):
            return formats.code(value)
        return isolate(self._named(field.lookup, value)) if field.lookup else value

    def _several(self, value: tuple[Value, ...] | tuple[Row, ...]) -> str:
        if self._field.type is FieldType.PHOTO:
            return self._kit.words.n("{count} picture", "{count} pictures", len(value)).format(
                count=self._kit.formats.number(len(value))
            )
        said = [self._text(one) for one in value if isinstance(one, str)]
        return self._kit.words.p("list separator", ", ").join(said)

    def _mapping(self, value: Mapping[str, Value]) -> str:
        field, words = self._field, self._kit.words
        if field.type is FieldType.NAME4:
            return name_of(value)
        if field.type is FieldType.CONSENT:
            return words.t("Agrees") if value.get("decision") == "given" else words.t("Refuses")
        if field.type is FieldType.SIGNATURE:
            return words.t("Signed")
        if field.type is FieldType.GPS:
            return self._position(value)
        if field.type is FieldType.DURATION:
            captions = {
                "years": words.p("length of time", "Years"),
                "months": words.p("length of time", "Months"),
                "days": words.p("length of time", "Days"),
            }
            parts = ((captions.get(unit, unit), number) for unit, number in value.items())
            return self._pairs(parts)
        if field.type is FieldType.MATRIX:
            domains = {one.code: self._shown(one.words) for one in field.domains}
            return self._pairs((domains.get(code, code), score) for code, score in value.items())
        names = {one.code: self._shown(one.words) for one in field.options}
        states = {one.code: self._shown(one.words) for one in field.states}
        said = (f"{names.get(c, c)}: {states.get(str(s), str(s))}" for c, s in value.items())
        return words.p("list separator", ", ").join(said)

    def _pairs(self, pairs: Iterable[tuple[str, Value]]) -> str:
        formats = self._kit.formats
        said = (f"{name}: {formats.number(n) if isinstance(n, int) else '–'}" for name, n in pairs)
        return self._kit.words.p("list separator", ", ").join(said)

    def _position(self, value: Mapping[str, Value]) -> str:
        parts = [value.get("lat"), value.get("lon")]
        numbers = [f"{one / _COORDINATE:.6f}" for one in parts if isinstance(one, int)]
        return self._kit.formats.code(" ".join(numbers))

    def _option(self, options: tuple[Option, ...], code: str) -> str:
        found = next((one for one in options if one.code == code), None)
        return code if found is None else self._shown(found.words)

    def _shown(self, text: Text) -> str:
        language = self._kit.words.language
        words = text.in_language(language)
        digits = self._kit.formats.digits
        return (
            re.sub("[0-9]+", lambda run: shown_digits(run[0], digits), words) if language == "ar" else words
        )

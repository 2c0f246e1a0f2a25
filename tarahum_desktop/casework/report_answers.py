"""A visit's answers in words: options by their labels, names in one line, dates as days."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.ages import age_from
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.visit_people import HEAD, HOUSEHOLD
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import Field, FormDocument
from tarahum_desktop.domain.forms.values import Row, Value, is_number
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Person
from tarahum_desktop.reports.visit_report.content import Rating, Stroke

_PERSON: Any = Person.__table__
_PARTS = ("first", "father", "grandfather", "family")


class AnswerWords:
    """Reads one set of answers for one reader."""

    def __init__(self, document: FormDocument, language: str, answers: Answers) -> None:
        self._fields = {field.code: field for field in document.every_field()}
        self._language, self._answers = language, answers

    def text(self, code: str) -> str:
        """A plain answer; empty when there is none."""
        value = self._answers.get(code)
        return value if isinstance(value, str) else ""

    def label(self, code: str) -> str:
        """A question's own words."""
        field = self._fields.get(code)
        return field.label.in_language(self._language) if field else code

    def option(self, code: str) -> str:
        """A choice in words."""
        return self._option(self._fields.get(code), self.text(code))

    def options(self, code: str) -> tuple[str, ...]:
        """Several choices in words."""
        value = self._answers.get(code)
        chosen = [one for one in value if isinstance(one, str)] if isinstance(value, tuple) else []
        return tuple(self._option(self._fields.get(code), one) for one in chosen)

    def column(self, _group: str, row: Row, code: str) -> str:
        """A choice in a row, in words."""
        return self._option(self._fields.get(code), self.cell(row, code))

    @staticmethod
    def cell(row: Row, code: str) -> str:
        """A plain answer in a row."""
        value = row.get(code)
        return value if isinstance(value, str) else ""

    @staticmethod
    def amount(value: Value) -> int | None:
        """Halalas, when answered."""
        return value if isinstance(value, int) and is_number(value) else None

    def head_name(self) -> str:
        """The head as signed, in one line."""
        parts = (self.text(f"head_{part}") for part in _PARTS)
        return " ".join(part for part in parts if part)

    @staticmethod
    def name4(value: Value) -> str:
        """A four-part name in one line."""
        if not isinstance(value, Mapping):
            return ""
        return " ".join(str(value[part]) for part in _PARTS if value.get(part))

    @staticmethod
    def age(value: Value, day: dt.date) -> int | None:
        """Completed years on a day, from a partial date."""
        known = date_range(value) if isinstance(value, str) else None
        return age_from(known[0], known[1], day) if known else None

    def day(self, code: str) -> dt.date | None:
        """The middle day of a partial date, for print."""
        known = date_range(self.text(code)) if self.text(code) else None
        return known[0] + (known[1] - known[0]) // 2 if known else None

    def person(self, connection: Connection, code: str) -> tuple[str, str]:
        """Name and identity number of the person an answer names; empty when not known here."""
        row = _find_person(connection, self.text(code))
        return (full_name(row), row.id_number or "") if row else ("", "")

    def person_of(self, connection: Connection, value: Value, words: Words) -> str:
        """Whom a need is for: the household, the head, a member of the form, or somebody on record."""
        if value == HOUSEHOLD:
            return words.t("The whole household")
        if value == HEAD or not isinstance(value, str):
            return self.head_name()
        member = self._answers.row("members", value)
        if member is not None:
            return self.name4(member.get("m_name"))
        row = _find_person(connection, value)
        return full_name(row) if row else ""

    def rating(self, domain: str, score: Value) -> Rating:
        """One domain of the matrix with the words of its score."""
        field = self._fields.get("ssm")
        known = next((one for one in field.domains if one.code == domain), None) if field else None
        label = known.words.in_language(self._language) if known else domain
        number = score if isinstance(score, int) and is_number(score) else None
        levels = field.levels if field else ()
        meaning = (
            levels[number - 1].words.in_language(self._language) if number and number <= len(levels) else ""
        )
        return Rating(domain, label, number, meaning)

    def strokes(self, code: str) -> tuple[Stroke, ...]:
        """A drawn signature as pen movements; none when signed on paper."""
        value = self._answers.get(code)
        drawn = value.get("strokes") if isinstance(value, Mapping) else None
        if not isinstance(drawn, tuple):
            return ()
        return tuple(points for points in map(_points, drawn) if points)

    def _option(self, field: Field | None, code: str) -> str:
        option = field.option(code) if field else None
        return option.words.in_language(self._language) if option else code


def _points(stroke: object) -> Stroke:
    """A stroke is numbers x, y, x, y...; pairs are read too."""
    if not isinstance(stroke, tuple):
        return ()
    numbers = list(_numbers(stroke))
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def _numbers(stroke: tuple[Any, ...]) -> Iterator[float]:
    for one in stroke:
        if isinstance(one, tuple):
            yield from _numbers(one)
        elif isinstance(one, int):
            yield float(one)


def _find_person(connection: Connection, code: str) -> Any:
    try:
        person_id = uuid.UUID(code)
    except ValueError:
        return None
    query = select(*NAME_COLUMNS, _PERSON.c.id_number).where(_PERSON.c.id == person_id)
    return connection.execute(query).one_or_none()

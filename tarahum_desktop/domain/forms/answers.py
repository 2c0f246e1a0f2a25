"""The answers to one form: a mapping from field code to value that is copied, never changed.

Rows of repeating groups have ids of their own, so that "member 3" is the same person whatever is added or removed
around it. A path names one answer: ``tenure`` or ``members/<row id>/m_birth``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from tarahum_desktop.domain.forms.form_errors import AnswersError
from tarahum_desktop.domain.forms.values import Row, Value, frozen, is_empty, thawed

LARGEST_ANSWERS: Final = 2_000_000
_ROW_ID: Final = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class FieldPath:
    """Where one answer stands: a field, or a column of one row of a group, or (no column) the row itself."""

    code: str
    row_id: str = ""
    column: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.code, self.row_id, self.column) if part)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a path back from its text."""
        parts = text.split("/")
        if not 1 <= len(parts) <= 3 or not all(parts):
            raise AnswersError("path_not_understood")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the form version ``form`` (such as ``social-study-1``); empty answers are simply absent."""

    form: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, code: str) -> Value:
        """Return a top-level answer, or ``None``."""
        return self.values.get(code)

    def rows(self, group: str) -> tuple[Row, ...]:
        """Return the rows of a group, in order."""
        rows = self.values.get(group)
        return tuple(row for row in rows if isinstance(row, Row)) if isinstance(rows, tuple) else ()

    def row(self, group: str, row_id: str) -> Row | None:
        """Return one row of a group."""
        return next((row for row in self.rows(group) if row.id == row_id), None)

    def at(self, path: FieldPath) -> Value:
        """Return the answer at a path, or ``None``."""
        if not path.row_id:
            return self.values.get(path.code)
        row = self.row(path.code, path.row_id)
        return None if row is None else row.get(path.column)

    def with_value(self, path: FieldPath, value: Value) -> "Answers":
        """Return answers with one value changed; an empty value removes it, an unknown row is added at the end."""
        if not path.row_id:
            return Answers(self.form, _changed(self.values, path.code, value))
        rows = self.rows(path.code)
        found = self.row(path.code, path.row_id)
        old = found or Row(path.row_id, {})
        new = Row(path.row_id, _changed(old.values, path.column, value))
        if found is None:
            return self._with_rows(path.code, (*rows, new))
        return self._with_rows(path.code, tuple(new if row is found else row for row in rows))

    def with_row(self, group: str, row_id: str) -> "Answers":
        """Return answers with an empty row added at the end of a group."""
        if not _ROW_ID.fullmatch(row_id) or self.row(group, row_id) is not None:
            raise AnswersError("row_id_not_usable")
        return self._with_rows(group, (*self.rows(group), Row(row_id, {})))

    def without_row(self, group: str, row_id: str) -> "Answers":
        """Return answers without one row; removing a row that is not there changes nothing."""
        return self._with_rows(group, tuple(row for row in self.rows(group) if row.id != row_id))

    def _with_rows(self, group: str, rows: tuple[Row, ...]) -> "Answers":
        return Answers(self.form, _changed(self.values, group, rows))


def _changed(values: Mapping[str, Value], code: str, value: Value) -> Mapping[str, Value]:
    rest = dict(values)
    if is_empty(value):
        rest.pop(code, None)
    else:
        rest[code] = value
    return rest


def canonical_answers(answers: Answers) -> bytes:
    """Return the one byte sequence that stands for these answers: what a signature is made over.

    UTF-8 JSON, keys sorted, no spaces, no floats, empty answers left out; rows keep their order.
    """
    body = {code: thawed(value) for code, value in answers.values.items() if not is_empty(value)}
    whole = {"answers": body, "form": answers.form}
    return json.dumps(
        whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def read_answers(data: bytes) -> Answers:
    """Read what ``canonical_answers`` wrote (or the same JSON otherwise spaced).

    Raises:
        AnswersError: too large, not JSON, or not in the shape of answers.
    """
    if len(data) > LARGEST_ANSWERS:
        raise AnswersError("too_large")
    try:
        whole = json.loads(data)
        form, body = whole["form"], whole["answers"]
        values = {str(code): _value(value) for code, value in dict(body).items()}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AnswersError("not_understood") from None
    if not isinstance(form, str):
        raise AnswersError("not_understood")
    return Answers(form, {code: value for code, value in values.items() if not is_empty(value)})


def _value(value: object) -> Value:
    if isinstance(value, list) and value and all(isinstance(item, dict) and "id" in item for item in value):
        return _rows_from(value)
    return frozen(value)


def _rows_from(items: list[dict[str, object]]) -> tuple[Row, ...]:
    rows = []
    for item in items:
        row_id = item["id"]
        if not isinstance(row_id, str) or not _ROW_ID.fullmatch(row_id):
            raise ValueError("row id")
        rows.append(Row(row_id, {code: frozen(value) for code, value in item.items() if code != "id"}))
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("row id twice")
    return tuple(rows)

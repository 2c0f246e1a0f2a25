"""A correction in words: which question, what was signed, what it should say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tarahum_desktop.casework.amending.changes import AnswerChange
from tarahum_desktop.domain.forms.model import Field, FieldType
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.amending.ports import Correction
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.answer_words import Named, answer_words, name_of


@dataclass(frozen=True)
class ChangeWords:
    """One line of a correction."""

    question: str
    before: str
    after: str


def change_words(kit: Kit, correction: Correction, named: Named) -> list[ChangeWords]:
    """All lines of a correction, in the order of the form; a matrix gives one line for each domain that changes."""
    return [line for change in correction.line.changes for line in _Words(kit, correction, named).of(change)]


class _Words:
    def __init__(self, kit: Kit, correction: Correction, named: Named) -> None:
        self._kit, self._correction, self._named = kit, correction, named
        self._fields = {field.code: field for field in correction.document.every_field()}

    def of(self, change: AnswerChange) -> Iterator[ChangeWords]:
        path = change.path
        field = self._fields.get(path.column or path.code)
        if field is None:
            return
        if path.row_id and not path.column:
            yield self._whole_row(field, change)
        elif field.type is FieldType.MATRIX:
            yield from self._domains(field, change)
        else:
            row = self._row_name(path.code, path.row_id) if path.row_id else ""
            question = " · ".join(filter(None, (self._label(field), row)))
            yield ChangeWords(question, self._said(field, change.before), self._said(field, change.after))

    def _whole_row(self, group: Field, change: AnswerChange) -> ChangeWords:
        words = self._kit.words
        gone, come = words.t("not there"), words.t("there")
        name = self._name_in(change.before) or self._name_in(change.after)
        question = " · ".join(filter(None, (self._label(group), name)))
        return ChangeWords(
            question,
            gone if change.before is None else come,
            gone if change.after is None else come,
        )

    def _domains(self, field: Field, change: AnswerChange) -> Iterator[ChangeWords]:
        old = change.before if isinstance(change.before, Mapping) else {}
        new = change.after if isinstance(change.after, Mapping) else {}
        for domain in field.domains:
            if old.get(domain.code) != new.get(domain.code):
                question = domain.words.in_language(self._kit.words.language)
                yield ChangeWords(
                    question, self._score(old.get(domain.code)), self._score(new.get(domain.code))
                )

    def _score(self, value: Value) -> str:
        if isinstance(value, int):
            return self._kit.formats.number(value)
        return "–" if value is None else self._kit.words.t("Does not apply")

    def _label(self, field: Field) -> str:
        return field.label.in_language(self._kit.words.language)

    def _said(self, field: Field, value: Value) -> str:
        return answer_words(self._kit, field, value, self._named)

    def _row_name(self, group: str, row_id: str) -> str:
        row = self._correction.signed.row(group, row_id)
        return "" if row is None else self._name_in(row.values)

    def _name_in(self, values: Value) -> str:
        if not isinstance(values, Mapping):
            return ""
        name = next((said for value in values.values() if (said := name_of(value))), "")
        return isolate(name) if name else ""

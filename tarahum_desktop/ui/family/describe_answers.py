"""The answers of a submitted visit as lines to read: the question, what was answered, what was said the time before."""

from collections.abc import Callable, Iterator, Mapping

from tarahum_desktop.casework.history.visit_reading import VisitReading
from tarahum_desktop.domain.forms.answers import FieldPath
from tarahum_desktop.domain.forms.compare import Changed
from tarahum_desktop.domain.forms.model import Field, FieldType
from tarahum_desktop.domain.forms.values import Row, Value, is_empty
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.family.list_model import Choice, Line
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.answer_words import Named, answer_words, name_of

CHANGED, EVERYTHING = "changed", ""
HEAD, HOUSEHOLD = "head", "household"
_IN_PARTS = frozenset({FieldType.MATRIX, FieldType.CHECKLIST})
_SILENT = frozenset({FieldType.SIGNATURE, FieldType.TIMESTAMP})


class AnswerLines:
    """The lines of one visit; the earlier answer stands beside one that differs."""

    def __init__(self, kit: Kit, reading: VisitReading, named: Named) -> None:
        self._kit, self._reading = kit, reading
        known: dict[tuple[str, str], str] = {}

        def once(name: str, code: str) -> str:
            """Each name is looked up once, however often it is answered."""
            if (name, code) not in known:
                known[name, code] = self._of_this_form(code) or named(name, code)
            return known[name, code]

        self._named: Callable[[str, str], str] = once
        self._fields = {field.code: field for field in reading.document.every_field()}
        self._changes = {one.path: one for one in reading.changes if self._differs(one)}

    def _differs(self, change: Changed) -> bool:
        """Whether a reader would see the difference: a consent given anew differs by its moment alone."""
        field = self._fields[change.path.column or change.path.code]
        whole_row = bool(change.path.row_id) and not change.path.column
        return whole_row or self._said(field, change.before) != self._said(field, change.after)

    def _of_this_form(self, code: str) -> str:
        """Whom an answer names within the form itself: the household, its head, or a member's row."""
        words = self._kit.words
        if code == HOUSEHOLD:
            return words.t("The whole household")
        if code == HEAD:
            return words.t("Head of household")
        row = self._reading.answers.row("members", code)
        return (
            "" if row is None else next((said for one in row.values.values() if (said := name_of(one))), "")
        )

    def choices(self) -> tuple[Choice, ...]:
        """What changed, everything, then each section."""
        words, language = self._kit.words, self._kit.words.language
        count = self._kit.formats.number(len(self._changes))
        found = [Choice(EVERYTHING, words.t("All answers"))]
        if self._reading.before_on is not None:
            found.insert(0, Choice(CHANGED, words.t("What changed ({count})").format(count=count)))
        return (
            *found, *(Choice(one.code, one.title.in_language(language)) for one in self._reading.document.sections),
        )  # fmt: skip

    def lines(self, wanted: str) -> tuple[Line, ...]:
        """The lines of one choice, in the order of the form."""
        return tuple(
            line
            for section in self._reading.document.sections
            if wanted in {CHANGED, EVERYTHING, section.code}
            for field in section.fields
            for line in self._of(field)
            if wanted != CHANGED or line.tone == "attention"
        )

    def _of(self, field: Field) -> Iterator[Line]:
        if field.type in _SILENT:
            return
        rows = self._reading.answers.rows(field.code)
        gone = [
            one
            for path, one in self._changes.items()
            if path.code == field.code and path.row_id and not path.column and one.after is None
        ]
        if field.columns:
            for row in rows:
                yield self._row(field, row)
            for one in gone:
                yield self._gone(field, one)
            return
        value, change = self._reading.answers.get(field.code), self._changes.get(FieldPath(field.code))
        if is_empty(value) and change is None:
            return
        if field.type in _IN_PARTS:
            yield from self._parts(field, value, change)
            return
        yield self._line(
            self._label(field),
            self._said(field, value),
            self._before(field, change),
            self._whole(field, value),
        )

    def _parts(self, field: Field, value: Value, change: Changed | None) -> Iterator[Line]:
        """A line for each part of an answer that has many: a domain of the matrix, a thing of a checklist."""
        now = value if isinstance(value, Mapping) else {}
        old = change.before if change is not None and isinstance(change.before, Mapping) else None
        language = self._kit.words.language
        names = {one.code: one.words.in_language(language) for one in field.domains}
        names |= {one.code: one.words.in_language(language) for one in field.options}
        for code in {**now, **(old or {})}:
            state = self._part(field, now, code)
            was = state if old is None else self._part(field, old, code)
            title = f"{self._label(field)} · {names.get(code, code)}"
            yield self._line(title, state, was if was != state else "")

    def _part(self, field: Field, parts: Mapping[str, Value], code: str) -> str:
        value = parts.get(code)
        if field.type is FieldType.MATRIX and isinstance(value, str):
            return self._kit.words.t("Does not apply")
        return "–" if is_empty(value) else self._said(field, {code: value}).rpartition(": ")[2]

    def _row(self, group: Field, row: Row) -> Line:
        """A row in one line; its detail has every column, those that differ with what was said before."""
        words = self._kit.words
        name = self._row_name(row.values)
        parts, before = [], []
        for column in group.columns:
            value, change = (
                row.get(column.code),
                self._changes.get(FieldPath(group.code, row.id, column.code)),
            )
            if not is_empty(value):
                parts.append(f"{self._label(column)}: {self._said(column, value)}")
            if change is not None:
                before.append(f"{self._label(column)}: {self._said(column, change.before)}")
        new = self._changes.get(FieldPath(group.code, row.id))
        earlier = words.t("not there") if new is not None else " · ".join(before)
        title = " · ".join(part for part in (self._label(group), name) if part)
        return self._line(title, " · ".join(parts), earlier)

    def _gone(self, group: Field, change: Changed) -> Line:
        name = self._row_name(change.before) if change.before else ""
        title = " · ".join(part for part in (self._label(group), name) if part)
        return self._line(title, self._kit.words.t("not there"), self._kit.words.t("there"))

    def _line(self, question: str, answer: str, before: str, whole: str = "") -> Line:
        words = self._kit.words
        detail = f"{question}\n{whole or answer or '–'}"
        if before:
            detail += "\n" + words.t("The time before: {answer}").format(answer=before)
        return Line(question, answer or "–", before, "", detail, "attention" if before else "text")

    def _before(self, field: Field, change: Changed | None) -> str:
        if change is None:
            return ""
        return self._kit.words.t("no answer") if is_empty(change.before) else self._said(field, change.before)

    def _said(self, field: Field, value: Value) -> str:
        return answer_words(self._kit, field, value, self._named)

    @staticmethod
    def _whole(field: Field, value: Value) -> str:
        """A long answer as it was written; in the list it is cut."""
        return value if field.type is FieldType.TEXTAREA and isinstance(value, str) else ""

    def _label(self, field: Field) -> str:
        return field.label.in_language(self._kit.words.language)

    def _row_name(self, values: Value) -> str:
        found = values.values() if isinstance(values, Mapping) else ()
        name = next((said for value in found if (said := name_of(value))), "")
        return isolate(name) if name else ""

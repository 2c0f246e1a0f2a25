"""The form engine: a pure function from answers to what the form says about them.

One pass in the order of the page decides what is open and shown and works out the totals; a second decides what is
required, wrong or worth a warning. An answer that is hidden (its consent withdrawn, its question no longer asked)
counts nowhere: not in totals, not in rules, not in what is submitted. It stays in the draft, in case it was a slip.
"""

from collections.abc import Mapping
from datetime import date

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.checks import NOTHING, Issue, check_value, is_unfinished
from tarahum_desktop.domain.forms.expressions import Facts
from tarahum_desktop.domain.forms.form_errors import AnswersError
from tarahum_desktop.domain.forms.model import DataClass, Field, FieldType, FormDocument, Rule, Section, Text
from tarahum_desktop.domain.forms.state import FieldState, FormState, RowState, SectionState, SectionStatus
from tarahum_desktop.domain.forms.values import Row, Value, is_empty

_HIDDEN = FieldState(visible=False)


class FormEngine:
    """Answers questions about one form document. Holds no answers; safe to share."""

    def __init__(self, document: FormDocument) -> None:
        self.document = document
        self._context = {one.code: _context_codes(one) for one in document.fields() if one.columns}

    def state(self, answers: Answers, today: date, previous: FormState | None = None) -> FormState:
        """Return the state of the form. ``previous`` (of the same draft) lets unchanged rows be reused.

        Raises:
            AnswersError: the answers belong to another form version.
        """
        if answers.form != self.document.key:
            raise AnswersError("another_form_version")
        return _Pass(self.document, self._context, answers, today.isoformat(), previous).run()

    def submission(self, answers: Answers, today: date) -> Answers:
        """Return the answers that are signed and sent: what counts, with totals, and nothing hidden.

        Raises:
            AnswersError: ``not_ready`` with the number of problems.
        """
        state = self.state(answers, today)
        if not state.ready:
            raise AnswersError("not_ready", count=len(state.problems))
        return state.kept


def _context_codes(group: Field) -> tuple[str, ...]:
    """Top-level answers that the rules of a group's columns look at."""
    own = {column.code for column in group.columns}
    read: set[str] = set()
    for column in group.columns:
        singles = (column.visible_when, column.required_when, column.default)
        for rule in (*singles, *(r.when for r in (*column.refuse_when, *column.warn_when))):
            read |= rule.reads if rule is not None else set()
    return tuple(sorted(read - own))


class _Pass:
    """The work of one call to ``FormEngine.state``."""

    def __init__(
        self,
        document: FormDocument,
        context: Mapping[str, tuple[str, ...]],
        answers: Answers,
        today: str,
        previous: FormState | None,
    ) -> None:
        self._document = document
        self._codes = context
        self._answers = answers
        self._today = today
        self._old = {} if previous is None else previous.rows
        self._kept: dict[str, Value] = {}
        self._facts = Facts(self._kept, today)
        self._closed: dict[str, Text | None] = {}
        self._gates: dict[DataClass, Text | None] = {}
        self._shown: dict[str, FieldState | None] = {}
        self._fields: dict[str, FieldState] = {}
        self._rows: dict[tuple[str, str], RowState] = {}

    def run(self) -> FormState:
        for section in self._document.sections:
            self._open(section)
        sections = {section.code: self._judge(section) for section in self._document.sections}
        return FormState(sections, self._fields, Answers(self._answers.form, self._kept), self._rows)

    def _open(self, section: Section) -> None:
        """First pass: what is shown, and the answers and totals that count."""
        open_when = section.open_when
        closed = open_when is not None and not open_when.holds(self._facts)
        because = section.closed_because if closed else self._gate(section.data_class)
        self._closed[section.code] = because
        for field in section.fields:
            hidden = _HIDDEN if because is not None else self._hidden(field, self._facts)
            self._shown[field.code] = hidden
            if hidden is not None:
                continue
            value = self._first_value(field)
            if not is_empty(value):
                self._kept[field.code] = value

    def _first_value(self, field: Field) -> Value:
        if field.compute is not None:
            return field.compute.evaluate(self._facts)
        value = self._answers.values.get(field.code)
        if not field.columns:
            return value
        return tuple(self._first_row(field, row) for row in self._answers.rows(field.code))

    def _first_row(self, group: Field, row: Row) -> Row:
        kept: dict[str, Value] = {}
        facts = Facts(self._kept, self._today, kept)
        for column in group.columns:
            value = row.values.get(column.code)
            if not is_empty(value) and self._hidden(column, facts) is None:
                kept[column.code] = value
        return Row(row.id, kept)

    def _hidden(self, field: Field, facts: Facts) -> FieldState | None:
        """Return the state of a field that is not shown, ``None`` for one that is."""
        because = self._gate(field.data_class)
        if because is not None:
            return FieldState(visible=False, closed_because=because)
        if field.visible_when is not None and not field.visible_when.holds(facts):
            return _HIDDEN
        return None

    def _gate(self, data_class: DataClass) -> Text | None:
        if data_class not in self._gates:
            gate = self._document.gates.get(data_class)
            if gate is None:
                self._gates[data_class] = None
            elif gate.consent not in self._shown:
                return gate.closed_because  # its consent has not been reached: closed, and asked again later
            else:
                self._gates[data_class] = None if gate.when.holds(self._facts) else gate.closed_because
        return self._gates[data_class]

    def _row_context(self, group: Field) -> tuple[object, ...]:
        gates = tuple(self._gate(column.data_class) is None for column in group.columns)
        return (self._today, gates, *(self._kept.get(code) for code in self._codes[group.code]))

    def _judge(self, section: Section) -> SectionState:
        """Second pass over one section: what is required, wrong, worth a warning."""
        missing: list[str] = []
        wrong: list[str] = []
        warned: list[str] = []
        begun = False
        for field in section.fields:
            for path, state in self._states_of(field):
                self._fields[path] = state
                begun = begun or (not is_empty(state.value) and not field.automatic)
                if state.missing:
                    missing.append(path)
                if state.errors:
                    wrong.append(path)
                if state.warnings:
                    warned.append(path)
        because = self._closed[section.code]
        status = _status(because is not None, begun, bool(missing), bool(wrong))
        return SectionState(section.code, status, because, tuple(missing), tuple(wrong), tuple(warned))

    def _states_of(self, field: Field) -> list[tuple[str, FieldState]]:
        hidden = self._shown[field.code]
        if hidden is not None:
            return [(field.code, hidden)]
        value = self._kept.get(field.code)
        found = [(field.code, self._field_state(field, value, self._facts))]
        if field.columns and isinstance(value, tuple):
            context = self._row_context(field)
            for row in value:
                if isinstance(row, Row):
                    found += self._row_states(field, row, context).fields.items()
        return found

    def _row_states(self, group: Field, row: Row, context: tuple[object, ...]) -> RowState:
        key = (group.code, row.id)
        state = self._old.get(key)
        if state is None or state.kept != row or state.context != context:
            facts = Facts(self._kept, self._today, row.values)
            prefix = f"{group.code}/{row.id}/"
            fields = {}
            for column in group.columns:
                value = row.values.get(column.code)
                fields[prefix + column.code] = self._hidden(column, facts) or self._field_state(
                    column, value, facts
                )
            state = RowState(row, context, fields)
        self._rows[key] = state
        return state

    def _field_state(self, field: Field, value: Value, facts: Facts) -> FieldState:
        required = field.required or (field.required_when is not None and field.required_when.holds(facts))
        if is_empty(value):
            suggestion = None if field.default is None else field.default.evaluate(facts)
            missing = required and not field.automatic
            return FieldState(True, required, None, missing, suggestion=suggestion)
        findings = (
            NOTHING if field.automatic and field.type is FieldType.COMPUTED else check_value(field, value)
        )
        errors, warnings = findings.errors, findings.warnings
        if field.refuse_when:
            errors += _holding(field.refuse_when, facts)
        if field.warn_when:
            warnings += _holding(field.warn_when, facts)
        return FieldState(True, required, value, required and is_unfinished(field, value), errors, warnings)


def _holding(rules: tuple[Rule, ...], facts: Facts) -> tuple[Issue, ...]:
    return tuple(Issue(rule.code, rule.words) for rule in rules if rule.when.holds(facts))


def _status(closed: bool, begun: bool, missing: bool, wrong: bool) -> SectionStatus:
    if closed:
        return SectionStatus.CLOSED
    if wrong:
        return SectionStatus.ERRORS
    if not begun:
        return SectionStatus.EMPTY
    return SectionStatus.IN_PROGRESS if missing else SectionStatus.COMPLETE

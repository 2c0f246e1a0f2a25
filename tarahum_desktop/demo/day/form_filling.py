"""Fills the visit form by keys alone, walking with Enter and answering whatever question the keyboard stands on."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tarahum_desktop.demo.day.answers import Answers, Typed
from tarahum_desktop.demo.hands import Hands, HandsWaitedError
from tarahum_desktop.domain.forms.answers import FieldPath
from tarahum_desktop.domain.forms.model import Field, FieldType
from tarahum_desktop.domain.forms.values import Value, is_empty
from tarahum_desktop.ui.visit.leaving import is_left_group
from tarahum_desktop.ui.visit.question import Question
from tarahum_desktop.ui.visit.rows_editor import RowsEditor
from tarahum_desktop.ui.visit.view import VisitView
from tarahum_desktop.ui.widgets.choice_field import MOST_DIGITS

Kind = TypeVar("Kind", bound=QWidget)
_MOST_STEPS: Final = 1000
_CHOSEN: Final = {
    FieldType.BOOL: ("yes", "no"),
    FieldType.CONSENT: ("given", "refused"),
}


class FormFiller:
    """One form being filled.

    Args:
        hands: the person.
        view: the form on the screen.
        answers: what is typed where.
        section_done: told the code of each section that is left, before it is left.
    """

    def __init__(
        self, hands: Hands, view: VisitView, answers: Answers, section_done: Callable[[str], None]
    ) -> None:
        self._hands, self._view, self._answers = hands, view, answers
        self._section_done = section_done
        self._form = view.presenter
        self._changed: set[str] = set()
        self._known = {code: self._row_ids(code) for code in (*answers.groups, *answers.changes)}

    def fill(self, until: str = "") -> None:
        """Go on from where the keyboard stands to the end of the form, or until a field is finished."""
        for _step in range(_MOST_STEPS):
            section = self._form.current.code
            question = self._question()
            if question is None:
                if not self._leave_group_or_section(section):
                    return
                continue
            self._answer(question)
            if self._is_last(question):
                self._section_done(section)
            if self._row_is_done(question.path):
                self._hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            else:
                self._hands.enter()
            if question.path == until:
                return
        raise HandsWaitedError("the form does not end")

    def kept(self) -> None:
        """Wait until the form says that everything answered is kept."""
        said = self._form.words.t("Everything answered is kept here")
        labels = self._view.findChildren(QLabel)
        self._hands.wait(
            lambda: any(one.text() == said for one in labels), "the form does not say that all is kept"
        )

    def focused_path(self) -> str:
        """Which answer the keyboard stands on; empty for none."""
        question = self._question()
        return question.path if question is not None else ""

    def _is_last(self, question: Question) -> bool:
        """Whether Enter leaves the section from here."""
        return self._asked()[-1] == question.path and self._hands.focused() is question.stops[-1]

    def _asked(self) -> list[str]:
        """The fields of this section that are to be answered now, in order."""
        state = self._form.state.fields
        return [
            field.code
            for field in self._form.current.fields
            if not field.automatic
            and state[field.code].visible
            and self._form.lists.asks(field)
            and not is_left_group(field)
        ]

    def _leave_group_or_section(self, section: str) -> bool:
        """From a button: add the next row, pass the group, or go to the next section; False at the end of the form."""
        group = _ancestor(self._hands.focused(), RowsEditor)
        if group is not None:
            code = group.group.code
            if code in self._answers.changes and self._known[code] and code not in self._changed:
                self._changed.add(code)
                self._hands.enter()  # the keyboard comes to the first row known before, which opens
                return True
            if len(self._new_rows(code)) < len(self._answers.groups.get(code, ())):
                self._hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
                return True
        if section == self._form.document.sections[-1].code:
            self._section_done(section)
            return False
        if group is not None:
            if self._asked()[-1] == group.group.code:
                self._section_done(section)
            self._hands.press(Qt.Key.Key_Tab)
            return True
        self._section_done(section)
        self._hands.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        if self._form.current.code == section:
            raise HandsWaitedError(f"section {section} cannot be left")
        return True

    def _row_is_done(self, path: str) -> bool:
        """Whether the next row may begin: more are to come, and nothing after this answer is needed or told."""
        group, _, rest = path.partition("/")
        row_id, _, column = rest.partition("/")
        rows = self._new_rows(group) if row_id else []
        if row_id not in rows or len(rows) >= len(self._answers.groups.get(group, ())):
            return False
        field = next(one for one in self._form.document.fields() if one.code == group)
        codes = [one.code for one in field.columns]
        later = codes[codes.index(column) + 1 :]
        missing = self._form.state.sections[self._form.current.code].missing
        needed = any(f"{group}/{row_id}/{code}" in missing for code in later)
        return not needed and not any(self._typed(f"{group}/{row_id}/{code}") for code in later)

    def _answer(self, question: Question) -> None:
        typed = self._typed(question.path)
        at = question.stops.index(self._hands.focused())
        text = typed[at] if _by_stops(question.field) and isinstance(typed, tuple) else typed
        asked_again = self._answers.is_new(question.path) and question.path != self._form.draft.last_path
        told_before = not is_empty(self._form.answers.get(question.path)) and not asked_again
        if not text or (at == 0 and told_before):
            return
        self._put(question, text)

    def _typed(self, path: str) -> Typed:
        group, _, rest = path.partition("/")
        row_id, _, column = rest.partition("/")
        if row_id in self._known.get(group, ()):
            first = row_id == self._known[group][0]
            return self._answers.changes.get(group, {}).get(column, "") if first else ""
        return self._answers.of(path, self._new_rows(group).index(row_id) if row_id else 0)

    def _put(self, question: Question, typed: Typed) -> None:
        hands, field = self._hands, question.field
        if field.type in _CHOSEN:
            hands.type(str(_CHOSEN[field.type].index(str(typed)) + 1))
        elif field.type is FieldType.CHOICE:
            now = self._form.answers.at(FieldPath.parse(question.path))
            self._choose([option.code for option in field.options], str(typed), now)
        elif field.type is FieldType.MULTI:
            codes = [option.code for option in field.options]
            hands.type("".join(str(codes.index(code) + 1) for code in typed))
        elif field.type is FieldType.CHECKLIST:
            hands.type(str([state.code for state in field.states].index(str(typed)) + 1))
        elif field.type is FieldType.SIGNATURE:
            hands.sign(hands.focused())
        else:
            hands.type("".join(typed))

    def _choose(self, codes: Sequence[str], wanted: str, now: Value) -> None:
        at = codes.index(wanted)
        if at < MOST_DIGITS:
            self._hands.type(str(at + 1))
            return
        lines = at - (codes.index(now) if isinstance(now, str) else -1)
        for _line in range(abs(lines)):
            self._hands.press(Qt.Key.Key_Down if lines > 0 else Qt.Key.Key_Up)

    def _row_ids(self, group: str) -> list[str]:
        return [row.id for row in self._form.answers.rows(group)]

    def _new_rows(self, group: str) -> list[str]:
        return [row_id for row_id in self._row_ids(group) if row_id not in self._known.get(group, ())]

    def _question(self) -> Question | None:
        return _ancestor(self._hands.focused(), Question)


def _by_stops(field: Field) -> bool:
    return field.type in {FieldType.NAME4, FieldType.GPS, FieldType.CHECKLIST, FieldType.DURATION}


def _ancestor(widget: QWidget, kind: type[Kind]) -> Kind | None:
    found: QWidget | None = widget
    while found is not None and not isinstance(found, kind):
        found = found.parentWidget()
    return found

"""One section of the form as a page: why it is closed, or its questions and repeating groups in order."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tarahum_desktop.domain.forms.answers import FieldPath
from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.model import FieldType, Section
from tarahum_desktop.domain.forms.state import FormState
from tarahum_desktop.ui.visit.fields.editor import Surroundings
from tarahum_desktop.ui.visit.issue_words import shown
from tarahum_desktop.ui.visit.likely_name import likely_name
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.question import Question
from tarahum_desktop.ui.visit.question_grid import QuestionGrid
from tarahum_desktop.ui.visit.rows_editor import RowsEditor
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.card import Card

COLUMNS = 2


class SectionPage(Card):
    """Signals: ``ended(step)`` when Enter leaves the last question or Shift+Tab the first."""

    ended = Signal(int)
    adding = Signal(str)
    removing = Signal(str, str)

    def __init__(
        self, section: Section, presenter: VisitPresenter, around: Surroundings, scroll: QScrollArea
    ) -> None:
        super().__init__(around.kit, around.shown(section.title))
        self.section, self._presenter, self._around, self._scroll = section, presenter, around, scroll
        self._closed = Banner(around.kit)
        self.add(self._closed)
        self._parts: list[QuestionGrid | RowsEditor] = []
        self._content = QWidget()
        box = QVBoxLayout(self._content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(around.kit.look.sizes.space_4)
        self._build(box)
        self.add(self._content)
        self._content.setEnabled(not presenter.locked)
        self.apply(presenter.state)

    def apply(self, state: FormState) -> None:
        """Show what the engine says about this section."""
        tried = self._presenter.tried
        own = state.sections[self.section.code]
        reasons = [] if own.closed_because is None else [own.closed_because]
        if own.closed_because is None:
            reasons = [
                because
                for field in self.section.fields
                for path in (field.code,)
                if (because := state.fields[path].closed_because) is not None
            ]
            reasons += [
                f.closed_because for p, f in state.fields.items() if self._is_mine(p) and f.closed_because
            ]
        words = self._around.kit.words
        sentence = " ".join(dict.fromkeys(shown(words, reason) for reason in reasons))
        if sentence and own.closed_because is None:
            sentence = words.t("Some questions here are closed. {why}").format(why=sentence)
        if sentence:
            self._closed.say(sentence, "info")
        else:
            self._closed.clear()
        self._content.setVisible(own.closed_because is None)
        for part in self._parts:
            part.apply(state, tried=tried)

    def sync_rows(self, group: str, opened: str = "") -> None:
        """Rows of a group came or went."""
        for part in self._parts:
            if isinstance(part, RowsEditor) and part.group.code == group:
                part.sync(opened)
                part.apply(self._presenter.state, tried=self._presenter.tried)

    def focus(self, path: str) -> bool:
        """Go to the answer at ``path``, or to the first question; say whether there is one to go to."""
        if self._content.isHidden() or not self._content.isEnabled():
            return False
        place = FieldPath.parse(path) if path else FieldPath("")
        if place.row_id:
            self.sync_rows(place.code, place.row_id)
        stops = self._stops()
        wanted = next(
            (stop for question, stop in stops if question is not None and question.path == path), None
        )
        if wanted is None:
            group = next(
                (p for p in self._parts if isinstance(p, RowsEditor) and p.group.code == place.code), None
            )
            wanted = group.add_button if group is not None else next((stop for _q, stop in stops), None)
        if wanted is None:
            return False
        wanted.setFocus(Qt.FocusReason.TabFocusReason)  # selects: typing replaces what is known
        self._scroll.ensureWidgetVisible(wanted, 0, 60)
        # Again once rows that came with this step have their places; gone with the widget when it goes.
        QTimer.singleShot(0, wanted, lambda: self._scroll.ensureWidgetVisible(wanted, 0, 60))
        return True

    def focus_row(self, group: str, row_id: str) -> None:
        """Go to the first question of a row."""
        stops = self._stops()
        prefix = f"{group}/{row_id}/"
        wanted = next(
            (s for question, s in stops if question is not None and question.path.startswith(prefix)), None
        )
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)  # selects: typing replaces what is known
            self._scroll.ensureWidgetVisible(wanted, 0, 60)

    def unreadable(self) -> Question | None:
        """A question whose editor holds something that cannot be kept."""
        questions = [
            q
            for part in self._parts
            for q in (part.questions if isinstance(part, QuestionGrid) else part.questions())
        ]
        return next((q for q in questions if not q.isHidden() and not q.readable), None)

    def settle(self) -> None:
        """Finish whatever is being typed."""
        for part in self._parts:
            for question in part.questions if isinstance(part, QuestionGrid) else part.questions():
                if question.isAncestorOf(self.focusWidget() or self):
                    question.settle()

    def groups(self) -> list[RowsEditor]:
        """The repeating groups on this page."""
        return [part for part in self._parts if isinstance(part, RowsEditor)]

    def _is_mine(self, path: str) -> bool:
        return any(path.startswith(f"{field.code}/") for field in self.section.fields if field.columns)

    def _build(self, box: QVBoxLayout) -> None:
        plain: list[FormField] = []
        for field in (*self.section.fields, None):
            if field is not None and field.type is not FieldType.ROWS:
                plain.append(field)
                continue
            if plain:
                made = [self._make(one, one.code) for one in plain]
                for question in made:
                    question.offer(self._presenter.answers.get(question.path))
                self._keep(box, QuestionGrid(self._around.kit, self._presenter, made, COLUMNS))
                plain = []
            if field is not None:
                rows = RowsEditor(field, self._presenter, self._around, self._make)
                rows.adding.connect(self.adding)
                rows.removing.connect(self.removing)
                rows.passed.connect(lambda stop, step: self._move(None, stop, step))
                self._keep(box, rows)

    def _keep(self, box: QVBoxLayout, part: QuestionGrid | RowsEditor) -> None:
        self._parts.append(part)
        box.addWidget(part)

    def _make(self, field: FormField, path: str) -> Question:
        question = Question(field, path, None, self._around)
        question.answered.connect(self._presenter.answer)
        question.moved.connect(lambda stop, step: self._move(question, stop, step))
        question.taken_back.connect(lambda path: self._take_back(question, path))
        if field.type is FieldType.NAME4:
            question.likely = lambda suggestion: likely_name(self._presenter.answers, path, suggestion)
        question.entered.connect(lambda: self._scroll.ensureWidgetVisible(question, 0, 40))
        return question

    def _take_back(self, question: Question, path: str) -> None:
        if self._presenter.take_back(path):
            question.offer(self._presenter.answers.at(FieldPath.parse(path)))

    def _stops(self) -> list[tuple[Question | None, QWidget]]:
        return [stop for part in self._parts if not part.isHidden() for stop in part.stops()]

    def _move(self, question: Question | None, stop: QWidget, step: int) -> None:
        stops = self._stops()
        at = next((i for i, (_q, each) in enumerate(stops) if each is stop), -1)
        if at < 0:
            return
        at += step
        # A name whose other parts were offered and accepted is done after its first part.
        while 0 < at < len(stops) and step > 0 and stops[at][0] is question and _complete_name(question):
            at += 1
        if not 0 <= at < len(stops):
            self.ended.emit(step)
            return
        stops[at][1].setFocus(Qt.FocusReason.TabFocusReason)


def _complete_name(question: Question | None) -> bool:
    if question is None:
        return False
    value = question.editor.read()
    whole = (
        isinstance(value, dict)
        and bool(value.get("first"))
        and bool(value.get("father"))
        and bool(value.get("family"))
    )
    return question.field.type is FieldType.NAME4 and whole

"""Questions in columns; those that are not asked leave no hole."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from tarahum_desktop.domain.forms.state import FieldState, FormState
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.earlier_line import earlier_sentence
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.question import Question, span_of

_HIDDEN = FieldState(visible=False)
WIDEST_ZOOM = 125  # larger letters leave no room for all columns on a laptop's screen


class QuestionGrid(QWidget):
    """Lays questions out in reading order."""

    def __init__(self, kit: Kit, form: VisitPresenter, questions: Sequence[Question], columns: int) -> None:
        super().__init__()
        self._kit, self._form = kit, form
        self.questions = tuple(questions)
        for question in self.questions:
            question.setParent(self)  # also while it is not asked: a widget without a parent is a window
        self._columns = columns = max(1, min(columns, columns * WIDEST_ZOOM // kit.look.zoom))
        self._shown: tuple[bool, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.look.sizes.space_5)
        self._grid.setVerticalSpacing(kit.look.sizes.space_4)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, kit.look.px(120))

    def apply(self, state: FormState, *, tried: bool) -> None:
        """Show what the engine says about each question, and what differs from the earlier visit."""
        states = [self._state_of(question, state) for question in self.questions]
        shown = tuple(one.visible for one in states)
        if shown != self._shown:
            self._shown = shown
            self._place()
        for question, one in zip(self.questions, states, strict=True):
            question.apply(one, tried=tried)
            question.say_before(
                earlier_sentence(self._kit, self._form, question.field, self._form.before(question.path))
            )

    def _state_of(self, question: Question, state: FormState) -> FieldState:
        """A question that has nothing to choose from is not asked."""
        found = state.fields.get(question.path, _HIDDEN)
        return found if self._form.lists.asks(question.field) else _HIDDEN

    def stops(self) -> list[tuple[Question, QWidget]]:
        """The keyboard stops of the questions that are asked, in order."""
        asked = [question for question, shown in zip(self.questions, self._shown, strict=True) if shown]
        return [(question, stop) for question in asked for stop in question.stops]

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        row = column = 0
        for question, shown in zip(self.questions, self._shown, strict=True):
            if not shown:
                question.hide()
                continue
            span = span_of(question.field, self._columns)
            if column + span > self._columns:
                row, column = row + 1, 0
            self._grid.addWidget(question, row, column, 1, span)
            column += span

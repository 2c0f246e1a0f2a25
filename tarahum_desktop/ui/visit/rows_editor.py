"""A repeating group: one line a row, and the row being written open below its line."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.state import FormState
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.visit.fields.editor import Surroundings
from tarahum_desktop.ui.visit.leaving import is_left_group
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.question import Question
from tarahum_desktop.ui.visit.question_grid import QuestionGrid
from tarahum_desktop.ui.widgets.answer_words import answer_words
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label, picture_label

COLUMNS = 3
ALWAYS_OPEN = 5
SUMMARY_PARTS = 3

MakeQuestion = Callable[[FormField, str], Question]


class RowsEditor(QWidget):
    """The rows of one group.

    Signals:
        adding: the group; the person asked for another row.
        removing: group and row id; the person asked to take a row away.
        passed: the button that adds, and the step by which Tab leaves it; Qt alone would go round among the rows.
    """

    removing = Signal(str, str)
    adding = Signal(str)
    passed = Signal(object, int)

    def __init__(
        self, group: FormField, presenter: VisitPresenter, around: Surroundings, make: MakeQuestion
    ) -> None:
        super().__init__()
        self.group, self._presenter, self._around, self._make = group, presenter, around, make
        self._cards: dict[str, RowCard] = {}
        sizes, words = around.kit.look.sizes, around.kit.words
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_2)
        head = QHBoxLayout()
        if around.shown(group.label) != around.shown(presenter.current.title):
            head.addWidget(label(around.shown(group.label), size="strong"))
        if group.help is not None:
            head.addWidget(label(around.shown(group.help), size="caption", tone="soft"), 1)
        else:
            head.addStretch(1)
        box.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(sizes.space_2)
        box.addLayout(self._rows)
        self._needed = label("", size="caption", tone="danger", wraps=True)
        self._needed.hide()
        box.addWidget(self._needed)
        below = QHBoxLayout()
        self.add_button: QPushButton = button(
            around.kit, words.t("Add"), lambda: self.adding.emit(group.code), icon="add"
        )
        self.add_button.setAccessibleName(words.t("Add to: {what}").format(what=around.shown(group.label)))
        self.add_button.installEventFilter(self)
        below.addWidget(self.add_button)
        below.addWidget(hint := label(words.t("or Ctrl+Enter from any row"), size="caption", tone="soft"))
        if is_left_group(group):  # its rows come from the group they left
            self.add_button.hide()
            hint.hide()
        below.addStretch(1)
        box.addLayout(below)
        self.sync()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab go past the group."""
        steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in steps:
            self.passed.emit(watched, steps[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def sync(self, opened: str = "") -> None:
        """Make the cards be those of the rows; ``opened`` names the one to write in."""
        rows = self._presenter.answers.rows(self.group.code)
        for row_id in set(self._cards) - {row.id for row in rows}:
            card = self._cards.pop(row_id)
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        for row in rows:
            if row.id not in self._cards:
                self._add_card(row)
        if opened:
            self.open(opened)

    def open(self, row_id: str) -> None:
        """Open one row and close the others."""
        for each, card in self._cards.items():
            card.set_open(each == row_id or len(self.group.columns) <= ALWAYS_OPEN)
            card.apply(self._presenter.state, tried=self._presenter.tried)

    def _toggle(self, row_id: str) -> None:
        """Close an open row, or open one and go to its first question."""
        card = self._cards[row_id]
        self.open("" if card.opened else row_id)
        if card.opened:
            card.stops()[0][1].setFocus(Qt.FocusReason.TabFocusReason)

    def apply(self, state: FormState, *, tried: bool) -> None:
        """Show what the engine says."""
        own = state.fields.get(self.group.code)
        unused = is_left_group(self.group) and not self._cards
        self.setVisible(own is not None and own.visible and not unused)
        missing = own is not None and own.missing and tried
        self._needed.setText(self._around.kit.words.t("Please add at least one.") if missing else "")
        self._needed.setVisible(missing)
        for number, card in enumerate(self._ordered(), start=1):
            card.number = number
            card.apply(state, tried=tried)

    def stops(self) -> list[tuple[Question | None, QWidget]]:
        """The keyboard stops of the rows that are open, then the button that adds."""
        found: list[tuple[Question | None, QWidget]] = []
        for card in self._ordered():
            found += card.stops()
        return found if is_left_group(self.group) else [*found, (None, self.add_button)]

    def questions(self) -> list[Question]:
        """The questions that are built."""
        return [question for card in self._cards.values() for question in card.questions()]

    def _ordered(self) -> list["RowCard"]:
        rows = self._presenter.answers.rows(self.group.code)
        return [self._cards[row.id] for row in rows if row.id in self._cards]

    def _add_card(self, row: Row) -> None:
        card = RowCard(self.group, row.id, self._presenter, self._around, self._make)
        card.removed.connect(lambda: self.removing.emit(self.group.code, row.id))
        card.wanted.connect(lambda: self._toggle(row.id))
        self._cards[row.id] = card
        self._rows.addWidget(card)
        card.show()  # now and not at the next turn of the loop: the keyboard goes there at once
        card.set_open(len(self.group.columns) <= ALWAYS_OPEN)


class RowCard(QFrame):
    """One row: its number and summary, and when open its questions."""

    removed = Signal()
    wanted = Signal()

    def __init__(
        self,
        group: FormField,
        row_id: str,
        presenter: VisitPresenter,
        around: Surroundings,
        make: MakeQuestion,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.number = 0
        self.opened = False
        self._group, self._row_id, self._presenter, self._around, self._make = (
            group,
            row_id,
            presenter,
            around,
            make,
        )
        self._grid: QuestionGrid | None = None
        kit, sizes = around.kit, around.kit.look.sizes
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(sizes.space_3, sizes.space_2, sizes.space_3, sizes.space_2)
        head = QHBoxLayout()
        self._sign = picture_label(kit, "next", size=16)
        self._summary = label("", size="body", wraps=True)
        head.addWidget(self._sign)
        head.addWidget(self._summary, 1)
        self._new = label(kit.words.t("new since last time"), size="caption", tone="info")
        self._new.hide()
        head.addWidget(self._new)
        self._change = button(kit, kit.words.t("Change"), self.wanted.emit, role="quiet", icon="edit")
        if len(group.columns) <= ALWAYS_OPEN:
            self._change.hide()
        head.addWidget(self._change)
        words, icon = (
            (kit.words.t("Bring back"), "undo") if is_left_group(group) else (kit.words.t("Remove"), "delete")
        )
        head.addWidget(button(kit, words, self.removed.emit, role="quiet", icon=icon))
        self._box.addLayout(head)

    def set_open(self, opened: bool) -> None:
        """Show or hide the questions; they are built when first shown."""
        self.opened = opened
        if opened and self._grid is None:
            row = self._presenter.answers.row(self._group.code, self._row_id)
            made = []
            for column in self._group.columns:
                question = self._make(column, f"{self._group.code}/{self._row_id}/{column.code}")
                question.offer(None if row is None else row.get(column.code))
                made.append(question)
            self._grid = QuestionGrid(self._around.kit, self._presenter, made, COLUMNS)
            self._box.addWidget(self._grid)
        if self._grid is not None:
            self._grid.setVisible(opened)
        words = self._around.kit.words
        self._change.setText(words.t("Close") if opened else words.t("Change"))

    def apply(self, state: FormState, *, tried: bool) -> None:
        """Show what the engine says about this row."""
        prefix = f"{self._group.code}/{self._row_id}/"
        states = [
            state.fields[path] for c in self._group.columns if (path := prefix + c.code) in state.fields
        ]
        wrong = any(one.errors for one in states)
        missing = any(one.missing for one in states)
        doubtful = any(one.warnings for one in states)
        tone, icon = _face(wrong=wrong or (missing and tried), doubtful=doubtful, missing=missing)
        self._new.setVisible(self._presenter.before(prefix.rstrip("/")) is not None)
        self._sign.setPixmap(self._around.kit.look.picture(icon, tone, 16))
        self._summary.setText(self._words())
        if self._grid is not None and self.opened:
            self._grid.apply(state, tried=tried)

    def stops(self) -> list[tuple[Question | None, QWidget]]:
        """The keyboard stops, when open; otherwise the button that opens."""
        if self._grid is not None and self.opened:
            return [*self._grid.stops()]
        return [(None, self._change)]

    def questions(self) -> list[Question]:
        """The questions that are built."""
        return [] if self._grid is None else list(self._grid.questions)

    def _words(self) -> str:
        row = self._presenter.answers.row(self._group.code, self._row_id)
        number = self._around.kit.formats.number(self.number)
        parts = [] if row is None else [self._shown(c, row.get(c.code)) for c in self._group.columns]
        said = [part for part in parts if part][:SUMMARY_PARTS]
        return " · ".join([number, *said])

    def _shown(self, column: FormField, value: Value) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | Mapping):
            return ""
        return answer_words(self._around.kit, column, value, self._presenter.lists.text)


def _face(*, wrong: bool, doubtful: bool, missing: bool) -> tuple[Tone, str]:
    """The icon of a row's line: the most pressing thing about it."""
    if wrong:
        return "danger", "danger"
    if doubtful:
        return "attention", "warning"
    return ("soft", "edit") if missing else ("accent", "success")

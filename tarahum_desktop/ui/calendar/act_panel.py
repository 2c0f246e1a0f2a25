"""What to say about a contact, in the place of a dialog: how it went, or to which day it is put off."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.casework.care.task_records import Outcome
from tarahum_desktop.casework.care.tasks import TaskLine
from tarahum_desktop.i18n.care_words import outcome_words, task_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField

_GAPS = {"tomorrow": 1, "three_days": 3, "week": 7, "month": 30}


class ActPanel(Card):
    """Signals ``completed(task, outcome, note)``, ``put_off(task, day)`` and ``closed()``."""

    completed = Signal(object, object, str)
    put_off = Signal(object, object)
    closed = Signal()

    def __init__(self, kit: Kit, today: Callable[[], dt.date]) -> None:
        super().__init__(kit)
        self.kit, self._today = kit, today
        self._task: TaskLine | None = None
        self._asks_outcome = True
        words = kit.words
        self.about = label("", size="strong", wraps=True)
        self.outcome = ChoiceField(
            kit, [Option(code.value, outcome_words(words, code.value)) for code in Outcome]
        )
        self.note = NoteField(kit, rows=2, limit=1000)
        self.gap = ChoiceField(kit, [
            Option("tomorrow", words.p("put off", "Tomorrow")), Option("three_days", words.p("put off", "In 3 days")),
            Option("week", words.p("put off", "In a week")), Option("month", words.p("put off", "In a month")),
        ])  # fmt: skip
        self.day = PartialDateField(kit)
        self.add(self.about)
        # Plain labels and no field rows: there Enter would go on to the next field instead of keeping.
        self._done_rows: tuple[QWidget, ...] = (
            label(words.t("How did it go?")), self.outcome, label(words.t("Note")), self.note,
        )  # fmt: skip
        self._off_rows: tuple[QWidget, ...] = (
            label(words.t("Put off to")), self.gap, FieldRow(kit, words.t("Another day"), self.day),
        )  # fmt: skip
        self.day.edit.returnPressed.connect(self.settle)
        for row in (*self._done_rows, *self._off_rows):
            self.add(row)
        across = QHBoxLayout()
        self.keep = button(kit, words.t("Keep"), self.settle, role="primary", icon="check")
        across.addWidget(self.keep)
        across.addWidget(button(kit, words.t("Leave it"), self.leave, role="quiet", icon="close"))
        across.addStretch(1)
        self.body.addLayout(across)
        self.hide()

    def ask_outcome(self, task: TaskLine) -> None:
        """Ask how a contact went."""
        self._ask(task, done=True)
        self.outcome.set_value(Outcome.REACHED.value)
        self.note.set_value("")
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_day(self, task: TaskLine) -> None:
        """Ask for another day."""
        self._ask(task, done=False)
        self.gap.set_value("tomorrow")
        self.day.set_value(None)
        self.gap.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Keep what was said."""
        task = self._task
        if task is None:
            return
        if self._asks_outcome:
            code = self.outcome.value()
            if code is None:
                self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            self.completed.emit(task, Outcome(code), self.note.value())
        else:
            day = self._chosen_day()
            if day is None:
                self.gap.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            self.put_off.emit(task, day)
        self.leave()

    def leave(self) -> None:
        """Close without a word."""
        self._task = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps from everywhere but the note, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.isVisible():
                self.settle()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _chosen_day(self) -> dt.date | None:
        given = self.day.value()
        if given is not None:
            return given.midpoint()
        code = self.gap.value()
        return self._today() + dt.timedelta(_GAPS[code]) if code else None

    def _ask(self, task: TaskLine, *, done: bool) -> None:
        self._task, self._asks_outcome = task, done
        what = task_words(self.kit.words, task.kind, task.step)
        self.about.setText(f"{what} · {task.person_name or task.head_name}")
        for row in self._done_rows:
            row.setVisible(done)
        for row in self._off_rows:
            row.setVisible(not done)
        self.show()

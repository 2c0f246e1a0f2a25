"""The tasks of a day, or all that are overdue: Enter opens, D records, R puts off, on any keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tarahum_desktop.casework.care.tasks import TaskLine
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.i18n.care_words import task_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.table import Column, DataTable

# The same keys under an Arabic layout: what is pressed counts, not the letter it types.
_DONE = ("d", "ي")
_OFF = ("r", "ق")


class TaskTable(DataTable):
    """Signals ``done(task)`` and ``off(task)`` besides those of a table, and ``left()`` for Esc."""

    done = Signal(object)
    off = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit) -> None:
        words = kit.words
        super().__init__(
            kit,
            [
                Column(words.t("Task"), lambda row: _what(kit, row), 5),
                Column(words.t("Family"), lambda row: row.head_name or words.t("Name not recorded"), 5),
                Column(words.t("When"), lambda row: _when(kit, row), 3, _tone),
            ],
            words.t("Tasks"),
        )

    def set_rows(self, rows: Sequence[TaskLine]) -> None:
        """Show these tasks, and stay on the one stood on if it is still there."""
        stood = self.current_row()
        super().set_rows(rows)
        keys = [row.key for row in rows]
        if stood is not None and stood.key in keys:
            self.setCurrentIndex(self.rows_model.index(keys.index(stood.key), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One letter for each thing to do."""
        row, typed = self.current_row(), event.text().casefold()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif row is not None and (event.key() == Qt.Key.Key_D or typed in _DONE):
            self.done.emit(row)
        elif row is not None and (event.key() == Qt.Key.Key_R or typed in _OFF):
            self.off.emit(row)
        else:
            super().keyPressEvent(event)


class WorkloadTable(DataTable):
    """Every officer's work; Enter shows what of it is overdue."""

    def __init__(self, kit: Kit) -> None:
        words, number = kit.words, kit.formats.number
        super().__init__(
            kit,
            [
                Column(words.t("Officer"), lambda row: _officer(kit, row), 4),
                Column(words.t("Open cases"), lambda row: number(row.open_cases), 3),
                Column(words.t("Overdue"), lambda row: number(row.overdue), 2, lambda row: "attention" if row.overdue else "soft"),
                Column(words.t("Visits in 30 days"), lambda row: number(row.visits), 3),
            ],
            words.t("Work of the officers"),
        )  # fmt: skip


def _what(kit: Kit, row: TaskLine) -> str:
    what = task_words(kit.words, row.kind, row.step)
    return f"{what}: {row.person_name}" if row.person_name and row.person_name != row.head_name else what


def _when(kit: Kit, row: TaskLine) -> str:
    words, days = kit.words, row.days
    if days == 0:
        return words.p("a day", "today")
    if days > 0:
        late = words.n("{count} day late", "{count} days late", days)
        return late.format(count=kit.formats.number(days))
    if days == -1:
        return words.p("a day", "tomorrow")
    return words.n("in {count} day", "in {count} days", -days).format(count=kit.formats.number(-days))


def _tone(row: TaskLine) -> Tone:
    return "attention" if row.days > 0 else "accent" if row.days == 0 else "soft"


def _officer(kit: Kit, row: WorkloadLine) -> str:
    name = row.name_ar if kit.words.language == "ar" else row.name_en or row.name_ar
    return name or kit.words.t("Without an officer")

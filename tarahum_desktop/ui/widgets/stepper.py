"""The sections of a long form at its side, each with its state in an icon and in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import PressButton, put_icon, shown_on_button

StepState = Literal["todo", "part", "done", "problem", "locked"]
_FACES: dict[StepState, tuple[str, Tone]] = {
    "todo": ("next", "soft"), "part": ("edit", "attention"), "done": ("success", "accent"),
    "problem": ("danger", "danger"), "locked": ("lock", "soft"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One section."""

    id: str
    title: str
    state: StepState = "todo"
    changed: int = 0


def state_words(words: Words, state: StepState) -> str:
    """The state as a person says it."""
    return {
        "todo": words.t("not begun"),
        "part": words.t("begun"),
        "done": words.t("complete"),
        "problem": words.t("needs correction"),
        "locked": words.t("closed until consent"),
    }[state]


class Stepper(QWidget):
    """Signal ``chosen(step id)``. Up and Down walk, Enter opens."""

    chosen = Signal(str)

    def __init__(self, kit: Kit, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._steps: dict[str, tuple[Step, QPushButton]] = {}
        self.current = ""
        for step in steps:
            self._add(step)
        self._box.addStretch(1)

    def set_state(self, step_id: str, state: StepState) -> None:
        """Show a section's new state."""
        step, made = self._steps[step_id]
        self._steps[step_id] = (replace(step, state=state), made)
        self._dress(step_id)

    def set_changed(self, step_id: str, count: int) -> None:
        """Show how many answers of a section are no longer what they were at the earlier visit."""
        step, made = self._steps[step_id]
        self._steps[step_id] = (replace(step, changed=count), made)
        self._dress(step_id)

    def set_current(self, step_id: str) -> None:
        """Mark the section that is open."""
        self.current = step_id
        for each, (_step, made) in self._steps.items():
            made.setChecked(each == step_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; buttons pass these on."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = [made for _step, made in self._steps.values()]
        at = next((i for i, made in enumerate(buttons) if made.hasFocus()), 0)
        if step and 0 <= at + step < len(buttons):
            buttons[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _add(self, step: Step) -> None:
        made = _StepButton()
        made.setProperty("role", "navigation")
        made.setCheckable(True)
        made.clicked.connect(lambda _checked=False: self._press(step.id))
        self._steps[step.id] = (step, made)
        self._box.addWidget(made)
        self._dress(step.id)

    def _press(self, step_id: str) -> None:
        self.set_current(self.current)  # the mark moves only when the form opens the section
        self.chosen.emit(step_id)

    def _dress(self, step_id: str) -> None:
        step, made = self._steps[step_id]
        icon, tone = _FACES[step.state]
        number = f"  ({self.kit.formats.number(step.changed)})" if step.changed else ""
        made.setText(shown_on_button(step.title + number))
        put_icon(made, self.kit.look, icon, self.kit.look.ink(tone))
        said = state_words(self.kit.words, step.state)
        if step.changed:
            changed = self.kit.words.n("{count} changed answer", "{count} changed answers", step.changed)
            said = f"{said}, {changed.format(count=self.kit.formats.number(step.changed))}"
        made.setToolTip(said)
        made.setAccessibleName(f"{step.title}, {said}")


class _StepButton(PressButton):
    """Leaves Up and Down to the stepper."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

"""Any number of several answers, as buttons that stay down."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import put_icon, shown_on_button
from tarahum_desktop.ui.widgets.choice_field import Option
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout


class MultiChoiceField(Field):
    """``value()`` is the chosen codes in the order offered. Arrows move, Space ticks, 1 to 9 tick."""

    def __init__(self, kit: Kit, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.options = tuple(options)
        holder = QWidget()
        flow = FlowLayout(holder, kit.look.sizes.space_2)
        self._buttons = [self._make(option) for option in self.options]
        for made in self._buttons:
            flow.addWidget(made)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(holder)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def value(self) -> tuple[str, ...]:
        """The chosen codes."""
        pairs = zip(self.options, self._buttons, strict=True)
        return tuple(option.code for option, made in pairs if made.isChecked())

    def set_value(self, value: Iterable[str] | None) -> None:
        """Show stored choices; codes that are no longer offered are left out."""
        chosen = frozenset(value or ())
        for option, made in zip(self.options, self._buttons, strict=True):
            made.setChecked(option.code in chosen)
            self._mark(made)

    def set_label(self, label: str) -> None:
        """Name the group for screen readers; each button keeps its own words."""
        self.setAccessibleName(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows and tick by digits; buttons pass on the keys they do not use."""
        at = next((i for i, made in enumerate(self._buttons) if made.hasFocus()), 0)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()), 0)
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        digit = event.text()
        if step:
            wanted = max(0, min(len(self._buttons) - 1, at + step))
            self._buttons[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
        elif digit.isdecimal() and 1 <= int(digit) <= len(self._buttons):
            self._buttons[int(digit) - 1].click()
        else:
            super().keyPressEvent(event)

    def _make(self, option: Option) -> QPushButton:
        made = _OptionButton(shown_on_button(option.text))
        made.setCheckable(True)
        made.setProperty("role", "option")
        made.clicked.connect(lambda _checked: self._clicked(made))
        self._mark(made)
        return made

    def _clicked(self, made: QPushButton) -> None:
        self._mark(made)
        self.changed.emit()
        self.finished.emit()

    def _mark(self, made: QPushButton) -> None:
        look = self.kit.look  # a tick beside the colour: meaning is never in colour alone
        name, tone = ("check", look.ink("accent")) if made.isChecked() else ("add", look.ink("soft"))
        put_icon(made, look, name, tone)


class _OptionButton(QPushButton):
    """Leaves the arrow keys to the group; Qt would jump to any neighbour on the screen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

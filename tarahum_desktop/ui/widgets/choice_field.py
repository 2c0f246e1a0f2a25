"""One of several answers: buttons side by side while they are few, a list when they are many."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import shown_on_button
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.focus_line import paint_focus_line

MOST_BUTTONS = 5


@dataclass(frozen=True)
class Option:
    """An answer: its stored code and its words."""

    code: str
    text: str


class ChoiceField(Field):
    """``value()`` is an option's code, or None. Arrow keys move, 1 to 9 choose, Backspace clears."""

    def __init__(self, kit: Kit, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.options = tuple(options)
        self._face = _Buttons(self) if len(self.options) <= MOST_BUTTONS else _List(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._face)
        self.setFocusProxy(self._face)

    def value(self) -> str | None:
        """The chosen code."""
        at = self._face.chosen()
        return self.options[at].code if at >= 0 else None

    def set_value(self, value: str | None) -> None:
        """Show a stored choice; a code that is no longer offered shows as none."""
        self._face.choose(next((i for i, option in enumerate(self.options) if option.code == value), -1))

    def picked(self) -> None:
        """The person chose; a choice is settled at once."""
        self.changed.emit()
        self.finished.emit()


class _Buttons(QWidget):
    """The side-by-side face: one stop for Tab, arrows inside."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__()
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        flow = FlowLayout(self, field.kit.look.sizes.space_2)
        flow.setContentsMargins(0, 0, 0, field.kit.look.px(5))  # room for the focus mark
        self._group = QButtonGroup(self)
        for number, option in enumerate(field.options):
            made = QPushButton(shown_on_button(option.text))
            made.setCheckable(True)
            made.setProperty("role", "option")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(self._clicked)
            self._group.addButton(made, number)
            flow.addWidget(made)

    def chosen(self) -> int:
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        self._group.setExclusive(False)
        for made in self._group.buttons():
            made.setChecked(self._group.id(made) == at)
        self._group.setExclusive(True)
        self.setAccessibleDescription(self._field.options[at].text if at >= 0 else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self._wanted(event)
        if wanted is None or not self._field.options:
            super().keyPressEvent(event)
            return
        self._pick(wanted)

    def _wanted(self, event: QKeyEvent) -> int | None:
        last = len(self._field.options) - 1
        forward, back = (Qt.Key.Key_Right, Qt.Key.Key_Left)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        if event.key() in (forward, Qt.Key.Key_Down):
            return min(last, self.chosen() + 1)
        if event.key() in (back, Qt.Key.Key_Up):
            return max(0, self.chosen() - 1)
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return -1
        if event.key() == Qt.Key.Key_Space:
            return max(0, self.chosen())
        digit = event.text()
        return int(digit) - 1 if digit.isdecimal() and 1 <= int(digit) <= last + 1 else None

    def _clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pick(self.chosen())

    def _pick(self, at: int) -> None:
        self.choose(at)
        self._field.picked()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus_line(self, self._field.kit)


class _List(QComboBox):
    """The drop-down face; typing letters jumps to an answer."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__()
        self._field = field
        self.setPlaceholderText(field.kit.words.t("Choose…"))
        for option in field.options:
            self.addItem(option.text)
        self.setCurrentIndex(-1)
        self.setMaxVisibleItems(12)
        self.activated.connect(lambda _at: field.picked())

    def chosen(self) -> int:
        return self.currentIndex()

    def choose(self, at: int) -> None:
        self.setCurrentIndex(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.setCurrentIndex(-1)
        else:
            super().keyPressEvent(event)
        if self.currentIndex() == -1 and before != -1:
            self._field.picked()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change an answer on the way

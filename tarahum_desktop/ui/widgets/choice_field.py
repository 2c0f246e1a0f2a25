"""One of several answers: buttons side by side while they are few, a list when they are many."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import shown_on_button
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.focus_line import paint_focus_line

MOST_BUTTONS = 5
MOST_DIGITS = 9


@dataclass(frozen=True)
class Option:
    """An answer: its stored code and its words."""

    code: str
    text: str


class ChoiceField(Field):
    """``value()`` is an option's code, or None.

    Arrow keys move, 1 to 9 choose, a letter goes to the next answer that begins with it, Backspace clears.
    """

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

    def typed(self, text: str, now: int) -> int | None:
        """The place of the answer a typed character asks for: a digit by number, a letter by its first letter."""
        digit = ascii_digits(text)
        if digit.isdecimal() and digit.isascii():
            return int(digit) - 1 if 1 <= int(digit) <= len(self.options) else None
        letter = fold(text)
        fits = [
            at for at, option in enumerate(self.options) if letter and fold(option.text).startswith(letter)
        ]
        return next((at for at in fits if at > now), fits[0] if fits else None)


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
        return self._field.typed(event.text(), self.chosen())

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
    """The drop-down face: a digit or a first letter chooses without opening it."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__()
        self._field = field
        self.setPlaceholderText(field.kit.words.t("Choose…"))
        for option in field.options:
            self.addItem(option.text)
        self.setCurrentIndex(-1)
        self.setMaxVisibleItems(12)
        self.setItemDelegate(_Numbered(field.kit, self))
        self.activated.connect(lambda _at: field.picked())

    def chosen(self) -> int:
        return self.currentIndex()

    def choose(self, at: int) -> None:
        self.setCurrentIndex(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        clears = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        wanted = (
            self._field.typed(event.text(), self.currentIndex()) if event.text().strip() and plain else None
        )
        if clears and self.currentIndex() == -1:
            return
        if clears or wanted is not None:
            self.setCurrentIndex(-1 if wanted is None else wanted)
            self._field.picked()
        elif not (event.text().strip() and plain and event.text().isprintable()):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change an answer on the way


class _Numbered(QStyledItemDelegate):
    """Shows beside the first nine answers of the open list the digit that chooses each."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.row() < MOST_DIGITS:
            option.text = f"{self._kit.formats.number(index.row() + 1)} · {option.text}"

"""A whole number within limits, typed with either digit set."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tarahum_desktop.domain.text import ascii_digits, clean
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField


class NumberField(LineField):
    """``value()`` is an int between the limits, or None. Up and Down add and take one."""

    def __init__(
        self,
        kit: Kit,
        *,
        minimum: int = 0,
        maximum: int = 999_999,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, limit=12, unit=unit, left_to_right=True, parent=parent)
        self._minimum, self._maximum = minimum, maximum

    def value(self) -> int | None:
        """The number, or None when empty, not a number or outside the limits."""
        number = _whole(self.edit.text())
        return number if number is not None and self._minimum <= number <= self._maximum else None

    def set_value(self, value: int | None) -> None:
        """Show a number in the reader's digits."""
        super().set_value("" if value is None else self._shown(value))

    def normal(self, text: str) -> str:
        """The number in the reader's digits; what is none stays as typed."""
        number = _whole(text)
        return clean(text) if number is None else self._shown(number)

    def judge(self, text: str) -> Note | None:
        """Why the number cannot be taken."""
        words, formats = self.kit.words, self.kit.formats
        number = _whole(text)
        if number is None:
            return Note(words.t("Please write a whole number, using digits only."))
        if self.value() is None:
            low, high = formats.number(self._minimum), formats.number(self._maximum)
            return Note(words.t("Please write a number from {low} to {high}.").format(low=low, high=high))
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by one on Up and Down, which a line edit leaves unused."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        number = self.value()
        wanted = self._minimum if number is None else number + step
        self.edit.setText(self._shown(max(self._minimum, min(self._maximum, wanted))))
        self.edit.setModified(True)
        self.changed.emit()

    def _shown(self, number: int) -> str:
        return shown_digits(str(number), self.kit.formats.digits)


def _whole(text: str) -> int | None:
    plain = ascii_digits(clean(text)).replace(",", "").replace("٬", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None

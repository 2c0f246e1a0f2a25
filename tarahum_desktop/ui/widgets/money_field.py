"""An amount in riyals. Not a spin box: under an Arabic locale those read 12.5 as 125."""

from PySide6.QtWidgets import QWidget

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.money import parse_amount
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField


class MoneyField(LineField):
    """``value()`` is whole halalas, or None when empty or not readable; without currency, hundredths of anything."""

    def __init__(self, kit: Kit, parent: QWidget | None = None, *, currency: bool = True) -> None:
        unit = kit.words.t("SAR") if currency else ""
        super().__init__(kit, limit=24, unit=unit, left_to_right=True, parent=parent)

    def value(self) -> int | None:
        """Halalas, or None."""
        text = self.edit.text().strip()
        try:
            return parse_amount(text) if text else None
        except TarahumError:
            return None

    def set_value(self, value: int | None) -> None:
        """Show halalas in the reader's digits."""
        super().set_value("" if value is None else self._shown(value))

    def normal(self, text: str) -> str:
        """Grouped thousands in the reader's digits; what cannot be read stays as typed."""
        value = self.value()
        return text.strip() if value is None else self._shown(value)

    def judge(self, text: str) -> Note | None:
        """Why the amount cannot be read."""
        try:
            parse_amount(text)
        except TarahumError as error:
            return Note(error_sentence(self.kit.words, error))
        return None

    def _shown(self, halalas: int) -> str:
        riyals, rest = divmod(halalas, 100)
        return shown_digits(f"{riyals:,}.{rest:02}" if rest else f"{riyals:,}", self.kit.formats.digits)

"""A date as the family knows it: a day, a month or only a year, in either calendar."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from tarahum_desktop.domain.dates import Calendar, PartialDate, Precision, parse_partial_date
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import isolate_code
from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField


class PartialDateField(LineField):
    """``value()`` is a PartialDate, or None when empty or not readable.

    The line below says what was understood, in both calendars, so that a slip is seen at once.

    Args:
        kit: words, formats and look.
        today: asked when a date is judged; None allows dates to come.
        parent: the widget it stands in.
    """

    def __init__(
        self, kit: Kit, today: Callable[[], date] | None = None, parent: QWidget | None = None
    ) -> None:
        example = shown_digits("1410", kit.formats.digits)
        placeholder = kit.words.t("{hijri}, {gregorian} or {year}").format(
            hijri=isolate_code("1448/06/13"), gregorian=isolate_code("2026-11-23"), year=isolate_code(example)
        )
        super().__init__(kit, placeholder=placeholder, limit=40, left_to_right=True, parent=parent)
        self._today = today

    def value(self) -> PartialDate | None:
        """The date as given, or None."""
        text = self.edit.text().strip()
        try:
            return self._read(text) if text else None
        except TarahumError:
            return None

    def set_value(self, value: PartialDate | None) -> None:
        """Show a stored date as it was given."""
        super().set_value("" if value is None else value.as_given or self._written(value))

    def normal(self, text: str) -> str:
        """Year, month and day in the calendar given; what cannot be read stays as typed."""
        value = self.value()
        return text.strip() if value is None else self._written(value)

    def judge(self, text: str) -> Note | None:
        """What was understood, or why it was not."""
        try:
            return Note(self.kit.formats.partial_date(self._read(text)), "info")
        except TarahumError as error:
            return Note(error_sentence(self.kit.words, error))

    def _read(self, text: str) -> PartialDate:
        return parse_partial_date(text, self._today() if self._today else None)

    def _written(self, value: PartialDate) -> str:
        parts = [f"{value.year:04}"]
        parts += [f"{part:02}" for part in (value.month, value.day) if part is not None]
        mark = "/" if value.calendar is Calendar.HIJRI or value.precision is not Precision.DAY else "-"
        text = mark.join(parts) + ("~" if value.certainty == "estimated" else "")
        return shown_digits(text, self.kit.formats.digits) if value.calendar is Calendar.HIJRI else text

"""An agreement's term and what its partner may see, for who manages agreements. Esc closes it."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.partners.agreements import AgreementLine
from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.domain.sharing import SHAREABLE
from tarahum_desktop.i18n.partner_words import shared_field
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.choice_field import Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField

Changed = Callable[[uuid.UUID, dt.date | None, dt.date | None, Sequence[str]], None]


class AgreementForm(QWidget):
    """Hidden until ``open``."""

    def __init__(self, kit: Kit, change: Changed, on_close: Callable[[], None]) -> None:
        super().__init__()
        self.kit, self._change, self._on_close = kit, change, on_close
        self._line: AgreementLine | None = None
        self.setProperty("paper", "clear")
        self._laid_out = False
        self.hide()

    def open(self, line: AgreementLine) -> None:
        """Show an agreement's present term and fields."""
        self._line = line
        if not self._laid_out:  # few who look at agreements change one
            self._lay_out()
        self.banner.clear()
        for field, day in ((self.first, line.first_day), (self.last, line.last_day)):
            field.set_value(PartialDate.of_day(day) if day else None)
        self.fields.set_value(line.fields)
        self.show()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Ask for the change, or say what is missing."""
        if self._line is None:
            return
        try:
            first, last = _day(self.first), _day(self.last)
        except ValueError:
            self.banner.say(self.kit.words.t("Please write whole dates: day, month and year."), "attention")
            return
        self._change(self._line.id, first, last, self.fields.value())

    def refuse(self, sentence: str) -> None:
        """Say why it could not be done; what was typed stays."""
        self.banner.say(sentence, "danger")

    def close_form(self) -> None:
        """Change nothing any more."""
        if self._line is not None:
            self._line = None
            self.hide()
            self._on_close()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the form."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._line is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.close_form()
                return True
        return super().event(event)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        self._laid_out = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.first, self.last = PartialDateField(kit), PartialDateField(kit)
        self.fields = MultiChoiceField(kit, [Option(code, shared_field(words, code)) for code in SHAREABLE])
        self.banner = Banner(kit)
        box.addWidget(FieldRow(kit, words.t("First day"), self.first))
        box.addWidget(FieldRow(kit, words.t("Last day"), self.last, help_text=words.t("Empty: without end.")))
        box.addWidget(FieldRow(kit, words.t("What the partner may see"), self.fields))
        box.addWidget(self.banner)
        row = QHBoxLayout()
        row.addWidget(button(kit, words.t("Save the agreement"), self.submit, role="primary", icon="check"))
        row.addWidget(button(kit, words.t("Cancel"), self.close_form))
        row.addStretch(1)
        box.addLayout(row)


def _day(field: PartialDateField) -> dt.date | None:
    """The one day that is written; raises ValueError for less than a whole date."""
    value = field.value()
    if value is None:
        if field.edit.text().strip():
            raise ValueError
        return None
    span = value.range()
    if span.first != span.last:
        raise ValueError
    return span.first

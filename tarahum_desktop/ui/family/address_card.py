"""Where the family lives, to read and, by one button, to mend."""

import uuid
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.family.cards import fact_line
from tarahum_desktop.ui.family.page_model import Fact
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.note_field import NoteField

Keep = Callable[[uuid.UUID, Mapping[str, str]], None]


class AddressCard(Card):
    """The address as a fact; ``edit_button`` is None for who may not mend it."""

    def __init__(
        self, kit: Kit, household: uuid.UUID, shown: Fact, now: Mapping[str, str], keep: Keep | None
    ) -> None:
        super().__init__(kit, shown.title, icon="place")
        self._kit, self._household, self._keep = kit, household, keep
        self._line = fact_line(kit, Fact(shown.text, shown.detail))
        self.add(self._line)
        self.edit_button = None
        if keep is None:
            return
        words = kit.words
        self.edit_button = button(kit, words.t("Mend the address"), self._open, role="quiet", icon="edit")
        self.add(self.edit_button)
        self.fields = {
            "district": LineField(kit, limit=120),
            "directions": NoteField(kit, rows=2, limit=500),
            "short_address": LineField(kit, limit=20, left_to_right=True),
        }
        titles = (words.t("District"), words.t("Directions"), words.t("Short address"))
        self.form = QWidget()
        self.form.setProperty("paper", "clear")
        box = QVBoxLayout(self.form)
        box.setContentsMargins(0, 0, 0, 0)
        for (name, field), title in zip(self.fields.items(), titles, strict=True):
            field.set_value(now.get(name, ""))
            box.addWidget(FieldRow(kit, title, field))
        box.addWidget(button(kit, words.t("Keep"), self._send, role="primary", icon="check"))
        self.form.hide()
        self.add(self.form)

    def _open(self) -> None:
        assert self.edit_button is not None
        self._line.hide()
        self.edit_button.hide()
        self.form.show()
        self.fields["district"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if self._keep is not None:
            self._keep(self._household, {name: field.value() for name, field in self.fields.items()})

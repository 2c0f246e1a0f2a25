"""The identity number of a new person, or why there is no document; a doubtful number is said and never stops anybody."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.checked_fields import PersonIdField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.field_row import FieldRow


class DocumentField(QWidget):
    """A number, or a tick for "no document" that asks for the reason in the number's place."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        words = kit.words
        self.number = PersonIdField(kit)
        self.without = CheckField(kit, words.t("No document"))
        self.reason = ChoiceField(kit, ())
        self._number_row = FieldRow(kit, words.t("Identity number"), self.number)
        self._reason_row = FieldRow(kit, words.t("Why is there no document?"), self.reason, required=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(kit.look.sizes.space_1)
        for widget in (self._number_row, self._reason_row, self.without):
            self._box.addWidget(widget)
        self.without.finished.connect(self._settle)
        self.number.changed.connect(self._settle)
        self._settle()

    def set_reasons(self, reasons: Sequence[ListedItem]) -> None:
        """Offer these reasons; a reason that is chosen stays."""
        chosen = self.reason.value()
        self.reason = ChoiceField(self.kit, [Option(one.code, one.text) for one in reasons])
        self.reason.set_value(chosen)
        row = FieldRow(self.kit, self.kit.words.t("Why is there no document?"), self.reason, required=True)
        self._box.replaceWidget(self._reason_row, row)
        self._reason_row.deleteLater()
        self._reason_row = row
        QWidget.setTabOrder(self.number, self.reason)
        QWidget.setTabOrder(self.reason, self.without)
        self._settle()

    def entered(self) -> dict[str, str]:
        """The person's columns about the document; empty when nothing was said."""
        if self.without.value():
            return {"id_kind": "none", "no_id_reason": self.reason.value() or ""}
        checked = self.number.checked()
        if not checked.value:
            return {}
        return {"id_kind": "iqama" if checked.kind == "iqama" else "national_id", "id_number": checked.value}

    def lacks_reason(self) -> bool:
        """Whether "no document" stands there without its reason; if so, it is said."""
        lacks = self.without.value() and not self.reason.value()
        if lacks:
            self.reason.tell(Note(self.kit.words.t("Please choose why there is no document.")))
        return lacks

    def clear(self) -> None:
        """Be ready for the next person."""
        self.number.set_value(None)
        self.reason.set_value(None)
        self.without.set_value(None)
        self._settle()

    def _settle(self) -> None:
        without = self.without.value()
        self._number_row.setVisible(not without)
        self._reason_row.setVisible(without)
        # Whoever has typed a number need not step past the box on the way to the next field.
        given = bool(self.number.value()) and not without
        self.without.box.setFocusPolicy(Qt.FocusPolicy.ClickFocus if given else Qt.FocusPolicy.StrongFocus)

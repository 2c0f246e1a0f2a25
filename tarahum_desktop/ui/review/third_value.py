"""A field for a value that neither of the two wrote, of the kind the record holds."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.casework.conflicts.desk import OpenConflict
from tarahum_desktop.domain.dates import PartialDate, Precision
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.checked_fields import IbanField, MobileField, PersonIdField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field, Note
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.number_field import NumberField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField
from tarahum_desktop.ui.widgets.record_words import LISTS, PARTIAL_DATES, field_name

_AS_CODE = "code"
_AS_DAY = "day"
_AS_FLAG = "flag"
_ID_DIGITS = 10
_YES, _NO = "yes", "no"
_CHECKED: Final[Mapping[str, Callable[[Kit], Field]]] = MappingProxyType(
    {
        "id_number": PersonIdField,
        "iban": IbanField,
        "mobile": MobileField,
        "mobile_alt": MobileField,
    }
)
_WORDS: Final = frozenset({
    "first_name", "father_name", "grandfather_name", "family_name", "id_number", "payee_name", "proxy_document", "deed",
    "sentence", "bank_reference", "failure", "decision_reason", "reason", "justification", "settled_reason",
})  # fmt: skip
"""Fields of free words; in others a text is a code, which nobody types."""


class ThirdValue(QWidget):
    """The field, its note and a button; Enter saves."""

    def __init__(self, kit: Kit, field: Field, settle: Callable[[Any], None]) -> None:
        super().__init__()
        self.field, self._settle = field, settle
        self.setProperty("paper", "clear")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(kit.look.sizes.space_3)
        across.addWidget(field, 1)
        across.addWidget(button(kit, kit.words.t("Keep this value"), self.save, role="primary"))
        self.note = label("", size="caption", wraps=True)
        across.addWidget(self.note, 1)
        field.noted.connect(self._tell)

    def begin(self) -> None:
        """Stand in the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the value if it can be read; an empty field keeps nothing."""
        value = _stored(self.field)
        if value is not None and self.field.acceptable:
            self._settle(value)
        else:
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _tell(self, note: Note | None) -> None:
        self.note.setText(note.sentence if note else "")


def third_value_field(
    kit: Kit, one: OpenConflict, lists: Lists, today: Callable[[], dt.date]
) -> Field | None:
    """The field for a conflict's kind of value; None where only what was written can stand."""
    made = _field_of(kit, one, lists, today)
    if made is not None:
        made.set_label(field_name(kit, one.field))
    return made


def _field_of(kit: Kit, one: OpenConflict, lists: Lists, today: Callable[[], dt.date]) -> Field | None:
    sample = next(
        (
            value
            for value in (one.mine.value, *(each.value for each in one.theirs), one.base)
            if value is not None
        ),
        None,
    )
    if one.field in PARTIAL_DATES:
        field = PartialDateField(kit, None if one.field == "expected_release" else today)
        field.setProperty("kept", _AS_CODE)
        return field
    if one.field in LISTS:
        options = lists.get(LISTS[one.field], {})
        return ChoiceField(kit, [Option(code, text) for code, text in options.items()]) if options else None
    if one.field in _CHECKED and (one.field != "id_number" or _is_numbered(sample)):
        return _CHECKED[one.field](kit)
    if one.field.endswith("_halalas"):
        return MoneyField(kit)
    if isinstance(sample, bool):
        flag = ChoiceField(kit, [Option(_YES, kit.words.t("Yes")), Option(_NO, kit.words.t("No"))])
        flag.setProperty("kept", _AS_FLAG)
        return flag
    if isinstance(sample, int):
        return NumberField(kit)
    if isinstance(sample, dt.date) and not isinstance(sample, dt.datetime):
        field = PartialDateField(kit)
        field.setProperty("kept", _AS_DAY)
        return field
    if isinstance(sample, str) and one.field in _WORDS:
        return LineField(kit, limit=200)
    return None


def _is_numbered(sample: Any) -> bool:
    """Whether an identity number is of the kind that has a check digit; a passport's is not."""
    return isinstance(sample, str) and len(sample) == _ID_DIGITS and sample.isdigit()


def _stored(field: Field) -> Any:
    """A field's value as the record holds it; None for nothing."""
    value = field.value()
    if field.property("kept") == _AS_FLAG:
        return None if value is None else value == _YES
    if isinstance(value, PartialDate):
        if field.property("kept") == _AS_CODE:
            return value.to_code()
        return value.midpoint() if value.precision is Precision.DAY else None
    return value if value or isinstance(value, (int, uuid.UUID)) else None

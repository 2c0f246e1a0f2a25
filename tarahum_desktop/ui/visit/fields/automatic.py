"""What the program answers itself: totals and moments. Shown, never typed."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.model import FieldType
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.labels import label


class ShownField(Field):
    """A value that is only read."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.text = label("", size="strong")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.text)
        across.addStretch(1)


def automatic_editor(field: FormField, around: Surroundings) -> Editor:
    """The value as words."""
    made = ShownField(around.kit)
    if field.type is FieldType.NOTE:
        made.hide()  # its words are the question's own
    kept: list[Value] = [None]

    def show(value: Value) -> None:
        kept[0] = value
        made.text.setText(automatic_text(field, value, around.kit.formats))

    return Editor(made, lambda: kept[0], show)


def automatic_text(field: FormField, value: Value, formats: Formatter) -> str:
    """A computed number in its unit, or a moment."""
    if field.type is FieldType.TIMESTAMP and isinstance(value, str):
        return formats.date_time(datetime.fromisoformat(value))
    if not isinstance(value, int):
        return "–"
    if field.unit == "money":
        return formats.money(value)
    return (
        formats.decimal(value / 100, 2 if value % 10 else 1)
        if field.unit == "hundredths"
        else formats.number(value)
    )

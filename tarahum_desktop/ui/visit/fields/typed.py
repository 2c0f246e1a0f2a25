"""Questions answered by typing a line or a note, a number or an amount."""

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings, number_or_nothing, text_or_nothing
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.number_field import NumberField

LARGEST_NUMBER = 999_999


def line_editor(field: FormField, around: Surroundings) -> Editor:
    """One line of text."""
    made = LineField(around.kit, limit=field.limits.max_length)
    return Editor(made, lambda: made.value() or None, lambda value: made.set_value(text_or_nothing(value)))


def note_editor(field: FormField, around: Surroundings) -> Editor:
    """Several lines of text."""
    made = NoteField(around.kit, limit=field.limits.max_length)
    return Editor(made, lambda: made.value() or None, lambda value: made.set_value(text_or_nothing(value)))


def digits_editor(field: FormField, around: Surroundings) -> Editor:
    """A code of digits, kept in ASCII with its leading zeros."""
    made = LineField(around.kit, limit=field.limits.length, left_to_right=True)
    return Editor(
        made, lambda: ascii_digits(made.value()) or None, lambda value: made.set_value(text_or_nothing(value))
    )


def number_editor(field: FormField, around: Surroundings) -> Editor:
    """A whole number, or one with two digits after the point."""
    if field.unit == "hundredths":
        return _decimal_editor(around)
    least, most = field.limits.least or 0, field.limits.most
    made = NumberField(around.kit, minimum=least, maximum=LARGEST_NUMBER if most is None else most)
    return Editor(made, made.value, lambda value: made.set_value(number_or_nothing(value)))


def _decimal_editor(around: Surroundings) -> Editor:
    made = MoneyField(around.kit, currency=False)
    return Editor(made, made.value, lambda value: made.set_value(number_or_nothing(value)))


def money_editor(_field: FormField, around: Surroundings) -> Editor:
    """An amount in halalas."""
    made = MoneyField(around.kit)
    return Editor(made, made.value, lambda value: made.set_value(number_or_nothing(value)))

"""A name in four parts, and a length of time in three."""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.visit.fields.parts_field import PartsField
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.number_field import NumberField


def name_editor(field: FormField, around: Surroundings) -> Editor:
    """First name, father, grandfather, family."""
    kit, words = around.kit, around.kit.words
    captions = {
        "first": words.p("part of a name", "First"),
        "father": words.p("part of a name", "Father"),
        "grandfather": words.p("part of a name", "Grandfather"),
        "family": words.p("part of a name", "Family"),
    }
    lines = {code: (text, LineField(kit, limit=field.limits.max_length)) for code, text in captions.items()}
    made = PartsField(kit, lines)

    def read() -> Value:
        parts = {code: line.value() for code, line in made.parts.items()}
        return {code: text for code, text in parts.items() if text} or None

    def show(value: Value) -> None:
        for code, line in made.parts.items():
            line.set_value(value.get(code) if isinstance(value, Mapping) else None)

    return Editor(made, read, show, made.stops())


def duration_editor(_field: FormField, around: Surroundings) -> Editor:
    """Years, months and days."""
    kit, words = around.kit, around.kit.words
    captions = {
        "years": (words.p("length of time", "Years"), 99),
        "months": (words.p("length of time", "Months"), 99),
        "days": (words.p("length of time", "Days"), 999),
    }
    made = PartsField(
        kit, {code: (text, NumberField(kit, maximum=most)) for code, (text, most) in captions.items()}
    )

    def read() -> Value:
        parts = {code: line.value() for code, line in made.parts.items()}
        return {code: number for code, number in parts.items() if number is not None} or None

    def show(value: Value) -> None:
        for code, line in made.parts.items():
            line.set_value(value.get(code) if isinstance(value, Mapping) else None)

    return Editor(made, read, show, made.stops())

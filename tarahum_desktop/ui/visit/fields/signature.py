"""A signature, kept as strokes of whole numbers: ten-thousandths of the pad's width and height."""

from collections.abc import Mapping

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.widgets.signature_pad import SignaturePad, Stroke

GRID = 10_000


def signature_editor(_field: FormField, around: Surroundings) -> Editor:
    """The pad; its answer is ``{"strokes": ((x, y, x, y, …), …), "at": moment}``."""
    made = SignaturePad(around.kit)

    def read() -> Value:
        strokes = made.value()
        if not strokes:
            return None
        whole = tuple(tuple(round(part * GRID) for point in stroke for part in point) for stroke in strokes)
        return {"strokes": whole, "at": around.now().isoformat(timespec="seconds")}

    return Editor(made, read, lambda value: made.set_value(_strokes(value)))


def _strokes(value: Value) -> tuple[Stroke, ...]:
    strokes = value.get("strokes") if isinstance(value, Mapping) else None
    if not isinstance(strokes, tuple):
        return ()
    found = []
    for stroke in strokes:
        numbers = [n / GRID for n in stroke if isinstance(n, int)] if isinstance(stroke, tuple) else []
        found.append(tuple(zip(numbers[::2], numbers[1::2], strict=False)))
    return tuple(stroke for stroke in found if stroke)

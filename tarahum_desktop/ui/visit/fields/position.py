"""The home's position, typed or read from a telephone, kept as whole millionths of a degree."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.text import ascii_digits, clean
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.visit.fields.parts_field import PartsField
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.number_field import NumberField

MILLION = 1_000_000


class DegreesField(LineField):
    """``micro()`` is whole millionths of a degree, or ``None``."""

    def micro(self) -> int | None:
        """What is typed, in millionths of a degree."""
        text = ascii_digits(clean(self.edit.text())).replace("٫", ".").replace(",", ".")
        try:
            degrees = Decimal(text)
        except InvalidOperation:
            return None
        return int(degrees * MILLION) if degrees.is_finite() and abs(degrees) <= 180 else None

    def judge(self, text: str) -> Note | None:
        """Say when it is no number of degrees."""
        del text
        if self.micro() is not None:
            return None
        return Note(self.kit.words.t("Please write latitude and longitude as numbers, such as 24.7136."))


def position_editor(_field: FormField, around: Surroundings) -> Editor:
    """Latitude, longitude and how exact they are."""
    kit, words = around.kit, around.kit.words
    latitude = DegreesField(kit, placeholder="24.713552", limit=14, left_to_right=True)
    longitude = DegreesField(kit, placeholder="46.675297", limit=14, left_to_right=True)
    accuracy = NumberField(kit, maximum=100_000)
    made = PartsField(
        kit,
        {
            "lat": (words.t("Latitude"), latitude),
            "lon": (words.t("Longitude"), longitude),
            "accuracy": (words.t("Accuracy in metres"), accuracy),
        },
    )

    def read() -> Value:
        lat, lon, metres = latitude.micro(), longitude.micro(), accuracy.value()
        if lat is None or lon is None:
            return None
        return {"lat": lat, "lon": lon, **({} if metres is None else {"accuracy": metres})}

    def show(value: Value) -> None:
        kept = value if isinstance(value, Mapping) else {}
        for line, code in ((latitude, "lat"), (longitude, "lon")):
            micro = kept.get(code)
            line.set_value(f"{Decimal(micro) / MILLION:f}" if isinstance(micro, int) else None)
        metres = kept.get("accuracy")
        accuracy.set_value(metres if isinstance(metres, int) else None)

    return Editor(made, read, show, made.stops())

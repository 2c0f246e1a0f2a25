"""The home's position, typed in any notation, pasted from a telephone, or the village's rough one; whole millionths of a degree."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Signal

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.position import MILLION, PositionError, read_degrees, read_pair
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings
from tarahum_desktop.ui.visit.fields.parts_field import PartsField
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.number_field import NumberField

VILLAGE_METRES = 5000
"""How far a home may lie from the point by which its village is known."""


class DegreesField(LineField):
    """``micro()`` is whole millionths of a degree, or ``None``. A pair that is pasted is parted when the field is left.

    Signals:
        parted: the second of a pair, in millionths of a degree.
    """

    parted = Signal(int)

    def micro(self) -> int | None:
        """What is typed, in millionths of a degree."""
        try:
            return read_degrees(self.edit.text())
        except PositionError:
            return None

    def normal(self, text: str) -> str:
        """Degrees with a point, whatever the notation."""
        micro = self.micro()
        if micro is None and (pair := read_pair(text)) is not None:
            micro = pair[0]
            self.parted.emit(pair[1])
        return super().normal(text) if micro is None else degrees_text(micro)

    def judge(self, text: str) -> Note | None:
        """Say when it is no number of degrees."""
        del text
        if self.micro() is not None:
            return None
        return Note(self.kit.words.t("Please write latitude and longitude as numbers, such as 24.7136."))


def degrees_text(micro: int) -> str:
    """Degrees with a point."""
    return f"{Decimal(micro) / MILLION:f}"


def position_editor(_field: FormField, around: Surroundings) -> Editor:
    """Latitude, longitude and how exact they are; both pasted into the first are parted."""
    kit, words = around.kit, around.kit.words
    latitude = DegreesField(kit, placeholder="24.713552", limit=80, left_to_right=True)
    longitude = DegreesField(kit, placeholder="46.675297", limit=40, left_to_right=True)
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
            line.set_value(degrees_text(micro) if isinstance(micro, int) else None)
        metres = kept.get("accuracy")
        accuracy.set_value(metres if isinstance(metres, int) else None)

    def offer() -> bool:
        place = around.village()
        if place is None or read() is not None:
            return False
        show({"lat": place[0], "lon": place[1], "accuracy": VILLAGE_METRES})
        made.finished.emit()
        return True

    latitude.parted.connect(lambda micro: longitude.set_value(degrees_text(micro)))
    return Editor(made, read, show, made.stops(), offer)

"""The faces a printed page may use, read from the font package that ships with the program.

IBM Plex Sans Arabic is the one face tried that has Latin, all Arabic letters and both digit sets in static
weights. Faces are read once per document; nothing is registered in the PDF library's global tables.
"""

from dataclasses import dataclass
from enum import StrEnum

import fontpkg
import uharfbuzz as hb

FAMILY = "IBM Plex Sans Arabic"


class Weight(StrEnum):
    """The weights the kit draws with."""

    REGULAR = "regular"
    MEDIUM = "medium"
    BOLD = "bold"

    @property
    def number(self) -> int:
        """The OpenType weight class."""
        return {Weight.REGULAR: 400, Weight.MEDIUM: 500, Weight.BOLD: 700}[self]


@dataclass(frozen=True, slots=True)
class Face:
    """One weight, ready for shaping and outlines. Metrics are in thousandths of an em; ``unit`` is one font unit in them."""

    weight: Weight
    shaped_by: hb.Font
    face: hb.Face
    name: str
    unit: float
    ascent: float
    descent: float
    cap_height: float
    bounds: tuple[int, int, int, int]

    def has(self, character: str) -> bool:
        """Whether the face can draw this character."""
        return bool(self.shaped_by.get_nominal_glyph(ord(character)))


def load_face(weight: Weight) -> Face:
    """Read one weight from the font package.

    Raises:
        fontpkg.FontpkgError: the font package is not installed (a broken installation).
    """
    path = fontpkg.path(FAMILY, weight=weight.number)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    thousandth = 1000 / int(face.upem)
    return Face(
        weight=weight,
        shaped_by=font,
        face=face,
        name=path.stem,
        unit=thousandth,
        ascent=extents.ascender * thousandth,
        descent=extents.descender * thousandth,
        cap_height=(font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT) or 698) * thousandth,
        bounds=_bounds(face, thousandth),
    )


def _bounds(face: hb.Face, thousandth: float) -> tuple[int, int, int, int]:
    """The box around every glyph, from bytes 36–43 of the ``head`` table (OpenType specification)."""
    head = bytes(face.reference_table("head").data)
    values = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in range(36, 44, 2)]
    left, bottom, right, top = (round(value * thousandth) for value in values)
    return left, bottom, right, top

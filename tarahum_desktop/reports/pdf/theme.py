"""Sizes and colours of printed pages, in one place; the green is the program's one accent."""

from dataclasses import dataclass, replace

from tarahum_desktop.reports.pdf.fonts import Weight

Colour = tuple[float, float, float]


def colour(code: str) -> Colour:
    """A colour from ``#RRGGBB``."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


ACCENT = colour("#1B8354")
ACCENT_PALE = colour("#E8F3EE")
INK = colour("#161616")
MUTED = colour("#5B6470")
RULE = colour("#D2D6DB")
STRIPE = colour("#F7F8F9")
ATTENTION = colour("#B54708")
DANGER = colour("#B42318")
WHITE = colour("#FFFFFF")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks; ``size`` and ``leading`` (baseline to baseline) in points."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: Colour = INK

    def in_colour(self, other: Colour) -> "TextStyle":
        """The same style in another colour."""
        return replace(self, colour=other)

    def heavier(self, weight: Weight) -> "TextStyle":
        """The same style in another weight."""
        return replace(self, weight=weight)


TITLE = TextStyle(19, 28, Weight.BOLD)
HEADING = TextStyle(12, 19, Weight.BOLD, ACCENT)
BODY = TextStyle(9.5, 15.5)
STRONG = TextStyle(9.5, 15.5, Weight.MEDIUM)
LABEL = TextStyle(8.5, 14, Weight.REGULAR, MUTED)
CELL = TextStyle(8.5, 14)
CELL_HEAD = TextStyle(8.5, 14, Weight.MEDIUM, WHITE)
SMALL = TextStyle(7.5, 12, Weight.REGULAR, MUTED)

PAGE_MARGIN = 40.0
"""Points left free at each side of an A4 page."""

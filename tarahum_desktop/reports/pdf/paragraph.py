"""Running text and headings as blocks that the page layout can place and split."""

from reportlab.platypus import Flowable

from tarahum_desktop.reports.pdf.bidi_lines import Line
from tarahum_desktop.reports.pdf.canvas import write
from tarahum_desktop.reports.pdf.theme import ACCENT, HEADING, TextStyle
from tarahum_desktop.reports.pdf.typesetter import Typesetter, area

_FEWEST_LINES = 2  # neither a first nor a last line stands alone on a page


class Paragraph(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """Text in one style, wrapped to the width it is given.

    ``own_direction`` is for text people typed: an English note in an Arabic report reads left to right.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        text: str,
        style: TextStyle,
        *,
        align: str = "start",
        own_direction: bool = False,
        space_after: float = 4,
    ) -> None:
        super().__init__()
        self._typesetter, self._text, self._style, self._align = typesetter, text, style, align
        self._own_direction = own_direction
        self._lines: list[Line] | None = None
        self._given: list[Line] | None = None
        self.spaceAfter = space_after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the text for this width (points)."""
        self._lines = self._given or self._typesetter.lines(
            self._text, self._style, width, own_direction=self._own_direction
        )
        self.width, self.height = width, len(self._lines) * self._style.leading
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Two paragraphs, the first as high as fits; nothing when too little would fit."""
        self.wrap(width, height)
        lines = self._lines or []
        fitting = min(int(height // self._style.leading), len(lines) - _FEWEST_LINES)
        if fitting < _FEWEST_LINES:
            return []
        return [self._part(lines[:fitting], 0), self._part(lines[fitting:], self.spaceAfter)]

    def _part(self, lines: list[Line], space_after: float) -> "Paragraph":
        part = Paragraph(self._typesetter, "", self._style, align=self._align, space_after=space_after)
        part._given = lines
        return part

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        box = (0.0, self.height, self.width)
        write(self.canv, self._typesetter.aligned(self._lines or [], self._style, box, self._align))


class Heading(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """A section's name with a bar of the accent at its start; stays with what follows."""

    _BAR, _GAP = 3.0, 8.0

    def __init__(self, typesetter: Typesetter, text: str, style: TextStyle = HEADING) -> None:
        super().__init__()
        self._typesetter, self._text, self._style = typesetter, text, style
        self._lines: list[Line] = []
        self.keepWithNext = True
        self.spaceBefore, self.spaceAfter = 12, 5

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the name for this width (points)."""
        self._lines = self._typesetter.lines(self._text, self._style, width - self._BAR - self._GAP)
        self.width, self.height = width, len(self._lines) * self._style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        room = self.width - self._BAR - self._GAP
        at_right = self._typesetter.right_to_left
        bar = area(self.width - self._BAR if at_right else 0, 2, self._BAR, self.height - 4, ACCENT)
        left = 0.0 if at_right else self._BAR + self._GAP
        write(
            self.canv, [bar, *self._typesetter.aligned(self._lines, self._style, (left, self.height, room))]
        )

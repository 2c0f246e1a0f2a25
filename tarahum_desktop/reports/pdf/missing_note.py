"""The line that owns up to characters the page could not show."""

from collections.abc import Callable

from reportlab.platypus import Flowable

from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.bidi_lines import Line
from tarahum_desktop.reports.pdf.canvas import write
from tarahum_desktop.reports.pdf.typesetter import Typesetter


class MissingNote(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """Lists characters drawn as empty boxes; takes no room when there are none. Place it last.

    ``sentence`` turns the code points (``U+1F600 U+1F601``) into a sentence.
    """

    _STYLE = theme.SMALL.in_colour(theme.ATTENTION)

    def __init__(self, typesetter: Typesetter, sentence: Callable[[str], str]) -> None:
        super().__init__()
        self._typesetter, self._sentence = typesetter, sentence
        self._lines: list[Line] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Known only now: everything before this note has been shaped."""
        codes = " ".join(f"U+{ord(one):04X}" for one in self._typesetter.missing)
        self._lines = self._typesetter.lines(self._sentence(codes), self._STYLE, width) if codes else []
        self.width, self.height = width, len(self._lines) * self._STYLE.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        write(self.canv, self._typesetter.aligned(self._lines, self._STYLE, (0, self.height, self.width)))

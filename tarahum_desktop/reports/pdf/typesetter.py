"""One document's text: its faces, its direction, its shaped lines and the operators that draw them.

The only file that writes text operators; everything else asks for lines and says where they go.
"""

from collections import OrderedDict
from collections.abc import Iterable

from reportlab.pdfbase import pdfdoc

from tarahum_desktop.reports.pdf.bidi_levels import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from tarahum_desktop.reports.pdf.bidi_lines import Line, break_lines, widest
from tarahum_desktop.reports.pdf.embedding import EmbeddedFace
from tarahum_desktop.reports.pdf.fonts import Weight, load_face
from tarahum_desktop.reports.pdf.shaping import Shaper
from tarahum_desktop.reports.pdf.theme import Colour, TextStyle

_CACHED_TEXTS = 5_000
_MEASURED_WORDS = 40  # the words with most letters; the widest is among them but for freaks


class Typesetter:
    """Sets text for one document. Faces are read when first used and embedded once."""

    def __init__(self, *, right_to_left: bool) -> None:
        self.right_to_left = right_to_left
        self._shapers: dict[Weight, Shaper] = {}
        self._texts: OrderedDict[tuple[str, Weight, int, bool], list[Line]] = OrderedDict()
        self._document: pdfdoc.PDFDocument | None = None

    def attach(self, document: pdfdoc.PDFDocument) -> None:
        """Have the faces written into this document when it is saved."""
        self._document = document
        document.delayedFonts.extend(shaper.embedded for shaper in self._shapers.values())

    @property
    def missing(self) -> list[str]:
        """Characters met so far that the faces cannot draw; each was drawn as an empty box."""
        return sorted(set().union(*(shaper.missing for shaper in self._shapers.values())))

    def shaper(self, weight: Weight) -> Shaper:
        """The shaper of one weight."""
        if weight not in self._shapers:
            embedded = EmbeddedFace(load_face(weight), f"T{len(self._shapers) + 1}")
            self._shapers[weight] = Shaper(embedded)
            if self._document is not None:
                self._document.delayedFonts.append(embedded)
        return self._shapers[weight]

    def lines(self, text: str, style: TextStyle, width: float, *, own_direction: bool = False) -> list[Line]:
        """Break text into lines ``width`` points wide; ``own_direction``: each paragraph's first letter decides."""
        base = RIGHT_TO_LEFT if self.right_to_left else LEFT_TO_RIGHT
        room = round(width * 1000 / style.size)
        key = (text, style.weight, room, own_direction)
        known = self._texts.get(key)
        if known is None:
            known = self._texts[key] = break_lines(
                text, self.shaper(style.weight), base, room, own_direction=own_direction
            )
            if len(self._texts) > _CACHED_TEXTS:
                self._texts.popitem(last=False)
        return known

    def one_line(self, text: str, style: TextStyle, width: float) -> Line:
        """Text on a single line; what does not fit gives way to an ellipsis, by whole words where it can."""
        lines = self.lines(text, style, width)
        words = text.split()
        while len(lines) > 1 and len(words) > 1:
            words.pop()
            lines = self.lines(" ".join(words) + "…", style, width)
        return lines[0]

    def widest_word(self, texts: Iterable[str], style: TextStyle) -> float:
        """How wide (points) a box must be so that no word of these texts is cut."""
        words = sorted({word for text in texts for word in text.split()}, key=len)[-_MEASURED_WORDS:]
        room = max((widest(word, self.shaper(style.weight)) for word in words), default=0.0)
        return room * style.size / 1000

    def baseline(self, style: TextStyle) -> float:
        """How far the baseline lies below the top of a line of ``style.leading`` points."""
        face = self.shaper(style.weight).embedded.face
        ascent, descent = face.ascent * style.size / 1000, -face.descent * style.size / 1000
        return (style.leading - ascent - descent) / 2 + ascent

    def operators(self, line: Line, style: TextStyle, x: float, baseline: float) -> str:
        """The operators that draw a line with its left end at ``x``, without setting the colour."""
        resource = self.shaper(style.weight).embedded.resource
        show = "".join(word.show for word in line.words).replace("><", "")
        text = f"BT /{resource} {style.size:g} Tf 1 0 0 1 {x:.2f} {baseline:.2f} Tm [{show}] TJ ET"
        return "\n".join([text, *_marks(line, style.size / 1000, x, baseline)])

    def aligned(
        self, lines: Iterable[Line], style: TextStyle, box: tuple[float, float, float], align: str = "start"
    ) -> list[str]:
        """Operators for lines below each other in a box ``(left, top, width)``, in the style's colour.

        ``align`` is ``start``, ``end`` or ``center``, as seen by the document's direction.
        """
        left, top, width = box
        codes = [fill(style.colour)]
        baseline = top - self.baseline(style)
        at_right = (align == "start") == self.right_to_left
        for line in lines:
            spare = width - line.advance * style.size / 1000
            shift = spare / 2 if align == "center" else spare if at_right else 0.0
            codes.append(self.operators(line, style, left + shift, baseline))
            baseline -= style.leading
        return codes


def fill(colour: Colour) -> str:
    """The operator that sets the colour of text and areas."""
    return "{:.3f} {:.3f} {:.3f} rg".format(*colour)


def area(x: float, y: float, width: float, height: float, colour: Colour) -> str:
    """The operators that fill a rectangle."""
    return f"{fill(colour)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"


def _marks(line: Line, scale: float, x: float, baseline: float) -> list[str]:
    codes: list[str] = []
    for word in line.words:
        codes.extend(
            f"q {scale:.5f} 0 0 {scale:.5f} {x + mark.x * scale:.3f} {baseline + mark.y * scale:.3f} cm "
            f"{mark.outline} f Q"
            for mark in word.marks
        )
        x += word.advance * scale
    return codes

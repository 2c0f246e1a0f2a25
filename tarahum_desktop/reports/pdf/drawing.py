"""Pictures on paper: signatures as the strokes they were, and the sufficiency matrix as bars.

Vectors, so that they stay sharp in print and nothing is decoded from image data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from reportlab.platypus import Flowable

from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.canvas import write
from tarahum_desktop.reports.pdf.theme import Colour
from tarahum_desktop.reports.pdf.typesetter import Typesetter, area

Stroke = Sequence[tuple[float, float]]
"""Points of one pen movement; x to the right, y downwards, in any unit."""

_BOX = 64.0
_STEPS = 5
_TINY = 1e-6  # strokes without extent are drawn as a dot in the middle


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Strokes with the line of words below them; no strokes leave the line empty for a pen."""

    label: str
    strokes: Sequence[Stroke]


def stroke_operators(strokes: Sequence[Stroke], box: tuple[float, float, float, float]) -> list[str]:
    """Path operators for strokes fitted into ``(left, bottom, width, height)``, proportions kept.

    A stroke of one point is a dot; points that are no numbers are left out.
    """
    strokes = [[point for point in stroke if all(map(isfinite, point))] for stroke in strokes]
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return []
    left, bottom, width, height = box
    low_x, high_x = min(x for x, _ in points), max(x for x, _ in points)
    low_y, high_y = min(y for _, y in points), max(y for _, y in points)
    span_x, span_y = high_x - low_x, high_y - low_y
    scale = min(width / max(span_x, _TINY), height / max(span_y, _TINY))
    shift_x = left + (width - span_x * scale) / 2
    shift_y = bottom + (height - span_y * scale) / 2
    codes = ["1.1 w 1 J 1 j {:.3f} {:.3f} {:.3f} RG".format(*theme.INK)]
    for stroke in filter(None, strokes):
        placed = [(shift_x + (x - low_x) * scale, shift_y + (high_y - y) * scale) for x, y in stroke]
        first, rest = placed[0], placed[1:] or placed
        path = [f"{first[0]:.2f} {first[1]:.2f} m", *(f"{x:.2f} {y:.2f} l" for x, y in rest), "S"]
        codes.append(" ".join(path))
    return codes


class Signatures(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """Signature boxes side by side, two in a row."""

    _COLUMNS, _GAP = 2, 18.0

    def __init__(self, typesetter: Typesetter, boxes: Sequence[SignatureBox]) -> None:
        super().__init__()
        self._typesetter, self._boxes = typesetter, boxes
        self.spaceBefore = 6

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As many rows as the boxes need."""
        self._room = (width - self._GAP) / self._COLUMNS
        self._labels = [self._typesetter.lines(box.label, theme.SMALL, self._room) for box in self._boxes]
        tallest = max((len(lines) for lines in self._labels), default=0)
        self._step = _BOX + 10 + tallest * theme.SMALL.leading
        rows = -(-len(self._boxes) // self._COLUMNS)
        self.width, self.height = width, rows * self._step
        return self.width, self.height

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        codes: list[str] = []
        for at, (box, label) in enumerate(zip(self._boxes, self._labels, strict=True)):
            row, column = divmod(at, self._COLUMNS)
            place = self._COLUMNS - 1 - column if self._typesetter.right_to_left else column
            left = place * (self._room + self._GAP)
            top = self.height - row * self._step
            codes += stroke_operators(box.strokes, (left + 10, top - _BOX + 6, self._room - 20, _BOX - 10))
            codes.append(area(left, top - _BOX, self._room, 0.6, theme.MUTED))
            codes += self._typesetter.aligned(label, theme.SMALL, (left, top - _BOX - 3, self._room))
        write(self.canv, codes)


@dataclass(frozen=True, slots=True)
class RatedDomain:
    """One line of the matrix: its name, the score 1–5 (or none), and the score in words."""

    label: str
    score: int | None
    meaning: str


def score_colour(score: int) -> Colour:
    """Red in crisis, amber when vulnerable, green from safe on; the words beside it say the same."""
    if score <= 1:
        return theme.DANGER
    return theme.ATTENTION if score == 2 else theme.ACCENT


class MatrixBars(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """The matrix as rows of five steps, filled from the side where reading starts."""

    _STEP_WIDTH, _STEP_HEIGHT, _STEP_GAP = 26.0, 7.0, 3.0

    def __init__(self, typesetter: Typesetter, domains: Sequence[RatedDomain]) -> None:
        super().__init__()
        self._typesetter, self._domains = typesetter, domains
        self.spaceAfter = 8

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """One line per domain; long names take more."""
        steps = _STEPS * (self._STEP_WIDTH + self._STEP_GAP)
        self._rooms = ((width - steps) * 0.45, steps + 8, (width - steps) * 0.55 - 8)
        lines = self._typesetter.lines
        self._texts = [
            (lines(one.label, theme.BODY, self._rooms[0]), lines(one.meaning, theme.LABEL, self._rooms[2]))
            for one in self._domains
        ]
        self._heights = [max(len(name), len(said)) * theme.BODY.leading + 2 for name, said in self._texts]
        self.width, self.height = width, sum(self._heights)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """As many domains as fit, then the rest."""
        self.wrap(width, height)
        count, used = 0, 0.0
        while count < len(self._heights) and used + self._heights[count] <= height:
            used += self._heights[count]
            count += 1
        parts = [self._domains[:count], self._domains[count:]]
        return [MatrixBars(self._typesetter, part) for part in parts] if count else []

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        codes: list[str] = []
        top = self.height
        lowered = self._typesetter.baseline(theme.BODY) - self._typesetter.baseline(theme.LABEL)
        for one, (name, said), height in zip(self._domains, self._texts, self._heights, strict=True):
            codes += self._typesetter.aligned(name, theme.BODY, self._box(0, top))
            codes += self._steps(one.score, top - theme.BODY.leading / 2 - self._STEP_HEIGHT / 2)
            codes += self._typesetter.aligned(said, theme.LABEL, self._box(2, top - lowered))
            top -= height
        write(self.canv, codes)

    def _box(self, part: int, top: float) -> tuple[float, float, float]:
        before = sum(self._rooms[:part])
        room = self._rooms[part]
        return (self.width - before - room if self._typesetter.right_to_left else before, top, room)

    def _steps(self, score: int | None, bottom: float) -> list[str]:
        left, _, room = self._box(1, 0)
        codes = []
        for step in range(_STEPS):
            shift = step * (self._STEP_WIDTH + self._STEP_GAP)
            x = left + room - shift - self._STEP_WIDTH if self._typesetter.right_to_left else left + shift
            filled = score is not None and step < score
            shade = score_colour(score) if filled and score is not None else theme.RULE
            codes.append(area(x, bottom, self._STEP_WIDTH, self._STEP_HEIGHT, shade))
        return codes

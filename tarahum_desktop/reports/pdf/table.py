"""Tables that start at the reader's side, repeat their head on every page and split long rows.

The library's own table builds style objects for every cell; this one writes a row's operators at once, which
is what makes a hundred-page list quick.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.bidi_lines import Line
from tarahum_desktop.reports.pdf.canvas import write
from tarahum_desktop.reports.pdf.theme import TextStyle
from tarahum_desktop.reports.pdf.typesetter import Typesetter, area

_PAD_X, _PAD_Y = 5.0, 2.5
_TALL = 180.0
"""Points: a row higher than this may be split, a lower one moves to the next page whole."""
_FEWEST_LINES = 3
_WIDEST = 0.45  # one long word never takes more of the table than this


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, its share of the width beside the others' shares, how its cells look."""

    title: str
    share: float
    align: str = "start"
    style: TextStyle = theme.CELL


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[list[Line], ...]
    height: float
    shaded: bool


class Table(Flowable):  # type: ignore[misc]  # the PDF library carries no types
    """Rows of text; the first column stands at the side where reading starts.

    Without ``head`` no titles are shown (for lists of facts). Every row has one text per column.
    """

    def __init__(
        self,
        typesetter: Typesetter,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        head: bool = True,
    ) -> None:
        super().__init__()
        self._typesetter, self._columns, self._texts, self._head = typesetter, columns, rows, head
        self._rows: list[_Row] | None = None
        self._titles: _Row | None = None
        self._widths: list[float] = []
        self._rows_height = 0.0
        self.spaceAfter = 8

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Lay out every row for this width (points)."""
        if self._rows is None:
            widths = self._widths = self._shared_widths(width)
            styles = [column.style for column in self._columns]
            self._rows = [self._laid(row, widths, styles, at % 2 == 1) for at, row in enumerate(self._texts)]
            if self._head:
                heads = [theme.CELL_HEAD] * len(self._columns)
                self._titles = self._laid(
                    [column.title for column in self._columns], widths, heads, shaded=False
                )
        self.width = width
        if not self._rows_height:
            self._rows_height = sum(row.height for row in self._rows)
        self.height = self._head_height() + self._rows_height
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The rows that fit and the rest, both with the head; a tall row is split between its lines."""
        self.wrap(width, height)
        rows = self._rows or []
        room = height - self._head_height()
        count = 0
        while count < len(rows) and rows[count].height <= room:
            room -= rows[count].height
            count += 1
        first, rest = rows[:count], rows[count:]
        if rest and rest[0].height > _TALL:
            first, rest = self._split_row(first, rest, room)
        if not first or not rest:
            return [self] if first else []
        whole = len(first) + len(rest) == len(rows)  # otherwise a row was split, and padding came with it
        left = self._rows_height - sum(row.height for row in first) if whole else 0.0
        return [self._part(first), self._part(rest, left)]

    def _split_row(self, first: list[_Row], rest: list[_Row], room: float) -> tuple[list[_Row], list[_Row]]:
        leading = max(column.style.leading for column in self._columns)
        lines = int((room - 2 * _PAD_Y) // leading)
        if lines < _FEWEST_LINES:
            return first, rest
        tall = rest[0]
        upper = self._row([cell[:lines] for cell in tall.cells], tall.shaded, leading)
        lower = self._row([cell[lines:] for cell in tall.cells], tall.shaded, leading)
        return [*first, upper], [lower, *rest[1:]]

    def _row(self, cells: list[list[Line]], shaded: bool, leading: float) -> _Row:
        return _Row(tuple(cells), max(len(cell) for cell in cells) * leading + 2 * _PAD_Y, shaded)

    def _part(self, rows: list[_Row], height: float = 0.0) -> "Table":
        """A table of rows already laid out; their height, when known, is not added up again."""
        part = Table(self._typesetter, self._columns, [], head=self._head)
        part._rows, part._titles, part._widths = rows, self._titles, self._widths
        part._rows_height = height
        return part

    def _shared_widths(self, width: float) -> list[float]:
        """Widths by share, but no column narrower than its longest word while others have room to spare."""
        whole = sum(column.share for column in self._columns)
        widths = [width * column.share / whole for column in self._columns]
        needed = [min(self._longest_word(at), width * _WIDEST) for at in range(len(widths))]
        lacking = sum(max(0.0, need - has) for need, has in zip(needed, widths, strict=True))
        spare = sum(max(0.0, has - need) for need, has in zip(needed, widths, strict=True))
        if lacking > spare:
            return widths
        taken = lacking / spare if spare else 0.0
        return [
            has - (has - need) * taken if has > need else need
            for need, has in zip(needed, widths, strict=True)
        ]

    def _longest_word(self, at: int) -> float:
        column = self._columns[at]
        width = self._typesetter.widest_word
        texts = (row[at] for row in self._texts)
        title = width([column.title], theme.CELL_HEAD) if self._head else 0.0
        return max(title, width(texts, column.style)) + 2 * _PAD_X + 0.5

    def _laid(self, texts: Sequence[str], widths: list[float], styles: list[TextStyle], shaded: bool) -> _Row:
        lines = self._typesetter.lines
        cells = [
            lines(text, style, width - 2 * _PAD_X)
            for text, style, width in zip(texts, styles, widths, strict=True)
        ]
        return self._row(cells, shaded, max(style.leading for style in styles))

    def _head_height(self) -> float:
        return self._titles.height if self._titles else 0.0

    def draw(self) -> None:
        """Draw at the origin the layout has set."""
        boxes = self._boxes()
        styles = [column.style for column in self._columns]
        codes: list[str] = []
        rules: list[str] = []  # drawn last, or the next row's shade would cover half of each
        top = self.height
        if self._titles:
            codes.append(area(0, top - self._titles.height, self.width, self._titles.height, theme.ACCENT))
            self._draw_cells(codes, self._titles, boxes, [theme.CELL_HEAD] * len(styles), top)
            top -= self._titles.height
        for row in self._rows or []:
            if row.shaded:
                codes.append(area(0, top - row.height, self.width, row.height, theme.STRIPE))
            self._draw_cells(codes, row, boxes, styles, top)
            top -= row.height
            rules.append(area(0, top - 0.25, self.width, 0.5, theme.RULE))
        write(self.canv, codes + rules)

    def _draw_cells(
        self,
        codes: list[str],
        row: _Row,
        boxes: list[tuple[float, float]],
        styles: list[TextStyle],
        top: float,
    ) -> None:
        baselines = [self._typesetter.baseline(style) for style in styles]
        for at, (cell, (left, width), style, column) in enumerate(
            zip(row.cells, boxes, styles, self._columns, strict=True)
        ):
            lowered = max(baselines) - baselines[at]  # first lines of all cells stand on one baseline
            box = (left + _PAD_X, top - _PAD_Y - lowered, width - 2 * _PAD_X)
            codes += self._typesetter.aligned(cell, style, box, column.align)

    def _boxes(self) -> list[tuple[float, float]]:
        """Left edge and width of each column, in reading order."""
        boxes: list[tuple[float, float]] = []
        used = 0.0
        for width in self._widths:
            boxes.append((self.width - used - width if self._typesetter.right_to_left else used, width))
            used += width
        return boxes

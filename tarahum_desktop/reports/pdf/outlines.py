"""A pen that turns a glyph's outline into PDF path operators."""

Point = tuple[float, float]


class OutlinePen:
    """Receives an outline in font units and keeps it as operators scaled by ``scale``."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._operators: list[str] = []
        self._at: Point = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:
        """Start a contour."""
        self._add("m", point)

    def lineTo(self, point: Point) -> None:
        """Straight to a point."""
        self._add("l", point)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:
        """A cubic curve."""
        self._add("c", first, second, end)

    def qCurveTo(self, control: Point, end: Point) -> None:
        """A quadratic curve, raised to the cubic one PDF knows."""
        start = self._at
        first = (start[0] + (control[0] - start[0]) * 2 / 3, start[1] + (control[1] - start[1]) * 2 / 3)
        second = (end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3)
        self._add("c", first, second, end)

    def closePath(self) -> None:
        """Close the contour."""
        self._operators.append("h")

    def operators(self) -> str:
        """All operators so far, without the one that paints."""
        return " ".join(self._operators)

    def _add(self, operator: str, *points: Point) -> None:
        numbers = " ".join(f"{x * self._scale:.1f} {y * self._scale:.1f}" for x, y in points)
        self._operators.append(f"{numbers} {operator}")
        self._at = points[-1]

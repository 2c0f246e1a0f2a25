"""A signature drawn by mouse, pen or finger, kept as points so that it can be redrawn at any size."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.labels import label

Point = tuple[float, float]
Stroke = tuple[Point, ...]
MOST_POINTS = 5000


class SignaturePad(Field):
    """``value()`` is strokes of points, each 0..1 of the pad's width and height; empty when not signed."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.paper = _Paper(self)
        sizes = kit.look.sizes
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_2)
        box.addWidget(self.paper)
        below = QHBoxLayout()
        hint = kit.words.t("Sign here with the pen or the mouse. Delete clears.")
        below.addWidget(label(hint, size="caption", tone="soft"), 1)
        below.addWidget(button(kit, kit.words.t("Clear"), self.clear, role="quiet", icon="undo"))
        box.addLayout(below)
        self.setFocusProxy(self.paper)

    def value(self) -> tuple[Stroke, ...]:
        """The strokes in the order drawn."""
        return tuple(tuple(stroke) for stroke in self.paper.strokes if stroke)

    def set_value(self, value: Sequence[Sequence[Point]] | None) -> None:
        """Show a stored signature."""
        self.paper.strokes = [list(stroke) for stroke in value or ()]
        self.paper.update()

    def clear(self) -> None:
        """Take the signature away."""
        if self.paper.strokes:
            self.set_value(None)
            self.changed.emit()
            self.finished.emit()


class _Paper(QWidget):
    """The surface that is drawn on."""

    def __init__(self, pad: SignaturePad) -> None:
        super().__init__()
        self._pad = pad
        self._drawing = False
        self.strokes: list[list[Point]] = []
        self.setFixedHeight(pad.kit.look.px(160))
        self.setMinimumWidth(pad.kit.look.px(240))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen; accepted, so that Qt sends no mouse event for the same touch."""
        event.accept()
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear by the keyboard."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pad.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, base line and strokes."""
        del event
        look = self._pad.kit.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.colour("focus" if self.hasFocus() else "edge")
        painter.setPen(QPen(edge, look.px(2) if self.hasFocus() else 1))
        painter.setBrush(look.colour("surface"))
        radius = look.sizes.radius
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.setPen(QPen(look.colour("line"), 1, Qt.PenStyle.DashLine))
        base = round(self.height() * 0.75)
        painter.drawLine(look.px(24), base, self.width() - look.px(24), base)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(look.colour("text"), look.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for stroke in self.strokes:
            painter.drawPath(self._path(stroke))
        painter.end()

    def _path(self, stroke: Sequence[Point]) -> QPainterPath:
        points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        for point in points[1:] or points:
            path.lineTo(point)
        return path

    def _begin(self, at: QPointF) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drawing = True
        self.strokes.append([])
        self._go_on(at)

    def _go_on(self, at: QPointF) -> None:
        if not self._drawing or sum(map(len, self.strokes)) >= MOST_POINTS:
            return
        x, y = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        self.strokes[-1].append((round(min(1.0, max(0.0, x)), 4), round(min(1.0, max(0.0, y)), 4)))
        self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.strokes = [stroke for stroke in self.strokes if stroke]
            self._pad.changed.emit()
            self._pad.finished.emit()

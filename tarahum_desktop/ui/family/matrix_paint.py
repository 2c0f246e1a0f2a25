"""The matrix drawn: a bar for each domain with where it began, and a radar of the whole."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tarahum_desktop.ui.family.page_model import DomainLine, MatrixPicture
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

TOP_SCORE = 5
_WEAK = 2


class MatrixBars(QWidget):
    """A line for each domain: number, name, five steps filled to the latest score, score and change in words.

    A hollow ring marks the first rating. Nothing is said by colour alone.
    """

    def __init__(self, kit: Kit, picture: MatrixPicture) -> None:
        super().__init__()
        self._kit, self._picture = kit, picture
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(kit.words.t("Self-sufficiency matrix"))
        self.setAccessibleDescription(picture_words(kit, picture))

    def sizeHint(self) -> QSize:
        """All lines, and room for names, steps and words."""
        px = self._kit.look.px
        return QSize(px(560), self._line_height() * len(self._picture.domains))

    def minimumSizeHint(self) -> QSize:
        """Narrower only by its names."""
        return QSize(self._kit.look.px(420), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each line from the side reading begins."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, line in enumerate(self._picture.domains):
            self._paint_line(painter, at, line)
        painter.end()

    def _line_height(self) -> int:
        return max(self._kit.look.px(28), self.fontMetrics().height() + self._kit.look.px(4))

    def _paint_line(self, painter: QPainter, at: int, line: DomainLine) -> None:
        look, height = self._kit.look, self._line_height()
        metrics = QFontMetrics(self.font())
        name_width, words_width = self._side_widths(metrics)
        steps_left, steps_width = name_width, self.width() - name_width - words_width - look.px(12)
        name = self._name(at, line)
        self._text(painter, QRectF(0, at * height, name_width, height), name, "text", metrics)
        size = look.px(12)
        for step in range(TOP_SCORE):
            x = steps_left + step * steps_width / TOP_SCORE
            box = QRectF(x, at * height + (height - size) / 2, steps_width / TOP_SCORE - look.px(3), size)
            self._step(painter, self._turned(box), line, step + 1)
        words = self._words(line)
        place = QRectF(self.width() - words_width, at * height, words_width, height)
        self._text(painter, place, words, _tone(line.latest), metrics)

    def _side_widths(self, metrics: QFontMetrics) -> tuple[int, int]:
        """Room for the longest name and the longest words, but never so much that no steps are left."""
        most, gap = self.width() * 2 // 5, self._kit.look.px(12)
        lines = self._picture.domains
        name = max(metrics.horizontalAdvance(self._name(at, line)) for at, line in enumerate(lines))
        words = max(metrics.horizontalAdvance(self._words(line)) for line in lines)
        return min(name + gap, most), min(words, most)

    def _name(self, at: int, line: DomainLine) -> str:
        return f"{self._kit.formats.number(at + 1)}  {line.title}"

    def _words(self, line: DomainLine) -> str:
        return " · ".join(part for part in (_score_words(self._kit, line), line.change) if part)

    def _step(self, painter: QPainter, box: QRectF, line: DomainLine, step: int) -> None:
        look = self._kit.look
        filled = line.latest is not None and step <= line.latest
        painter.setPen(QPen(look.colour("edge" if not filled else _fill(line.latest)), 1))
        painter.setBrush(look.colour(_fill(line.latest)) if filled else QColor(Qt.GlobalColor.transparent))
        painter.drawRoundedRect(box, look.px(3), look.px(3))
        if line.first == step and line.step != 0:
            radius = look.px(4)
            painter.setPen(QPen(look.colour("on_accent" if filled else "text"), look.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.center(), radius, radius)

    def _text(self, painter: QPainter, place: QRectF, text: str, tone: Tone, metrics: QFontMetrics) -> None:
        painter.setPen(QColor(self._kit.look.ink(tone)))
        side = Qt.AlignmentFlag.AlignRight if self._kit.look.right_to_left else Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._turned(place), int(flags), shown)

    def _turned(self, box: QRectF) -> QRectF:
        if not self._kit.look.right_to_left:
            return box
        return QRectF(self.width() - box.x() - box.width(), box.y(), box.width(), box.height())


class MatrixRadar(QWidget):
    """The latest rating as a filled shape over the first one as a dashed line; axes carry the bars' numbers."""

    def __init__(self, kit: Kit, picture: MatrixPicture) -> None:
        super().__init__()
        self._kit, self._picture = kit, picture
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(kit.words.t("Shape of the matrix"))
        self.setAccessibleDescription(picture_words(kit, picture))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._kit.look.px(300), self._kit.look.px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rings, axes with numbers, then first and latest."""
        del event
        look, domains = self._kit.look, self._picture.domains
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line"), 1))
        for ring in range(1, TOP_SCORE + 1):
            painter.drawPolygon(self._shape([ring] * len(domains)))
        for at in range(len(domains)):
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(self._point(at, 0), self._point(at, TOP_SCORE))
            painter.setPen(look.colour("soft"))
            center = self._point(at, TOP_SCORE + 0.55)
            box = QRectF(center.x() - look.px(14), center.y() - look.px(12), look.px(28), look.px(24))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._kit.formats.number(at + 1))
        if self._picture.first_day:
            pen = QPen(look.colour("soft"), look.px(2), Qt.PenStyle.DashLine)
            self._outline(painter, [line.first for line in domains], pen, None)
        fill = look.colour("accent")
        fill.setAlphaF(0.25)
        self._outline(
            painter, [line.latest for line in domains], QPen(look.colour("accent"), look.px(2)), fill
        )
        painter.end()

    def _outline(self, painter: QPainter, scores: list[int | None], pen: QPen, fill: QColor | None) -> None:
        painter.setPen(pen)
        painter.setBrush(fill or QColor(Qt.GlobalColor.transparent))
        painter.drawPolygon(self._shape(scores))
        painter.setBrush(pen.color())
        painter.setPen(Qt.PenStyle.NoPen)
        for at, score in enumerate(scores):
            if score is not None:
                painter.drawEllipse(self._point(at, score), self._kit.look.px(3), self._kit.look.px(3))

    def _shape(self, scores: list[int | None]) -> QPolygonF:
        """The corners of what was scored; a domain without a score is left out, never drawn as nought."""
        return QPolygonF([self._point(at, score) for at, score in enumerate(scores) if score is not None])

    def _point(self, at: int, score: float) -> QPointF:
        angle = 2 * math.pi * at / len(self._picture.domains) - math.pi / 2
        turn = -1 if self._kit.look.right_to_left else 1
        radius = (self.width() / 2 - self._kit.look.px(24)) * score / TOP_SCORE
        return QPointF(
            self.width() / 2 + turn * radius * math.cos(angle), self.height() / 2 + radius * math.sin(angle)
        )


def picture_words(kit: Kit, picture: MatrixPicture) -> str:
    """The whole picture in words, for whoever does not see it."""
    return "\n".join(f"{line.title}: {_line_words(kit, line)}" for line in picture.domains)


def _line_words(kit: Kit, line: DomainLine) -> str:
    return kit.words.p("list separator", ", ").join(
        part for part in (_score_words(kit, line), line.change) if part
    )


def _score_words(kit: Kit, line: DomainLine) -> str:
    return line.level if line.latest is None else f"{kit.formats.number(line.latest)} {line.level}"


def _fill(score: int | None) -> str:
    return "attention_ink" if score is not None and score <= _WEAK else "accent"


def _tone(score: int | None) -> Tone:
    if score is None:
        return "soft"
    return "attention" if score <= _WEAK else "text"

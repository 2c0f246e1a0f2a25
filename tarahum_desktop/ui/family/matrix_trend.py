"""Each domain of the matrix over time: a small line of its own, so that thirteen of them can be compared at a glance."""

import datetime as dt
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tarahum_desktop.ui.family.page_model import DomainLine, MatrixPicture
from tarahum_desktop.ui.kit import Kit

_TOP, _NARROWEST = 5, 190


class MatrixTrend(QWidget):
    """Small multiples: days run as reading does, scores from 1 below to 5 above; every rating is a dot with its score."""

    def __init__(self, kit: Kit, picture: MatrixPicture) -> None:
        super().__init__()
        self._kit, self._picture = kit, picture
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName(kit.words.t("The matrix over time"))
        self.setAccessibleDescription(trend_words(kit, picture))
        self._columns = 4

    def sizeHint(self) -> QSize:
        """All domains in as many columns as fit."""
        rows = -(-len(self._picture.domains) // self._columns)
        return QSize(self._kit.look.px(_NARROWEST), rows * self._cell_height())

    def minimumSizeHint(self) -> QSize:
        """One column."""
        return QSize(self._kit.look.px(_NARROWEST), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More columns where there is room."""
        super().resizeEvent(event)
        columns = max(1, min(4, self.width() // self._kit.look.px(_NARROWEST)))
        if columns != self._columns:
            self._columns = columns
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each domain in its cell, the first at the side reading begins."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.width() / self._columns, self._cell_height()
        for at, line in enumerate(self._picture.domains):
            row, column = divmod(at, self._columns)
            if self._kit.look.right_to_left:
                column = self._columns - 1 - column
            self._paint(painter, QRectF(column * width, row * height, width, height), at, line)
        painter.end()

    def _cell_height(self) -> int:
        return self.fontMetrics().height() + self._kit.look.px(64)

    def _paint(self, painter: QPainter, cell: QRectF, at: int, line: DomainLine) -> None:
        look, metrics = self._kit.look, QFontMetrics(self.font())
        gap = look.px(8)
        inside = cell.adjusted(gap, look.px(2), -gap, -look.px(6))
        title = metrics.elidedText(
            f"{self._kit.formats.number(at + 1)}  {line.title}",
            Qt.TextElideMode.ElideRight,
            int(inside.width()),
        )
        painter.setPen(look.colour("text"))
        side = Qt.AlignmentFlag.AlignRight if look.right_to_left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            inside, int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop), title
        )
        chart = inside.adjusted(gap, metrics.height() + look.px(14), -gap, -look.px(4))
        painter.setPen(QPen(look.colour("line"), 1))
        for score in (1, 3, _TOP):
            y = self._height_of(chart, score)
            painter.drawLine(QPointF(chart.left(), y), QPointF(chart.right(), y))
        self._paint_points(painter, chart, line)

    def _paint_points(self, painter: QPainter, chart: QRectF, line: DomainLine) -> None:
        look = self._kit.look
        tone = "attention_ink" if line.step < 0 else "accent"
        points = [
            (QPointF(self._across(chart, day), self._height_of(chart, score)), score)
            for day, score in zip(self._picture.days, line.points, strict=True)
            if score is not None
        ]
        painter.setPen(QPen(look.colour(tone), look.px(2)))
        for (start, _), (end, _) in pairwise(points):
            painter.drawLine(start, end)
        radius = look.px(3)
        for at, (point, score) in enumerate(points):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(tone))
            painter.drawEllipse(point, radius, radius)
            if at in {0, len(points) - 1}:
                painter.setPen(look.colour("text"))
                box = QRectF(point.x() - look.px(12), point.y() - look.px(22), look.px(24), look.px(18))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._kit.formats.number(score))

    def _across(self, chart: QRectF, day: dt.date) -> float:
        first, last = self._picture.days[0], self._picture.days[-1]
        share = (day - first).days / max(1, (last - first).days)
        return (
            chart.right() - share * chart.width()
            if self._kit.look.right_to_left
            else chart.left() + share * chart.width()
        )

    @staticmethod
    def _height_of(chart: QRectF, score: int) -> float:
        return chart.bottom() - (score - 1) / (_TOP - 1) * chart.height()


def trend_words(kit: Kit, picture: MatrixPicture) -> str:
    """Every domain with each rating and its day, for whoever does not see the lines."""
    days = [kit.formats.date(day) for day in picture.days]
    separator = kit.words.p("list separator", ", ")
    lines = []
    for line in picture.domains:
        scores = [
            kit.words.t("{score} on {date}").format(score=kit.formats.number(score), date=day)
            for day, score in zip(days, line.points, strict=True)
            if score is not None
        ]
        lines.append(f"{line.title}: {separator.join(scores) or kit.words.t('Not rated')}")
    return "\n".join(lines)

"""The month as one widget: arrows move by days, Page Up and Page Down by months, Home comes back to today."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tarahum_desktop.ui.calendar.month import WEEK, WEEKS, DayCell
from tarahum_desktop.ui.kit import Kit

_HEAD = 30
_CELL = 64
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthGrid(QWidget):
    """Signals ``stepped(days)``, ``turned(months)``, ``picked(day)``, ``today_wanted()`` and ``entered()``."""

    stepped = Signal(int)
    turned = Signal(int)
    picked = Signal(object)
    today_wanted = Signal()
    entered = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.cells: tuple[DayCell, ...] = ()
        self.chosen = self.today = dt.date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(kit.words.t("Days of the month"))
        p = kit.words.p
        self._names = (
            p("weekday", "Sunday"), p("weekday", "Monday"), p("weekday", "Tuesday"), p("weekday", "Wednesday"),
            p("weekday", "Thursday"), p("weekday", "Friday"), p("weekday", "Saturday"),
        )  # fmt: skip

    def show_days(self, cells: Sequence[DayCell], chosen: dt.date, today: dt.date) -> None:
        """Show six weeks with one day chosen."""
        self.cells, self.chosen, self.today = tuple(cells), chosen, today
        spoken = next((cell.spoken for cell in self.cells if cell.day == chosen), "")
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Six weeks of comfortable cells."""
        px = self._kit.look.px
        return QSize(px(_CELL * WEEK), px(_HEAD + _CELL * WEEKS))

    def minimumSizeHint(self) -> QSize:
        """The least at which both dates and the number can be read."""
        px = self._kit.look.px
        return QSize(px(52 * WEEK), px(_HEAD + 50 * WEEKS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the days."""
        key = Qt.Key(event.key())
        ahead = -1 if self._kit.look.right_to_left else 1
        steps = {
            Qt.Key.Key_Right: ahead, Qt.Key.Key_Left: -ahead, Qt.Key.Key_Down: WEEK, Qt.Key.Key_Up: -WEEK,
        }  # fmt: skip
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in _MONTHS:
            self.turned.emit(_MONTHS[key])
        elif key == Qt.Key.Key_Home:
            self.today_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        for at, cell in enumerate(self.cells):
            if self._box(at).contains(event.position()):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self.picked.emit(cell.day)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And that they go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekdays, then the days."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._kit.look
        painter.setFont(self._font(look.sizes.caption))
        painter.setPen(look.colour("soft"))
        width, head = self.width() / WEEK, look.px(_HEAD)
        for at, name in enumerate(self._names):
            box = self._turned(QRectF(at * width, 0, width, head))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)
        for at, cell in enumerate(self.cells):
            self._day(painter, self._box(at), cell)

    def _day(self, painter: QPainter, box: QRectF, cell: DayCell) -> None:
        look = self._kit.look
        chosen, is_today = cell.day == self.chosen, cell.day == self.today
        paper = "accent_paper" if chosen else "surface" if cell.in_month else "page"
        edge = "focus" if chosen and self.hasFocus() else "accent" if is_today else "line"
        painter.setPen(QPen(look.colour(edge), look.px(2) if chosen or is_today else 1))
        painter.setBrush(look.colour(paper))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        inner = box.adjusted(look.px(7), look.px(4), -look.px(7), -look.px(4))
        start, end = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        if not look.right_to_left:
            start, end = end, start
        absolute = Qt.AlignmentFlag.AlignAbsolute
        painter.setPen(look.colour("text" if cell.in_month else "faint"))
        painter.setFont(self._font(look.sizes.strong, bold=is_today))
        painter.drawText(inner, int(start | absolute | Qt.AlignmentFlag.AlignTop), cell.gregorian)
        painter.setPen(look.colour("soft" if cell.in_month else "faint"))
        painter.setFont(self._font(look.sizes.caption))
        painter.drawText(inner, int(end | absolute | Qt.AlignmentFlag.AlignTop), cell.hijri)
        if painter.fontMetrics().horizontalAdvance(cell.hijri_month) <= inner.width():
            # Half a name would be none; the title names the months in any case.
            below = inner.adjusted(0, look.px(22), 0, 0)
            painter.drawText(below, int(end | absolute | Qt.AlignmentFlag.AlignTop), cell.hijri_month)
        if cell.count:
            self._badge(painter, inner, cell)

    def _badge(self, painter: QPainter, inner: QRectF, cell: DayCell) -> None:
        """How much is due; late work carries a mark and not its colour alone."""
        look = self._kit.look
        tone, paper = ("attention_ink", "attention_paper") if cell.late else ("accent_ink", "accent_paper")
        text = self._kit.formats.number(cell.count) + (" !" if cell.late else "")
        width = max(look.px(26), painter.fontMetrics().horizontalAdvance(text) + look.px(14))
        height = look.px(20)
        left = inner.right() - width if look.right_to_left else inner.left()
        box = QRectF(left, inner.bottom() - height, width, height)
        painter.setPen(QPen(QColor(look.colour(tone)), 1))
        painter.setBrush(look.colour(paper))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _box(self, at: int) -> QRectF:
        head, gap = self._kit.look.px(_HEAD), self._kit.look.px(2)
        width, height = self.width() / WEEK, (self.height() - head) / WEEKS
        week, day = divmod(at, WEEK)
        box = QRectF(day * width, head + week * height, width, height).adjusted(gap, gap, -gap, -gap)
        return self._turned(box)

    def _turned(self, box: QRectF) -> QRectF:
        if not self._kit.look.right_to_left:
            return box
        return QRectF(self.width() - box.x() - box.width(), box.y(), box.width(), box.height())

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font

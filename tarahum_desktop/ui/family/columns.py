"""Things beside each other where there is room, one above the other where there is not."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit

NARROW_COLUMNS = 860


class Reflow(QWidget):
    """A row that becomes a column when it is narrower than ``narrow`` pixels at 100 % zoom."""

    def __init__(self, kit: Kit, narrow: int) -> None:
        super().__init__()
        self._narrow = kit.look.px(narrow)
        self.setProperty("paper", "clear")
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(kit.look.sizes.space_4)

    def add(self, widget: QWidget, share: int = 0) -> None:
        """Put a widget after the others; the shares divide the width."""
        if share:
            # The share decides the width, whatever the widget's own words would like.
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row.addWidget(widget, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where one would be too narrow to read."""
        super().resizeEvent(event)
        narrow = self.width() < self._narrow
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self.row.direction() != direction:
            self.row.setDirection(direction)


class Columns(Reflow):
    """Two columns; put widgets into ``wide`` and ``side``."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, NARROW_COLUMNS)
        self.wide, self.side = self._column(kit, 5), self._column(kit, 2)

    def _column(self, kit: Kit, share: int) -> QVBoxLayout:
        holder = QWidget()
        holder.setProperty("paper", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(kit.look.sizes.space_4)
        self.add(holder, share)
        return column

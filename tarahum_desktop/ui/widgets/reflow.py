"""Things beside each other where there is room, one above the other where there is not."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from tarahum_desktop.ui.kit import Kit


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

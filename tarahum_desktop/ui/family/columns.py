"""Two columns beside each other where there is room, one above the other where there is not."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit

NARROW = 860


class Columns(QWidget):
    """Put widgets into ``wide`` and ``side``."""

    def __init__(self, kit: Kit, shares: tuple[int, int] = (8, 5)) -> None:
        super().__init__()
        self._kit, self._shares = kit, shares
        self.setProperty("paper", "clear")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(kit.look.sizes.space_4)
        self.wide, self.side = self._column(0), self._column(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the columns where one would be too narrow to read."""
        super().resizeEvent(event)
        narrow = self.width() < self._kit.look.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def _column(self, at: int) -> QVBoxLayout:
        holder = QWidget()
        holder.setProperty("paper", "clear")
        # The share decides the width, whatever the column's own words would like.
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._kit.look.sizes.space_4)
        self._row.addWidget(holder, self._shares[at])
        return column

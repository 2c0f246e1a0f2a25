"""The page's two columns: a wide one for tables, a side one for short facts."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.reflow import Reflow

NARROW_COLUMNS = 860


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

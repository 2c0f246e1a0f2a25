"""Pages one at a time, as large as the one that is shown."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class ShownStack(QStackedWidget):
    """Pages of which only the one shown asks for room; a hidden one was never laid out for this width."""

    def sizeHint(self) -> QSize:
        """What the page shown would like."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the page shown needs."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

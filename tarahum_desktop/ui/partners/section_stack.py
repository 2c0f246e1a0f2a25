"""The sections of the screen, one at a time, in the height there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class SectionStack(QStackedWidget):
    """Takes the height there is: its lists give way before anything has to be scrolled to."""

    def hasHeightForWidth(self) -> bool:
        """Wrapped words need more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The least height at which the open section's words are whole; its lists scroll by themselves."""
        shown = self.currentWidget()
        layout = shown.layout() if shown is not None else None
        least = self.minimumSizeHint().height()
        return least if layout is None else max(least, layout.totalMinimumHeightForWidth(width))

    def sizeHint(self) -> QSize:
        """As little as the open section can do with."""
        return self.minimumSizeHint()

"""A screen's page: a header, and one column that breathes and scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.labels import label


class PageHeader(QWidget):
    """The page's name, one line about it, and its buttons at the far side (``add_button``)."""

    def __init__(self, kit: Kit, title: str, subtitle: str = "") -> None:
        super().__init__()
        sizes = kit.look.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.space_2)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.title = label(title, size="page", wraps=True)
        # A name in the other script stands at the page's own side all the same.
        side = Qt.AlignmentFlag.AlignRight if kit.look.right_to_left else Qt.AlignmentFlag.AlignLeft
        self.title.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.subtitle = label(subtitle, tone="soft", wraps=True)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        row.addLayout(names, 1)
        self.subtitle.setVisible(bool(subtitle))  # last: shown before it has a parent it would be a window
        self._row = row

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Change what the header says."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_button(self, made: QWidget) -> None:
        """Put a button at the far side."""
        self._row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)


class Page(QScrollArea):
    """A scrolling column of limited width; put widgets in by ``add``.

    Args:
        kit: look.
        scrolls: False for pages whose own list scrolls and should fill the height.
    """

    def __init__(self, kit: Kit, *, scrolls: bool = True) -> None:
        super().__init__()
        sizes = kit.look.sizes
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QWidget()
        outer.setProperty("paper", "clear")
        across = QHBoxLayout(outer)
        across.setContentsMargins(sizes.space_6, sizes.space_5, sizes.space_6, sizes.space_5)
        column = QWidget()
        column.setProperty("paper", "clear")
        column.setMaximumWidth(sizes.column_width if scrolls else sizes.list_width)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addStretch(1)
        across.addWidget(column, 1000)
        across.addStretch(1)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(sizes.space_4)
        self.setWidget(outer)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under what is there."""
        self.column.addWidget(widget, stretch)

    def finish(self) -> None:
        """Push everything up; call it after the last ``add`` of a page that does not fill its height."""
        self.column.addStretch(1)

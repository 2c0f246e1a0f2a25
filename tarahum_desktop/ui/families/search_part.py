"""Everything about searching above the list, as one part that makes room while a family is registered."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit


class SearchPart(QWidget):
    """The line with its button, and bars below it that are hidden until they have something to offer."""

    def __init__(self, kit: Kit, line: QWidget, press: QWidget, bars: tuple[QWidget, ...]) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        top = QHBoxLayout()
        top.setSpacing(kit.look.sizes.space_2)
        top.addWidget(line, 1)
        top.addWidget(press)
        box.addLayout(top)
        for bar in bars:
            box.addWidget(bar)
            bar.hide()

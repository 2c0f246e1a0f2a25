"""White paper that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.labels import label, picture_label


class Card(QFrame):
    """A card with an optional title; put its content into ``body`` and small things into ``head``."""

    def __init__(self, kit: Kit, title: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        sizes = kit.look.sizes
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_5, sizes.space_4, sizes.space_5, sizes.space_5)
        box.setSpacing(sizes.space_3)
        self.head = QHBoxLayout()
        self.head.setSpacing(sizes.space_2)
        if title:
            if icon:
                self.head.addWidget(picture_label(kit, icon, "accent"))
            self.title = label(title, size="title")
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.setAccessibleName(title)
            box.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(sizes.space_3)
        box.addLayout(self.body)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under what is there."""
        self.body.addWidget(widget, stretch)

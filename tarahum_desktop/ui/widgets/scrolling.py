"""A side card that may be higher than the window: it scrolls by itself, and never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tarahum_desktop.ui.widgets.card import Card


def scrolling(inside: QWidget) -> QScrollArea:
    """Let a widget scroll; a card gives its paper to the area, so that its edge stands still and the bar is inside."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if isinstance(inside, Card):
        inside.setProperty("role", "")
        inside.setProperty("paper", "clear")
        area.setProperty("role", "card")
    area.setWidget(inside)
    return area

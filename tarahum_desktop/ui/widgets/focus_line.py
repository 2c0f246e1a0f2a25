"""The focus mark of widgets that are one Tab stop but no native control."""

from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from tarahum_desktop.ui.kit import Kit


def paint_focus_line(widget: QWidget, kit: Kit) -> None:
    """Draw a line in the focus colour along the bottom edge, as wide as what is in the widget."""
    painter = QPainter(widget)
    painter.setPen(QPen(kit.look.colour("focus"), kit.look.px(2)))
    bottom = widget.height() - 1
    inside = widget.childrenRect() or widget.rect()
    painter.drawLine(inside.left(), bottom, inside.right(), bottom)
    painter.end()

"""A drawn house in the place of a photograph: the demonstration shows nobody's home."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygon

WIDTH, HEIGHT = 320, 240


def house() -> bytes:
    """A small PNG file without any notes."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#cfe3f1"))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, shape in (
        ("#d8c7a0", QRect(0, 180, WIDTH, 60)),
        ("#e9dcc0", QRect(80, 110, 160, 90)),
        ("#7a5a3a", QRect(145, 145, 30, 55)),
        ("#5f8fb0", QRect(95, 130, 30, 26)),
        ("#5f8fb0", QRect(195, 130, 30, 26)),
    ):
        painter.fillRect(shape, QColor(colour))
    painter.setBrush(QColor("#a8583c"))
    painter.drawPolygon(QPolygon([QPoint(66, 112), QPoint(160, 56), QPoint(254, 112)]))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know only the bytes form of the format
    return bytes(content.data())

"""Own line icons, drawn in the colour and size asked for.

They are plain SVG files rather than an icon font: a font costs start time and memory, and its glyphs
cannot be mirrored where a direction is meant. What was drawn once is kept in Qt's own store of pictures: a screen has
twenty icons, most of them seen before, and drawing them anew took a third of the time in which a screen is built.
"""

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from tarahum_desktop.resource_files import resource

MIRRORED = frozenset({"next", "back", "undo", "release"})
_SCALES = (1, 2)


def draw_icon(name: str, colour: str, size: int, *, mirrored: bool, scale: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` logical pixels.

    Args:
        name: the file's name in ``resources/icons`` without its ending.
        colour: ``#RRGGBB``.
        size: edge length in logical pixels.
        mirrored: whether the screen runs right to left; only icons that mean a direction turn.
        scale: device pixels per logical pixel.
    """
    turned = mirrored and name in MIRRORED
    key = f"icon/{name}/{colour}/{size}/{turned}/{scale}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = _drawn(name, colour, round(size * scale), turned=turned)
        picture.setDevicePixelRatio(scale)
        QPixmapCache.insert(key, picture)
    return picture


def _drawn(name: str, colour: str, pixels: int, *, turned: bool) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if turned:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return picture


def make_icon(name: str, colour: str, size: int, *, mirrored: bool, disabled: str, gap: int = 0) -> QIcon:
    """An icon with a normal and a disabled colour, sharp on screens of one and two pixels per point.

    ``gap`` adds empty pixels towards the words: Qt puts none between icon and words on right-to-left buttons.
    """
    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for scale in _SCALES:
            picture = draw_icon(name, ink, size, mirrored=mirrored, scale=scale)
            icon.addPixmap(_with_gap(picture, gap, before=mirrored) if gap else picture, mode)
    return icon


def _with_gap(picture: QPixmap, gap: int, *, before: bool) -> QPixmap:
    scale = picture.devicePixelRatio()
    wide = QPixmap(picture.width() + round(gap * scale), picture.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(scale)
    painter = QPainter(wide)
    painter.drawPixmap(QPointF(gap if before else 0, 0), picture)
    painter.end()
    return wide

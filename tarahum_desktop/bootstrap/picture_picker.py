"""Asks for a picture and makes it small and bare: turned upright, without the camera's notes, at most 200 KB.

The file is untrusted: its kind, its bytes and its pixels are looked at before anything is decoded.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.casework.attachments.picture import (
    JPEG,
    LARGEST_PICTURE,
    LARGEST_THUMB,
    LONGEST_SIDE,
    THUMB_SIDE,
    Picture,
    PictureRefused,
)
from tarahum_desktop.i18n.words import Words

LARGEST_FILE: Final = 30 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
_FORMATS: Final = frozenset({b"jpeg", b"png", b"webp", b"bmp"})
_QUALITIES: Final = (85, 75, 65, 55, 45)
_SMALLEST_SIDE: Final = 320
_THUMB_QUALITIES: Final = (75, 60, 45, 30, 15)


def choose_picture(words: Words) -> str:
    """Ask which file; empty when the person thought better of it."""
    pictures = words.t("Pictures")
    chosen, _ = QFileDialog.getOpenFileName(
        None, words.t("Choose a picture of the home"), "", f"{pictures} (*.jpg *.jpeg *.png *.webp *.bmp)"
    )
    return chosen


def read_picture(path: str, kind: str) -> Picture:
    """Read a file and make it fit to be kept; slow, so call it on the worker's thread.

    Raises:
        PictureRefused: not readable, no picture, or too large to be opened safely.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        raise PictureRefused("picture_not_found") from None
    return shrink_picture(content, kind)


def shrink_picture(content: bytes, kind: str) -> Picture:
    """A JPEG of at most 1280 pixels a side and 200 KB, with a small one beside it; raises PictureRefused."""
    if len(content) > LARGEST_FILE:
        raise PictureRefused("picture_file_too_large")
    image = _decode(content)
    side = LONGEST_SIDE
    while side >= _SMALLEST_SIDE:
        bare = _bare(image, side)
        for quality in _QUALITIES:
            made = _jpeg(bare, quality)
            if len(made) <= LARGEST_PICTURE:
                return Picture(kind, made, JPEG, bare.width(), bare.height(), _thumb(bare))
        side = side * 3 // 4
    raise PictureRefused("picture_too_large")


def _thumb(image: QImage) -> bytes:
    """A JPEG of at most 160 pixels a side and 8 KB: what travels first, and what stays when room is short."""
    # Halving smoothly first: one jump from 1280 to 160 pixels would leave out most of what lies between.
    while max(image.width(), image.height()) >= 2 * THUMB_SIDE:
        half = max(image.width(), image.height()) // 2
        image = _bare(image, max(half, THUMB_SIDE))
    small = _bare(image, THUMB_SIDE)
    made = (_jpeg(small, quality) for quality in _THUMB_QUALITIES)
    return next((one for one in made if len(one) <= LARGEST_THUMB), b"")


def _decode(content: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    if reader.format().data() not in _FORMATS:
        raise PictureRefused("picture_unreadable")
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise PictureRefused("picture_unreadable")
    if size.width() * size.height() > MOST_PIXELS:
        raise PictureRefused("picture_file_too_large")
    reader.setAutoTransform(True)
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(_square(LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureRefused("picture_unreadable")
    return image


def _bare(image: QImage, side: int) -> QImage:
    """Draw the picture on new paper: what a camera wrote beside it does not come along."""
    size = image.size()
    if max(size.width(), size.height()) > side:
        size = size.scaled(_square(side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(paper.rect(), image)
    painter.end()
    return paper


def _jpeg(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "JPG", quality):  # type: ignore[call-overload]  # the stubs name the format as bytes only
        raise PictureRefused("picture_unreadable")
    return bytes(buffer.data().data())


def _square(side: int) -> QSize:
    return QSize(side, side)

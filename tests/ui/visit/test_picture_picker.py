"""An untrusted file becomes a small bare picture, or is refused before it is decoded."""

import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tarahum_desktop.bootstrap.picture_picker import read_picture, shrink_picture
from tarahum_desktop.casework.attachments.picture import (
    LARGEST_PICTURE,
    LARGEST_THUMB,
    PictureRefused,
    check_picture,
)

pytestmark = pytest.mark.usefixtures("qapp")


def file_of(image: QImage, kind: str = "JPG") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def noise(width: int, height: int) -> QImage:
    """What compresses worst."""
    seed, pixels = 12345, bytearray()
    for _ in range(width * height):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        pixels += struct.pack("<I", seed | 0xFF000000)
    return QImage(bytes(pixels), width, height, QImage.Format.Format_RGB32).copy()


def a_photo(width: int = 3000, height: int = 2000) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#406080"))
    image.setText("Comment", "24.7136, 46.6753")
    return image


def with_exif(jpeg: bytes, turned: int = 1) -> bytes:
    """Insert an EXIF segment that says how the camera was held and carries a note of the place."""
    entry = struct.pack("<HHII", 0x0112, 3, 1, turned)
    tiff = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 1) + entry + bytes(4) + b"GPS 24.7136 46.6753"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def test_a_photo_becomes_small_upright_and_bare() -> None:
    made = shrink_picture(with_exif(file_of(a_photo()), turned=6), "dwelling_outside")
    check_picture(made)
    assert (made.width, made.height) == (853, 1280)
    assert b"GPS" not in made.content
    assert b"Exif" not in made.content
    assert b"24.7136" not in made.content


def test_a_small_copy_is_made_of_every_picture_and_is_as_bare() -> None:
    for image, sides in ((a_photo(), (160, 107)), (noise(1300, 700), (160, 86)), (a_photo(90, 60), (90, 60))):
        made = shrink_picture(with_exif(file_of(image)), "damage")
        check_picture(made)
        assert 0 < len(made.thumb) <= LARGEST_THUMB
        assert b"GPS" not in made.thumb
        small = QImage.fromData(made.thumb)
        assert abs(small.width() - sides[0]) <= 1
        assert abs(small.height() - sides[1]) <= 1


def test_a_comment_inside_a_png_does_not_come_along() -> None:
    made = shrink_picture(file_of(a_photo(400, 300), "PNG"), "damage")
    check_picture(made)
    assert b"24.7136" not in made.content
    assert (made.width, made.height) == (400, 300)


def test_the_worst_picture_still_fits() -> None:
    made = shrink_picture(file_of(noise(1300, 700), "BMP"), "appliance")
    assert len(made.content) <= LARGEST_PICTURE
    check_picture(made)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_bomb_is_refused_by_what_its_head_says() -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(PictureRefused) as refused:
        shrink_picture(bomb, "damage")
    assert refused.value.code == "picture_file_too_large"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 passport", b"GIF89a" + bytes(40), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(PictureRefused) as refused:
        shrink_picture(content, "damage")
    assert refused.value.code == "picture_unreadable"


def test_a_picture_cut_in_the_middle_is_refused_or_kept_but_never_crashes() -> None:
    whole = file_of(a_photo(600, 400), "PNG")
    with pytest.raises(PictureRefused):
        shrink_picture(whole[: len(whole) // 8], "damage")


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused) as refused:
        read_picture(str(tmp_path / "gone.jpg"), "damage")
    assert refused.value.code == "picture_not_found"


def test_kinds_are_checked_when_kept() -> None:
    assert QApplication.instance() is not None
    made = shrink_picture(file_of(a_photo(100, 100)), "identity_card")
    with pytest.raises(PictureRefused) as refused:
        check_picture(made)
    assert refused.value.code == "picture_kind"

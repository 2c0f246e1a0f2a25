"""What may be kept as a picture: one of a closed list of kinds, small, and with nothing in the file but the picture.

Pictures of identity documents are not among the kinds (PDPL article 28, Implementing Regulation article 31), and a file
that still carries notes of the camera (place, time, owner) is refused here, whoever made it.
"""

from dataclasses import dataclass
from typing import Final

from tarahum_desktop.casework.errors import CaseworkError

PICTURE_KINDS: Final = frozenset({"dwelling_outside", "dwelling_inside", "damage", "appliance"})
LARGEST_PICTURE: Final = 200 * 1024
LONGEST_SIDE: Final = 1280
LARGEST_THUMB: Final = 8 * 1024
THUMB_SIDE: Final = 160
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_PARTS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"cHRM"}
)
_JPEG_START: Final = b"\xff\xd8"
_JFIF: Final = 0xE0
_FIRST_NOTE, _LAST_NOTE, _COMMENT, _SCAN = 0xE1, 0xEF, 0xFE, 0xDA


class PictureRefused(CaseworkError):
    """A file that cannot be kept as a picture. The code says why."""

    code = "picture_unreadable"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept: its kind, its file, its sides in pixels, and a small JPEG of it (or none)."""

    kind: str
    content: bytes
    media_type: str
    width: int
    height: int
    thumb: bytes = b""


def check_picture(picture: Picture) -> None:
    """Refuse whatever may not be kept.

    Raises:
        PictureRefused: ``picture_kind``, ``picture_too_large``, ``picture_unreadable`` or ``picture_has_notes``.
    """
    if picture.kind not in PICTURE_KINDS:
        raise PictureRefused("picture_kind")
    if len(picture.content) > LARGEST_PICTURE or max(picture.width, picture.height) > LONGEST_SIDE:
        raise PictureRefused("picture_too_large")
    if min(picture.width, picture.height) < 1:
        raise PictureRefused("picture_unreadable")
    notes = {JPEG: _jpeg_has_notes, PNG: _png_has_notes}.get(picture.media_type)
    if notes is None:
        raise PictureRefused("picture_unreadable")
    if len(picture.thumb) > LARGEST_THUMB:
        raise PictureRefused("picture_too_large")
    if notes(picture.content) or (picture.thumb and _jpeg_has_notes(picture.thumb)):
        raise PictureRefused("picture_has_notes")


def _jpeg_has_notes(content: bytes) -> bool:
    """Walk the segments up to the first scan (ITU T.81, B.1); anything beside the JFIF head is a note."""
    if not content.startswith(_JPEG_START):
        raise PictureRefused("picture_unreadable")
    at = len(_JPEG_START)
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _SCAN:
            return False
        if _FIRST_NOTE <= marker <= _LAST_NOTE or marker == _COMMENT:
            return True
        if marker == _JFIF and not content[at + 4 :].startswith(b"JFIF\x00"):
            return True
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    raise PictureRefused("picture_unreadable")


def _png_has_notes(content: bytes) -> bool:
    """Walk the chunks (W3C PNG, 5.3); those that are no part of the picture are notes."""
    if not content.startswith(_PNG_SIGNATURE):
        raise PictureRefused("picture_unreadable")
    at = len(_PNG_SIGNATURE)
    while at + 8 <= len(content):
        name = content[at + 4 : at + 8]
        if name not in _PNG_PARTS:
            return True
        if name == b"IEND":
            return at + 12 < len(content)
        at += 12 + int.from_bytes(content[at : at + 4])
    raise PictureRefused("picture_unreadable")

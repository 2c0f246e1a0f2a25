"""The zip around a workbook, unpacked under a guard before any reader of sheets sees it.

A workbook is a zip whose directory can lie about sizes. So each part that is needed is unpacked here with a running
count, and packed again plainly: the reader behind only ever meets what was measured. Pictures, macros, links to other
files and everything else in the zip are left out.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from tarahum_desktop.reports.sheets.limits import MEGABYTE, SheetLimits, SheetRefused

_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_WORKBOOK: Final = "xl/workbook.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_CHUNK: Final = 1 << 16
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


def guarded_parts(content: bytes, limits: SheetLimits) -> dict[str, bytes]:
    """The parts of a workbook that matter, by name.

    Raises:
        SheetRefused: ``sheet_not_a_sheet``, ``sheet_macros``, ``sheet_locked``, ``sheet_swollen`` or ``sheet_damaged``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_directory(entries, limits)
            return _unpack(package, [entry for entry in entries if _NEEDED.fullmatch(entry.filename)], limits)
    except RuntimeError:  # zipfile's word for a part behind a password
        raise SheetRefused("sheet_locked") from None
    except _DAMAGED:
        raise SheetRefused("sheet_damaged") from None


def packed(parts: dict[str, bytes]) -> bytes:
    """The same parts as a plain zip without compression."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _check_directory(entries: list[zipfile.ZipInfo], limits: SheetLimits) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > limits.parts or len(set(names)) != len(names):
        raise SheetRefused("sheet_damaged")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SheetRefused("sheet_macros")
    if _WORKBOOK not in names or _CONTENT_TYPES not in names:
        raise SheetRefused
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise SheetRefused("sheet_locked")
    told = sum(entry.file_size for entry in entries)
    if told > limits.unpacked_bytes:
        raise SheetRefused("sheet_swollen")


def _unpack(
    package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: SheetLimits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        found = bytearray()
        with package.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                found += chunk
                total += len(chunk)
                swollen = len(found) > MEGABYTE and len(found) > limits.ratio * max(entry.compress_size, 1)
                if swollen or total > limits.unpacked_bytes:
                    raise SheetRefused("sheet_swollen")
        parts[entry.filename] = bytes(found)
    if b"macroenabled" in parts[_CONTENT_TYPES].lower():
        raise SheetRefused("sheet_macros")
    return parts

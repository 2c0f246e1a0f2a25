"""Workbooks as they come from outside, good and bad."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

ROWS = (("رقم الهوية", "المبلغ"), ("1023456781", 1250.5), ("2012345678", 980))


def book(rows=ROWS, arrange: Callable | None = None) -> bytes:
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = workbook.add_worksheet("ورقة")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    if arrange is not None:
        arrange(workbook, sheet)
    workbook.close()
    return made.getvalue()


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return made.getvalue()


def with_body(body: bytes) -> bytes:
    """A workbook whose first sheet's data is the given XML."""

    def change(parts: dict[str, bytes]) -> None:
        old = parts["xl/worksheets/sheet1.xml"]
        head = old[: old.index(b"<sheetData")]
        parts["xl/worksheets/sheet1.xml"] = head + b"<sheetData>" + body + b"</sheetData></worksheet>"

    return repacked(book(), change)

"""Registers for the tests, as office programs save them."""

import io
from collections.abc import Sequence

import xlsxwriter

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.check import check_register, finished
from tarahum_desktop.casework.imports.checked import Checked, Choices
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.register_file import RegisterFile, read_register
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on
from tests.casework.worlds import SCOPE

FAMILY = (
    ("رقم الملف", "الاسم الرباعي", "صلة القرابة", "رقم الهوية", "تاريخ الميلاد", "الجوال", "الإيجار السنوي"),
    ("34", "سعيد بن علي بن محمد القرني", "رب الأسرة", "١٠٠٠٠٠٠٠٠٨", "1/7/1400", "٠٥٥ ١٢٣ ٤٥٦٧", "١٢٬٠٠٠٫٥٠"),
    ("34", "هدى سالم أحمد الشهري", "زوجة", "1000000016", "1405", "", ""),
    ("34", "ريان سعيد علي القرني", "ابن", "1000000024", "15/03/2015", "", ""),
)


def csv(rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    quoted = (separator.join(f'"{cell}"' for cell in row) for row in rows)
    return "\r\n".join(quoted).encode(encoding)


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.close()
    return made.getvalue()


def opened(rows: Sequence[Sequence[str]], title: str = "register.csv") -> RegisterFile:
    return read_register(csv(rows), title)


def checked(
    desk: Desk, rows: Sequence[Sequence[str]], *, reason: str = "not_available", hold: bool = True
) -> Checked:
    file = opened(rows)
    found = suggest_matching(desk, file)
    matching = Matching(found.columns, found.layout, reason)
    return finished(check_register(desk, file, matching, Choices(SCOPE, hold)))


def imported(desk: Desk, rows: Sequence[Sequence[str]], **how: object) -> Imported:
    begin_import(desk, checked(desk, rows, **how))  # type: ignore[arg-type] - how is passed on
    *_, done = go_on(desk)
    assert isinstance(done, Imported)
    return done


def codes(one: Checked, row: int) -> set[str]:
    """The codes of errors and warnings of a row, counted from 0."""
    read = one.rows[row].row
    return {note.code for note in (*read.errors, *read.warnings)}

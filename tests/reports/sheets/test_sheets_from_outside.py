import datetime as dt
import io
import struct
import zipfile

import pytest

from tarahum_desktop.reports.sheets.limits import SheetLimits, SheetRefused
from tarahum_desktop.reports.sheets.read import read_sheet
from tests.reports.sheets.bad_books import book, repacked, with_body

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refusal(content, limits=None) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read_sheet(content, limits or SheetLimits())
    return caught.value


def test_a_plain_workbook_is_read_as_text_with_its_row_numbers():
    sheet = read_sheet(book())
    assert sheet.name == "ورقة"
    assert [row.cells for row in sheet.rows] == [
        ("رقم الهوية", "المبلغ"),
        ("1023456781", "1250.5"),
        ("2012345678", "980"),
    ]
    assert [row.number for row in sheet.rows] == [1, 2, 3]


def test_an_identity_number_typed_as_a_number_keeps_all_its_digits():
    sheet = read_sheet(book((("رقم",), (1023456781,), (10234567810000,), (0.1,))))
    assert [row.cells[0] for row in sheet.rows[1:]] == ["1023456781", "10234567810000", "0.1"]


def test_days_are_read_as_iso_days():
    def arrange(workbook, sheet):
        sheet.write_datetime(1, 0, dt.date(2026, 11, 23), workbook.add_format({"num_format": "yyyy-mm-dd"}))

    assert read_sheet(book((("تاريخ",),), arrange)).rows[1].cells == ("2026-11-23",)


def test_blank_rows_between_do_not_shift_the_numbers():
    sheet = read_sheet(book((("أ",), (), (), ("ب",))))
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(1, "أ"), (4, "ب")]


def test_a_formula_gives_its_last_result_and_is_flagged():
    sheet = read_sheet(
        book((("مبلغ", "ضعف"), (5, "")), lambda _, sheet: sheet.write_formula("B2", "=A2*2", None, 10))
    )
    assert sheet.rows[1].cells == ("5", "10")
    assert sheet.rows[1].formulas == {1}
    assert sheet.rows[0].formulas == frozenset()


def test_bidi_controls_are_taken_out_of_cells():
    assert read_sheet(book((("\u202eأحمد\u2066",),))).rows[0].cells == ("أحمد",)


def test_merged_cells_are_refused_with_their_address():
    error = refusal(book(arrange=lambda _, sheet: sheet.merge_range("B2:D2", "عنوان")))
    assert (error.code, error.facts) == ("sheet_merged_cells", {"cells": "B2:D2", "count": 1})


def test_a_hidden_first_sheet_is_passed_over_and_merged_cells_elsewhere_do_no_harm():
    def arrange(workbook, sheet):
        other = workbook.add_worksheet("بيانات")
        other.write(0, 0, "هنا")
        other.activate()
        other.set_first_sheet()
        sheet.merge_range("A9:B9", "x")
        sheet.hide()

    assert read_sheet(book(arrange=arrange)).rows[0].cells == ("هنا",)


def test_a_million_rows_are_refused_before_they_are_read():
    content = with_body(b"".join(b'<row r="%d"/>' % at for at in range(1, 1_000_001)))
    error = refusal(content)
    assert (error.code, error.facts) == ("sheet_too_many_rows", {"limit": 50_000})


def test_one_far_row_counts_as_all_the_rows_before_it():
    error = refusal(with_body(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert (error.code, error.facts) == ("sheet_too_many_rows", {"limit": 50_000})


def test_a_cell_too_far_to_the_side_is_refused():
    assert refusal(with_body(b'<row r="1"><c r="XFD1"><v>1</v></c></row>')).code == "sheet_too_many_columns"


def test_a_zip_bomb_is_refused():
    body = b"<row><c><v>1</v></c></row>" + b" " * (30 << 20)
    assert refusal(with_body(body)).code == "sheet_swollen"


def test_a_zip_bomb_that_lies_about_its_size_is_refused():
    content = bytearray(with_body(b" " * (30 << 20)))
    true_size = struct.pack("<I", max(e.file_size for e in zipfile.ZipFile(io.BytesIO(content)).infolist()))
    at = content.find(true_size)
    while at >= 0:
        content[at : at + 4] = struct.pack("<I", 100)
        at = content.find(true_size)
    assert refusal(bytes(content)).code in {"sheet_swollen", "sheet_damaged"}


def test_a_workbook_with_macros_is_refused():
    def add_code(parts):
        parts["xl/vbaProject.bin"] = b"code"

    def only_say_so(parts):
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"
        )

    assert refusal(repacked(book(), add_code)).code == "sheet_macros"
    assert refusal(repacked(book(), only_say_so)).code == "sheet_macros"


def test_a_workbook_behind_a_password_is_told_from_one_of_the_old_format():
    locked = OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked).code == "sheet_locked"
    assert refusal(OLE + bytes(512)).code == "sheet_old_format"


def test_entities_are_never_expanded():
    def change(parts):
        sheet = parts["xl/worksheets/sheet1.xml"]
        at = sheet.index(b"<worksheet")
        parts["xl/worksheets/sheet1.xml"] = sheet[:at] + b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet[at:]

    assert refusal(repacked(book(), change)).code == "sheet_damaged"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"MZ\x90", b"a,b\x00c"]
)
def test_other_kinds_of_files_are_refused(content):
    assert refusal(content).code == "sheet_not_a_sheet"


def test_another_zip_is_not_a_sheet():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("readme.txt", "hello")
    assert refusal(made.getvalue()).code == "sheet_not_a_sheet"


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_workbook_cut_short_is_damaged(cut):
    assert refusal(book()[:cut]).code == "sheet_damaged"


@pytest.mark.parametrize("content", [b"", b"  \n \r\n"])
def test_nothing_at_all_is_said_to_be_empty(content):
    assert refusal(content).code == "sheet_empty"


def test_an_empty_workbook_is_said_to_be_empty():
    assert refusal(book(())).code == "sheet_empty"


def test_a_file_above_the_limit_is_not_even_opened():
    error = refusal(b"x" * 3_000_000, SheetLimits(file_bytes=2 << 20))
    assert (error.code, error.facts) == ("sheet_too_large", {"limit": 2})


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1256", ","), ("utf-16", "\t")]
)
def test_csv_of_every_office_program_is_read(encoding, separator):
    content = f"الاسم{separator}المبلغ\r\nفاطمة{separator}١٢٥٠\r\n".encode(
        "cp1256" if encoding == "cp1256" else encoding, "replace"
    )
    rows = read_sheet(content).rows
    assert rows[0].cells == ("الاسم", "المبلغ")
    assert rows[1].cells[0] == "فاطمة"


def test_a_csv_with_too_many_rows_is_refused():
    assert refusal(b"a,b\n" * 11, SheetLimits(rows=10)).code == "sheet_too_many_rows"


def test_a_file_that_is_gone_is_said_without_its_path(tmp_path):
    error = refusal(tmp_path / "فاطمة.xlsx")
    assert error.code == "sheet_damaged"
    assert "فاطمة" not in str(error)

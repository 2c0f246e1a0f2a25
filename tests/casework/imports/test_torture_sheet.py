"""Everything people write in a register, right and wrong: each wrong form is named at its row, and nothing is invented."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.casework.imports.cells import Cells
from tarahum_desktop.casework.imports.check import check_register, finished
from tarahum_desktop.casework.imports.checked import Choices, Fate
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.register_file import read_register
from tarahum_desktop.casework.imports.row_reading import Lookups, read_row
from tarahum_desktop.casework.imports.written_back import note_sentence, write_back
from tarahum_desktop.domain.import_columns import Column, Layout
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.reports.sheets.limits import SheetRefused
from tarahum_desktop.reports.sheets.read import SheetRow, read_sheet
from tests.casework.imports.sheets import FAMILY, checked, codes, csv, xlsx
from tests.casework.worlds import SCOPE, TODAY

HEADINGS = (
    "الاسم", "رقم الهوية", "تاريخ الميلاد", "الجوال", "الآيبان", "الإيجار السنوي", "العنوان المختصر", "تاريخ دخول السجن",
    "تاريخ الإفراج", "عدد الغرف", "المدينة",
)  # fmt: skip
GOOD = {"الاسم": "سعيد بن علي بن محمد القرني", "رقم الهوية": "1900000017", "تاريخ الميلاد": "1/7/1400"}


def row(**cells: str) -> tuple[str, ...]:
    given_ = {**GOOD, **{heading.replace("_", " "): text for heading, text in cells.items()}}
    return tuple(given_.get(heading, "") for heading in HEADINGS)


@pytest.fixture
def desk(office):
    return office.desk("office_admin")


REFUSED = [
    ({"الاسم": ""}, "import_name_missing"),
    ({"الاسم": "سعيد 123 القرني"}, "import_name_form"),
    ({"الاسم": "=HYPERLINK(1)"}, "import_name_form"),
    ({"الاسم": "ا" * 500}, "import_text_long"),
    ({"تاريخ_الميلاد": "1/1/1320"}, "date_outside_table"),
    ({"تاريخ_الميلاد": "31/2/1400"}, "date_day_invalid"),
    ({"تاريخ_الميلاد": "1/13/1400"}, "date_month_invalid"),
    ({"تاريخ_الميلاد": "5/6/70"}, "date_year_unclear"),
    ({"تاريخ_الميلاد": "رجب 1990"}, "date_calendar_mismatch"),
    ({"تاريخ_الميلاد": "1/1/2030"}, "date_in_future"),
    ({"تاريخ_الميلاد": "1/1/3020"}, "date_year_out_of_range"),
    ({"تاريخ_الميلاد": "غير معروف"}, "date_form"),
    ({"الإيجار_السنوي": "1.234,5"}, "amount_ambiguous"),
    ({"الإيجار_السنوي": "1,234.567,00"}, "amount_invalid"),
    ({"الإيجار_السنوي": "-500"}, "amount_negative"),
    ({"الإيجار_السنوي": "9" * 30}, "amount_too_large"),
    ({"الإيجار_السنوي": "ألف ريال"}, "amount_invalid"),
    ({"تاريخ_دخول_السجن": "1/1/2025", "تاريخ_الإفراج": "1/1/2024"}, "custody_release_before_entry"),
    ({"تاريخ_دخول_السجن": "1/1/2030"}, "custody_entry_in_future"),
    ({"عدد_الغرف": "أربع"}, "import_number_form"),
    ({"عدد_الغرف": "4000"}, "import_number_form"),
]
DOUBTED = [
    ({"رقم_الهوية": "1900000010"}, "person_id_check_digit"),
    ({"رقم_الهوية": "3000000007"}, "person_id_prefix"),
    ({"رقم_الهوية": "190000001"}, "person_id_length"),
    ({"رقم_الهوية": "19000A0017"}, "person_id_characters"),
    ({"الجوال": "0412345678"}, "mobile_form"),
    ({"الجوال": "011 234 5678"}, "mobile_is_landline"),
    ({"الجوال": "+971512345678"}, "mobile_form"),
    ({"الآيبان": "SA0480000000608010167519"}, "iban_check_digits"),
    ({"الآيبان": "SA03800000006080101675"}, "iban_length"),
    ({"الآيبان": "AE070331234567890123456"}, "iban_not_saudi"),
    ({"العنوان_المختصر": "RAA2919"}, "short_address_form"),
    ({"الاسم": "سعيد"}, "import_name_short"),
    ({"المدينة": "قرية لا نعرفها"}, "import_word_unknown"),
]  # fmt: skip
READ = [
    ("رقم الهوية", "١٩٠٠٠٠٠٠١٧", "id_number", "1900000017"),
    ("رقم الهوية", "'1900000017", "id_number", "1900000017"),
    ("رقم الهوية", "190-000-0017", "id_number", "1900000017"),
    ("الجوال", "٠٥١٢٣٤٥٦٧٨", "mobile", "+966512345678"),
    ("الجوال", "00966 51 234 5678", "mobile", "+966512345678"),
    ("الجوال", "512345678", "mobile", "+966512345678"),
    ("الآيبان", "sa03 8000 0000 6080 1016 7519", "iban", "SA0380000000608010167519"),
    ("تاريخ الميلاد", "١٤٠٠/٧/١", "birth", "h1400-07-01"),
    ("تاريخ الميلاد", "رجب ١٤٠٠ هـ", "birth", "h1400-07"),
    ("تاريخ الميلاد", "1979-05-26", "birth", "g1979-05-26"),
    ("تاريخ الميلاد", "1400 تقريبا", "birth", "h1400~"),
    ("تاريخ الميلاد", "14000701", "birth", "h1400-07-01"),
    ("الاسم", "\u202eسعيد\u200f بن علي\u202c القرني", "first_name", "سعيد"),
    ("الاسم", "عبد الله بن سعد آل حمد", "family_name", "آل حمد"),
]  # fmt: skip


def test_every_wrong_form_that_cannot_be_read_stops_its_row_and_no_other(desk):
    rows = [
        row(رقم_الهوية="-", **cells) if "رقم_الهوية" not in cells else row(**cells) for cells, _ in REFUSED
    ]
    result = checked(desk, [HEADINGS, *rows, row()])
    for at, (cells, code) in enumerate(REFUSED):
        assert code in {note.code for note in result.rows[at].row.errors}, (
            cells,
            code,
            result.rows[at].row.errors,
        )
        assert result.rows[at].fate is Fate.REFUSED
    assert result.rows[-1].fate is Fate.SAVE


def test_every_doubtful_form_is_kept_and_marked(desk):
    for cells, code in DOUBTED:
        result = checked(desk, [HEADINGS, row(**cells)])
        assert code in codes(result, 0), (cells, code)
        assert result.rows[0].fate is Fate.SAVE


@pytest.mark.parametrize(("heading", "text", "field", "value"), READ)
def test_every_usual_way_of_writing_is_read(desk, heading, text, field, value):
    result = checked(desk, [HEADINGS, row(**{heading.replace(" ", "_"): text})])
    assert result.rows[0].row.errors == []
    assert result.rows[0].person.entered[field] == value


def test_every_note_is_a_plain_arabic_sentence_with_its_heading(desk):
    words, english = load_words("ar"), load_words("en")
    formats = Formatter(words)
    result = checked(desk, [HEADINGS, *(row(**cells) for cells, _ in (*REFUSED, *DOUBTED))])
    for one in result.rows:
        for note in (*one.row.errors, *one.row.warnings):
            sentence = note_sentence(words, formats, result, note)
            assert note.code not in sentence
            assert sentence != note_sentence(english, Formatter(english), result, note)


def test_the_sheet_goes_back_with_what_is_wrong_beside_each_row(desk):
    words = load_words("ar")
    result = checked(desk, [HEADINGS, row(), row(تاريخ_الميلاد="31/2/1400", رقم_الهوية="=1+1")])
    back = read_sheet(write_back(words, Formatter(words), result))
    assert back.rows[0].cells[: len(HEADINGS)] == HEADINGS
    assert back.rows[2].cells[1] == "=1+1"
    assert back.rows[2].formulas == frozenset()
    assert "تاريخ الميلاد: " in back.rows[2].cells[len(HEADINGS) + 1]
    assert back.rows[2].cells[len(HEADINGS) + 3] == "3"
    only = read_sheet(write_back(words, Formatter(words), result, only_bad=True))
    assert len(only.rows) == 2


def test_a_mended_sheet_with_its_error_columns_is_read_again(desk):
    words = load_words("ar")
    result = checked(desk, [HEADINGS, row()])
    file = read_register(write_back(words, Formatter(words), result), "mended.xlsx")
    matching = suggest_matching(desk, file)
    assert matching.columns == result.matching.columns
    again = finished(
        check_register(desk, file, Matching(matching.columns, matching.layout, "lost"), Choices(SCOPE))
    )
    assert [one.fate for one in again.rows] == [Fate.SAVE]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_every_usual_kind_of_csv_reads_alike(desk, separator, encoding):
    plain = [
        tuple(cell.replace("٠", "0").replace("٬", ",").replace("٫", ".") for cell in one) for one in FAMILY
    ]
    plain[1] = (*plain[1][:3], "1000000008", *plain[1][4:5], "0551234567", "12,000.50")
    file = read_register(csv(plain, separator, encoding), "register.csv")
    matching = suggest_matching(desk, file)
    result = finished(check_register(desk, file, matching, Choices(SCOPE)))
    assert [one.fate for one in result.rows] == [Fate.SAVE] * 3
    assert result.rows[0].row.home["annual_rent_halalas"] == 1_200_050


def test_a_title_above_the_headings_and_numbers_typed_as_numbers_are_understood(desk):
    content = xlsx(
        [("سجل المستفيدين",), (), ("م", "الاسم", "رقم الهوية"), (1, "سعيد علي محمد القرني", 1900000017)]
    )
    file = read_register(content, "register.xlsx")
    assert file.headings[:3] == ("م", "الاسم", "رقم الهوية")
    result = finished(check_register(desk, file, suggest_matching(desk, file), Choices(SCOPE)))
    assert result.rows[0].person.entered["id_number"] == "1900000017"
    assert result.rows[0].row.number == 4


def test_a_formula_is_marked_and_its_last_result_used(desk):
    made = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("الاسم", "رقم الهوية", "الإيجار السنوي"))
    sheet.write_row(1, 0, ("سعيد علي القرني", "1900000017"))
    sheet.write_formula(1, 2, "=1000*12", None, 12000)
    book.close()
    file = read_register(made.getvalue(), "register.xlsx")
    result = finished(check_register(desk, file, suggest_matching(desk, file), Choices(SCOPE)))
    assert codes(result, 0) == {"import_formula"}
    assert result.rows[0].row.home["annual_rent_halalas"] == 1_200_000


def test_dangerous_files_are_refused_before_a_row_is_read():
    merged = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(merged, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "سجل")
    book.close()
    with_macro = io.BytesIO(xlsx([("الاسم", "رقم الهوية"), ("سعيد", "1")]))
    with zipfile.ZipFile(with_macro, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b"0" * 50_000_000)
    million = b"\xd8\xa7,\xd8\xa8\n" * 1_000_000
    for content, code in (
        (merged.getvalue(), "sheet_merged_cells"), (with_macro.getvalue(), "sheet_macros"),
        (bomb.getvalue(), "sheet_swollen"), (million, "sheet_too_many_rows"),
    ):  # fmt: skip
        with pytest.raises(SheetRefused) as refused:
            read_register(content, "register.xlsx")
        assert refused.value.code == code


def test_a_number_that_stands_twice_in_the_sheet_is_refused_once(desk):
    result = checked(desk, [HEADINGS, row(), row(الاسم="ماجد سالم علي الشهري")])
    assert [one.fate for one in result.rows] == [Fate.SAVE, Fate.REFUSED]
    assert codes(result, 1) == {"import_id_twice"}


def test_the_same_person_written_twice_without_a_number_is_held_back(desk):
    twin = row(رقم_الهوية="", الجوال="0551112222", تاريخ_الميلاد="5/6/1400")
    result = checked(desk, [HEADINGS, twin, twin])
    assert [one.fate for one in result.rows] == [Fate.SAVE, Fate.HELD]
    assert codes(result, 1) == {"import_probably_twice"}
    assert [one.fate for one in checked(desk, [HEADINGS, twin, twin], hold=False).rows] == [Fate.SAVE] * 2
    compared = replace(result.choices, accepted=frozenset({3}))
    again = finished(check_register(desk, result.file, result.matching, compared))
    assert [one.fate for one in again.rows] == [Fate.SAVE] * 2


def test_the_first_of_rajab_and_a_shared_mobile_hold_nobody_back(desk):
    rows = [row(رقم_الهوية="", الجوال="0551112222"), row(رقم_الهوية="", الجوال="0551112222")]
    assert [one.fate for one in checked(desk, [HEADINGS, *rows]).rows] == [Fate.SAVE] * 2


def test_a_number_on_record_under_another_name_is_refused_with_its_file(desk):
    result = checked(desk, [HEADINGS, row(رقم_الهوية="1023456781")])
    (note,) = result.rows[0].row.errors
    assert (note.code, note.number) == ("import_id_of_another", "RYD-2026-12-00001")


CELL = st.text(max_size=40) | st.sampled_from(
    ["1/7/1400", "=A1", "1900000017", "٠٥٥", "ابن", "رب الأسرة", "12,000", "-", "\u202e", "9" * 70]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELL, min_size=len(Column), max_size=len(Column)), st.sampled_from(Layout))
def test_no_row_of_any_text_breaks_the_reading(cells, layout):
    matching = Matching({column: at for at, column in enumerate(Column)}, layout, "lost")
    read = read_row(SheetRow(2, tuple(cells)), matching, Lookups({}, {}, TODAY))
    assert read.number == 2
    assert all(-1 <= note.at < len(cells) for note in (*read.errors, *read.warnings))
    assert read.people[0].entered.get("first_name") or read.errors


@given(st.text(max_size=60))
def test_what_money_cannot_be_read_is_told_and_never_becomes_a_number(text):
    cells = Cells(SheetRow(1, (text,)), {Column.ANNUAL_RENT: 0})
    amount = cells.money(Column.ANNUAL_RENT)
    assert amount is None or (amount >= 0 and not cells.errors)

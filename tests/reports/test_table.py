from tarahum_desktop.reports.pdf.table import Column, Table
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tests.reports.pdf_reading import one_document, pages_text, plain

COLUMNS = (Column("الرقم", 1), Column("الاسم", 3), Column("ملاحظة", 6))


def test_the_head_is_repeated_and_no_row_is_lost() -> None:
    typesetter = Typesetter(right_to_left=True)
    rows = [(f"ص{number}", "محمّد الحربي", "تم") for number in range(120)]
    pages = pages_text(one_document(typesetter, Table(typesetter, COLUMNS, rows)))
    assert len(pages) > 2
    assert all("الاسم" in page for page in pages)
    words = " ".join(pages).split()
    assert [words.count(f"ص{number}") for number in range(120)] == [1] * 120


def test_a_row_higher_than_a_page_is_split_between_lines() -> None:
    typesetter = Typesetter(right_to_left=True)
    note = " ".join(f"كلمة{number}" for number in range(1500))
    rows = [("أ1", "سالم", "قصير"), ("أ2", "سالم", note), ("أ3", "سالم", "آخر")]
    pages = pages_text(one_document(typesetter, Table(typesetter, COLUMNS, rows)))
    assert len(pages) > 1
    words = set(" ".join(pages).split())
    assert {f"كلمة{number}" for number in range(1500)} <= words
    assert {"أ1", "أ2", "أ3", "آخر"} <= words


def test_a_low_row_moves_whole_to_the_next_page() -> None:
    typesetter = Typesetter(right_to_left=True)
    rows = [(f"ص{number}", f"بداية{number}", "سطر طويل " * 20 + f"نهاية{number}") for number in range(40)]
    for page in pages_text(one_document(typesetter, Table(typesetter, COLUMNS, rows))):
        for number in range(40):
            assert (f"بداية{number}" in page.split()) == (f"نهاية{number}" in page.split())


def test_the_first_column_stands_where_reading_starts() -> None:
    for right_to_left in (True, False):
        table = Table(Typesetter(right_to_left=right_to_left), COLUMNS, [("1", "2", "3")])
        table.wrap(500, 700)
        lefts = [left for left, _ in table._boxes()]
        assert lefts == sorted(lefts, reverse=right_to_left)
        assert sum(width for _, width in table._boxes()) == 500


def test_a_table_without_rows_still_shows_its_head() -> None:
    typesetter = Typesetter(right_to_left=True)
    assert plain("الاسم") in pages_text(one_document(typesetter, Table(typesetter, COLUMNS, [])))[0]

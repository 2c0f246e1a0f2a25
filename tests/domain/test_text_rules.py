"""What enters the program is clean, and what leaves it cannot reorder its neighbours."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.text import ascii_digits, clean, clean_lines, isolate, isolate_code, without_marks


def test_invisible_characters_and_extra_spaces_are_removed() -> None:
    assert clean("\u202b  سارة\u200f \t ماجد\u200b\u2069 \n") == "سارة ماجد"


def test_ligatures_become_letters() -> None:
    assert clean("عبد ﷲ") == "عبد الله"


def test_a_lone_surrogate_that_no_file_can_store_is_dropped() -> None:
    assert clean("a\ud800b") == "ab"


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_only_printable_text(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not {unicodedata.category(char) for char in once} & {"Cc", "Cf", "Cs"}
    assert "  " not in once
    assert once == once.strip()


def test_a_note_keeps_its_lines() -> None:
    assert clean_lines("\n أول \u200f سطر\r\nثاني  سطر\n\n") == "أول سطر\nثاني سطر"


def test_both_arabic_digit_sets_become_ascii() -> None:
    assert ascii_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ 5") == "0123456789 0123456789 5"


def test_marks_go_but_hamza_stays() -> None:
    assert without_marks("هُدَى أحـمد") == "هدى أحمد"


@given(st.text())
def test_isolation_is_always_balanced(text: str) -> None:
    for wrapped, opening in ((isolate(text), "\u2068"), (isolate_code(text), "\u2066")):
        assert wrapped[0] == opening
        assert wrapped[-1] == "\u2069"
        assert not set(wrapped[1:-1]) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

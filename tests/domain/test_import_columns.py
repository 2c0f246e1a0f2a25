"""Columns of a register are known by their headings in both languages, else by how their cells look."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.import_columns import (
    HEADINGS,
    Column,
    Layout,
    fingerprint,
    guess_columns,
    guess_layout,
    heading_row,
    missing_columns,
)
from tarahum_desktop.domain.import_words import WORDS, gender_of, read_word
from tarahum_desktop.domain.names import fold


@pytest.mark.parametrize("column", Column)
def test_every_field_is_known_by_each_of_its_headings(column):
    for heading in HEADINGS[column].split("|"):
        assert guess_columns([heading], []) == {column: 0}, heading


def test_no_heading_and_no_word_means_two_things():
    headings = [(fold(text), column) for column, texts in HEADINGS.items() for text in texts.split("|")]
    for text, group in itertools.groupby(sorted(headings), key=lambda one: one[0]):
        assert len({column for _, column in group}) == 1, text
    for table, codes in WORDS.items():
        words = [(fold(word), code) for code, texts in codes.items() for word in texts.split("|")]
        for word, group in itertools.groupby(sorted(words), key=lambda one: one[0]):
            assert len({code for _, code in group}) == 1, (table, word)


def test_spelling_marks_and_brackets_make_no_difference():
    headings = ["رقـم الهويّة:", "الإسم الرباعى", "تاريخ الميلاد (هـ)", "رقم الجوال / الهاتف"]
    found = guess_columns(headings, [])
    assert found == {Column.ID_NUMBER: 0, Column.FULL_NAME: 1, Column.BIRTH: 2, Column.MOBILE: 3}


def test_columns_without_headings_are_known_by_their_cells():
    rows = [
        [
            "1",
            "سعيد علي محمد القرني",
            "١٩٠٠٠٠٠٠١٧",
            "0512345678",
            "1/7/1400",
            "ذكر",
            "SA0380000000608010167519",
        ],
        ["2", "هدى سالم أحمد الشهري", "1900000025", "0512345679", "12/3/1405", "أنثى", ""],
    ]
    found = guess_columns([""] * 7, rows)
    assert found == {
        Column.FULL_NAME: 1, Column.ID_NUMBER: 2, Column.MOBILE: 3, Column.BIRTH: 4, Column.GENDER: 5, Column.IBAN: 6,
    }  # fmt: skip


def test_titles_above_the_headings_are_passed_over():
    assert heading_row([["سجل المستفيدين", ""], ["1448", ""], ["الاسم", "رقم الهوية"]]) == 2
    assert heading_row([["سعيد علي", "1900000017"], ["هدى سالم", "1900000025"]]) is None
    assert heading_row([["ألف", "باء"], ["هدى سالم", "1900000025"]]) == 0
    assert heading_row([]) is None


def test_the_layout_follows_from_the_columns():
    assert guess_layout({Column.HEAD_ID: 0, Column.RELATION: 1}) is Layout.BY_KEY
    assert guess_layout({Column.FULL_NAME: 0, Column.RELATION: 1}) is Layout.BY_ORDER
    assert guess_layout({Column.FULL_NAME: 0}) is Layout.BY_ROW
    assert missing_columns({Column.ID_NUMBER: 0}) == (Column.FULL_NAME,)


def test_a_relation_says_what_somebodys_gender_is_and_no_more():
    assert (gender_of("son"), gender_of("mother"), gender_of("other")) == ("male", "female", "")
    assert (gender_of("spouse", "زوجة"), gender_of("spouse", "زوج"), gender_of("spouse")) == (
        "female",
        "male",
        "",
    )


@given(st.text(max_size=60))
def test_a_word_is_a_code_of_its_list_or_not_known(text):
    for table, codes in WORDS.items():
        assert read_word(table, text) in {None, *codes}


@given(
    st.lists(st.text(max_size=20), max_size=8),
    st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=5),
)
def test_no_heading_and_no_cell_breaks_the_guess_and_no_column_is_taken_twice(headings, rows):
    found = guess_columns(headings, rows)
    assert len(set(found.values())) == len(found)
    assert heading_row(rows) in {None, *range(len(rows))}
    assert fingerprint(headings) == fingerprint([f" {one} " for one in headings])

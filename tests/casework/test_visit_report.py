"""The printed report says what was signed, in the reader's language, to who may see it."""

import datetime as dt

import pytest

from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.visit_report import print_visit_report, read_visit_report
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tests.casework.answers import a_draft


@pytest.fixture
def visit(office):
    return submit_visit(office.desk(), a_draft(office)).visit_id


def test_the_report_says_what_was_signed(office, visit):
    report = read_visit_report(office.desk(), visit, load_words("ar"))
    assert report.head_name == "فاطمة سعد علي الغامدي"
    assert [member.name for member in report.members] == [
        "فاطمة سعد علي الغامدي", "أحمد خالد الحربي", "هدى خالد الحربي",
    ]  # fmt: skip
    assert [member.age for member in report.members][1:] == [11, 7]
    assert [(need.service, need.person) for need in report.needs] == [
        ("خدمة BC-01", "فاطمة سعد علي الغامدي"), ("خدمة BC-06", "هدى خالد الحربي"),
    ]  # fmt: skip
    assert (report.income_total, report.expense_total) == (300_000, 120_000)
    assert [line.given for line in report.consents] == [True, True, True, False, False, True]
    assert {rating.code: rating.score for rating in report.matrix}["recovery"] is None
    assert len(report.matrix) == 13
    assert report.next_visit == dt.date(2026, 12, 24)
    assert report.receipt_number == "RYD-2026-R12-00001"
    assert report.signatures[0].strokes == (((1.0, 2.0), (3.0, 4.0)),)
    assert report.inmate.name == "خالد بن سعد الحربي"
    assert report.visit.place.endswith("الدوادمي")


def test_a_reader_of_english_reads_english(office, visit):
    report = read_visit_report(office.desk(), visit, load_words("en"))
    assert [need.service for need in report.needs] == ["Service BC-01", "Service BC-06"]
    assert report.visit.place.endswith("Ad Dawadimi")
    assert report.matrix[0].label.isascii()


def test_custody_is_left_out_for_who_may_not_see_it(office, visit):
    assert read_visit_report(office.desk("office_admin"), visit, load_words("ar")).inmate is None


def test_later_changes_of_the_records_do_not_change_what_is_printed(office, visit):
    from tarahum_desktop.casework.unit_of_work import UnitOfWork
    from tarahum_desktop.models import Person

    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Person, office.head).first_name = "سميرة"
    assert read_visit_report(office.desk(), visit, load_words("ar")).head_name.startswith("فاطمة")


def test_it_prints_in_both_languages(office, visit):
    for language in ("ar", "en"):
        words = load_words(language)
        assert print_visit_report(office.desk(), visit, words, Formatter(words)).startswith(b"%PDF-")


def test_what_is_not_here_or_not_theirs_is_not_printed(office, visit):
    words = load_words("ar")
    with pytest.raises(RecordMissing):
        read_visit_report(office.desk(), office.child, words)
    with pytest.raises(NotAllowed):
        read_visit_report(office.desk("stranger"), visit, words)

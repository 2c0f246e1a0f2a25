from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.dates import parse_partial_date
from tarahum_desktop.domain.money import parse_amount
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words

ISOLATES = dict.fromkeys([0x2066, 0x2068, 0x2069])


@pytest.fixture
def arabic() -> Formatter:
    return Formatter(load_words("ar"))


@pytest.fixture
def english() -> Formatter:
    return Formatter(load_words("en"), "latin")


def bare(text: str) -> str:
    return text.translate(ISOLATES)


def test_a_day_is_shown_in_both_calendars(arabic: Formatter) -> None:
    assert bare(arabic.date(date(2026, 11, 23))) == "١٣ جمادى الآخرة ١٤٤٨ · 2026-11-23"


def test_the_iso_date_is_isolated_so_that_it_cannot_turn_round(arabic: Formatter) -> None:
    assert "\u20662026-11-23\u2069" in arabic.date(date(2026, 11, 23))


def test_a_day_before_the_table_is_shown_in_its_own_calendar(arabic: Formatter) -> None:
    assert bare(arabic.date(date(1910, 1, 1))) == "1910-01-01"


def test_one_calendar_can_be_chosen() -> None:
    words = load_words("ar")
    assert Formatter(words, calendar="hijri").date(date(2026, 11, 23)) == "١٣ جمادى الآخرة ١٤٤٨"
    assert bare(Formatter(words, calendar="gregorian").date(date(2026, 11, 23))) == "2026-11-23"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1410", "١٤١٠ هـ"),
        ("1990", "١٩٩٠ م"),
        ("1410/7", "رجب ١٤١٠ هـ"),
        ("1410/7/1", "١ رجب ١٤١٠ · 1990-01-27"),
        ("~1410", "١٤١٠ هـ (تقديري)"),
    ],
)
def test_a_partial_date_is_shown_as_given(arabic: Formatter, typed: str, shown: str) -> None:
    assert bare(arabic.partial_date(parse_partial_date(typed))) == shown


def test_money_shows_halalas_only_when_there_are_some(arabic: Formatter, english: Formatter) -> None:
    assert arabic.money(350075) == "٣٬٥٠٠٫٧٥ ر.س"
    assert arabic.money(350000) == "٣٬٥٠٠ ر.س"
    assert english.money(350075) == "3,500.75 SAR"
    assert bare(english.money(-5)) == "-0.05 SAR"


@given(st.integers(min_value=0, max_value=10**14))
def test_shown_money_is_read_back_to_the_same_amount(halalas: int) -> None:
    for formats in (Formatter(load_words("ar")), Formatter(load_words("en"), "latin")):
        assert parse_amount(formats.money(halalas).rsplit(" ", 1)[0]) == halalas


def test_a_moment_is_shown_in_riyadh(english: Formatter) -> None:
    moment = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert bare(english.date_time(moment)) == "13 Jumada al-Akhirah 1448 · 2026-11-23, 00:30"


def test_a_moment_without_a_zone_is_refused(english: Formatter) -> None:
    with pytest.raises(ValueError, match="time zone"):
        english.date_time(datetime(2026, 11, 22, 21, 30))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.2, "ثانية واحدة"), (59, "٥٩ ثانية"), (61, "دقيقتان"), (3600, "ساعة واحدة"), (86400 * 3, "٣ أيام")],
)
def test_durations_use_their_largest_unit(arabic: Formatter, seconds: float, shown: str) -> None:
    assert arabic.duration(seconds) == shown


def test_how_long_ago_never_speaks_of_the_future(arabic: Formatter) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert arabic.ago(now + timedelta(hours=1), now) == "الآن"
    assert arabic.ago(now - timedelta(days=4, hours=5), now) == "قبل ٤ أيام"


def test_two_units_ago_stand_in_the_case_that_follows_ago(arabic: Formatter) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    units = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
    assert [arabic.ago(now - 2 * unit, now) for unit in units] == ["قبل دقيقتين", "قبل ساعتين", "قبل يومين"]


def test_sizes_shares_and_codes(english: Formatter, arabic: Formatter) -> None:
    assert english.bytes(500) == "500 bytes"
    assert english.bytes(5000) == "4.9 KB"
    assert english.bytes(3 * 1024**3) == "3.0 GB"
    assert arabic.percent(0.25) == "٢٥٪"
    assert bare(arabic.phone("+966501234567")) == "+966 50 123 4567"
    assert bare(arabic.iban("SA0380000000608010167519")) == "SA03 8000 0000 6080 1016 7519"
    assert arabic.code("R-1") == "\u2066R-1\u2069"
    assert arabic.age(6) == "٦ سنوات"

"""Dates are kept as given, by the Umm al-Qura table, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.dates import (
    Calendar,
    Certainty,
    DateError,
    DateRange,
    HijriDate,
    PartialDate,
    Precision,
    age_on,
    gregorian_of,
    hijri_of,
    hijri_or_none,
    is_first_of_rajab,
    parse_partial_date,
)
from tarahum_desktop.domain.month_names import GREGORIAN_MONTHS, HIJRI_MONTHS
from tarahum_desktop.domain.names import fold

H, G = Calendar.HIJRI, Calendar.GREGORIAN
TABLE_DAYS = st.dates(date(1924, 8, 1), date(2077, 11, 16))
CERTAINTIES = st.sampled_from(Certainty)
CODES = {
    "date_missing",
    "date_form",
    "date_year_unclear",
    "date_year_out_of_range",
    "date_calendar_mismatch",
    "date_outside_table",
    "date_month_invalid",
    "date_day_invalid",
}


def refusal_of(text: str) -> str | None:
    try:
        parse_partial_date(text).range()
    except DateError as error:
        return error.code
    return None


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    calendar = draw(st.sampled_from(Calendar))
    year = draw(st.integers(1343, 1500) if calendar is H else st.integers(1900, 2100))
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month else None
    return PartialDate(calendar, year, month, day, draw(CERTAINTIES))


def test_the_agreed_day_is_the_same_in_both_calendars() -> None:
    assert hijri_of(date(2026, 11, 23)) == HijriDate(1448, 6, 13)
    assert gregorian_of(HijriDate(1448, 6, 13)) == date(2026, 11, 23)


@given(TABLE_DAYS)
def test_every_day_of_the_table_goes_there_and_back(day: date) -> None:
    assert gregorian_of(hijri_of(day)) == day
    assert hijri_or_none(day) == hijri_of(day)


@pytest.mark.parametrize("day", [date(1924, 7, 31), date(2077, 11, 17), date(1900, 1, 1)])
def test_a_day_outside_the_table_has_no_hijri_date(day: date) -> None:
    assert hijri_or_none(day) is None
    with pytest.raises(DateError) as refused:
        hijri_of(day)
    assert refused.value.code == "date_outside_table"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (HijriDate(1342, 1, 1), "date_outside_table"),
        (HijriDate(1501, 1, 1), "date_outside_table"),
        (HijriDate(1448, 13, 1), "date_month_invalid"),
        (HijriDate(1448, 0, 1), "date_month_invalid"),
        (HijriDate(1448, 6, 0), "date_day_invalid"),
        (HijriDate(1448, 6, 31), "date_day_invalid"),
    ],
)
def test_an_impossible_hijri_day_is_refused(day: HijriDate, code: str) -> None:
    with pytest.raises(DateError) as refused:
        gregorian_of(day)
    assert refused.value.code == code


@given(partial_dates())
def test_the_range_holds_its_midpoint_and_the_code_reads_back(given_date: PartialDate) -> None:
    days = given_date.range()
    assert days.first <= days.last
    assert given_date.midpoint() in days
    assert (given_date.midpoint() - days.first) - (days.last - given_date.midpoint()) <= date.resolution
    assert PartialDate.from_code(given_date.to_code()) == given_date
    assert (days.first == days.last) == (given_date.precision is Precision.DAY)


@given(partial_dates())
def test_a_less_precise_date_covers_the_more_precise_one(given_date: PartialDate) -> None:
    year = PartialDate(given_date.calendar, given_date.year).range()
    assert year.overlaps(given_date.range())
    assert year.first <= given_date.range().first
    assert given_date.range().last <= year.last


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("h1448-06-13", PartialDate(H, 1448, 6, 13)),
        ("g1979", PartialDate(G, 1979)),
        ("h1400-07~", PartialDate(H, 1400, 7, certainty=Certainty.ESTIMATED)),
    ],
)
def test_the_stored_code_is_compact_and_stable(code: str, expected: PartialDate) -> None:
    assert PartialDate.from_code(code, "كما ورد") == expected
    assert PartialDate.from_code(code, "كما ورد").as_given == "كما ورد"
    assert expected.to_code() == code


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("x1979", "date_code_invalid"),
        ("g1979-1", "date_code_invalid"),
        ("", "date_code_invalid"),
        ("g١٩٧٩", "date_code_invalid"),
        ("g1899", "date_year_out_of_range"),
        ("h1342", "date_outside_table"),
        ("g2023-02-29", "date_day_invalid"),
        ("g2023-13", "date_month_invalid"),
        ("g2023-00", "date_month_invalid"),
        ("g2023-01-00", "date_day_invalid"),
    ],
)
def test_a_damaged_code_is_refused(code: str, error: str) -> None:
    with pytest.raises(DateError) as refused:
        PartialDate.from_code(code)
    assert refused.value.code == error


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(DateError, match="date_month_invalid"):
        PartialDate(G, 1979, None, 5)


def test_months_and_years_know_their_lengths() -> None:
    assert PartialDate(G, 2024, 2).range() == DateRange(date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(G, 2100, 12).range().last == date(2100, 12, 31)
    assert PartialDate(H, 1444).range() == DateRange(date(2022, 7, 30), date(2023, 7, 18))


def test_ranges_share_a_day_or_not() -> None:
    assert PartialDate(G, 1979).range().overlaps(PartialDate(H, 1400).range())
    assert not PartialDate(G, 1978).range().overlaps(PartialDate(H, 1400).range())
    assert not PartialDate(H, 1400).range().overlaps(PartialDate(G, 1978).range())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("١٣ جمادى الآخرة ١٤٤٨هـ", "h1448-06-13"),
        ("13 جُمَادَى الثانية 1448", "h1448-06-13"),
        ("1448/6/13", "h1448-06-13"),
        ("13-6-1448", "h1448-06-13"),
        ("13.06.1448 هـ", "h1448-06-13"),
        ("۱۳ ۶ ۱۴۴۸", "h1448-06-13"),
        ("1400 ذو الحجة 1", "h1400-12-01"),
        ("رجب 1399", "h1399-07"),
        ("1979", "g1979"),
        ("11/1979", "g1979-11"),
        ("1979-07", "g1979-07"),
        ("٢٣ كانون الأول ١٩٩٠ م", "g1990-12-23"),
        ("5 July 2001", "g2001-07-05"),
        ("~1400", "h1400~"),
        ("1399هـ تقريباً", "h1399~"),
        ("حوالي 1979م", "g1979~"),
        ("\u200f15/3/1950\u200f", "g1950-03-15"),
        ("1910", "g1910"),
        ("1343", "h1343"),
        ("1500", "h1500"),
        ("1900", "g1900"),
        ("2100", "g2100"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, code: str) -> None:
    assert parse_partial_date(text).to_code() == code


def test_what_was_typed_is_kept() -> None:
    assert parse_partial_date(" ١٣/٦/١٤٤٨ ").as_given == "١٣/٦/١٤٤٨"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_missing"),
        ("\u200f ", "date_missing"),
        ("غدًا", "date_form"),
        ("يوم 1979", "date_form"),
        ("1979!", "date_form"),
        ("1/2/3/1979", "date_form"),
        ("12345678", "date_form"),
        ("9" * 65, "date_form"),
        ("1/2/26", "date_year_unclear"),
        ("1979/1400", "date_year_unclear"),
        ("1979/123", "date_year_unclear"),
        ("1/1979/2", "date_year_unclear"),
        ("1600", "date_year_out_of_range"),
        ("2101", "date_year_out_of_range"),
        ("1300", "date_outside_table"),
        ("1340", "date_outside_table"),
        ("1299", "date_year_out_of_range"),
        ("1501", "date_year_out_of_range"),
        ("رجب 1979", "date_calendar_mismatch"),
        ("1979هـ", "date_calendar_mismatch"),
        ("رجب 1400 م", "date_calendar_mismatch"),
        ("2026/23/11", "date_month_invalid"),
        ("30/2/1979", "date_day_invalid"),
        ("0/6/1448", "date_day_invalid"),
    ],
)
def test_a_doubtful_date_is_refused_by_its_own_code(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_partial_date(text)
    assert refused.value.code == code


def test_a_birth_cannot_lie_after_today_but_may_be_this_year() -> None:
    today = date(2026, 11, 23)
    assert parse_partial_date("2026", today).precision is Precision.YEAR
    assert parse_partial_date("13/6/1448", today).midpoint() == today
    with pytest.raises(DateError, match="date_in_future"):
        parse_partial_date("24/11/2026", today)


@given(TABLE_DAYS, st.sampled_from("/-. "))
def test_both_orders_and_both_calendars_read_back(day: date, mark: str) -> None:
    hijri = hijri_of(day)
    for year, month, number in ((day.year, day.month, day.day), (hijri.year, hijri.month, hijri.day)):
        for parts in ((year, month, number), (number, month, year)):
            assert parse_partial_date(mark.join(map(str, parts))).range() == DateRange(day, day)


@given(st.text(max_size=80) | st.from_regex(r"[0-9٠-٩]{1,4}[/ -][0-9]{1,2}[/ -][0-9]{1,4}", fullmatch=True))
def test_any_text_is_a_date_or_a_coded_refusal(text: str) -> None:
    assert refusal_of(text) in {None, *CODES}


@pytest.mark.parametrize(
    ("calendar", "year", "months"), [(H, 1448, HIJRI_MONTHS), (G, 2026, GREGORIAN_MONTHS)]
)
def test_every_listed_month_name_is_folded_and_read(
    calendar: Calendar, year: int, months: tuple[tuple[str, ...], ...]
) -> None:
    for number, spellings in enumerate(months, start=1):
        for name in spellings:
            assert fold(name) == name
            assert parse_partial_date(f"{name} {year}") == PartialDate(calendar, year, number)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (PartialDate(G, 2000, 2, 29), date(2018, 2, 28), 17),
        (PartialDate(G, 2000, 2, 29), date(2018, 3, 1), 18),
        (PartialDate(G, 2000), date(2018, 7, 1), 18),
        (PartialDate(G, 2000), date(2018, 6, 30), 17),
        (PartialDate(G, 2026), date(2026, 1, 1), 0),
        (PartialDate(H, 1448, 6, 13), date(2027, 11, 23), 1),
    ],
)
def test_ages_are_reckoned_from_the_midpoint(birth: PartialDate, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_the_default_birth_date_is_known_in_both_calendars() -> None:
    assert is_first_of_rajab(PartialDate(H, 1400, 7, 1))
    assert is_first_of_rajab(PartialDate.of_day(gregorian_of(HijriDate(1400, 7, 1))))
    assert not is_first_of_rajab(PartialDate(H, 1400, 7, 2))
    assert not is_first_of_rajab(PartialDate(H, 1400, 7))
    assert not is_first_of_rajab(PartialDate(G, 1910, 7, 1))

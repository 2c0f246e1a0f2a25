"""Months as a person in the Kingdom reads them."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.ui.calendar.month import day_cell, first_shown, last_shown, month_title, same_day_in
from tarahum_desktop.ui.shell.settings import Preferences, kit_for

DAYS = st.dates(dt.date(1980, 1, 1), dt.date(2060, 12, 31))
KIT = kit_for(Preferences())


@given(DAYS)
def test_six_weeks_from_a_sunday_hold_the_whole_month(day: dt.date) -> None:
    first, last = first_shown(day), last_shown(day)
    assert first.strftime("%A") == "Sunday"
    assert (last - first).days == 41
    assert first <= day.replace(day=1)
    assert same_day_in(day.replace(day=1), 1) - dt.timedelta(1) <= last


@given(DAYS, st.integers(-30, 30))
def test_a_month_on_is_the_same_day_or_the_shorter_months_last(day: dt.date, months: int) -> None:
    there = same_day_in(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and (there + dt.timedelta(1)).day == 1)


def test_a_day_has_both_dates_and_the_title_both_months() -> None:
    cell = day_cell(KIT, dt.date(2026, 11, 23), 11, 3, 1)
    assert (cell.gregorian, cell.hijri) == ("٢٣", "١٣")
    assert "٣ مهام" in cell.spoken
    assert month_title(KIT, dt.date(2026, 11, 23)) == "جمادى الأولى – جمادى الآخرة ١٤٤٨ · نوفمبر ٢٠٢٦"


def test_the_first_of_a_hijri_month_names_it() -> None:
    first, second = (day_cell(KIT, dt.date(2026, 11, day), 11, 0, 0) for day in (11, 12))
    assert (first.hijri, first.hijri_month) == ("١", "جمادى الآخرة")
    assert (second.hijri, second.hijri_month) == ("٢", "")

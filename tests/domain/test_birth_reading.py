"""A date of life is read as it is said at a door."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.birth_reading import parse_life_date
from tarahum_desktop.domain.dates import DateError

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1430", "h1430"), ("١٤٣٠", "h1430"), ("14300701", "h1430-07-01"), ("١٤٣٠٠٧٠١", "h1430-07-01"),
        ("143007", "h1430-07"), ("20101231", "g2010-12-31"), ("12", "g2014~"), ("12 سنة", "g2014~"),
        ("١٢سنه", "g2014~"), ("عمره 12", "g2014~"), ("عمرها ١٢ عامًا", "g2014~"), ("8 أشهر", "g2026~"),
        ("3 years", "g2023~"), ("0", "g2026~"), ("1/7/1430", "h1430-07-01"), ("2010", "g2010"),
        ("\u202b1430\u202c", "h1430"),
    ],
)  # fmt: skip
def test_it_is_read_as_it_is_meant(typed, code):
    assert parse_life_date(typed, TODAY, ages=True).to_code() == code


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1342", "date_outside_table"),
        ("13420101", "date_outside_table"),
        ("1299", "date_year_out_of_range"),
        ("14301301", "date_month_invalid"),
        ("14300732", "date_day_invalid"),
        ("121 سنة", "age_out_of_range"),
        ("12 كتابًا", "date_form"),
        ("أحمد 12", "date_form"),
        ("123456789", "date_form"),
        ("", "date_missing"),
    ],
)
def test_what_cannot_be_a_date_of_life_is_refused_with_its_reason(typed, reason):
    with pytest.raises(DateError) as refused:
        parse_life_date(typed, TODAY, ages=True)
    assert refused.value.code == reason


def test_an_age_is_no_date_where_none_is_asked_for():
    with pytest.raises(DateError):
        parse_life_date("12", TODAY)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    with suppress(DateError):
        assert parse_life_date(text, TODAY, ages=True).to_code()

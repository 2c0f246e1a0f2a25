from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.attendance import Mark, standing
from tarahum_desktop.domain.custody_order import (
    CustodyOrderError,
    MoveDay,
    StayDays,
    faults_of,
    move_fault,
    pair_fault,
    require_order,
    stay_fault,
)
from tarahum_desktop.domain.dates import DateError
from tarahum_desktop.domain.partial_date import DateRange
from tarahum_desktop.domain.short_dates import read_entry_day

TODAY = date(2026, 9, 24)


def on(day: date) -> DateRange:
    return DateRange(day, day)


def stay(name: str, entry: date | None = None, release: date | None = None) -> StayDays:
    return StayDays(name, on(entry) if entry else None, on(release) if release else None, release is None)


def test_a_stay_that_ends_before_it_begins_is_a_fault() -> None:
    assert stay_fault(stay("a", date(2026, 5, 1), date(2026, 4, 30))) == "custody_release_before_entry"
    assert stay_fault(stay("a", date(2026, 5, 1), date(2026, 5, 1))) == ""


def test_a_month_that_may_be_right_is_no_fault() -> None:
    september = DateRange(date(2026, 9, 1), date(2026, 9, 30))
    assert stay_fault(StayDays("a", on(date(2026, 9, 20)), september)) == ""
    assert pair_fault(StayDays("a", on(date(2026, 1, 1)), september), stay("b", date(2026, 9, 10))) == ""


def test_days_to_come_are_faults_when_they_are_entered() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert stay_fault(stay("a", tomorrow), TODAY) == "custody_entry_in_future"
    assert stay_fault(stay("a", date(2026, 1, 1), tomorrow), TODAY) == "custody_release_in_future"


def test_two_open_stays_and_a_stay_within_another_are_faults() -> None:
    assert pair_fault(stay("a", date(2026, 1, 1)), stay("b", date(2026, 2, 1))) == "custody_open_twice"
    inner = stay("b", date(2026, 2, 1), date(2026, 2, 5))
    assert pair_fault(stay("a", date(2026, 1, 1), date(2026, 3, 1)), inner) == "custody_stays_overlap"
    assert pair_fault(stay("a", date(2026, 1, 1)), inner) == "custody_stays_overlap"


def test_out_and_in_again_on_one_day_is_right() -> None:
    first = stay("a", date(2026, 1, 1), date(2026, 3, 1))
    assert pair_fault(first, stay("b", date(2026, 3, 1))) == ""


def test_a_move_lies_within_its_stay() -> None:
    whole = stay("a", date(2026, 1, 1), date(2026, 3, 1))
    assert move_fault(MoveDay("m", "a", date(2026, 2, 1)), whole) == ""
    assert move_fault(MoveDay("m", "a", date(2025, 12, 31)), whole) == "custody_move_outside"
    assert move_fault(MoveDay("m", "a", date(2026, 3, 2)), whole) == "custody_move_outside"


@given(st.lists(st.integers(0, 300), min_size=2, max_size=8, unique=True))
def test_stays_one_after_another_are_never_faults_in_any_order(days: list[int]) -> None:
    ordered = [date(2025, 1, 1) + timedelta(days=at) for at in sorted(days)]
    stays = [stay(str(at), a, b) for at, (a, b) in enumerate(zip(ordered[::2], ordered[1::2], strict=False))]
    assert faults_of(stays[::-1]) == ()
    require_order(stay("new", TODAY), stays, TODAY)


def test_a_fault_stops_an_entry_by_its_code() -> None:
    with pytest.raises(CustodyOrderError) as refused:
        require_order(stay("new", TODAY), [stay("a", date(2026, 1, 1))], TODAY)
    assert refused.value.code == "custody_open_twice"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "g2026-09-24"), ("٢٤", "g2026-09-24"), ("25", "g2026-08-25"), ("31", "g2026-08-31"),
        ("-1", "g2026-09-23"), ("أمس", "g2026-09-23"), ("1/9", "g2026-09-01"), ("1/12", "g2025-12-01"),
        ("1ه", "h1448-04-01"), ("1/1 هـ", "h1448-01-01"), ("1448/1/5", "h1448-01-05"), ("2026-09-02", "g2026-09-02"),
    ],
)  # fmt: skip
def test_a_short_day_is_the_last_one_of_its_kind(text: str, code: str) -> None:
    assert read_entry_day(text, TODAY).to_code() == code


@pytest.mark.parametrize("text", ["0", "32", "5/13", "2027-01-01", "غدا", "1/2/3", "x" * 100])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_entry_day(text, TODAY)


@given(st.integers(1, 28), st.integers(1, 12))
def test_a_short_day_is_never_to_come(day: int, month: int) -> None:
    for text in (f"{day}", f"{day}/{month}", f"{day}ه", f"{day}/{month}ه"):
        assert read_entry_day(text, TODAY).range().first <= TODAY


def test_three_quarters_complete_a_course_and_blanks_complete_nobody() -> None:
    p, a, e = Mark.PRESENT, Mark.ABSENT, Mark.EXCUSED
    assert standing([p, p, p, a]).completed
    assert not standing([p, p, a, a, p, p, a]).completed
    assert standing([p, e, e]).completed
    assert not standing([e, e]).completed
    assert not standing([p, p, p, None]).completed
    assert not standing([]).completed
    assert standing([p, p, a]).percent == 66

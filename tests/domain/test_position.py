"""A position is read in every notation people have at hand."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.position import PositionError, read_degrees, read_pair


@pytest.mark.parametrize(
    ("typed", "micro"),
    [
        ("24.713552", 24_713_552), ("٢٤٫٧١٣٥٥٢", 24_713_552), ("24,713552", 24_713_552), ("24", 24_000_000),
        ("24°42'49\"N", 24_713_611), ("24° 42′ 49″", 24_713_611), ("24 42 49", 24_713_611), ("24 42.8", 24_713_333),
        ("24°42.8' ش", 24_713_333), ("-24.5", -24_500_000), ("24.5 S", -24_500_000), ("\u202a24.5\u202c", 24_500_000),
    ],
)  # fmt: skip
def test_one_coordinate(typed, micro):
    assert read_degrees(typed) == micro


@pytest.mark.parametrize(
    "typed", ["", "شمال", "24 61", "24 10 75", "181", "24.5 30", "1e3", "inf", "24.7.1", "2" * 90]
)
def test_what_is_no_coordinate_is_refused(typed):
    with pytest.raises(PositionError):
        read_degrees(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "24.713552, 46.675297", "24.713552 46.675297", "٢٤٫٧١٣٥٥٢، ٤٦٫٦٧٥٢٩٧", "24.713552;46.675297",
        "24.713552 N, 46.675297 E",
    ],
)  # fmt: skip
def test_a_shared_position_is_two_coordinates(typed):
    assert read_pair(typed) == (24_713_552, 46_675_297)


def test_degrees_and_minutes_are_shared_too():
    assert read_pair("24°42'49\"N 46°40'31\"E") == (24_713_611, 46_675_278)


@pytest.mark.parametrize("typed", ["24.7136", "", "أ, ب", "1,2,3"])
def test_what_is_no_pair_is_none(typed):
    assert read_pair(typed) is None


@given(st.integers(-179_999_999, 179_999_999))
def test_what_is_shown_is_read_back(micro):
    sign, rest = "-" if micro < 0 else "", abs(micro)
    assert read_degrees(f"{sign}{rest // 1_000_000}.{rest % 1_000_000:06}") == micro


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text):
    with suppress(PositionError):
        assert abs(read_degrees(text)) <= 180_000_000

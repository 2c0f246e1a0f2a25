"""A day's visits in the order of driving."""

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.route import Point, Stop, distance_km, length_km, route

POINTS = st.builds(Point, st.integers(16_000_000, 32_000_000), st.integers(34_000_000, 56_000_000))
STOPS = st.lists(
    st.builds(
        Stop, st.text("abcdef", min_size=4, max_size=4), st.sampled_from(["", "أ", "ب"]), st.none() | POINTS
    ),
    max_size=9,
    unique_by=lambda stop: stop.key,
)
OFFICE = Point(26_326_000, 43_975_000)


@given(STOPS, st.none() | POINTS)
def test_every_stop_is_driven_to_once_in_the_same_order_whoever_asks(stops, start) -> None:
    found = route(stops, start)
    assert sorted(stop.key for stop in found) == sorted(stop.key for stop in stops)
    assert route(stops[::-1], start) == found


@given(STOPS, POINTS)
def test_turning_no_stretch_round_makes_the_way_shorter(stops, start) -> None:
    driven = [stop.point for stop in route(stops, start) if stop.point]
    for first in range(len(driven)):
        for last in range(first + 1, len(driven) + 1):
            turned = driven[:first] + driven[first:last][::-1] + driven[last:]
            assert length_km(driven, start) <= length_km(turned, start) + 1e-6


@given(STOPS)
def test_families_without_a_position_come_last_and_by_place(stops) -> None:
    found = route(stops, OFFICE)
    known = [stop.point is not None for stop in found]
    assert known == sorted(known, reverse=True)
    places = [stop.place for stop in found if stop.point is None]
    assert places == sorted(places)


def test_towns_along_one_road_are_visited_along_it() -> None:
    road = [Stop(name, "", Point(26_326_000 + step * 100_000, 43_975_000)) for name, step in
            (("d", 4), ("a", 1), ("c", 3), ("b", 2))]  # fmt: skip
    assert [stop.key for stop in route(road, OFFICE)] == ["a", "b", "c", "d"]


def test_riyadh_and_jeddah_are_some_850_km_apart() -> None:
    assert 840 < distance_km(Point(24_713_600, 46_675_300), Point(21_485_800, 39_192_500)) < 860


def test_a_very_long_list_is_ordered_all_the_same() -> None:
    many = [Stop(f"{at:03}", "", Point(20_000_000 + at * 7_919 % 900_000, 40_000_000)) for at in range(90)]
    assert len(route(many)) == 90

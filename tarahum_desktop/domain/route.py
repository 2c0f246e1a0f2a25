"""The order of a day's visits: near ones after each other, from the office and back.

Nearest neighbour, then 2-opt (Croes, 1958). A day has some twenty visits, so both are instant; the same visits give
the same order on every machine. Families whose position is not known are grouped by place at the end.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_EARTH_KM: Final = 6371.0088
_GAIN: Final = 1e-9
MOST: Final = 60
"""More stops than this are ordered by the first rule alone."""


@dataclass(frozen=True, slots=True)
class Point:
    """A position in millionths of a degree."""

    latitude_e6: int
    longitude_e6: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One family to visit; ``key`` decides among equals, ``place`` groups who has no position."""

    key: str
    place: str = ""
    point: Point | None = None


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance (haversine)."""
    up = math.radians(one.latitude_e6 / 1e6), math.radians(other.latitude_e6 / 1e6)
    along = math.radians((other.longitude_e6 - one.longitude_e6) / 1e6)
    half = math.sin((up[1] - up[0]) / 2) ** 2 + math.cos(up[0]) * math.cos(up[1]) * math.sin(along / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def route(stops: Sequence[Stop], start: Point | None = None) -> tuple[Stop, ...]:
    """The stops in the order of driving; without ``start`` the drive begins at the first stop by key."""
    known = sorted((stop for stop in stops if stop.point is not None), key=lambda stop: stop.key)
    unknown = sorted((stop for stop in stops if stop.point is None), key=lambda stop: (stop.place, stop.key))
    if not known:
        return tuple(unknown)
    points = [stop.point for stop in known if stop.point is not None]
    home = start or points[0]
    order = _nearest(points, home)
    if len(order) <= MOST:
        order = _untangled(points, home, order)
    return (*(known[at] for at in order), *unknown)


def length_km(points: Sequence[Point], home: Point) -> float:
    """The way from home through all points and back."""
    stops = [home, *points, home]
    return sum(distance_km(one, other) for one, other in itertools.pairwise(stops))


def _nearest(points: Sequence[Point], home: Point) -> list[int]:
    left, order, here = list(range(len(points))), list[int](), home
    while left:
        following = min(left, key=lambda at: (distance_km(here, points[at]), at))
        left.remove(following)
        order.append(following)
        here = points[following]
    return order


def _untangled(points: Sequence[Point], home: Point, order: list[int]) -> list[int]:
    """Turn stretches round as long as that shortens the way."""
    far = [[distance_km(one, other) for other in (*points, home)] for one in (*points, home)]
    base = len(points)
    found = True
    while found:
        found = False
        way = [base, *order, base]
        for first in range(1, len(way) - 2):
            for last in range(first + 1, len(way) - 1):
                before, after = way[first - 1], way[last + 1]
                kept = far[before][way[first]] + far[way[last]][after]
                turned = far[before][way[last]] + far[way[first]][after]
                if turned < kept - _GAIN:
                    way[first : last + 1] = reversed(way[first : last + 1])
                    found = True
        order = way[1:-1]
    return order

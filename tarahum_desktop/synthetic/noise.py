"""The untidiness real registers have, in exact shares of every committee's persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tarahum_desktop.synthetic.rounding import share_of


@dataclass(frozen=True, slots=True)
class Blemishes:
    """What is odd about one person's record.

    ``birth`` is "day" (Gregorian), "hijri" (a Hijri day only) or "year" (no more than a year).
    """

    birth: str
    first_of_rajab: bool
    no_mobile: bool
    eastern_digits: bool
    resident: bool


def blemishes(
    count: int, quality: Mapping[str, Any], saudi_share: float, saudis: set[int], rng: Random
) -> list[Blemishes]:
    """Blemishes of ``count`` persons; each share is exact to the nearest whole person.

    ``saudis`` are places that must not become residents.
    """
    hijri = _count(count, quality["hijri_only_birth"])
    year = _count(count, quality["birth_year_only"])
    births = ["hijri"] * hijri + ["year"] * year + ["day"] * (count - hijri - year)
    rng.shuffle(births)
    with_day = [place for place, birth in enumerate(births) if birth != "year"]
    rajab = set(rng.sample(with_day, min(len(with_day), _count(count, quality["birth_on_1_rajab"]))))
    silent = _some(count, quality["missing_mobile"], rng)
    eastern = _some(count, quality["eastern_digits_in_input"], rng)
    others = [place for place in range(count) if place not in saudis]
    foreign = set(rng.sample(others, min(len(others), _count(count, 1 - saudi_share))))
    return [
        Blemishes(birth, place in rajab, place in silent, place in eastern, place in foreign)
        for place, birth in enumerate(births)
    ]


def _count(count: int, share: float) -> int:
    return share_of(count, round(share * 1000))


def _some(count: int, share: float, rng: Random) -> set[int]:
    return set(rng.sample(range(count), _count(count, share)))


_SPELLINGS = (
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ؤ", "و"), ("ئ", "ي"),
    ("عبدا", "عبد ا"), ("ضيف الله", "ضيفالله"), ("جارالله", "جار الله"),
)  # fmt: skip


def spelled_otherwise(name: str, rng: Random) -> str:
    """The same name as another clerk may write it: hamza, taa marbuta, yaa, compound names, tatweel."""
    ways = [(old, new) for old, new in _SPELLINGS if old in name]
    if ways:
        old, new = rng.choice(ways)
        return name.replace(old, new)
    middle = len(name) // 2
    return (
        name[:middle] + "ـ" + name[middle:] if name[middle - 1 : middle] in "بتثجحخسشصضطظعغفقكلمنهي" else name
    )

"""Who lives with whom: a committee's persons gathered into households of believable sizes and heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tarahum_desktop.synthetic.assign import Slot
from tarahum_desktop.synthetic.rounding import largest_remainder, share_of

_SMALLEST_RELATIVE_HEAD = 2
_THOUSANDTHS = 10_000


@dataclass(slots=True)
class Group:
    """One household: its head, the men and women in custody, the others (positions in the committee's list).

    ``pattern`` is one of the head patterns of the year, or "alone".
    """

    pattern: str
    head: int
    prisoners: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Pools:
    prisoners: list[int]
    released: list[int]
    heads: list[int]
    rest: list[int]


def groups(
    slots: Sequence[Slot], year: Mapping[str, Any], services: Sequence[str], rng: Random
) -> list[Group]:
    """Gather ``slots`` into households; records made in a second committee live there alone."""
    by_kind: list[list[int]] = [[], [], []]
    alone = [place for place, slot in enumerate(slots) if not slot.home]
    for place, slot in enumerate(slots):
        if slot.home:
            by_kind[slot.kind].append(place)
    prisoners, released, family = by_kind
    rng.shuffle(prisoners)
    rng.shuffle(released)
    without = share_of(len(prisoners), 1000 - round(1000 * year["duplicates"]["prisoner_in_household"]))
    alone += prisoners[:without]
    pools = _Pools(prisoners[without:], released, *_adults_first(family, slots, services, rng))
    found = _open_households(pools, _sizes(pools, year, rng), year, rng)
    found += [Group("alone", place) for place in alone]
    rng.shuffle(found)
    return found


def _adults_first(
    family: list[int], slots: Sequence[Slot], services: Sequence[str], rng: Random
) -> tuple[list[int], list[int]]:
    """Family members fit to head a household (best last, to pop), and school children."""
    school = services.index("CD-01")
    household_services = {
        services.index(code) for code in ("BC-01", "BC-03", "BC-06", "BC-07", "BC-08", "BC-09")
    }
    adults = [place for place in family if school not in slots[place].services]
    weight = {
        place: len(household_services.intersection(slots[place].services)) + rng.random() for place in adults
    }
    adults.sort(key=lambda place: weight[place])
    children = [place for place in family if school in slots[place].services]
    return adults, children


def _sizes(pools: _Pools, year: Mapping[str, Any], rng: Random) -> list[int]:
    """Household sizes after the census-like distribution, summing to the persons at hand."""
    people = len(pools.prisoners) + len(pools.released) + len(pools.heads) + len(pools.rest)
    shares = {int(size): share for size, share in year["household_size"].items()}
    mean = sum(size * share for size, share in shares.items())
    count = max(1, round(people / mean)) if people else 0
    counts = largest_remainder([round(share * _THOUSANDTHS) for share in shares.values()], count)
    sizes = [size for size, times in zip(shares, counts, strict=True) for _ in range(times)]
    while sum(sizes) != people:
        place = rng.randrange(len(sizes))
        step = 1 if sum(sizes) < people else -1
        sizes[place] += step if sizes[place] + step >= 1 else 0
    rng.shuffle(sizes)
    return sizes


def _open_households(pools: _Pools, sizes: list[int], year: Mapping[str, Any], rng: Random) -> list[Group]:
    patterns = _patterns(len(sizes), year, rng)
    found: list[Group] = []
    room: list[int] = []
    for pattern, size in sorted(zip(patterns, sizes, strict=True), key=lambda pair: -pair[1]):
        fitting = pattern if size >= _SMALLEST_RELATIVE_HEAD else "divorced_woman"
        group = _with_head(fitting, pools)
        if group.pattern.endswith("prisoner") or group.pattern == "elder_sibling":
            if pools.prisoners:
                group.prisoners.append(pools.prisoners.pop())
            else:
                group.pattern = "divorced_woman"
        found.append(group)
        room.append(size - 1 - len(group.prisoners))
    _place_the_rest(found, room, pools, rng)
    return found


def _patterns(count: int, year: Mapping[str, Any], rng: Random) -> list[str]:
    shares = year["household_head"]
    counts = largest_remainder([round(share * _THOUSANDTHS) for share in shares.values()], count)
    patterns = [pattern for pattern, times in zip(shares, counts, strict=True) for _ in range(times)]
    rng.shuffle(patterns)
    return patterns


def _with_head(pattern: str, pools: _Pools) -> Group:
    """A household with its head; where nobody fits the pattern, the pattern gives way."""
    if pattern == "released_person" and pools.released:
        return Group(pattern, pools.released.pop())
    wanted = "divorced_woman" if pattern == "released_person" else pattern
    if pools.heads:
        return Group(wanted, pools.heads.pop())
    if pools.released:
        return Group("released_person", pools.released.pop())
    return Group("alone", (pools.prisoners or pools.rest).pop())


def _place_the_rest(found: list[Group], room: list[int], pools: _Pools, rng: Random) -> None:
    """Further prisoners go to families that have one already, everybody else where there is room."""
    with_prisoner = [place for place, group in enumerate(found) if group.prisoners]
    for place in with_prisoner * 3:
        if pools.prisoners and room[place] > 1:
            found[place].prisoners.append(pools.prisoners.pop())
            room[place] -= 1
    rest = pools.released + pools.heads + pools.rest
    rng.shuffle(rest)
    rest = pools.prisoners + rest
    free = [place for place, spare in enumerate(room) for _ in range(spare)]
    rng.shuffle(free)
    for position in rest:
        place = free.pop() if free else rng.randrange(len(found))
        found[place].others.append(position)

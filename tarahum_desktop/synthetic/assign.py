"""Who gets which services: every cell's counts dealt to its persons, nobody the same service twice.

A second delivery of one service inside a plan is a delivery, not a second service; so distinct services a
person keep within every service's repeat guard.
"""

from dataclasses import dataclass
from random import Random

from tarahum_desktop.synthetic.errors import MarginsImpossible
from tarahum_desktop.synthetic.margins import Cell
from tarahum_desktop.synthetic.world import KINDS

_SWITCHES_A_SLOT = 4
_DOUBLED_KINDS = (0, 1)  # a prisoner or released person is known to the committee of home and of the prison
_TRIES = 200


@dataclass(slots=True)
class Slot:
    """One person in one committee: ``number`` is the national person, equal in a second committee.

    ``home`` tells the first record from one made again elsewhere; ``doubled`` marks both.
    """

    number: int
    kind: int
    services: tuple[int, ...]
    home: bool = True
    doubled: bool = False


def deal(cell: Cell, rng: Random) -> list[tuple[int, ...]]:
    """Give each person of the cell distinct services so that degrees and service counts hold.

    A first dealing (Gale and Ryser) is shuffled by switches that keep both margins.
    """
    degrees = [k for k, count in enumerate(cell.degrees) for _ in range(count)]
    rng.shuffle(degrees)
    held = _first_dealing(degrees, cell.services)
    _switch(held, sum(degrees) * _SWITCHES_A_SLOT, rng)
    return [tuple(sorted(services)) for services in held]


def _first_dealing(degrees: list[int], services: tuple[int, ...]) -> list[list[int]]:
    held: list[list[int]] = [[] for _ in degrees]
    levels: list[list[int]] = [[] for _ in range(max(degrees, default=0) + 1)]
    for person, degree in enumerate(degrees):
        levels[degree].append(person)
    for service in sorted(range(len(services)), key=lambda s: (-services[s], s)):
        need = services[service]
        taken: list[tuple[int, int]] = []
        for level in range(len(levels) - 1, 0, -1):
            while need and levels[level]:
                taken.append((level - 1, levels[level].pop()))
                need -= 1
        if need:
            raise MarginsImpossible
        for level, person in taken:
            held[person].append(service)
            levels[level].append(person)
    return held


def _switch(held: list[list[int]], times: int, rng: Random) -> None:
    if len(held) < 2:
        return
    for _ in range(times):
        one, other = held[int(rng.random() * len(held))], held[int(rng.random() * len(held))]
        mine, theirs = int(rng.random() * len(one)), int(rng.random() * len(other))
        if one[mine] not in other and other[theirs] not in one:
            one[mine], other[theirs] = other[theirs], one[mine]


def double(committees: list[list[Slot]], pairs: int, rng: Random) -> int:
    """Register some persons in a second committee too, in pairs that exchange one service each.

    Each of the pair gets one of the other's services, in the other's committee: no total changes, neither
    of committees and services nor of services a person. Returns how many pairs were found.
    """
    pools = {
        kind: [
            (place, slot)
            for place, slots in enumerate(committees)
            for slot in slots
            if slot.kind == kind and len(slot.services) > 1
        ]
        for kind in _DOUBLED_KINDS
    }
    made = tries = 0
    while made < pairs and tries < _TRIES + 20 * pairs:
        tries += 1
        pool = pools[_DOUBLED_KINDS[tries % len(_DOUBLED_KINDS)]]
        if len(pool) > 1:
            made += _exchange(committees, pool, rng)
    return made


def _exchange(committees: list[list[Slot]], pool: list[tuple[int, Slot]], rng: Random) -> bool:
    (here, one), (there, other) = rng.choice(pool), rng.choice(pool)
    mine = [s for s in one.services if s not in other.services]
    theirs = [s for s in other.services if s not in one.services]
    if here == there or one.doubled or other.doubled or not mine or not theirs:
        return False
    given, got = rng.choice(mine), rng.choice(theirs)
    one.services = tuple(s for s in one.services if s != given)
    other.services = tuple(s for s in other.services if s != got)
    one.doubled = other.doubled = True
    committees[there].append(Slot(one.number, one.kind, (got,), home=False, doubled=True))
    committees[here].append(Slot(other.number, other.kind, (given,), home=False, doubled=True))
    return True


def people(cells: list[Cell], rng: Random) -> list[list[Slot]]:
    """Every committee's persons with their services, numbered nationally."""
    committees: list[list[Slot]] = []
    number = 0
    for cell in cells:
        if cell.kind == 0:
            committees.append([])
        for services in deal(cell, rng):
            committees[-1].append(Slot(number, cell.kind, services))
            number += 1
    assert len(cells) == len(committees) * len(KINDS)
    return committees

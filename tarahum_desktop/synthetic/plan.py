"""The whole year from a seed and a scale: a light skeleton in memory, family files streamed from it.

The skeleton holds every person's services (some tens of bytes each); a committee's households and months
are worked out when that committee is read. Equal seed and scale give equal files, in equal order.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from tarahum_desktop.synthetic.assign import Slot, double, people
from tarahum_desktop.synthetic.courses import year_end_states
from tarahum_desktop.synthetic.custody import Stay, stays
from tarahum_desktop.synthetic.families import Family, FamilyMaker, Roster
from tarahum_desktop.synthetic.filing import CaseFile, Filing
from tarahum_desktop.synthetic.grouping import Group, groups
from tarahum_desktop.synthetic.margins import cells
from tarahum_desktop.synthetic.months import service_months
from tarahum_desktop.synthetic.noise import blemishes, spelled_otherwise
from tarahum_desktop.synthetic.people import Invention
from tarahum_desktop.synthetic.period import LAST_DAY, Period
from tarahum_desktop.synthetic.rounding import largest_remainder
from tarahum_desktop.synthetic.world import CommitteeFacts, World


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """One household with all that is recorded of it.

    ``stays`` follow the members. ``shadow`` marks a person registered again without an identity number,
    whose name is spelled otherwise; such a file has one case and no service.
    """

    committee: CommitteeFacts
    number: int
    family: Family
    cases: tuple[CaseFile, ...]
    stays: tuple[tuple[Stay, ...], ...]
    shadow: bool = False


class Plan:
    """The invented year of a ``seed`` at a ``scale`` (0.001 to 10; 1 is the full year), on the day it ``ends``.

    Raises:
        ScaleOutOfRange: for another scale.
    """

    def __init__(self, world: World, seed: int, scale: Fraction, ends: dt.date = LAST_DAY) -> None:
        self.world, self.seed, self.scale, self.period = world, seed, scale, Period(ends)
        rng = Random(f"people/{seed}")
        self._slots = people(cells(world, scale), rng)
        self.persons = sum(len(slots) for slots in self._slots)
        share = Fraction(str(world.year["duplicates"]["same_id_second_committee"]))
        twins = round(self.persons * Fraction(str(world.year["duplicates"]["no_id_name_variant"])))
        self._twins = largest_remainder([len(slots) for slots in self._slots], twins)
        self.doubled = 2 * double(self._slots, round(self.persons * share / 2), rng)

    @property
    def committees(self) -> tuple[str, ...]:
        """Committee codes in the order of the stream."""
        return tuple(committee.code for committee in self.world.committees)

    def slots(self, code: str) -> tuple[Slot, ...]:
        """Everybody a committee serves, those known to a second committee last."""
        return tuple(self._slots[self.committees.index(code)])

    def families(self, code: str) -> Iterator[FamilyFile]:
        """The family files of one committee."""
        committee = self.world.committees[self.committees.index(code)]
        roster = self._roster(committee)
        if not roster.slots:
            return
        rng = Random(f"files/{self.seed}/{code}")
        found = groups(roster.slots, self.world.year, [s.code for s in self.world.services], rng)
        shadowed = self._shadowed(committee, roster, rng)
        states = year_end_states(
            [_last_month(group, roster) for group in found], len(shadowed), self.world.year, rng
        )
        invention = Invention(self.world.names, self.period, self.seed)
        maker = FamilyMaker(self.world, committee, roster, invention, self.seed)
        filing = Filing(self.world, self.period, rng)
        number = 0
        for group, state in zip(found, states, strict=True):
            number += 1
            family = maker.family(group)
            yield self._file(committee, number, family, state, filing, rng)
            for place, index in zip(_places(group), range(len(family.members)), strict=True):
                if place in shadowed:
                    number += 1
                    yield self._shadow(committee, number, family, index, filing, rng)

    def _roster(self, committee: CommitteeFacts) -> Roster:
        slots = self._slots[self.world.committees.index(committee)]
        year = self.world.year
        rng = Random(f"roster/{self.seed}/{committee.code}")
        at_home = [slot for slot in slots if slot.home]
        doubled = {place for place, slot in enumerate(at_home) if slot.doubled}
        odd = blemishes(len(at_home), year["quality"], year["saudi_share"], doubled, rng)
        guests = len(slots) - len(at_home)
        odd += blemishes(guests, year["quality"], 1.0, set(), rng)
        codes = [service.code for service in self.world.services]
        return Roster(slots, odd, service_months(slots, codes, year["month_weights"], rng))

    def _shadowed(self, committee: CommitteeFacts, roster: Roster, rng: Random) -> set[int]:
        at_home = [place for place, slot in enumerate(roster.slots) if slot.home]
        return set(rng.sample(at_home, self._twins[self.world.committees.index(committee)]))

    def _file(
        self, committee: CommitteeFacts, number: int, family: Family, state: str, filing: Filing, rng: Random
    ) -> FamilyFile:
        means, cases = filing.cases(family, state)
        inside = tuple(
            tuple(stays(member, committee, self.period, cases[0].opened, means.contact, rng))
            for member in family.members
        )
        return FamilyFile(committee, number, family, tuple(cases), inside)

    def _shadow(
        self, committee: CommitteeFacts, number: int, family: Family, index: int, filing: Filing, rng: Random
    ) -> FamilyFile:
        """The same person once more: no identity number, the name as another clerk writes it."""
        twin = family.members[index]
        name = twin.person.name
        other = replace(
            name, first=spelled_otherwise(name.first, rng), family=spelled_otherwise(name.family, rng)
        )
        person = replace(twin.person, name=other, id_number="")
        alone = Family(
            "alone", (replace(twin, person=person, relation="self", services=(), months=()),), family.home
        )
        means = filing.means(alone)
        opened = self.period.day(1, 8) + dt.timedelta(days=int(rng.random() * 340))
        case = filing.applied(alone, means, "registered", opened)
        return FamilyFile(committee, number, alone, (case,), ((),), shadow=True)


def _places(group: Group) -> list[int]:
    return [group.head, *group.prisoners, *group.others]


def _last_month(group: Group, roster: Roster) -> int:
    return max(month for place in _places(group) for month in roster.months[place])

"""A household becomes a family: names that follow from one another, ages that fit, a home in a real town."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from tarahum_desktop.synthetic.assign import Slot
from tarahum_desktop.synthetic.draw import weighted
from tarahum_desktop.synthetic.grouping import Group
from tarahum_desktop.synthetic.noise import Blemishes, spelled_otherwise
from tarahum_desktop.synthetic.people import Individual, Invention, Name
from tarahum_desktop.synthetic.world import CommitteeFacts, PlaceFacts, World

PRISONER, RELEASED, RELATIVE = 0, 1, 2
_ADULT_SERVICES = ("BC-06", "BC-08", "CD-02", "CD-03", "CD-04", "CD-05", "CD-06")
_CHILD_SHARE = 0.72
# Fathers in prison are men and most heads are women; these shares of the rest bring the whole to the year's.
_MEN_AMONG_THE_OPEN = {PRISONER: 0.855, RELEASED: 0.93, RELATIVE: 0.565}
_OTHER_SPELLING = 0.6
_HEADS_MARITAL = {
    "wife_of_prisoner": "married",
    "mother_of_prisoner": "widowed",
    "divorced_woman": "divorced",
}
_DIRECTIONS = (
    "خلف المسجد الجامع",
    "قرب المدرسة الابتدائية",
    "بجوار المركز الصحي",
    "آخر الشارع من جهة الوادي",
)
_SETTLEMENTS = {"metro": "city", "city": "city", "town": "city", "remote": "village"}


@dataclass(frozen=True, slots=True)
class Member:
    """One person in the household: what they are to its head, and which services they get."""

    person: Individual
    kind: int
    relation: str
    resident: bool
    services: tuple[int, ...]
    months: tuple[int, ...]
    marital: str | None
    home: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where the family lives."""

    place: PlaceFacts
    latitude_e6: int
    longitude_e6: int
    environment: str
    tenure: str
    house_type: str
    rooms: int
    condition: str
    annual_rent: int | None
    district: str | None
    directions: str | None
    short_address: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """A household with its home; ``members[0]`` is the head."""

    pattern: str
    members: tuple[Member, ...]
    home: Home


@dataclass(frozen=True, slots=True)
class Roster:
    """A committee's persons side by side: slots, their blemishes and the months of their services."""

    slots: Sequence[Slot]
    odd: Sequence[Blemishes]
    months: Sequence[tuple[int, ...]]


@dataclass(slots=True)
class _Root:
    """From whom the household's names and ages follow: the father of its children.

    ``head`` is the head's name once known; ``parents`` the parents of the head already in the household.
    """

    name: Name
    age: int
    head_age: int
    head: Name | None = None
    parents: set[str] = field(default_factory=set)


class FamilyMaker:
    """Makes the families of one committee, in order, from one random stream."""

    def __init__(
        self, world: World, committee: CommitteeFacts, roster: Roster, invention: Invention, seed: int
    ) -> None:
        self._world, self._committee, self._roster, self._invention = world, committee, roster, invention
        self._seed = seed
        self._rng = Random(f"families/{seed}/{committee.code}")
        codes = [service.code for service in world.services]
        self._adult = frozenset(codes.index(code) for code in _ADULT_SERVICES)
        self._school = codes.index("CD-01")

    def family(self, group: Group) -> Family:
        """The family of one household group."""
        rng = self._rng
        places = [group.head, *group.prisoners, *group.others]
        anchor = self._anchor(group)
        root = self._root(group, anchor)
        members = [self._head(group, root, anchor)]
        root.head = members[0].person.name
        spouse_free = group.pattern == "released_person"
        for place in places[1:]:
            slot = self._roster.slots[place]
            if place == anchor:
                members.append(self._anchor_member(group, place, root))
            elif spouse_free and slot.kind == RELATIVE and self._school not in slot.services:
                spouse_free = False
                name = self._invention.name(False, rng)
                members.append(
                    self._member(place, name, False, max(20, root.age - rng.randrange(9)), "spouse")
                )
            else:
                members.append(self._relative(group, place, root))
        return Family(group.pattern, tuple(members), self._home(len(members)))

    def _anchor(self, group: Group) -> int:
        """The person the names follow from: one known to two committees first, else the first prisoner."""
        candidates = [group.head, *group.prisoners, *group.others]
        for place in candidates:
            slot = self._roster.slots[place]
            if slot.doubled and slot.kind != RELATIVE:
                return place
        if group.pattern in {"released_person", "alone"} or not group.prisoners:
            return group.head
        return group.prisoners[0]

    def _root(self, group: Group, anchor: int) -> _Root:
        slot = self._roster.slots[anchor]
        if slot.doubled:
            name, age, _male = self.standing(slot)
        else:
            age = 24 + int(self._rng.triangular(0, 34, 14))
            name = self._invention.name(True, self._rng)
        gap = self._rng.randrange
        head_age = {
            "wife_of_prisoner": max(20, age - gap(9)),
            "mother_of_prisoner": age + 17 + gap(12),
            "father_of_prisoner": age + 20 + gap(12),
            "elder_sibling": age + 1 + gap(10),
        }.get(group.pattern, age)
        return _Root(name, age, min(head_age, 92))

    def standing(self, slot: Slot) -> tuple[Name, int, bool]:
        """Name, age and sex of a person known to two committees: the same from either side."""
        rng = Random(f"standing/{self._seed}/{slot.number}")
        return self._invention.name(True, rng), rng.randrange(26, 58), True

    def _head(self, group: Group, root: _Root, anchor: int) -> Member:
        place, rng = group.head, self._rng
        slot = self._roster.slots[place]
        if group.pattern == "father_of_prisoner":
            return self._member(place, self._invention.father_of(root.name, rng), True, root.head_age, "self")
        if group.pattern == "elder_sibling":
            name = root.name.sibling(self._invention.first(True, rng))
            return self._member(place, name, True, root.head_age, "self")
        if slot.kind == RELATIVE or place != anchor:
            marital = _HEADS_MARITAL.get(group.pattern)
            return self._member(
                place, self._invention.name(False, rng), False, root.head_age, "self", marital
            )
        if slot.doubled:
            return self._member(place, root.name, True, root.age, "self")
        male = self._man(slot.kind)
        name = root.name if male else self._invention.name(False, rng)
        return self._member(place, name, male, root.age, "self")

    def _anchor_member(self, group: Group, place: int, root: _Root) -> Member:
        relation = {
            "wife_of_prisoner": "spouse",
            "mother_of_prisoner": "son",
            "father_of_prisoner": "son",
            "elder_sibling": "brother",
        }.get(group.pattern, "brother")
        return self._member(place, root.name, True, root.age, relation)

    def _relative(self, group: Group, place: int, root: _Root) -> Member:
        slot, rng = self._roster.slots[place], self._rng
        male = self._man(slot.kind)
        age = self._age_of(slot, root) if slot.kind == RELATIVE else 19 + int(rng.triangular(0, 30, 9))
        return self._placed(group, place, root, male, age)

    def _man(self, kind: int) -> bool:
        """Whether a person whose place in the family leaves it open is a man."""
        return self._rng.random() < _MEN_AMONG_THE_OPEN[kind]

    def _age_of(self, slot: Slot, root: _Root) -> int:
        rng = self._rng
        adult = not self._adult.isdisjoint(slot.services)
        if self._school in slot.services:
            return rng.randrange(17, 19) if adult else rng.randrange(6, 18)
        if adult or rng.random() > _CHILD_SHARE:
            return 18 + int(rng.triangular(0, 38, 3))
        return rng.randrange(2, max(6, min(18, root.age - 18)))

    def _placed(self, group: Group, place: int, root: _Root, male: bool, age: int) -> Member:
        """Give a relative the nearest kinship to the head that the ages allow."""
        first = self._invention.first(male, self._rng)
        older = group.pattern in {"mother_of_prisoner", "father_of_prisoner"}
        child, sibling = ("son", "brother") if male else ("daughter", "sister")
        if older and age <= root.head_age - 17:
            grandchild = age <= root.age - 18
            name = root.name.child(first) if grandchild else root.name.sibling(first)
            return self._member(place, name, male, age, "grandchild" if grandchild else child)
        if group.pattern == "elder_sibling":
            return self._member(place, root.name.sibling(first), male, age, sibling)
        if age <= min(root.age, root.head_age) - 17:
            return self._member(place, root.name.child(first), male, age, child)
        parent = "father" if male else "mother"
        if age >= root.head_age + 16 and parent not in root.parents:
            root.parents.add(parent)
            own = self._invention.name(male, self._rng)
            name = self._invention.father_of(root.head or own, self._rng) if male else own
            return self._member(place, name, male, age, parent)
        if abs(age - root.head_age) < 16:
            return self._member(place, (root.head or root.name).sibling(first), male, age, sibling)
        return self._member(place, root.name.sibling(first), male, age, "other")

    def _member(
        self, place: int, name: Name, male: bool, age: int, relation: str, marital: str | None = None
    ) -> Member:
        slot, odd, rng = self._roster.slots[place], self._roster.odd[place], self._rng
        if not slot.home and rng.random() < _OTHER_SPELLING:
            name = replace(
                name, first=spelled_otherwise(name.first, rng), family=spelled_otherwise(name.family, rng)
            )
        births = Random(f"birth/{self._seed}/{slot.number}") if slot.doubled else rng
        person = self._invention.individual(slot.number, name, male, age, odd, births)
        return Member(
            person, slot.kind, relation, slot.kind != PRISONER, slot.services, self._roster.months[place],
            marital or self._marital(relation, age, male), slot.home,
        )  # fmt: skip

    def _marital(self, relation: str, age: int, male: bool) -> str | None:
        if age < 15:
            return None
        if relation == "spouse":
            return "married"
        if age < 20 or (relation in {"son", "daughter", "grandchild"} and age < 26):
            return "single"
        found = weighted(self._world.year["marital_status"], self._rng)
        return "divorced" if found == "deserted" and male else found

    def _home(self, size: int) -> Home:
        rng, housing = self._rng, self._world.year["housing"]
        place = self._committee.places[int(len(self._committee.places) * rng.random() ** 2)]
        tenure = weighted(housing["tenure"], rng)
        middle, sigma = housing["annual_rent_lognormal"]
        environment = _SETTLEMENTS[place.setting]
        if environment == "village" and rng.random() < 0.3:
            environment = rng.choice(("hamlet", "desert"))
        village = environment != "city"
        return Home(
            district=None if village else f"حي {1 + int(rng.random() * 24)}",
            directions=rng.choice(_DIRECTIONS) if village else None,
            short_address=None if village else _short_address(rng),
            place=place,
            latitude_e6=round((place.latitude + rng.uniform(-0.08, 0.08)) * 1_000_000),
            longitude_e6=round((place.longitude + rng.uniform(-0.08, 0.08)) * 1_000_000),
            environment=environment,
            tenure=tenure,
            house_type=weighted(housing["type"], rng),
            rooms=max(1, min(9, round(size / 2 + rng.random() * 2))),
            condition=weighted(housing["condition"], rng),
            annual_rent=round(rng.lognormvariate(0, sigma) * middle / 500) * 50_000
            if tenure == "rent"
            else None,
        )


def _short_address(rng: Random) -> str:
    letters = "".join(rng.choice("ABCDEFGHJKLMNRSTVXZ") for _ in range(4))
    return f"{letters}{int(rng.random() * 10_000):04d}"

"""What the officer found: visits with income, expenses, debts, ratings and remarks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tarahum_desktop.synthetic.draw import weighted
from tarahum_desktop.synthetic.families import PRISONER, RELEASED, Family
from tarahum_desktop.synthetic.world import World

_RIYAL = 100
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_SUFFICIENT = {"income": 4, "housing": 3, "food": 4, "debt": 3}
_HEALTH_SHARE = 0.41
_MOST_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Study:
    """One visit; amounts in halalas. A visit that met nobody has no ratings and few answers.

    ``ratings`` follow the world's domains, ``None`` for not applicable.
    """

    day: dt.date
    kind: str
    outcome: str
    place: str
    respondent: str
    hour: int
    located: bool
    income: Mapping[str, int]
    expenses: Mapping[str, int]
    debts: tuple[tuple[str, int], ...]
    ratings: tuple[int | None, ...]
    observations: str
    recommendation: str | None
    next_visit: dt.date | None


@dataclass(slots=True)
class Means:
    """What a household lives on; drawn once and carried from visit to visit."""

    income: dict[str, int]
    expenses: dict[str, int]
    debts: tuple[tuple[str, int], ...]
    base: float
    contact: str


def means_of(family: Family, world: World, rng: Random) -> Means:
    """Income, expenses and debts after the year's shares."""
    year = world.year
    income: dict[str, int] = {}
    for source, share in year["income"]["prevalence"].items():
        model = year["income"]["amount_sar"].get(source)
        if model and len(income) < _MOST_SOURCES and rng.random() < share:
            income[source] = round(rng.lognormvariate(0, model["sigma"]) * model["median"] / 10) * 10 * _RIYAL
    size = len(family.members)
    expenses = {
        "food": (300 + 180 * size + rng.randrange(0, 200, 10)) * _RIYAL,
        "utilities": rng.randrange(150, 700, 10) * _RIYAL,
        "transport": rng.randrange(100, 600, 10) * _RIYAL,
    }
    if family.home.annual_rent:
        expenses["rent"] = family.home.annual_rent // 12
    if any(member.kind == PRISONER for member in family.members):
        expenses["prisoner_allowance"] = rng.randrange(100, 500, 50) * _RIYAL
    debt = year["debt"]
    debts: tuple[tuple[str, int], ...] = ()
    if rng.random() < debt["share_with_debt"]:
        model = debt["lognormal"]
        value = round(rng.lognormvariate(0, model["sigma"]) * model["median"] / 100) * 100 * _RIYAL
        debts = ((weighted(debt["types"], rng), min(value, 900_000 * _RIYAL)),)
    contact = rng.choices(("weekly", "monthly", "rare", "cut_off"), (34, 38, 20, 8))[0]
    return Means(income, expenses, debts, rng.uniform(1.4, 2.9), contact)


def unmet(day: dt.date, world: World, rng: Random) -> Study:
    """A visit that found nobody."""
    return Study(
        day, "initial", "nobody_home", "home", "other", 9 + int(rng.random() * 7), True, {}, {}, (), (),
        rng.choice(world.phrases["unmet"]), None, day + dt.timedelta(days=5),
    )  # fmt: skip


def study(
    family: Family,
    means: Means,
    world: World,
    day: dt.date,
    rng: Random,
    *,
    kind: str,
    located: bool,
    progress: float,
) -> Study:
    """A visit that took place; ``progress`` 0 to 1 lifts the ratings, 1 is sufficiency."""
    ratings = _ratings(family, means, world, rng, progress)
    in_prison = family.pattern == "alone" and family.members[0].kind == PRISONER
    return Study(
        day=day,
        kind=kind,
        outcome="done",
        place="facility" if in_prison else "home",
        respondent="head",
        hour=9 + int(rng.random() * 8),
        located=located,
        income={source: int(value * (1 + progress)) // 1000 * 1000 for source, value in means.income.items()},
        expenses=means.expenses,
        debts=means.debts,
        ratings=ratings,
        observations=_observations(family, means, world, rng, _opening(kind, in_prison), progress),
        recommendation=rng.choices(("accept", "accept_conditionally", "refer"), (86, 10, 4))[0],
        next_visit=day + dt.timedelta(days=150 + int(rng.random() * 60)),
    )


def _ratings(
    family: Family, means: Means, world: World, rng: Random, progress: float
) -> tuple[int | None, ...]:
    children = any(6 <= member.person.age < 18 for member in family.members)
    found: list[int | None] = []
    for code, optional in world.domains:
        share = {"recovery": 0.85, "employment": 0.2, "children_education": 0.0 if children else 1.0}.get(
            code, 0.0
        )
        absent = optional and rng.random() < share
        found.append(None if absent else _score(code, means, rng, progress))
    return tuple(found)


def _score(code: str, means: Means, rng: Random, progress: float) -> int:
    score = round(means.base + rng.gauss(0, 0.7) + progress * 1.6)
    if progress >= 1:
        return max(2, min(5, max(score, _SUFFICIENT.get(code, 2))))
    if code == "income":
        score = min(score, 2 if progress == 0 else 3)
    return max(1, min(5, score))


def _opening(kind: str, in_prison: bool) -> str:
    if in_prison:
        return "facility_opening"
    return "opening" if kind == "initial" else "opening_again"


def _observations(
    family: Family, means: Means, world: World, rng: Random, opening: str, progress: float
) -> str:
    phrases = world.phrases
    said: list[Any] = [phrases[opening]]
    if len(family.members) == 1:
        said.append(phrases["alone"])
    else:
        said += [
            phrases["household"],
            phrases["housing"][family.home.tenure],
            phrases["condition"][family.home.condition],
        ]
    said.append(phrases["income" if means.income else "no_income"])
    said += _special(family, means, phrases, rng)
    said.append(phrases["improved" if progress >= 1 else "closing"])
    text = " ".join(rng.choice(choices) for choices in said).format_map(_facts(family, means, phrases, rng))
    return text.translate(_EASTERN) if family.members[0].person.eastern_digits else text


def _special(family: Family, means: Means, phrases: Mapping[str, Any], rng: Random) -> Sequence[Any]:
    said = []
    kinds = {member.kind for member in family.members}
    if means.debts and rng.random() < 0.7:
        said.append(phrases["debt"])
    if any(6 <= member.person.age < 18 for member in family.members) and rng.random() < 0.7:
        said.append(phrases["children"])
    if rng.random() < _HEALTH_SHARE:
        said.append(phrases["health"])
    if PRISONER in kinds and len(family.members) > 1:
        said.append(phrases["prisoner"][means.contact])
    if RELEASED in kinds:
        said.append(phrases["released"])
    return said


def _facts(family: Family, means: Means, phrases: Mapping[str, Any], rng: Random) -> dict[str, str]:
    head = family.members[0].person
    return {
        "members": str(len(family.members)),
        "residents": str(sum(member.resident for member in family.members)),
        "children": str(sum(member.person.age < 18 for member in family.members)),
        "rooms": str(family.home.rooms),
        "rent": str((family.home.annual_rent or 0) // _RIYAL),
        "income": str(sum(means.income.values()) // _RIYAL),
        "debt": str(sum(value for _kind, value in means.debts) // _RIYAL),
        "place": family.home.place.name_ar,
        "head_role": rng.choice(phrases["head_role"]["male" if head.male else "female"]),
    }

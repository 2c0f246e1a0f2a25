"""Time in prison of each member, so that everyone's kind on each delivery date is the planned one."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from tarahum_desktop.synthetic.families import PRISONER, RELATIVE, Member
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.world import CommitteeFacts

_HOMES = frozenset({"observation_home", "girls_home", "guidance_home"})
_RETURN_SHARE = 0.05
_BREADWINNER_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Stay:
    """One custody episode; ``release`` is empty while it lasts."""

    facility: str
    entry: dt.date
    expected: dt.date | None
    release: dt.date | None
    status: str
    case_class: str
    right: str
    claims: int
    before: int
    contact: str
    inmate_number: str
    release_type: str | None
    was_breadwinner: bool


def stays(
    member: Member, committee: CommitteeFacts, period: Period, opened: dt.date, contact: str, rng: Random
) -> list[Stay]:
    """The member's episodes, oldest first.

    A prisoner entered before the case opened and is still inside; a released person left before it opened.
    One released person in twenty had returned within a year of an earlier release.
    """
    if member.kind == RELATIVE:
        return []
    facility = _facility(member, committee, rng)
    before = int(rng.random() ** 3 * 4)
    if member.kind == PRISONER:
        entry = opened - dt.timedelta(days=20 + int(rng.random() * 1400))
        expected = period.ends + dt.timedelta(days=15 + int(rng.random() * 1500))
        return [_stay(facility, entry, (expected, None), before, contact, rng)]
    release = opened - dt.timedelta(days=3 + int(rng.random() * 300))
    entry = release - dt.timedelta(days=90 + int(rng.random() * 1200))
    last = _stay(facility, entry, (None, release), before, contact, rng)
    if rng.random() >= _RETURN_SHARE:
        return [last]
    earlier = entry - dt.timedelta(days=30 + int(rng.random() * 330))
    first = _stay(facility, earlier - dt.timedelta(days=400), (None, earlier), 0, contact, rng)
    return [first, _stay(facility, entry, (None, release), before + 1, contact, rng)]


def _stay(
    facility: str,
    entry: dt.date,
    leaving: tuple[dt.date | None, dt.date | None],
    before: int,
    contact: str,
    rng: Random,
) -> Stay:
    expected, release = leaving
    case_class = rng.choices(
        ("financial", "drugs", "assault", "traffic", "other", "undisclosed"), (34, 28, 9, 7, 12, 10)
    )[0]
    claims = round(rng.lognormvariate(0, 0.9) * 40_000 / 100) * 10_000 if case_class == "financial" else 0
    status = "released" if release else rng.choices(("convicted", "detained"), (82, 18))[0]
    right = rng.choices(("public", "private", "both"), (20, 55, 25) if claims else (75, 10, 15))[0]
    return Stay(
        facility, entry, expected, release, status, case_class, right, claims, before, contact,
        inmate_number=str(100_000 + int(rng.random() * 900_000)),
        release_type=rng.choice(("sentence_served", "pardon", "parole")) if release else None,
        was_breadwinner=rng.random() < _BREADWINNER_SHARE,
    )  # fmt: skip


def _facility(member: Member, committee: CommitteeFacts, rng: Random) -> str:
    """A facility of the committee for the person's sex and age; where it has none, its main prison."""
    young = member.person.age < 18
    gender = "male" if member.person.male else "female"
    fitting = [
        facility.code
        for facility in committee.facilities
        if facility.gender == gender and (facility.type_code in _HOMES) == young
    ]
    return rng.choice(fitting or [committee.facilities[0].code])

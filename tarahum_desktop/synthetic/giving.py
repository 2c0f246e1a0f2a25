"""What a family was promised and given: plan items and their deliveries."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from tarahum_desktop.synthetic.draw import amount
from tarahum_desktop.synthetic.families import Member
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.world import ServiceFacts, World

_FRIDAY, _SATURDAY = 4, 5
_MONTHLY = 30
_RECURRING = {
    "BC-01": (1, 6), "BC-08": (1, 4), "BC-06": (1, 2), "BC-09": (1, 3), "FC-01": (1, 5), "FC-03": (1, 3),
    "FC-04": (2, 6), "BC-04": (1, 2),
}  # fmt: skip
_MONEY_SHARE_OF_OPTIONAL = 0.5
_LATE_PAPERS = 0.03


@dataclass(frozen=True, slots=True)
class Given:
    """One delivery; ``recorded`` is later than ``day`` when the papers came late."""

    day: dt.date
    recorded: dt.date
    amount: int


@dataclass(frozen=True, slots=True)
class Item:
    """One service for one member: what was decided, and what was handed over."""

    member: int
    service: int
    proposed: dt.date
    decided: dt.date
    level: int
    fund: str
    state: str
    quantity: int
    amount: int
    deliveries: tuple[Given, ...]


def first_day(period: Period, month: int, rng: Random) -> dt.date:
    """A working day of the month."""
    day = period.day(month, 1 + int(rng.random() * 26))
    ahead = {_FRIDAY: 2, _SATURDAY: 1}.get(day.weekday(), 0)
    return day + dt.timedelta(days=ahead)


def items_of(
    world: World, period: Period, index: int, member: Member, until: dt.date, rng: Random
) -> list[Item]:
    """The member's plan items; recurring services repeat at least their guard apart, not after ``until``."""
    return [
        _item(world, period, index, s, first_day(period, month, rng), until, rng)
        for s, month in zip(member.services, member.months, strict=True)
    ]


def _item(
    world: World, period: Period, index: int, s: int, first: dt.date, until: dt.date, rng: Random
) -> Item:
    service = world.services[s]
    days = [first]
    low, high = _RECURRING.get(service.code, (1, 1))
    planned = rng.randint(low, min(high, service.yearly_cap))
    step = max(_MONTHLY if service.guard_days >= 28 else 7, service.guard_days)
    while len(days) < planned and days[-1] + dt.timedelta(days=step) <= until:
        days.append(days[-1] + dt.timedelta(days=step + int(rng.random() * 3)))
    days = [day for day in days if day <= until] or [first]
    goes_on = service.code in _RECURRING and len(days) < planned
    unit = _unit(service, rng)
    decided = first - dt.timedelta(days=2 + int(rng.random() * 12))
    times = planned if goes_on else len(days)
    level = _level(service, unit * times, world.limits)
    return Item(
        member=index, service=s, proposed=decided - dt.timedelta(days=3 + int(rng.random() * 15)),
        decided=decided, level=level, fund=rng.choice(service.funds),
        state="delivering" if goes_on else "completed",
        quantity=times, amount=unit * times,
        deliveries=tuple(Given(day, _recorded(day, period.ends, rng), unit) for day in days),
    )  # fmt: skip


def _unit(service: ServiceFacts, rng: Random) -> int:
    if service.amount is None or (service.optional_amount and rng.random() < _MONEY_SHARE_OF_OPTIONAL):
        return 0
    return amount(service.amount, rng)


def _level(service: ServiceFacts, total: int, limits: tuple[int | None, ...]) -> int:
    """The approving level: the service's own, one higher for as long as the amount is above the limit."""
    level = service.level
    while (limit := limits[level]) is not None and total > limit:
        level += 1
    return level


def _recorded(day: dt.date, ends: dt.date, rng: Random) -> dt.date:
    late = 7 + int(rng.random() * 40) if rng.random() < _LATE_PAPERS else int(rng.random() * 3)
    return min(day + dt.timedelta(days=late), ends)

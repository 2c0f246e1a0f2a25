"""When services begin: the year's months shared out exactly, seasonal services into their seasons."""

from collections.abc import Sequence
from random import Random

from tarahum_desktop.synthetic.assign import Slot
from tarahum_desktop.synthetic.rounding import largest_remainder

_SEASONS = {"CD-01": (8, 9), "BC-02": (3, 4, 6)}
_IN_SEASON = 0.85
_WEIGHT_UNITS = 10_000


def service_months(
    slots: Sequence[Slot], services: Sequence[str], weights: Sequence[float], rng: Random
) -> list[tuple[int, ...]]:
    """The month (1-12) of every service of every slot, in the order of ``slot.services``.

    All together keep ``weights`` by largest remainder: school kits mostly before school begins, clothing
    mostly around Ramadan and the two feasts.
    """
    wanted = [
        (place, turn, services[s]) for place, slot in enumerate(slots) for turn, s in enumerate(slot.services)
    ]
    left = largest_remainder([round(weight * _WEIGHT_UNITS) for weight in weights], len(wanted))
    rng.shuffle(wanted)
    found: dict[tuple[int, int], int] = {}
    for place, turn, code in wanted:
        season = [month for month in _SEASONS.get(code, ()) if left[month - 1]]
        if season and rng.random() < _IN_SEASON:
            month = rng.choice(season)
            found[place, turn] = month
            left[month - 1] -= 1
    rest = [month for month, count in enumerate(left, start=1) for _ in range(count)]
    rng.shuffle(rest)
    for place, turn, _code in wanted:
        if (place, turn) not in found:
            found[place, turn] = rest.pop()
    return [
        tuple(found[place, turn] for turn in range(len(slot.services))) for place, slot in enumerate(slots)
    ]

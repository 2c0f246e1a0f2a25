"""Small draws from a random stream."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from uuid import UUID

from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import to_milliseconds
from tarahum_desktop.synthetic.world import AmountModel

_FIVE_RIYALS = 500


def weighted(shares: Mapping[str, float], rng: Random) -> str:
    """One key, drawn by its share; shares sum to about 1."""
    point, seen = rng.random() * sum(shares.values()), 0.0
    for key, share in shares.items():
        seen += share
        if point < seen:
            return key
    return next(reversed(list(shares)))


def amount(model: AmountModel, rng: Random) -> int:
    """An amount in halalas: log-normal, whole fives of riyals, within the model's ends."""
    value = round(rng.lognormvariate(0, model.sigma) * model.median / _FIVE_RIYALS) * _FIVE_RIYALS
    return max(model.lowest, min(model.highest, value))


def at(day: dt.date, hour: int, rng: Random) -> dt.datetime:
    """A moment of the working day from ``hour`` (Riyadh, three hours before UTC), as UTC."""
    start = dt.datetime(day.year, day.month, day.day, hour - 3, tzinfo=dt.UTC)
    return start + dt.timedelta(seconds=int(rng.random() * 3600))


def row_id(moment: dt.datetime, rng: Random) -> UUID:
    """A UUIDv7 (RFC 9562) of the moment with 74 bits of the stream: equal seeds give equal ids."""
    return make_id(to_milliseconds(moment), rng.getrandbits(74))

"""What may be granted once: a claim that two offices can compare without telling each other whom it is about.

The ledger is read by every office, so it holds a digest and no identity. An identity number has only some 10^9 values,
so a plain hash of it could be undone by trying them all; scrypt (RFC 7914) makes each try cost as much as a reservation.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Final

_COST: Final = 1 << 12
_BLOCK: Final = 8
_LENGTH: Final = 20
_SALT: Final = "tarahum/entitlement/1"
_ONE_DAY: Final = timedelta(days=1)


class EntitlementState(StrEnum):
    """Reserved by a decision, granted by a delivery, released, or kept by a person who settled a double grant."""

    RESERVED = "reserved"
    GRANTED = "granted"
    RELEASED = "released"
    SETTLED = "settled"


LIVE: Final = frozenset({EntitlementState.RESERVED, EntitlementState.GRANTED, EntitlementState.SETTLED})


@dataclass(frozen=True, slots=True)
class OnceRule:
    """How often a service may be granted: not again within ``repeat_days``, once a year, or once in life."""

    repeat_days: int = 0
    once_a_year: bool = False
    once_in_life: bool = False

    @property
    def guards(self) -> bool:
        """Whether there is anything to reserve."""
        return self.once_in_life or self.once_a_year or self.repeat_days > 0


@dataclass(frozen=True, slots=True)
class Held:
    """One claim in the ledger; ``last_day`` none is for ever. ``key`` is the row, ``holder`` the plan item."""

    key: object
    claim: str
    holder: object
    first_day: date
    last_day: date | None


def claim_of(subject: str, service_code: str) -> str:
    """The claim of one subject on one service, 40 hexadecimal digits.

    ``subject`` is a normalised identity number, or the id of the person's row where there is none.
    """
    salt = f"{_SALT}/{service_code}".encode()
    made = hashlib.scrypt(subject.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=_LENGTH)
    return made.hex()


def claimed_days(rule: OnceRule, first: date, quantity: int = 1) -> tuple[date, date | None]:
    """The days on which nobody else may grant the same; a service given several times guards each of them."""
    if rule.once_in_life:
        return first, None
    last = first
    if rule.repeat_days > 0:
        last = _after(first, rule.repeat_days * max(quantity, 1)) - _ONE_DAY
    if rule.once_a_year:
        last = max(last, date(first.year, 12, 31))
    return first, last


def double_held(rows: Iterable[Held]) -> list[tuple[Held, Held]]:
    """Pairs of different plan items that hold the same claim on a common day, in the order of the first days."""
    by_claim: dict[str, list[Held]] = {}
    for row in rows:
        by_claim.setdefault(row.claim, []).append(row)
    return [
        (a, b)
        for held in by_claim.values()
        for a, b in combinations(_in_order(held), 2)
        if a.holder != b.holder and _overlap(a, b)
    ]


def _in_order(rows: Sequence[Held]) -> list[Held]:
    return sorted(rows, key=lambda row: (row.first_day, str(row.key)))


def _overlap(a: Held, b: Held) -> bool:
    return (a.last_day is None or b.first_day <= a.last_day) and (
        b.last_day is None or a.first_day <= b.last_day
    )


def _after(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))

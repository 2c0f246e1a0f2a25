"""Where each case stands at the year's end, and the lawful steps that led there."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tarahum_desktop.synthetic.rounding import largest_remainder

NEW_AGAIN = ("registered", "study", "assessed", "plan_pending", "ineligible")
"""States before any delivery: a family served earlier in the year has applied again."""

_LAST_MONTH = {"closed_sufficiency": 7, "closed_other": 10, **dict.fromkeys(NEW_AGAIN, 10)}
_PATH = ("draft", "registered", "study", "assessed", "eligible", "plan_pending", "approved", "active")
_ROLES = {
    "registered": "clerk", "study": "supervisor", "assessed": "officer", "eligible": "supervisor",
    "ineligible": "supervisor", "plan_pending": "officer", "approved": "panel", "active": "office_admin",
    "follow_up": "officer", "suspended": "supervisor", "transfer_out": "supervisor",
    "closed_sufficiency": "panel", "closed_other": "supervisor",
}  # fmt: skip
_LATER = {
    "follow_up": ("follow_up",),
    "closed_sufficiency": ("follow_up", "closed_sufficiency"),
    "closed_other": ("follow_up", "closed_other"),
    "suspended": ("suspended",),
    "transfer_out": ("transfer_out",),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a case."""

    source: str
    target: str
    role: str
    day: dt.date


def year_end_states(
    last_months: Sequence[int], extra_registered: int, year: Mapping[str, Any], rng: Random
) -> list[str]:
    """The state of each household's current case, by the year's shares.

    ``last_months`` is the month of each household's last first delivery: cases that are over, or have begun
    anew, fall to those served early. ``extra_registered`` cases outside the list are already registered.
    """
    shares = year["case_states"]
    counts = dict(
        zip(
            shares,
            largest_remainder(
                [round(s * 1000) for s in shares.values()], len(last_months) + extra_registered
            ),
            strict=True,
        )
    )
    over = counts["registered"] - extra_registered
    counts["registered"] = max(0, over)
    counts["active"] += min(0, over)
    early = [
        state for state in ("closed_sufficiency", *NEW_AGAIN, "closed_other") for _ in range(counts[state])
    ]
    late = [state for state in counts if state not in _LAST_MONTH for _ in range(counts[state])]
    rng.shuffle(late)
    order = sorted(range(len(last_months)), key=lambda place: (last_months[place], rng.random()))
    found = ["active"] * len(last_months)
    for place, state in zip(order, early + late, strict=True):
        fits = last_months[place] <= _LAST_MONTH.get(state, 12)
        found[place] = state if fits else "active"
    return found


def first_steps(until: str, opened: dt.date, active_on: dt.date) -> list[Move]:
    """From the draft to ``until`` (a state of the opening path, or "ineligible"), spread over the days."""
    path = (
        (*_PATH[: _PATH.index("assessed") + 1], "ineligible")
        if until == "ineligible"
        else _PATH[: _PATH.index(until) + 1]
    )
    span = max(0, (active_on - opened).days)
    return [
        Move(source, target, _ROLES[target], opened + dt.timedelta(days=span * turn // max(1, len(path) - 2)))
        for turn, (source, target) in enumerate(itertools.pairwise(path))
    ]


def last_steps(state: str, days: Sequence[dt.date]) -> list[Move]:
    """From active to ``state``; one day for each step."""
    source, found = "active", []
    for target, day in zip(_LATER.get(state, ()), days, strict=False):
        found.append(Move(source, target, _ROLES[target], day))
        source = target
    return found

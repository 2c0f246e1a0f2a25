"""Every rule that looks for exceptions. Another one is one more line here."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tarahum_desktop.casework.exceptions import (
    approvals,
    births,
    custody,
    grants,
    kin,
    late,
    merges,
    moves,
    numbers,
    orphans,
)
from tarahum_desktop.casework.findings import Found

Find = Callable[[Connection, Sequence[str], dt.date], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Detector:
    """One rule: the kinds of findings it makes, and how it finds them in scopes on a day."""

    kinds: tuple[str, ...]
    find: Find


def detectors() -> tuple[Detector, ...]:
    """All rules, in the order in which their findings are listed."""
    return (
        Detector(grants.DOUBLE_KINDS, grants.granted_twice),
        Detector(grants.CAP_KINDS, grants.over_limits),
        Detector(approvals.KINDS, approvals.approvals_without_role),
        Detector(late.STEP_KINDS, late.steps_without_role),
        Detector(late.GIVEN_KINDS, late.given_too_much),
        Detector(moves.KINDS, moves.states_not_reached),
        Detector(custody.KINDS, custody.impossible_stays),
        Detector(kin.KINDS, kin.impossible_kin),
        Detector(births.KINDS, births.impossible_births),
        Detector(merges.KINDS, merges.merge_troubles),
        Detector(numbers.KINDS, numbers.numbers_twice),
        Detector(orphans.KINDS, orphans.rows_of_nobody),
    )


def kinds() -> tuple[str, ...]:
    """All kinds of exceptions."""
    return tuple(kind for detector in detectors() for kind in detector.kinds)

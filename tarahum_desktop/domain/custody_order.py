"""Whether a person's stays in custody can have happened as written: a stay ends after it begins, one at a time.

Entry and release are ranges, since a month or a year may be all that is known: a fault is named only where no reading
of them would put it right.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.partial_date import DateRange


class CustodyOrderError(TarahumError):
    """Stays that cannot follow each other so; the code is the fault's."""

    code = "custody_stays_overlap"


@dataclass(frozen=True, slots=True)
class StayDays:
    """One stay: its row's id, the days of entry and release as far as known, whether the person is still inside."""

    id: str
    entry: DateRange | None = None
    release: DateRange | None = None
    inside: bool = False


@dataclass(frozen=True, slots=True)
class MoveDay:
    """A move to another facility within a stay."""

    id: str
    stay_id: str
    day: date | None


@dataclass(frozen=True, slots=True)
class CustodyFault:
    """What does not fit: a code for its sentence, the row it is about, and the other row of a pair."""

    code: str
    row_id: str
    other_id: str = ""


def stay_fault(stay: StayDays, today: date | None = None) -> str:
    """The fault of one stay by itself, empty for none; with ``today`` given, days to come are faults too."""
    if stay.entry and stay.release and stay.release.last < stay.entry.first:
        return "custody_release_before_entry"
    if today and stay.entry and stay.entry.first > today:
        return "custody_entry_in_future"
    if today and stay.release and stay.release.first > today:
        return "custody_release_in_future"
    return ""


def pair_fault(a: StayDays, b: StayDays) -> str:
    """The fault of two stays of one person, empty when one may follow the other."""
    if a.inside and b.inside:
        return "custody_open_twice"
    if a.entry is None or b.entry is None:
        return ""
    earlier, later = (a, b) if (a.entry.first, a.id) <= (b.entry.first, b.id) else (b, a)
    # Out in the morning and in again in the evening is one day twice, and right.
    if earlier.release is None:
        return "custody_stays_overlap" if earlier.inside else ""
    assert later.entry is not None
    return "custody_stays_overlap" if later.entry.last < earlier.release.first else ""


def move_fault(move: MoveDay, stay: StayDays, today: date | None = None) -> str:
    """The fault of a move against its stay, empty for none."""
    if move.day is None:
        return ""
    before = stay.entry is not None and move.day < stay.entry.first
    after = stay.release is not None and move.day > stay.release.last
    if before or after or (today is not None and move.day > today):
        return "custody_move_outside"
    return ""


def faults_of(stays: Sequence[StayDays], moves: Iterable[MoveDay] = ()) -> tuple[CustodyFault, ...]:
    """Every fault among the stays and moves of one person, the stays' own first."""
    by_id = {stay.id: stay for stay in stays}
    own = [(stay_fault(stay), stay.id, "") for stay in stays]
    pairs = [(pair_fault(a, b), *sorted((a.id, b.id))) for a, b in itertools.combinations(stays, 2)]
    moved = [
        (move_fault(move, by_id[move.stay_id]), move.id, move.stay_id)
        for move in moves
        if move.stay_id in by_id
    ]
    return tuple(CustodyFault(code, row, other) for code, row, other in (*own, *pairs, *moved) if code)


def require_order(new: StayDays, others: Iterable[StayDays], today: date) -> None:
    """Raise CustodyOrderError when a stay cannot be recorded beside the person's other stays."""
    code = stay_fault(new, today) or next(
        (found for other in others if other.id != new.id and (found := pair_fault(new, other))), ""
    )
    if code:
        raise CustodyOrderError(code)

"""Who was there, and whether it was enough: a course counts as completed from three quarters of its sessions.

The share is the catalogue's own evidence for life-skills courses (حضور ≥ 75%). An excused session counts neither for
nor against; a session without a mark counts as not yet known, so nobody completes on blanks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ENOUGH_PERCENT: Final = 75


class Mark(StrEnum):
    """Whether a person was at a session."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person's attendance stands: counts, and the whole per cent of sessions that count."""

    present: int
    absent: int
    excused: int
    unmarked: int

    @property
    def counted(self) -> int:
        """Sessions that count: held, marked and not excused."""
        return self.present + self.absent

    @property
    def percent(self) -> int:
        """Rounded down, so that 75 is never shown for less; 0 while nothing counts."""
        return 100 * self.present // self.counted if self.counted else 0

    @property
    def completed(self) -> bool:
        """Whether it is enough: every session marked, at least one attended, and three quarters of those that count."""
        return not self.unmarked and 100 * self.present >= ENOUGH_PERCENT * self.counted > 0


def standing(marks: Sequence[Mark | None]) -> Standing:
    """Count a person's marks, one for each session held."""
    return Standing(
        marks.count(Mark.PRESENT), marks.count(Mark.ABSENT), marks.count(Mark.EXCUSED), marks.count(None)
    )

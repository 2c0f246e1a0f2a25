"""Preparation before release: seven items, begun six months ahead (domain rules, section 3).

The states of an item are those of the resettlement pathways of HMPPS, where "declined" is an answer of its own.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PREPARATION_DAYS: Final = 183
"""Preparation begins this many days before the expected release."""
READY_BEFORE: Final = 14
"""Everything should be settled this many days before the release."""


class ReleaseItem(StrEnum):
    """What has to be in place on the day somebody leaves prison."""

    HOUSING = "housing"
    FAMILY_RETURN = "family_return"
    DOCUMENTS = "documents"
    BANK_ACCOUNT = "bank_account"
    TREATMENT = "treatment"
    WORK = "work"
    MENTOR = "mentor"


class CheckState(StrEnum):
    """How far an item has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUPPORT_REQUIRED = "support_required"
    NOT_REQUIRED = "not_required"
    DECLINED = "declined"
    DONE = "done"


SETTLED: Final = frozenset({CheckState.NOT_REQUIRED, CheckState.DECLINED, CheckState.DONE})
NEED_NOTE: Final = frozenset({CheckState.SUPPORT_REQUIRED, CheckState.DECLINED})
"""Which support, or why it was declined, must be said in words. A mentor is named by the note as well."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far the preparation of one release has come."""

    states: Mapping[ReleaseItem, CheckState]
    begins_on: dt.date
    due_on: dt.date

    @property
    def settled(self) -> int:
        """How many items need nothing more."""
        return sum(state in SETTLED for state in self.states.values())

    @property
    def complete(self) -> bool:
        """Whether nothing is open."""
        return self.settled == len(ReleaseItem)

    @property
    def begun(self) -> bool:
        """Whether anybody touched an item."""
        return any(state is not CheckState.NOT_STARTED for state in self.states.values())


def preparation(release: dt.date, checks: Iterable[tuple[str, str]]) -> Preparation:
    """The preparation for an expected release from (item, state) pairs; unknown codes count for nothing.

    Until somebody begins it is due on its first day; afterwards two weeks before the release.
    """
    states = dict.fromkeys(ReleaseItem, CheckState.NOT_STARTED)
    known_items, known_states = set(ReleaseItem), set(CheckState)
    for item, state in checks:
        if item in known_items and state in known_states:
            states[ReleaseItem(item)] = CheckState(state)
    begins = _before(release, PREPARATION_DAYS)
    begun = any(state is not CheckState.NOT_STARTED for state in states.values())
    return Preparation(states, begins, _before(release, READY_BEFORE) if begun else begins)


def needs_note(item: ReleaseItem, state: CheckState) -> bool:
    """Whether an item in this state must carry words: what is needed, why it was declined, who the mentor is."""
    return state in NEED_NOTE or (item is ReleaseItem.MENTOR and state is CheckState.DONE)


def _before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(min(days, (day - dt.date.min).days))

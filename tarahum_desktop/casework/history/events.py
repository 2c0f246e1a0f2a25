"""One thing that happened in a family, as plain values for a list; amounts are halalas, words are codes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class EventKind(StrEnum):
    """What a list of events is filtered by."""

    VISIT = "visit"
    CASE = "case"
    CUSTODY = "custody"
    PLAN = "plan"
    MONEY = "money"
    CONTACT = "contact"
    REFERRAL = "referral"
    TRANSFER = "transfer"
    AMENDMENT = "amendment"
    CONSENT = "consent"
    ALERT = "alert"
    MERGE = "merge"


_AFTERWARDS: Final = frozenset(
    {"seen", "released", "approved", "rejected", "withdrawn", "answered", "decided", "undone"}
)
"""What can only follow another event of the same row."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day.

    Attributes:
        what: a code within the kind, such as ``entered`` or ``refused``; see ``ui.family.event_words``.
        id: the row it is read from; with ``what`` it names the event.
        by: the user it is written to; None where the row does not say.
        person_id: whom it is about, where it is about one person.
        note: words somebody wrote.
        facts: codes, names and amounts its sentence needs.
    """

    kind: EventKind
    what: str
    day: dt.date
    id: uuid.UUID
    by: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    note: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def order(self) -> tuple[dt.date, int, bool]:
        """By day; of one day the row made last comes last, and of one row what was decided about it."""
        return self.day, self.id.int, self.what in _AFTERWARDS


@dataclass(frozen=True, slots=True)
class Past:
    """Whose past is read: ids of the household, its cases, everybody who ever was of it, and their stays in custody."""

    household_id: uuid.UUID
    cases: tuple[uuid.UUID, ...]
    people: tuple[uuid.UUID, ...]
    stays: tuple[uuid.UUID, ...]

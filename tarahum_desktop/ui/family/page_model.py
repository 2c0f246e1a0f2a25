"""The family file as words, ready to be shown: what the describing half makes and the widgets place."""

import datetime as dt
import uuid
from dataclasses import dataclass

from tarahum_desktop.ui.tokens import Tone


@dataclass(frozen=True, slots=True)
class Chip:
    """A short state with an icon."""

    text: str
    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A caption, its answer in large type, and one quiet line."""

    caption: str
    value: str
    detail: str
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of the household."""

    name: str
    relation: str
    age: str
    kind: str
    kind_tone: Tone
    id_number: str
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One service needed or planned, and what comes next for it."""

    id: uuid.UUID
    service: str
    person: str
    priority: str
    priority_tone: Tone
    state: str
    state_tone: Tone
    next_step: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One hand-over."""

    day: str
    service: str
    amount: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit; ``id`` opens its report where there is one."""

    id: uuid.UUID
    day: str
    kind: str
    outcome: str
    outcome_tone: Tone
    officer: str
    printable: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: what, then its words; ``detail`` stands quietly below."""

    title: str
    text: str
    detail: str = ""
    tone: Tone = "text"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain of the matrix at the first and at the latest rating; None is not applicable or not rated.

    ``points`` are the scores of each rating, the earliest first.
    """

    title: str
    first: int | None
    latest: int | None
    level: str
    change: str
    points: tuple[int | None, ...] = ()

    @property
    def step(self) -> int:
        """How far the domain moved; 0 when it cannot be compared."""
        return 0 if self.first is None or self.latest is None else self.latest - self.first


@dataclass(frozen=True, slots=True)
class MatrixPicture:
    """All domains, the days of all ratings, the words of the first and the latest.

    ``first_day`` is empty when there is one rating only.
    """

    domains: tuple[DomainLine, ...]
    days: tuple[dt.date, ...]
    latest_day: str
    first_day: str
    finding: Fact | None


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """Everything on the page."""

    title: str
    subtitle: str
    chips: tuple[Chip, ...]
    tiles: tuple[Tile, ...]
    todo: tuple[Fact, ...]
    conflicts: tuple[Fact, ...]
    members: tuple[MemberRow, ...]
    custody: tuple[Fact, ...]
    plan: tuple[PlanRow, ...]
    matrix: MatrixPicture | None
    deliveries: tuple[DeliveryRow, ...]
    money: tuple[Fact, ...]
    visits: tuple[VisitRow, ...]
    consents: tuple[Fact, ...]
    household_id: uuid.UUID
    draft_id: uuid.UUID | None
    may_visit: bool
    last_report: uuid.UUID | None
    file_number: str
    address: Fact
    may: frozenset[str]

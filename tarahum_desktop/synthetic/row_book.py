"""The pages rows are written on: one list a table, in the order tables depend on each other."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from tarahum_desktop.synthetic.draw import at, row_id
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.plan import FamilyFile
from tarahum_desktop.synthetic.staff import user_id

ORDER = (
    "household", "person", "membership", "custody_episode", "case_file", "case_move", "visit",
    "matrix_rating", "consent", "plan_item", "delivery", "follow_up",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(slots=True)
class RowBook:
    """Collects a committee's rows; ``take`` hands out what is there and starts anew."""

    committee: str
    period: Period
    rng: Random
    pages: dict[str, list[Row]] = field(default_factory=lambda: {entity: [] for entity in ORDER})
    count: int = 0

    def add(self, entity: str, moment: dt.datetime, author: UUID, values: Mapping[str, Any]) -> UUID:
        """Write one row and return its id, made from the moment of its creation."""
        new = row_id(moment, self.rng)
        self.pages[entity].append({"id": new, "scope": self.committee, "author": author, **values})
        self.count += 1
        return new

    def take(self) -> list[tuple[str, list[Row]]]:
        """The rows so far by table, in order of dependence; empty tables are left out."""
        taken = [(entity, rows) for entity, rows in self.pages.items() if rows]
        self.pages = {entity: [] for entity in ORDER}
        self.count = 0
        return taken

    def moment(self, day: dt.date, hour: int) -> dt.datetime:
        """A working hour of the day, UTC."""
        return at(day, hour, self.rng)

    def staff(self, role: str) -> UUID:
        """The committee's user who acts in a role (a role of the case's steps or an approval)."""
        login = {"officer": "officer1", "office_admin": "admin"}.get(role, role)
        return user_id(f"{self.committee}.{login}")


@dataclass(frozen=True, slots=True)
class Filed:
    """A family file with the ids its later rows refer to; ``schooling`` is each member's (education, enrolment)."""

    file: FamilyFile
    number: str
    household: UUID
    persons: tuple[UUID, ...]
    officer: UUID
    schooling: tuple[tuple[str, str], ...]

"""Edits two people made of one family without knowing of each other, for whoever plays them on two replicas.

Rows alone cannot show this: the demonstration makes the first edit on one machine, the second on another, and
lets an exchange bring them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import Row
from tarahum_desktop.synthetic.rows import committee_rows
from tarahum_desktop.synthetic.staff import user_id

_ONE_IN = 50
_RENT_STEP = 50_000


@dataclass(frozen=True, slots=True)
class DoubleEdit:
    """One field of one row with the values of two authors."""

    entity: str
    row_id: UUID
    scope: str
    field: str
    first: tuple[UUID, str | int]
    second: tuple[UUID, str | int]


def double_edits(plan: Plan, code: str) -> Iterator[DoubleEdit]:
    """About one household in 50 of a committee: rooms, which merge, or the rent, which people must review."""
    rng = Random(f"disorder/{plan.seed}/{code}")
    first, second = user_id(f"{code}.officer1"), user_id(f"{code}.women1")
    for chunk in committee_rows(plan, code):
        for entity, rows in chunk:
            for row in rows if entity == "household" else ():
                if rng.random() * _ONE_IN < 1:
                    yield _edit(row, (first, second), rng)


def _edit(row: Row, authors: tuple[UUID, UUID], rng: Random) -> DoubleEdit:
    rent = row["annual_rent_halalas"]
    name, value, step = ("annual_rent_halalas", rent, _RENT_STEP) if rent else ("rooms", row["rooms"], 1)
    changes = rng.sample((1, 2, 3), 2)
    edits = [(author, value + change * step) for author, change in zip(authors, changes, strict=True)]
    return DoubleEdit("household", row["id"], row["scope"], name, edits[0], edits[1])

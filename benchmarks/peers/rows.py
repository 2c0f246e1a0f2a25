"""The rows every program in the comparison moves: one committee's share of the invented year, in its own mixture.

Families with their persons, memberships, consents, custody, cases, visits, ratings, plan items, deliveries and
follow-ups, in the order in which an office makes them.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.shapes import shapes
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.rows import committee_rows
from tarahum_desktop.synthetic.world import read_world

SCOPE = "ryd"
SEED = 20261123
ROWS_A_SAVE = 500
_SCALE = Fraction(3)  # the committee then has more than 100,000 rows
Row = dict[str, Any]
Save = list[tuple[str, Row]]


def saves(count: int) -> Iterator[Save]:
    """Exactly ``count`` rows as ``(entity, row)``, about as many at a time as one save of a few families has."""
    plan = Plan(read_world(resource("catalogue")), SEED, _SCALE)
    left = count
    for chunk in committee_rows(plan, SCOPE, ROWS_A_SAVE):
        rows = [(entity, row) for entity, page in chunk for row in page][:left]
        if rows:
            yield rows
        left -= len(rows)
        if left <= 0:
            return
    if left:
        raise ValueError(f"the committee has {left} rows too few")


def write_lines(count: int, path: Path) -> None:
    """The same rows as JSON lines ``{"table", "id", "author", field: value}``, empty fields left out."""
    with path.open("w", encoding="utf-8") as file:
        for save in saves(count):
            for entity, row in save:
                names = ("id", "author", *shapes()[entity].names)
                values = {name: _plain(row[name]) for name in names if row.get(name) is not None}
                line = json.dumps({"table": entity, **values}, ensure_ascii=False, separators=(",", ":"))
                file.write(line + "\n")


def fields() -> dict[str, list[str]]:
    """Every table's fields as the lines name them."""
    return {entity: ["id", "author", *shape.names] for entity, shape in shapes().items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list | dict) else str(value)

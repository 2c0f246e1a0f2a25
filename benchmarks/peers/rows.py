"""The rows every program in the comparison moves: one committee's share of the invented year, in its own mixture.

Families with their persons, memberships, consents, custody, cases, visits, ratings, plan items, deliveries and
follow-ups, in the order in which an office makes them.
"""

import json
from collections.abc import Callable, Iterator
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
_CORRECTED: dict[str, tuple[str, Callable[[Any, int], Any]]] = {
    "person": ("mobile", lambda _old, number: f"+9665{number * 7_919 % 10**8:08}"),
    "household": ("directions", lambda old, number: f"{old or 'البيت'}، الباب {number}"),
    "follow_up": ("note", lambda old, number: f"{old or ''} والموعد القادم بعد {number} يومًا."),
    "plan_item": ("quantity", lambda old, _number: (old or 0) + 1),
}
_SCALE = Fraction(3)  # the committee then has more than 100,000 rows
Row = dict[str, Any]
Save = list[tuple[str, Row]]


def saves(count: int) -> Iterator[Save]:
    """Exactly ``count`` rows as ``(entity, row)``, about as many at a time as one save of a few families has."""
    plan = Plan(read_world(resource("catalogue")), SEED, _SCALE)
    left = count
    if not left:
        return
    for chunk in committee_rows(plan, SCOPE, ROWS_A_SAVE):
        rows = [(entity, row) for entity, page in chunk for row in page][:left]
        if rows:
            yield rows
        left -= len(rows)
        if left <= 0:
            return
    if left:
        raise ValueError(f"the committee has {left} rows too few")


def write_lines(count: int, path: Path, leave_out: int = 0) -> None:
    """The same rows as JSON lines ``{"table", "id", "author", field: value}``, empty fields left out.

    ``leave_out`` so many at the beginning.
    """
    passed = 0
    with path.open("w", encoding="utf-8") as file:
        for save in saves(count):
            for entity, row in save:
                passed += 1
                if passed <= leave_out:
                    continue
                names = ("id", "author", *shapes()[entity].names)
                values = {name: _plain(row[name]) for name in names if row.get(name) is not None}
                line = json.dumps({"table": entity, **values}, ensure_ascii=False, separators=(",", ":"))
                file.write(line + "\n")


def edits(among: int, count: int) -> Iterator[tuple[str, Row, str, Any]]:
    """``(entity, row, field, new value)``: ``count`` corrections in different rows among the first ``among``."""
    left = count
    for save in saves(among):
        for entity, row in save:
            if entity in _CORRECTED and left:
                left -= 1
                name, correct = _CORRECTED[entity]
                yield entity, row, name, correct(row.get(name), left)
    if left:
        raise ValueError(f"{left} rows too few to correct")


def write_edits(among: int, count: int, path: Path) -> None:
    """The same corrections as JSON lines ``{"table", "id", "field", "value"}``."""
    with path.open("w", encoding="utf-8") as file:
        for entity, row, name, value in edits(among, count):
            line = {"table": entity, "id": str(row["id"]), "field": name, "value": value}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def fields() -> dict[str, list[str]]:
    """Every table's fields as the lines name them."""
    return {entity: ["id", "author", *shape.names] for entity, shape in shapes().items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list | dict) else str(value)

"""Brings the invented year into a replica, scope by scope, through whoever keeps its change log."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tarahum_desktop.synthetic.national import national_rows
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import Row
from tarahum_desktop.synthetic.rows import committee_rows

RowWriter = Callable[[str, list[Row]], object]
"""Takes new rows of one table, such as ``BulkWriter.write``."""


def load_national(folder: Path, write: RowWriter) -> Counter[str]:
    """Load organisation, catalogue, lists, forms, agreements and the invented staff; returns the rows by table."""
    counts: Counter[str] = Counter()
    for entity, rows in national_rows(folder):
        write(entity, rows)
        counts[entity] += len(rows)
    return counts


def load_year(
    plan: Plan,
    write: RowWriter,
    scopes: Iterable[str] | None = None,
    progress: Callable[[str, int], None] = lambda _scope, _rows: None,
) -> Counter[str]:
    """Load the plan's committees; returns the rows by table.

    Args:
        plan: the year.
        write: puts rows into the replica and its change log.
        scopes: only these committees (an office holds its own share); None for all.
        progress: told each finished scope and the rows so far.
    """
    counts: Counter[str] = Counter()
    for scope in plan.committees if scopes is None else scopes:
        for chunk in committee_rows(plan, scope):
            for entity, rows in chunk:
                write(entity, rows)
                counts[entity] += len(rows)
        progress(scope, counts.total())
    return counts

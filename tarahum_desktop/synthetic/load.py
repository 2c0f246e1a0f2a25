"""Brings the invented year into a replica, scope by scope, through whoever writes its change log."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import Row
from tarahum_desktop.synthetic.rows import committee_rows

ScopeWriter = Callable[[str, Iterable[tuple[str, list[Row]]]], None]
"""Writes the rows of one scope, in the order given; it may commit between lists."""


@dataclass(slots=True)
class Loaded:
    """How many rows went in, by table."""

    rows: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All rows."""
        return self.rows.total()


def load_year(
    plan: Plan,
    write: ScopeWriter,
    scopes: Iterable[str] | None = None,
    progress: Callable[[str, int], None] = lambda _scope, _rows: None,
) -> Loaded:
    """Load the plan's committees.

    Args:
        plan: the year.
        write: puts one scope's rows into the replica and its change log.
        scopes: only these committees (an office holds its own share); None for all.
        progress: told each finished scope and the rows so far.
    """
    loaded = Loaded()
    for scope in plan.committees if scopes is None else scopes:
        write(scope, _counted(plan, scope, loaded.rows))
        progress(scope, loaded.total)
    return loaded


def _counted(plan: Plan, scope: str, counts: Counter[str]) -> Iterator[tuple[str, list[Row]]]:
    for chunk in committee_rows(plan, scope):
        for entity, rows in chunk:
            counts[entity] += len(rows)
            yield entity, rows

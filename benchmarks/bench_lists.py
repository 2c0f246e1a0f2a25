"""Every screen of the window over 400,000 invented persons: how soon it is painted, and what its queries take."""

import statistics
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.list_times import ROUNDS
from benchmarks.processes import in_fresh_process, percentile
from benchmarks.support import ADMIN, OFFICER, SUPERVISOR, cached_office

PERSONS = 400_000
PAINT_MS, QUERY_MS = 100, 50
Kept = Mapping[str, list[float]]
MEASURER = Path(__file__).with_name("list_times.py")
HEAD = (
    "| screen | first | painted | worst | filled | queries | p50 | p95 | worst | cold | reads | p95 | cold |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def row(name: str, kept: Kept) -> str:
    """One line of the table; each figure as wall time, and in brackets as the thread's own processor time."""
    cells = [
        both(kept, "first_paint", max),
        both(kept, "paint", statistics.median),
        both(kept, "paint", max),
        both(kept, "filled", statistics.median),
        str(len(kept.get("query_wall", [])) // ROUNDS),
        both(kept, "query", statistics.median),
        both(kept, "query", p95),
        both(kept, "query", max),
        both(kept, "first_query", max),
        str(len(kept.get("read_wall", [])) // ROUNDS),
        both(kept, "read", p95),
        both(kept, "first_read", max),
    ]
    return f"| {name} | {' | '.join(cells)} |"


def both(kept: Kept, what: str, of: Callable[[list[float]], float]) -> str:
    """Wall and processor time, for one cell."""
    wall, cpu = (of(kept.get(f"{what}_{clock}") or [0.0]) for clock in ("wall", "cpu"))
    return f"{wall:.0f} ({cpu:.0f})" if wall >= 10 else f"{wall:.1f} ({cpu:.1f})"


def p95(values: list[float]) -> float:
    """What 95 of 100 stay below."""
    return percentile(values, 0.95)


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else cached_office(persons)
    print(f"## Every list with {persons:,} persons\n")
    print(
        f"Milliseconds in the real window without a display, {ROUNDS} openings after the first one; in brackets the "
        f"thread's own processor time, for the machine may be shared. *First*: painted for the first time, its widgets "
        f"built. *Painted*: from the call to the screen on the window (aim {PAINT_MS}). *Filled*: with its first answer. *Queries*: SQL statements of one "
        f"opening, each until its last row is fetched (aim p95 {QUERY_MS}). *Reads*: whole jobs of the database's thread, "
        f"many queries and the rules over their rows. *Cold*: the longest of the very first opening.\n"
    )
    every: list[float] = []
    for user in (OFFICER, ADMIN, SUPERVISOR):
        found: Mapping[str, Kept] = in_fresh_process(str(MEASURER), str(folder), user.login)
        print(f"As {user.login}:\n\n{HEAD}")
        print("\n".join(row(name, kept) for name, kept in found.items()), end="\n\n")
        every += [spent for kept in found.values() for spent in kept.get("query_wall", [])]
    print(f"All {len(every):,} queries: p95 {p95(every):.1f} ms, worst {max(every):.1f} ms.")


if __name__ == "__main__":
    main()

"""Every screen of the window over 400,000 invented persons: how soon it is painted, and what its queries take."""

import statistics
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.list_times import ROUNDS
from benchmarks.processes import in_fresh_process, percentile
from benchmarks.support import ADMIN, OFFICER, SUPERVISOR, cached_office

PERSONS = 400_000
PAINT_MS, QUERY_MS = 100, 50
Measured = dict[str, dict[str, list[float]]]
MEASURER = Path(__file__).with_name("list_times.py")


def row(name: str, kept: Mapping[str, list[float]]) -> str:
    """One line of the table."""
    queries = kept.get("query") or [0.0]
    cold = max([*kept["cold"], 0.0])
    return (
        f"| {name} | {kept['first'][0]:.0f} | {statistics.median(kept['paint']):.0f} | {max(kept['paint']):.0f} "
        f"| {len(queries) // ROUNDS} | {statistics.median(queries):.1f} | {percentile(queries, 0.95):.1f} | {cold:.0f} |"
    )


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    folder = cached_office(persons)
    print(f"## Every list with {persons:,} persons\n")
    print(
        f"Milliseconds in the real window without a display, {ROUNDS} openings after the first one. *Painted*: from the "
        f"call to the screen on the window (aim {PAINT_MS}). *Query*: each question the screen asks of the encrypted "
        f"database, on its own thread (aim p95 {QUERY_MS}). *Cold*: the longest query of the very first opening.\n"
    )
    for user in (OFFICER, ADMIN, SUPERVISOR):
        found: Measured = in_fresh_process(str(MEASURER), str(folder), user.login)
        print(f"As {user.login}:\n")
        print("| screen | first painted | painted | worst | queries | median | p95 | cold |")
        print("|---|---|---|---|---|---|---|---|")
        print("\n".join(row(name, kept) for name, kept in found.items()), end="\n\n")


if __name__ == "__main__":
    main()

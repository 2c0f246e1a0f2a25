"""Deliveries, payments and funds on 400,000 invented persons in an encrypted vault: each list as the screen reads it."""

import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.processes import PASSPHRASE, percentile
from benchmarks.support import ADMIN, cached_office
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.fund_book import fund_lines, fund_rows
from tarahum_desktop.casework.giving.payees import PayableFilter, payable
from tarahum_desktop.casework.giving.sheet_rows import failed_payments
from tarahum_desktop.casework.giving.sheets import sheets
from tarahum_desktop.casework.giving.status import find_items, item_chain
from tarahum_desktop.casework.giving.waiting import WaitingFilter, to_deliver
from tarahum_desktop.casework.workplace import open_workplace

PERSONS = 400_000
ROUNDS = 11
FIRST_PAINT_MS = 100


def questions(desk: Desk) -> dict[str, Callable[[], object]]:
    """What the screen asks, by what it is for."""
    return {
        "to be handed over, 200 rows of three committees": lambda: to_deliver(desk),
        "of one service": lambda: to_deliver(desk, WaitingFilter("BC-06")),
        "of one place": lambda: to_deliver(desk, WaitingFilter(place_code="riyadh")),
        "to be paid from one fund, payees checked": lambda: payable(desk, PayableFilter("ryd", "zakat")),
        "payment sheets": lambda: sheets(desk),
        "failed payments": lambda: failed_payments(desk),
        "all funds of three committees": lambda: fund_lines(desk),
        "movements of one fund": lambda: fund_rows(desk, "ryd", "zakat"),
        "where a request stands, by name": lambda: find_items(desk, "فاطمة الغامدي"),
        "each step of a request": lambda: item_chain(desk, to_deliver(desk, limit=1)[0].item_id),
    }


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    place = open_workplace(
        cached_office(persons), ADMIN.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000
    )
    try:
        print(f"## Deliveries, payments and funds, {persons:,} persons\n")
        print("| what | first, ms | p50, ms | p95, ms |\n| --- | ---: | ---: | ---: |")
        for name, ask in questions(place.desk).items():
            spent = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                ask()
                spent.append((time.perf_counter() - begun) * 1000)
            print(
                f"| {name} | {spent[0]:.1f} | {statistics.median(spent):.1f} | {percentile(spent, 0.95):.1f} |"
            )
        print(f"\nAim: a list within {FIRST_PAINT_MS} ms, the status of a request within 10 s.")
    finally:
        place.lock()


if __name__ == "__main__":
    main()

"""How long the commit of a whole visit takes in an encrypted vault with full synchronisation: p50 and p95.

A visit of a household of six: about fifty rows with their changes, one transaction. Also one saved field.

Run: ``python -m benchmarks.bench_visit_commit [VISITS]``.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tarahum_desktop.casework.drafts import begin_visit, save_field, save_fields
from tarahum_desktop.casework.register import NewFamily, NewMember, register_family
from tarahum_desktop.casework.visits import submit_visit
from tests.casework.answers import whole_visit
from tests.casework.worlds import SCOPE, new_office

MEMBERS = 3
WARM_UP = 3


def main() -> None:
    """Make an office, record visits, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "vault")
        desk = office.desk()
        fields: list[float] = []
        visits: list[float] = []
        for number in range(count + WARM_UP):
            head = NewMember("self", {"first_name": "سلمى", "family_name": "القحطاني", "gender": "female"})
            family = register_family(desk, NewFamily(SCOPE, head))
            draft = begin_visit(desk, family.household_id)
            save_fields(desk, draft, _answers(office, number))
            begun = time.perf_counter()
            save_field(desk, draft, "skills", f"الخياطة {number}")
            fields.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            done = submit_visit(desk, draft)
            visits.append(time.perf_counter() - begun)
        rows = sum(len(ids) for ids in done.summary.touched.values())
        office.vault.lock()
    print("## Keeping work in the encrypted vault\n")
    print(
        f"{count} visits of a household of six, one transaction each, full synchronisation. Aim: p95 at most 25 ms.\n"
    )
    print("| what is kept | p50, ms | p95, ms | worst, ms |\n| --- | ---: | ---: | ---: |")
    print(f"| a whole visit, {rows} rows with their changes | {_told(visits[WARM_UP:])} |")
    print(f"| one finished answer | {_told(fields[WARM_UP:])} |")


def _answers(office: object, number: int) -> dict[str, object]:
    found = whole_visit(office)
    columns = {
        code.removeprefix("members/new1/"): value
        for code, value in found.items()
        if code.startswith("members/new1/")
    }
    for at in range(MEMBERS):
        row = f"members/extra{at}"
        found |= {row: {}} | {f"{row}/{column}": value for column, value in columns.items()}
        found[f"{row}/m_name"] = {"first": f"سعد{'ا' * at}", "father": "خالد", "family": "الحربي"}
    found["id_number"] = f"1{number:09d}"
    return found


def _told(times: list[float]) -> str:
    ordered = sorted(second * 1000 for second in times)
    return f"{statistics.median(ordered):.1f} | {ordered[int(len(ordered) * 0.95)]:.1f} | {ordered[-1]:.1f}"


if __name__ == "__main__":
    main()

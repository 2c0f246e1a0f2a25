"""The plan as table rows: ``(entity, rows)`` in chunks of bounded size, tables in order of dependence.

A row is ``{"id", "scope", "author", column: value}`` in the models' Python types; stamps are left to the
writer that puts the rows into a change log.
"""

import hashlib
from collections.abc import Iterator
from random import Random

from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.synthetic.plan import FamilyFile, Plan
from tarahum_desktop.synthetic.row_book import Row, RowBook
from tarahum_desktop.synthetic.row_case import add_case
from tarahum_desktop.synthetic.row_family import add_family
from tarahum_desktop.synthetic.row_given import add_contacts, add_items
from tarahum_desktop.synthetic.world import World

ROWS_A_CHUNK = 20_000
Chunk = list[tuple[str, list[Row]]]


def committee_rows(plan: Plan, code: str, rows_a_chunk: int = ROWS_A_CHUNK) -> Iterator[Chunk]:
    """One committee's rows (its scope has the committee's code), about ``rows_a_chunk`` at a time."""
    book = RowBook(code, plan.period, Random(f"rows/{plan.seed}/{code}"))
    for file in plan.families(code):
        _write(book, plan.world, file)
        if book.count >= rows_a_chunk:
            yield book.take()
    if book.count:
        yield book.take()


def _write(book: RowBook, world: World, file: FamilyFile) -> None:
    filed = add_family(book, world, file)
    for turn, case in enumerate(file.cases, start=1):
        case_id, visits = add_case(book, world, filed, case, turn)
        add_items(book, world, filed, case, case_id, visits)
        add_contacts(book, world, filed, case, case_id)


def rows_digest(plan: Plan, code: str) -> str:
    """SHA-256 over all rows of a committee, in order: equal seed and scale give an equal digest."""
    digest = hashlib.sha256()
    for chunk in committee_rows(plan, code):
        for entity, rows in chunk:
            digest.update(entity.encode())
            for row in rows:
                digest.update(canonical_json({name: _plain(value) for name, value in row.items()}).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | str | list | dict | None) else str(value)

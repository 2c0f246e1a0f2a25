"""A register of 5,000 rows, one in twenty of them bad, brought into an encrypted vault; the floor is a plain insert.

Each part is what the screen does: the file read, every row checked and looked for on record, the good rows saved through
captured sessions, the whole import undone.
"""

import io
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import xlsxwriter
from sqlalchemy import Connection, insert, select
from stdnum import luhn

from benchmarks.processes import PASSPHRASE
from benchmarks.support import ADMIN, SCOPES, cached_office
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.check import check_register
from tarahum_desktop.casework.imports.checked import Checked, Choices, Fate
from tarahum_desktop.casework.imports.mapping import suggest_matching
from tarahum_desktop.casework.imports.register_file import read_register
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on
from tarahum_desktop.casework.imports.undo import undo_import
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.models import ImportMade
from tarahum_desktop.models.base import replicated_entities
from tarahum_desktop.models.ids import new_id

ROWS: Final = 5_000
PERSONS: Final = 400_000
FAMILY: Final = 5
_BAD: Final = 0.05
AIM_SECONDS: Final = 60
_HEADINGS: Final = (
    "رقم الملف", "الاسم الرباعي", "صلة القرابة", "رقم الهوية", "تاريخ الميلاد", "الجنس", "الجوال", "الحي", "الإيجار السنوي",
)  # fmt: skip
_MEN: Final = (
    "أحمد",
    "محمد",
    "خالد",
    "سعد",
    "ناصر",
    "فهد",
    "علي",
    "صالح",
    "تركي",
    "ماجد",
    "سلطان",
    "عبد الله",
)
_WOMEN: Final = ("فاطمة", "نورة", "هدى", "منيرة", "عائشة", "سارة", "مريم", "لطيفة")
_HOUSES: Final = (
    "الغامدي",
    "القحطاني",
    "الحربي",
    "العتيبي",
    "الشهري",
    "المطيري",
    "عسيري",
    "الزهراني",
    "آل سعيد",
)
Answer = TypeVar("Answer")


def register(rows: int, seed: int = 1) -> bytes:
    """An invented register as XLSX, one row a person, five to a family, one in twenty wrong somehow."""
    chance = random.Random(seed)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("السجل")
    sheet.write_row(0, 0, _HEADINGS)
    for at, row in enumerate(_people(rows, chance), start=1):
        for column, text in enumerate(_spoiled(row, chance)):
            sheet.write_string(at, column, text)
    book.close()
    return made.getvalue()


def _people(rows: int, chance: random.Random) -> Iterator[list[str]]:
    for at in range(rows):
        family, place = divmod(at, FAMILY)
        home = random.Random(family)
        father, house = home.choice(_MEN), home.choice(_HOUSES)
        boy = place == 0 or chance.random() < 0.5
        relation = "رب الأسرة" if place == 0 else "زوجة" if place == 1 else "ابن" if boy else "ابنة"
        first = father if place == 0 else chance.choice(_MEN if boy else _WOMEN)
        number = f"1{at:08d}"
        birth = (
            f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(1395, 1405) + 28 * (place > 1)}"
        )
        yield [
            f"{family + 1}", f"{first} {father} {chance.choice(_MEN)} {house}", relation,
            number + luhn.calc_check_digit(number), birth, "ذكر" if boy and place != 1 else "أنثى",
            f"05{family + 10_000_000:08d}", "حي النخيل", "18,000",
        ]  # fmt: skip


def _spoiled(row: list[str], chance: random.Random) -> list[str]:
    if chance.random() >= _BAD:
        return row
    column, text = chance.choice(
        ((4, "31/2/1400"), (8, "1.234,5"), (1, "12345"), (0, ""), (3, ""), (4, "1/1/1320"))
    )
    row[column] = text
    return row


def _timed(parts: dict[str, float], name: str, work: Callable[[], Answer]) -> Answer:
    begun = time.perf_counter()
    answer = work()
    parts[name] = time.perf_counter() - begun
    return answer


def _last(steps: Iterator[Any], longest: list[float]) -> Any:
    last, begun = None, time.perf_counter()
    for found in steps:
        last = found
        now = time.perf_counter()
        longest.append(now - begun)
        begun = now
    return last


def measure(desk: Desk, content: bytes) -> tuple[dict[str, float], Checked, Imported, list[float]]:
    """Seconds of each part, and the length of every step between which others can work."""
    parts: dict[str, float] = {}
    steps: list[float] = []
    file = _timed(parts, "file read", lambda: read_register(content, "register.xlsx"))
    matching = _timed(parts, "columns matched", lambda: suggest_matching(desk, file))
    checking = check_register(desk, file, matching, Choices(SCOPES[0]))
    checked: Checked = _timed(parts, "rows checked and looked for on record", lambda: _last(checking, steps))
    _timed(parts, "plan kept", lambda: begin_import(desk, checked))
    done: Imported = _timed(parts, "good rows saved", lambda: _last(go_on(desk), steps))
    return parts, checked, done, steps


def floor_seconds(connection: Connection, run_id: Any) -> tuple[float, int]:
    """The same rows written again by plain inserts, in one transaction that is given up."""
    made: Any = ImportMade.__table__
    tables: list[tuple[Any, list[dict[str, Any]]]] = []
    for name, entity in replicated_entities().items():
        table: Any = entity.__table__
        query = select(table).join(made, (made.c.row_id == table.c.id) & (made.c.run_id == run_id))
        rows = [
            {**row, "id": new_id()}
            for row in connection.execute(query.where(made.c.entity == name)).mappings()
        ]
        if rows:
            tables.append((table, rows))
    begun = time.perf_counter()
    for table, rows in tables:
        connection.execute(insert(table), rows)
    spent = time.perf_counter() - begun
    connection.rollback()
    return spent, sum(len(rows) for _, rows in tables)


def main() -> None:
    """Print the section."""
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else PERSONS
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        shutil.copytree(cached_office(persons), vault)
        place = open_workplace(vault, ADMIN.login, PASSPHRASE, lambda: time.time_ns() // 1_000_000)
        try:
            _report(place.desk, persons)
        finally:
            place.lock()


def _report(desk: Desk, persons: int) -> None:
    parts, checked, done, steps = measure(desk, register(ROWS))
    with desk.replica.engine.connect() as connection:
        floor, written = floor_seconds(connection, done.run_id)
    total = sum(parts.values())
    undoing: list[float] = []
    _timed(parts, "undone as a whole", lambda: _last(undo_import(desk, done.run_id), undoing))
    print(f"## A register of {ROWS:,} rows into {persons:,} persons on record\n")
    print("| part | s |\n| --- | ---: |")
    for name, spent in parts.items():
        print(f"| {name} | {spent:.2f} |")
    fates = ", ".join(f"{fate.value} {checked.count(fate):,}" for fate in Fate)
    print(f"\nRows: {fates}. Saved {done.accepted:,} rows as {written:,} rows of tables.")
    print(f"From the file to the last row: **{total:.1f} s** (aim under {AIM_SECONDS} s).")
    print(
        f"Floor: plain insert of the same rows {floor:.2f} s; saving takes {parts['good rows saved'] / floor:.1f} times that."
    )
    print(
        f"Longest step in which nobody else can write: {max(steps) * 1000:.0f} ms; of undoing {max(undoing) * 1000:.0f} ms."
    )


if __name__ == "__main__":
    main()

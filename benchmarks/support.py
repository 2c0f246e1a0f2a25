"""An office full of invented families, for the benchmarks that need one."""

import datetime as dt
import hashlib
import json
import random
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, insert

from benchmarks.processes import PASSPHRASE
from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.casework.workplace import keep_joined
from tarahum_desktop.models import ScopeState
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import columns_of
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.row_store import insert_rows
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.vault import UserSlot, create_vault

OFFICER: Final = UserSlot("officer", uuid.UUID(int=7))
ADMIN: Final = UserSlot("admin", uuid.UUID(int=8))
SCOPES: Final = ("ryd", "jed", "est")
FAMILY: Final = 5
_FAMILIES_OF_AN_OFFICER: Final = 200
_YEAR: Final = 365 * 86_400_000
_CHUNK: Final = 4_000
_SEED: Final = 20261123
_STAMP: Final = bytes(12)
Row = dict[str, Any]


def cached_office(persons: int) -> Path:
    """The vault of an office with that many persons, built once and kept while neither tables nor this file change."""
    schema = (
        resource().parent / "tarahum_desktop" / "models" / "migrations" / "versions" / "0001_first_schema.py"
    )
    version = hashlib.sha256(schema.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
    day = dt.datetime.now(dt.UTC).date()
    folder = Path(tempfile.gettempdir()) / f"tarahum-bench-{persons}-{version}-{day}"
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        start = time.perf_counter()
        build_office(folder / "vault", persons)
        (folder / "complete").touch()
        print(
            f"built {persons:,} persons in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True
        )
    return folder / "vault"


def build_office(folder: Path, persons: int) -> None:
    """Make a joined vault with invented families; its centre is an address where nobody answers."""
    now = dt.datetime.now(dt.UTC)
    clock = int(now.timestamp() * 1000)
    keys = DeviceKeys.generate()
    with create_vault(folder, OFFICER, PASSPHRASE) as vault:
        vault.add_user(ADMIN, PASSPHRASE)
        upgrade(vault.engine)
        reply = EnrolReply(2, OFFICER.user_id.bytes, list(SCOPES), "ryd", 1, keys.signing_public, clock)
        keep_joined(vault, reply, keys, "https://localhost:9", "bench")
        _hurry(vault.engine)
        with vault.engine.connect() as connection:
            with connection.begin():
                for entity, rows in _staff():
                    _write(connection, "national", entity, rows)
                connection.execute(insert(ScopeState), [_state(scope) for scope in ("national", *SCOPES)])
            _fill(connection, persons, now.date(), clock)


def _hurry(engine: Engine) -> None:
    """Neither wait for the disk nor read pages twice; a build that the power cuts is made again."""

    def unsafe(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")

    event.listen(engine, "connect", unsafe)
    engine.dispose()


def _fill(connection: Connection, persons: int, today: dt.date, clock: int) -> None:
    index = PersonIndex()
    maker = Families(today, clock - _YEAR, _YEAR // (persons * 4))
    for start in range(0, persons, _CHUNK):
        scope = SCOPES[start // _CHUNK % len(SCOPES)]
        tables = maker.tables(scope, min(_CHUNK, persons - start) // FAMILY)
        with connection.begin():
            for entity, rows in tables.items():
                _write(connection, scope, entity, rows)
            index.refresh(connection, [row["id"].bytes for row in tables["person"]])


def _write(connection: Connection, scope: str, entity: str, rows: list[Row]) -> None:
    insert_rows(connection, scope, columns_of(entity, rows, _STAMP, 1))


class Families:
    """Makes rows of families: five persons, one of them in custody, a case, a visit done and one to come.

    Ids follow each other in time, as they do where people enter families one after the other.
    """

    def __init__(self, today: dt.date, clock: int, step: int) -> None:
        self._today, self._clock, self._step = today, clock, step
        self._random = random.Random(_SEED)
        names = json.loads(resource("catalogue", "names.json").read_text("utf-8"))
        self._given = [_word(entry) for entry in (*names["male"], *names["female"])]
        self._houses = [_word(entry) for entry in names["family"]]
        # People are not named evenly: the first few names of a country are borne by half of it.
        self._weights = [1 / (at + 3) for at in range(len(self._given))]
        self._made = 0

    def tables(self, scope: str, count: int) -> dict[str, list[Row]]:
        """So many families by table."""
        tables: dict[str, list[Row]] = {
            name: []
            for name in (
                "person",
                "household",
                "membership",
                "case_file",
                "case_move",
                "custody_episode",
                "follow_up",
            )
        }
        for _ in range(count):
            self._family(scope, tables)
        return tables

    def _id(self) -> uuid.UUID:
        self._clock += self._step
        return make_id(self._clock, self._random.getrandbits(74))

    def _family(self, scope: str, tables: dict[str, list[Row]]) -> None:
        number, self._made = self._made, self._made + 1
        people = self._people()
        home, case = self._id(), self._id()
        file_number = f"{scope.upper()}-2026-1-{number:06d}"
        officer = OFFICER.user_id if number % (80_000 // _FAMILIES_OF_AN_OFFICER) == 0 else uuid.UUID(int=9)
        tables["person"] += people
        tables["household"].append({
            "id": home, "file_number": file_number, "committee_code": scope, "head_person_id": people[0]["id"],
            "place_code": "riyadh", "district": "حي النسيم",
        })  # fmt: skip
        tables["membership"] += [
            {"id": self._id(), "household_id": home, "person_id": person["id"], "resident": at != 1, "relation": relation}
            for at, (person, relation) in enumerate(zip(people, ("self", "spouse", "son", "son", "son"), strict=True))
        ]  # fmt: skip
        tables["case_file"].append({
            "id": case, "number": f"{file_number}-1", "household_id": home, "committee_code": scope, "state": "active",
            "officer_id": officer, "restricted": False, "opened_on": self._day(-400, -30),
        })  # fmt: skip
        tables["case_move"].append({
            "id": self._id(), "case_id": case, "from_state": "decision", "to_state": "active", "role": "panel",
            "moved_by": ADMIN.user_id, "moved_at": dt.datetime.fromtimestamp(self._clock / 1000, dt.UTC),
        })  # fmt: skip
        leaving = self._day(-30, 2_000)
        tables["custody_episode"].append({
            "id": self._id(), "person_id": people[1]["id"], "status": "convicted", "entry_day": self._day(-2_000, -60),
            "expected_release": f"g{leaving}", "expected_release_day": leaving,
        })  # fmt: skip
        done = self._day(-300, -30)
        tables["follow_up"] += [
            {"id": self._id(), "case_id": case, "kind": "visit", "due_on": done, "done_on": done},
            {"id": self._id(), "case_id": case, "kind": self._random.choice(("visit", "call")), "due_on": self._day(-20, 180)},
        ]  # fmt: skip

    def _people(self) -> list[Row]:
        choose = self._random
        house = choose.choice(self._houses)
        return [
            {
                "id": self._id(), "first_name": given[0], "father_name": given[1], "grandfather_name": given[2],
                "family_name": house, "gender": "male", "nationality": "SA", "id_kind": "national_id",
                "id_number": f"1{choose.randrange(10**9):09d}", "mobile": f"+9665{choose.randrange(10**8):08d}",
                "id_seen": True,
            }
            for given in (choose.choices(self._given, self._weights, k=3) for _ in range(FAMILY))
        ]  # fmt: skip

    def _day(self, first: int, last: int) -> dt.date:
        return self._today + dt.timedelta(days=self._random.randint(first, last))


def _staff() -> Iterator[tuple[str, list[Row]]]:
    yield (
        "user_account",
        [
            {"id": user.user_id, "login": user.login, "name_ar": "موظف", "name_en": "Staff", "active": True}
            for user in (OFFICER, ADMIN)
        ],
    )
    yield (
        "role_grant",
        [
            {"id": uuid.uuid4(), "user_id": user.user_id, "role": role, "scope_code": scope}
            for user, role in ((OFFICER, "officer"), (ADMIN, "office_admin"))
            for scope in SCOPES
        ],
    )


def _state(scope: str) -> Row:
    return {
        "scope": scope, "next_sequence": 1, "head": 0, "remote_position": 0, "acknowledged": 0, "digest": bytes(8),
        "row_count": 0, "complete": True,
    }  # fmt: skip


def _word(entry: Any) -> str:
    return str(entry["ar"] if isinstance(entry, Mapping) else entry)

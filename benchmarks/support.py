"""An office full of invented families, for the benchmarks that need one."""

import datetime as dt
import hashlib
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event, insert

from benchmarks import families
from benchmarks.processes import PASSPHRASE
from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.casework.workplace import keep_joined
from tarahum_desktop.models import ScopeState
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import columns_of
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.row_store import insert_rows
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.vault import UserSlot, create_vault

OFFICER: Final = UserSlot("officer", uuid.UUID(int=7))
ADMIN: Final = UserSlot("admin", uuid.UUID(int=8))
SUPERVISOR: Final = UserSlot("supervisor", uuid.UUID(int=10))
SCOPES: Final = ("ryd", "jed", "est")
_YEAR: Final = 365 * 86_400_000
_CHUNK: Final = 4_000
_STAMP: Final = bytes(12)
Row = dict[str, Any]


def cached_office(persons: int) -> Path:
    """The vault of an office with that many persons, built once and kept while neither tables nor this file change."""
    versions = resource().parent / "tarahum_desktop" / "models" / "migrations" / "versions"
    made_by = (*sorted(versions.glob("*.py")), Path(__file__), Path(families.__file__))
    version = hashlib.sha256(b"".join(path.read_bytes() for path in made_by)).hexdigest()[:12]
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
        vault.add_user(SUPERVISOR, PASSPHRASE)
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
    maker = families.Families((OFFICER.user_id, ADMIN.user_id), today, clock - _YEAR, _YEAR // (persons * 4))
    for start in range(0, persons, _CHUNK):
        scope = SCOPES[start // _CHUNK % len(SCOPES)]
        tables = maker.tables(scope, min(_CHUNK, persons - start) // families.FAMILY)
        with connection.begin():
            for entity, rows in tables.items():
                _write(connection, scope, entity, rows)
            index.refresh(connection, [row["id"].bytes for row in tables["person"]])


def _write(connection: Connection, scope: str, entity: str, rows: list[Row]) -> None:
    insert_rows(connection, scope, columns_of(entity, rows, _STAMP, 1))


def _staff() -> Iterator[tuple[str, list[Row]]]:
    yield (
        "user_account",
        [
            {
                "id": user.user_id,
                "login": user.login,
                "name_ar": "موظف",
                "name_en": "Staff",
                "committee_code": SCOPES[0],
                "active": True,
            }
            for user in (OFFICER, ADMIN, SUPERVISOR)
        ],
    )
    yield (
        "role_grant",
        [
            {"id": uuid.uuid4(), "user_id": user.user_id, "role": role, "scope_code": scope}
            for user, role in ((OFFICER, "officer"), (ADMIN, "office_admin"), (SUPERVISOR, "supervisor"))
            for scope in SCOPES
        ],
    )


def _state(scope: str) -> Row:
    return {
        "scope": scope, "next_sequence": 1, "head": 0, "remote_position": 0, "acknowledged": 0, "digest": bytes(8),
        "row_count": 0, "complete": True,
    }  # fmt: skip

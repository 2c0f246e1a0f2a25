"""A centre in one encrypted file, taken while it serves: keys, certificates, settings and the database as of one moment.

The password of the database stays out: it is of the place, not of the centre.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tarahum_desktop.models.migrations import current_revision
from tarahum_desktop.models.postgres_address import read_address
from tarahum_server.centre import DATABASE_FILE, KEY_FILES, Centre
from tarahum_server.devices import BadRequest
from tarahum_server.sealed_file import PIECE, Content, Secret, write_sealed
from tarahum_server.settings import FILE_NAME, Settings

ABOUT: Final = "about.json"
SQLITE_CONTENT: Final = "database/centre.db"
POSTGRES_CONTENT: Final = "database/centre.dump"
_PASSWORD: Final = re.compile(r"(://[^:/@\s]+):[^@/\s]*@")


class About(msgspec.Struct, frozen=True):
    """What a backup says of itself: which kind of database, its revision, the moment in UTC milliseconds."""

    database: str
    revision: str
    taken_at: int


def back_up(centre: Centre, path: Path, secret: Secret) -> int:
    """Write the backup; returns its bytes.

    Raises:
        BadRequest: ``file`` exists, or ``database`` where its programs are missing or fail.
        BackupUnreadable: the recipient's key cannot be read.
        OSError: the disk; nothing is left of the file then.
    """
    try:
        write_sealed(path, _contents(centre), secret)
    except FileExistsError as error:
        raise BadRequest(what="file") from error
    return path.stat().st_size


def _contents(centre: Centre) -> Iterator[Content]:
    settings = centre.settings
    dialect = centre.engine.dialect.name
    about = About(dialect, current_revision(centre.engine) or "", centre.replica.wall())
    yield ABOUT, [msgspec.json.encode(about)]
    for name in _small_files(settings):
        yield name, [settings.path(name).read_bytes()]
    if settings.path(FILE_NAME).is_file():
        said = settings.path(FILE_NAME).read_text("utf-8")
        yield FILE_NAME, [_PASSWORD.sub(r"\1@", said).encode("utf-8")]
    if dialect == "postgresql":
        yield POSTGRES_CONTENT, _dump(settings.database)
    else:
        yield SQLITE_CONTENT, _copy(settings.path(DATABASE_FILE))


def _small_files(settings: Settings) -> list[str]:
    """Keys and certificates, as far as they lie in the folder; relative names."""
    named = [settings.certificate, settings.certificate_key, settings.authority]
    if settings.authority:
        named.append(str(Path(settings.authority).with_suffix(".key")))
    names = {name for name in named if not Path(name).is_absolute() and ".." not in name}
    return sorted(name for name in {*KEY_FILES, *names} if name and (settings.folder / name).is_file())


def _copy(database: Path) -> Iterable[bytes]:
    """SQLite's own backup of a file in use, into a neighbour only its owner can read, and from there."""
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".backup-") as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            # One file without its neighbours; it turns to a write-ahead log again when it is opened.
            target.execute("PRAGMA journal_mode = DELETE")
        with copy.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")


def _dump(address: str) -> Iterable[bytes]:
    """pg_dump in its own compressed format, one snapshot of all tables."""
    with postgres_program("pg_dump", address) as (program, environment, target):
        line = [program, "--format=custom", "--no-owner", "--no-privileges", f"--dbname={target}"]
        with subprocess.Popen(  # noqa: S603 - a program of the machine, with an address from the settings
            line, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as dumping:
            output = dumping.stdout
            assert output is not None
            try:
                yield from iter(lambda: output.read(PIECE), b"")
            except GeneratorExit:
                dumping.kill()  # nobody takes the rest
                raise
        if dumping.returncode:
            raise BadRequest(what="database")


@contextmanager
def postgres_program(name: str, address: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """``(program, environment, address without the password)``; the password goes by a file only we can read."""
    program = find_program(name)
    read = read_address(address)
    url = read.url
    hosts = read.options.get("host") or url.host or ""
    ports = str(read.options.get("port") or url.port or "")
    user = url.username or ""
    target = f"postgresql:///{url.database or ''}?" + "&".join(
        f"{key}={value}"
        for key, value in (("host", hosts), ("port", ports), ("user", user), *read_query(read.options))
        if value
    )
    with tempfile.TemporaryDirectory(prefix="tarahum-") as folder:
        environment = {**os.environ}
        if url.password:
            secret = Path(folder) / "pgpass"
            descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            escaped = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(f"*:*:*:*:{escaped}\n")
            environment["PGPASSFILE"] = str(secret)
        yield program, environment, target


def read_query(options: dict[str, object]) -> list[tuple[str, object]]:
    """What else goes to libpq of several hosts."""
    chosen = options.get("target_session_attrs")
    return [("target_session_attrs", chosen)] if chosen else []


def find_program(name: str) -> str:
    """A program of PostgreSQL: the newest of Debian's, for it reads all older servers, or the one on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise BadRequest(what=name)
    return found

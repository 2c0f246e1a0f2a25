"""The engines behave alike, whatever file is below."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from tarahum_desktop.models.database_errors import DatabaseError, typed_error
from tarahum_desktop.models.engine import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DiskFailed,
    DiskFull,
    NotAVault,
    check_database,
    open_postgres,
    open_sqlcipher,
    open_sqlite,
    probe_database,
)

KEY = bytes(range(32))


@pytest.fixture(params=["encrypted", "plain"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "file.db"
    opened = open_sqlcipher(path, KEY) if request.param == "encrypted" else open_sqlite(path)
    with opened.begin() as connection:
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)"))
    yield opened
    opened.dispose()


def bodies(engine: Engine) -> list[str]:
    with engine.execution_options(read_only=True).connect() as connection:
        return list(connection.scalars(text("SELECT body FROM note ORDER BY id")))


def add(engine: Engine, body: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note (body) VALUES (:body)"), {"body": body})


def test_every_pooled_connection_has_the_safe_settings(engine: Engine) -> None:
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "cache_size": -32768,
    }
    with engine.connect() as first, engine.connect().execution_options(read_only=True) as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert {name: str(value) for name, value in found.items()} == {
                name: str(value) for name, value in wanted.items()
            }


def test_what_is_undone_is_undone_tables_included(engine: Engine) -> None:
    def change_and_fail() -> None:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO note (body) VALUES ('lost')"))
            connection.execute(text("CREATE TABLE other (id INTEGER)"))
            raise KeyError

    with pytest.raises(KeyError):
        change_and_fail()
    assert bodies(engine) == []
    add(engine, "kept")
    assert bodies(engine) == ["kept"]
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (id INTEGER)"))


def test_a_reader_sees_one_moment_while_a_writer_commits(engine: Engine) -> None:
    add(engine, "first")
    with engine.execution_options(read_only=True).connect() as reader:
        count = text("SELECT count(*) FROM note")
        assert reader.execute(count).scalar_one() == 1
        add(engine, "second")
        assert reader.execute(count).scalar_one() == 1
        reader.rollback()
        assert reader.execute(count).scalar_one() == 2


def test_a_reader_cannot_write_and_its_connection_can_again_later(engine: Engine) -> None:
    with engine.execution_options(read_only=True).connect() as reader:  # noqa: SIM117 - only the write may fail
        with pytest.raises(OperationalError, match="readonly"):
            reader.execute(text("INSERT INTO note (body) VALUES ('x')"))
    add(engine, "x")
    assert bodies(engine) == ["x"]


def impatient(engine: Engine) -> None:
    """Let connections made from now on give up at once instead of after seconds."""
    event.listen(engine, "checkout", lambda raw, _record, _proxy: raw.execute("PRAGMA busy_timeout = 1"))


def test_a_second_writer_is_told_that_the_database_is_busy(engine: Engine) -> None:
    impatient(engine)
    with engine.begin() as holder:
        holder.execute(text("INSERT INTO note (body) VALUES ('held')"))
        with pytest.raises(DatabaseBusy):
            add(engine, "refused")
    add(engine, "after")
    assert bodies(engine) == ["held", "after"]


def test_writers_in_several_threads_wait_for_each_other_and_lose_nothing(engine: Engine) -> None:
    def write_many(name: int) -> None:
        for number in range(25):
            add(engine, f"{name}-{number}")

    threads = [threading.Thread(target=write_many, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(bodies(engine))) == 100


def test_a_full_disk_is_named_and_what_was_saved_stays(engine: Engine) -> None:
    add(engine, "saved")
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull):
            connection.execute(text("INSERT INTO note (body) VALUES (:body)"), {"body": "x" * 100_000})
    assert bodies(engine) == ["saved"]


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        open_sqlcipher(tmp_path / "nowhere" / "file.db", KEY)
    with pytest.raises(DiskFailed):
        open_sqlite(tmp_path / "nowhere" / "file.db")


def test_a_new_encrypted_file_does_not_begin_like_a_plain_one_and_needs_its_key(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    open_sqlcipher(path, KEY).dispose()
    assert not path.read_bytes().startswith(b"SQLite format 3")
    probe_database(path, KEY)
    for attempt in (open_sqlcipher, probe_database, check_database):
        with pytest.raises(DatabaseDamaged) as refused:
            attempt(path, bytes(32))
        assert refused.value.facts == {"which": "header"}


def test_a_plain_file_is_not_opened_as_an_encrypted_one(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    open_sqlite(path).dispose()
    for attempt in (open_sqlcipher, probe_database, check_database):
        with pytest.raises(NotAVault):
            attempt(path, KEY)


def test_a_missing_file_is_missing_for_the_probe_and_the_check(tmp_path: Path) -> None:
    for attempt in (probe_database, check_database):
        with pytest.raises(DatabaseMissing):
            attempt(tmp_path / "file.db", KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_sqlcipher(tmp_path / "file.db", bytes(length))
    assert not (tmp_path / "file.db").exists()


def test_the_driver_writes_no_log_of_its_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    working_folder = tmp_path / "empty"
    working_folder.mkdir()
    monkeypatch.chdir(working_folder)
    open_sqlcipher(tmp_path / "file.db", KEY).dispose()
    with pytest.raises(DatabaseDamaged):
        check_database(tmp_path / "file.db", bytes(32))
    assert capfd.readouterr() == ("", "")
    assert list(working_folder.iterdir()) == []


def test_a_writer_holds_the_lock_before_its_first_word(engine: Engine) -> None:
    impatient(engine)
    with engine.begin() as holder:
        with pytest.raises(DatabaseBusy):
            add(engine, "refused")
        holder.execute(text("INSERT INTO note (body) VALUES ('held')"))
    assert bodies(engine) == ["held"]


def test_a_connection_that_met_damage_is_not_used_again(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    engine = open_sqlcipher(path, KEY)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)"))
    add(engine, "x" * 100_000)
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    engine = open_sqlcipher(path, KEY)
    with engine.connect() as connection:
        with pytest.raises(DatabaseDamaged):
            connection.execute(text("SELECT sum(length(body || 'x')) FROM note"))
        assert connection.invalidated
    engine.dispose()


def test_a_wal_left_by_a_killed_writer_is_read_by_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom sqlalchemy import text\n"
        "from tarahum_desktop.models.engine import open_sqlcipher\n"
        "engine = open_sqlcipher(Path(sys.argv[1]), bytes(range(32)))\n"
        "with engine.begin() as c:\n    c.execute(text('CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)'))\n"
        "with engine.begin() as c:\n    c.execute(text(\"INSERT INTO note (body) VALUES ('saved')\"))\n"
        "open_one = engine.connect()\nopen_one.execute(text(\"INSERT INTO note (body) VALUES ('unsaved')\"))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == -9
    assert (tmp_path / "file.db-wal").stat().st_size > 0
    probe_database(path, KEY)
    check_database(path, KEY)
    engine = open_sqlcipher(path, KEY)
    assert bodies(engine) == ["saved"]
    engine.dispose()


def test_a_write_beyond_what_the_system_allows_is_named_and_undone(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "file.db"
    engine = open_sqlcipher(path, KEY)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)"))
    add(engine, "saved")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(DatabaseError) as refused:
            add(engine, "x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(refused.value, (DiskFull, DiskFailed))
    add(engine, "after")
    assert bodies(engine) == ["saved", "after"]
    engine.dispose()
    check_database(path, KEY)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53100", DiskFull),
        ("55P03", DatabaseBusy),
        ("40P01", DatabaseBusy),
        ("57014", DatabaseBusy),
        ("XX001", DatabaseDamaged),
        ("23505", type(None)),
    ],
)
def test_the_errors_of_postgresql_have_the_same_names(state: str, kind: type) -> None:
    assert type(typed_error(SimpleNamespace(sqlstate=state))) is kind  # type: ignore[arg-type]  # only the state is read


def test_a_postgresql_address_keeps_its_parts_and_gets_the_one_driver() -> None:
    engine = open_postgres("postgresql://clerk:secret@db.example:6432/tarahum")
    assert re.fullmatch(r"postgresql\+psycopg://clerk:\*\*\*@db.example:6432/tarahum", str(engine.url))
    engine.dispose()


@pytest.mark.postgres
def test_postgresql_readers_cannot_write_and_slow_statements_are_stopped() -> None:
    engine = open_postgres(os.environ["TARAHUM_TEST_POSTGRES"], statement_timeout_ms=50)
    with engine.execution_options(read_only=True).connect() as reader, pytest.raises(DatabaseAway):
        # As a standby says it: whoever waits for its promotion asks again.
        reader.execute(text("CREATE TABLE nothing (id INTEGER)"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW application_name").scalar_one() == "tarahum"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
        with pytest.raises(DatabaseBusy):
            connection.exec_driver_sql("SELECT pg_sleep(5)")
    engine.dispose()


def test_a_server_needs_no_encryption_driver(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['sqlcipher3'] = None\n"
        "from pathlib import Path\nfrom tarahum_desktop.models.engine import open_sqlite\n"
        "e = open_sqlite(Path(sys.argv[1]))\ne.dispose()\nprint('opened')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "file.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "opened\n"

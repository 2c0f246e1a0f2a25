"""Contents of attachments over real HTTPS: cut at random bytes, killed in the middle, sealed in the centre's database."""

import hashlib
import os
import sqlite3
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event, func, insert, select

from tarahum_desktop.casework.attachments.errors import ContentNotThere
from tarahum_desktop.casework.attachments.fetch import fetch_blob
from tarahum_desktop.models import Attachment, Blob, BlobChunk
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.at_rest import Sealed, new_key
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.store import append_bytes, keep_blob, read_blob
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.enrol import load_replica
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.replica import Replica
from tarahum_server.centre import KEY_FILES, NotPrepared, open_centre, prepare, wall_clock
from tarahum_server.settings import Settings
from tests.faults.killed import kill_point
from tests.server.centres import SCOPE, Desktop, ForkedServer, join, more
from tests.server.cutting_line import cutting_line


def attach(desktop: Desktop, content: bytes) -> bytes:
    replica = desktop.replica
    with replica.engine.begin() as connection:
        name = keep_blob(connection, content, from_milliseconds(replica.now()))
    with captured_session(replica, desktop.user) as session:
        session.add(
            Attachment(
                scope=SCOPE, household_id=None, owner_entity="visit", owner_id=desktop.user, kind="damage",
                sha256=name, media_type="image/jpeg", size=len(content), width=None, height=None,
            )
        )  # fmt: skip
        session.commit()
    return name


def content_at(replica: Replica, name: bytes) -> bytes | None:
    with replica.engine.connect() as connection:
        return read_blob(connection, name, replica.at_rest)


def records_only(desktop: Desktop) -> Outcome:
    known = desktop.enrolment
    with desktop.line() as line:
        return exchange(
            desktop.replica, line, known.centre_key, known.centre_device, lambda _p: None,
            files=BlobPolicy(budget_bytes=0),
        )  # fmt: skip


def exchange_through(desktop: Desktop, running_port: int, cut: int) -> tuple[Outcome | None, int]:
    """An exchange over a line that breaks after so many bytes; and how many bytes it carried."""
    with cutting_line(running_port, cut) as line:
        try:
            outcome = desktop.exchange(f"https://127.0.0.1:{line.port}")
        except LineFailed:
            outcome = None
        return outcome, line.passed


def test_cut_at_random_bytes_both_ways_nothing_is_lost_and_little_is_sent_twice(running, tmp_path):
    rng = Random(20260301)
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    a.exchange()
    kept = {}
    for _ in range(more("TARAHUM_FILE_CUTS", 3)):
        content = rng.randbytes(rng.randrange(1, 400_000))
        kept[attach(a, content)] = content
    for desktop in (a, b):
        broken = 0
        for _ in range(200):
            outcome, _ = exchange_through(desktop, running.port, rng.randrange(20_000, 200_000))
            if outcome is not None and outcome.files.code:
                assert outcome.proven  # the records were through
                broken += 1
            if outcome is not None and not (
                outcome.files.code or outcome.files.wait_out or outcome.files.wait_in
            ):
                break
        assert broken > 0
    for name, content in kept.items():
        assert content_at(running.centre.replica, name) == content
        assert content_at(b.replica, name) == content


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_centre_killed_at_any_moment_holds_whole_contents_or_their_beginnings(centre, tmp_path):
    rng = Random(20260302)
    server = ForkedServer(centre.settings)
    server.start()
    a = join(f"https://127.0.0.1:{server.port}", centre, tmp_path, "a")
    kept = {}
    try:
        for _ in range(more("TARAHUM_FILE_KILLS", 6)):
            content = rng.randbytes(rng.randrange(100_000, 900_000))
            kept[attach(a, content)] = content
            records_only(a)
            with a.line() as line:
                dying = _DyingAtFiles(line, server, rng.randint(1, 6))
                a.over(dying)
            server.kill()
            server.start()
        files = a.exchange().files
    finally:
        server.kill()
    assert (files.code, files.wait_out) == ("", 0)
    for name, content in kept.items():
        assert content_at(centre.replica, name) == content


class _DyingAtFiles:
    """A line whose centre is killed right after a piece arrived, before its answer is read."""

    def __init__(self, line, server: ForkedServer, doomed: int) -> None:
        self._line, self._server, self._left = line, server, doomed

    def __getattr__(self, name):
        return getattr(self._line, name)

    def ask(self, call, request):
        reply = self._line.ask(call, request)
        if call.name == "blob_push":
            self._left -= 1
            if self._left == 0:
                self._server.kill()
                raise LineFailed
        return reply


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_desktop_killed_while_it_takes_contents_goes_on_where_it_was(centre, tmp_path):
    rng = Random(20260303)
    server = ForkedServer(centre.settings)
    server.start()
    try:
        a = join(f"https://127.0.0.1:{server.port}", centre, tmp_path, "a")
        b = join(f"https://127.0.0.1:{server.port}", centre, tmp_path, "b")
        kept = {}
        for _ in range(4):
            content = rng.randbytes(rng.randrange(200_000, 800_000))
            kept[attach(a, content)] = content
        a.exchange()
        records_only(b)
        b.replica.engine.dispose()

        def take(say):
            engine = open_sqlite(b.folder)
            replica, _ = load_replica(engine, b.keys, wall_clock)
            say(b"ready\n")
            Desktop(b.folder, replica, b.enrolment, b.keys, b.user).exchange()

        for _ in range(more("TARAHUM_FILE_KILLS", 8)):
            kill_point(take, rng.random() * 0.15, ready=b"ready\n")
        files = b.exchange().files
        assert (files.code, files.wait_in) == ("", 0)
    finally:
        server.kill()
    for name, content in kept.items():
        assert content_at(b.replica, name) == content


def test_a_full_disk_at_the_centre_leaves_records_proven_and_the_content_whole_here(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    content = os.urandom(900_000)
    name = attach(a, content)
    records_only(a)
    engine = running.centre.engine

    def full(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "checkout", full)
    try:
        outcome = a.exchange()
    finally:
        event.remove(engine, "checkout", full)
    assert outcome.complete
    assert (outcome.files.code, outcome.files.wait_out) == ("line_failed", 1)

    def room(connection, _record, _proxy):
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(engine, "checkout", room)
    outcome = a.exchange()
    assert (outcome.files.code, outcome.files.wait_out) == ("", 0)
    assert content_at(running.centre.replica, name) == content


def test_neither_the_centres_file_nor_a_copy_of_it_shows_a_picture(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    content = b"a roof that leaks " * 10_000
    name = attach(a, content)
    a.exchange()
    assert content_at(running.centre.replica, name) == content
    copy = tmp_path / "copy.db"
    with (
        sqlite3.connect(running.centre.settings.path("centre.db")) as source,
        sqlite3.connect(copy) as target,
    ):
        source.backup(target)
    found = copy.read_bytes()
    assert name in found
    assert b"a roof that leaks" not in found


def test_a_chunk_moved_to_another_place_or_opened_with_another_key_is_refused():
    ours, name = Sealed(new_key()), hashlib.sha256(b"x").digest()
    kept = ours.close(name, 0, b"x")
    assert ours.open(name, 0, kept) == b"x"
    for sealed, sha256, at, chunk in (
        (Sealed(new_key()), name, 0, kept),
        (ours, bytes(32), 0, kept),
        (ours, name, 1, kept),
        (ours, name, 0, kept[:-1] + bytes([kept[-1] ^ 1])),
    ):
        with pytest.raises(SyncError, match="blob_sealed"):
            sealed.open(sha256, at, chunk)


def test_a_centre_without_its_key_of_files_or_with_another_does_not_open(centre):
    with centre.engine.begin() as connection:
        keep_blob(connection, b"x", from_milliseconds(0), centre.replica.at_rest)
    settings = centre.settings
    path = settings.path("files.key")
    assert "files.key" in KEY_FILES
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    path.unlink()
    with pytest.raises(NotPrepared):
        open_centre(settings)
    with pytest.raises(SyncError, match="blob_sealed"):
        prepare(settings, ["localhost"])


def test_contents_of_before_there_was_a_key_are_read_and_go_on(centre):
    content = os.urandom(100_000)
    replica, now = centre.replica, from_milliseconds(0)
    name = hashlib.sha256(content).digest()
    with centre.engine.begin() as connection:
        connection.execute(insert(Blob).values(sha256=name, size=len(content), whole=False, kept_at=now))
        connection.execute(insert(BlobChunk).values(sha256=name, at=0, content=content[:30_000]))
        done = append_bytes(connection, name, len(content), 30_000, content[30_000:], now, replica.at_rest)
    assert done.whole
    assert content_at(replica, name) == content
    with centre.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(BlobChunk)) == 3


def test_a_prepared_folder_gets_its_key_once(tmp_path: Path):
    settings = Settings(folder=tmp_path / "centre", plain_http=True)
    prepare(settings, []).close()
    key = settings.path("files.key").read_bytes()
    prepare(settings, []).close()
    assert settings.path("files.key").read_bytes() == key


def test_one_content_is_fetched_when_somebody_asks_and_nothing_else_moves(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    wanted, other = attach(a, os.urandom(90_000)), attach(a, os.urandom(10_000))
    records_only(a)
    records_only(b)
    with b.line() as line, pytest.raises(ContentNotThere):
        fetch_blob(b.replica, line, b.enrolment, wanted)
    a.exchange()
    with b.line() as line:
        fetch_blob(b.replica, line, b.enrolment, wanted)
    assert content_at(b.replica, wanted) is not None
    assert content_at(b.replica, other) is None


def test_without_a_line_the_fetch_says_so_and_the_next_goes_on(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    name = attach(a, os.urandom(400_000))
    a.exchange()
    records_only(b)
    with (
        cutting_line(running.port, 60_000) as cut,
        b.line(f"https://127.0.0.1:{cut.port}") as line,
        pytest.raises(LineFailed),
    ):
        fetch_blob(b.replica, line, b.enrolment, name)
    with b.line() as line:
        fetch_blob(b.replica, line, b.enrolment, name)
        assert line.bytes_in < 400_000  # what had arrived is not fetched twice
    assert content_at(b.replica, name) is not None

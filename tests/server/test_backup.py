"""A centre in one file: whole or not there, opened by its secret alone, restored into an empty place only."""

import datetime as dt
import errno
import os
import shutil
import threading

import pyrage
import pytest
from sqlalchemy import create_engine, text, update
from typer.testing import CliRunner

from dev.machine import debian_postgres
from tarahum_desktop.models import ScopeState
from tarahum_desktop.models.types import from_milliseconds
from tarahum_server.backup import back_up
from tarahum_server.centre import open_centre
from tarahum_server.check_backup import check_backup
from tarahum_server.cli import make_app
from tarahum_server.compaction import compact
from tarahum_server.devices import BadRequest
from tarahum_server.restore import restore
from tarahum_server.sealed_file import BackupUnreadable, Secret, write_sealed
from tarahum_server.settings import Settings
from tarahum_server.verify import verify_centre
from tests.server.centres import SCOPE, assert_same, digests, home_numbers, join, listening, make_centre

RECIPIENT = pyrage.x25519.Identity.generate()
SEAL, OPEN = Secret(str(RECIPIENT.to_public())), Secret(str(RECIPIENT))


@pytest.fixture
def lively(running, tmp_path):
    """A centre with a device that wrote."""
    device = join(running.address, running.centre, tmp_path, "a")
    device.write_homes(60, "A")
    device.exchange()
    return running.centre, device


@pytest.fixture
def kept(lively, tmp_path):
    path = tmp_path / "centre.backup"
    back_up(lively[0], path, SEAL)
    return path


def test_a_restored_centre_is_the_same_and_its_devices_go_on(lively, kept, tmp_path):
    centre, device = lively
    restore(kept, tmp_path / "again", "", OPEN)
    again = open_centre(Settings(folder=tmp_path / "again"))
    assert digests(again.replica) == digests(centre.replica)
    assert list(verify_centre(again)) == []
    with listening(again) as elsewhere:
        device.write_homes(5, "B")
        assert device.exchange(elsewhere.address).proven == {"national", SCOPE}
        assert_same(device, again)


def test_a_backup_taken_while_devices_push_is_of_one_moment(lively, tmp_path):
    centre, device = lively
    path, ended = tmp_path / "busy.backup", threading.Event()

    def push():
        turn = 0
        while not ended.is_set():
            device.write_homes(3, f"busy{turn}")
            device.exchange()
            turn += 1

    pushing = threading.Thread(target=push)
    pushing.start()
    try:
        for number in range(3):
            back_up(centre, path.with_suffix(f".{number}"), SEAL)
    finally:
        ended.set()
        pushing.join()
    assert [list(check_backup(path.with_suffix(f".{number}"), OPEN)) for number in range(3)] == [[], [], []]


def test_any_changed_or_missing_byte_is_noticed_and_nothing_is_left_of_the_attempt(kept, tmp_path):
    whole = kept.read_bytes()
    size = len(whole)
    spoiled = tmp_path / "spoiled.backup"
    cuts = [whole[:at] for at in (0, 10, 30, 200, size // 2, size - 1)]
    flips = [
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (3, 19, 300, size // 2, size - 5)
    ]
    for content in (*cuts, *flips, whole + b"x", b"x" * 5000):
        spoiled.write_bytes(content)
        with pytest.raises(BackupUnreadable):
            list(check_backup(spoiled, OPEN))
        with pytest.raises(BackupUnreadable):
            restore(spoiled, tmp_path / "no", "", OPEN)
        assert not (tmp_path / "no").exists()
        assert not (tmp_path / "no.restoring").exists()


def test_another_key_or_a_passphrase_opens_nothing(kept):
    for secret in (Secret(str(pyrage.x25519.Identity.generate())), Secret("a passphrase of some length")):
        with pytest.raises(BackupUnreadable) as refused:
            list(check_backup(kept, secret))
        assert refused.value.facts == {"what": "secret"}


def test_nothing_that_is_there_is_written_over(lively, kept, tmp_path):
    centre, _device = lively
    with pytest.raises(BadRequest):
        back_up(centre, kept, SEAL)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(BadRequest):
        restore(kept, tmp_path / "full", "", OPEN)
    assert (tmp_path / "full" / "notes.txt").read_text("utf-8") == "mine"


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def pieces():
        yield b"x" * 100_000
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        write_sealed(tmp_path / "half.backup", [("database/centre.db", pieces())], SEAL)
    monkeypatch.setattr(os, "fsync", lambda _number: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    with pytest.raises(OSError, match="full"):
        write_sealed(tmp_path / "half.backup", [("database/centre.db", [b"x"])], SEAL)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path):
    path = tmp_path / "bad.backup"
    write_sealed(path, [("about.json", [b"{}"]), ("../../outside", [b"x"])], SEAL)
    with pytest.raises(BackupUnreadable):
        restore(path, tmp_path / "deep" / "er", "", OPEN)
    assert not (tmp_path / "outside").exists()


def test_the_password_of_the_database_stays_out(lively, tmp_path):
    centre, _device = lively
    centre.settings.path("server.toml").write_text(
        'database = "postgresql://u:secret-word@h1,h2/d"\n', "utf-8"
    )
    back_up(centre, tmp_path / "b.backup", SEAL)
    restore(tmp_path / "b.backup", tmp_path / "r", "", OPEN)
    assert (tmp_path / "r" / "server.toml").read_text("utf-8") == 'database = "postgresql://u@h1,h2/d"\n'


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        ("UPDATE scope_state SET digest = x'0000000000000000' WHERE scope = 'ryd'", {"digest"}),
        ("UPDATE scope_state SET row_count = row_count + 1 WHERE scope = 'ryd'", {"rows"}),
        ("DELETE FROM household WHERE id = (SELECT min(id) FROM household)", {"digest", "rows"}),
        ("UPDATE household SET stamp = x'000000000000000000000001' WHERE id = (SELECT min(id) FROM household)", {"digest"}),
        ("DELETE FROM batch_log WHERE scope = 'ryd' AND position = 1", {"position_missing", "sequence_gap"}),
        ("UPDATE batch_log SET payload = x'00' WHERE scope = 'ryd' AND position = 1", {"entry_unreadable", "sequence_gap"}),
        ("UPDATE batch_log SET first_sequence = 9 WHERE scope = 'ryd' AND position = 1", {"entry_foreign"}),
        ("UPDATE applied_vector SET sequence = sequence + 1 WHERE scope = 'ryd'", {"vector"}),
        ("UPDATE scope_state SET head = head + 1 WHERE scope = 'ryd'", {"position_missing"}),
        ("UPDATE device SET signing_key = zeroblob(32) WHERE number = 2", {"entry_unreadable", "vector"}),
        ("UPDATE device SET signing_key = zeroblob(32) WHERE number = 1", {"centre_key"}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_by_scope(lively, spoil, what):
    centre, device = lively
    for turn in range(3):
        device.write_homes(5, f"more{turn}")
        device.exchange()
    assert list(verify_centre(centre)) == []
    with centre.engine.begin() as connection:
        assert connection.exec_driver_sql(spoil).rowcount
    faults = list(verify_centre(centre))
    assert what <= {fault.what for fault in faults}
    assert {fault.scope for fault in faults} <= {SCOPE, "national"}


def typed(*words, code=0):
    result = CliRunner().invoke(make_app(), [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


def test_the_three_commands_as_typed(lively, tmp_path):
    centre, _device = lively
    secret, kept = tmp_path / "secret", tmp_path / "c.backup"
    secret.write_text("correct horse battery staple\n", "utf-8")
    folder = centre.settings.folder
    assert "bytes" in typed("backup", kept, "--folder", folder, "--secret-file", secret)
    assert kept.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert typed("verify", kept, "--secret-file", secret).strip() == "whole"
    assert "as of" in typed("restore", kept, "--folder", tmp_path / "new", "--secret-file", secret)
    assert typed("verify", "--folder", tmp_path / "new").strip() == "whole"
    assert "what=folder" in typed(
        "restore", kept, "--folder", tmp_path / "new", "--secret-file", secret, code=1
    )
    reading, writing = os.pipe()
    os.write(writing, b"another passphrase\n")
    os.close(writing)
    assert "what=secret" in typed("verify", kept, "--secret-fd", reading, code=1)
    with centre.engine.begin() as connection:
        connection.execute(update(ScopeState).values(row_count=7))
    assert "rows kept=7" in typed("verify", "--folder", folder, code=2)


@pytest.mark.postgres
def test_a_centre_on_postgres_goes_into_a_file_and_back_into_an_empty_database_only(cluster, tmp_path):
    if shutil.which("pg_dump") is None and debian_postgres() is None:
        pytest.skip("needs the machine's own PostgreSQL programs")
    centre = make_centre(tmp_path / "centre", database=cluster.database().replace("+psycopg", ""))
    with listening(centre) as running:
        device = join(running.address, centre, tmp_path, "a")
        device.write_homes(30, "A")
        device.exchange()
        back_up(centre, tmp_path / "c.backup", SEAL)
        then = digests(centre.replica)
        with pytest.raises(BadRequest):
            restore(tmp_path / "c.backup", tmp_path / "new", centre.settings.database, OPEN)
    assert list(check_backup(tmp_path / "c.backup", OPEN)) == []
    empty = cluster.empty().replace("+psycopg", "")
    half = tmp_path / "half.backup"
    half.write_bytes((tmp_path / "c.backup").read_bytes()[:-100])
    with pytest.raises(BackupUnreadable):
        restore(half, tmp_path / "new", empty, OPEN)
    restore(tmp_path / "c.backup", tmp_path / "new", empty, OPEN)
    again = open_centre(Settings(folder=tmp_path / "new", database=empty))
    try:
        assert digests(again.replica) == then
        assert list(verify_centre(again)) == []
        assert len(home_numbers(again.replica)) == 30
    finally:
        again.close()


@pytest.mark.postgres
def test_taking_part_of_the_log_touches_one_partition(cluster):
    engine = create_engine(cluster.database())
    query = "EXPLAIN SELECT position, payload FROM batch_log WHERE scope = 'ryd' AND position > 10 ORDER BY position LIMIT 50"
    with engine.connect() as connection:
        plan = "\n".join(connection.execute(text(query)).scalars())
    engine.dispose()
    assert plan.count(" on batch_log_p") == 1, plan


def test_a_packed_and_shortened_log_is_whole_and_a_changed_pack_is_named(lively):
    centre, device = lively
    for turn in range(12):
        device.write_homes(2, f"turn{turn}")
        device.exchange()
    soon = from_milliseconds(centre.replica.wall()) + dt.timedelta(seconds=5)
    assert compact(centre.replica, soon).packs > 0
    assert list(verify_centre(centre)) == []
    with centre.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE batch_log SET payload = CAST(payload || x'00' AS BLOB) WHERE scope = 'ryd' AND device = 0"
        )
    assert {fault.what for fault in verify_centre(centre)} >= {"entry_unreadable", "vector"}
    assert compact(centre.replica, soon, soon).dropped > 0
    assert list(verify_centre(centre)) == []

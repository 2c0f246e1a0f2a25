"""A disk that fills up: one named error, nothing half done, and work goes on once there is room."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tarahum_desktop.domain.store_errors import DiskFull
from tarahum_desktop.models.engine import open_sqlcipher
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.proofs import all_rows, prove_whole
from tests.sync.worlds import Wall, World, a_household, send, writing

KEY = bytes(range(32))
DISK_BYTES = 3 * 1024 * 1024


def may_mount() -> bool:
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def small_disk(folder: Path):
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode != 0:
        pytest.skip("no small disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path):
    if not may_mount():
        pytest.skip("only root may mount a small disk")
    with small_disk(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture
def replica(disk):
    engine = open_sqlcipher(disk / "vault.db", KEY)
    upgrade(engine)
    yield Replica(engine, 4, SigningKey.generate(), Wall())
    engine.dispose()


def fill(disk: Path) -> Path:
    """A file that leaves no page free."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        free = shutil.disk_usage(disk).free
        file.write(bytes(max(0, free)))
    return filler


def save_until_full(replica: Replica) -> int:
    saved = 0
    while True:
        with writing(replica) as session:
            session.add_all(a_household(directions="بجوار المسجد " * 200) for _ in range(20))
            session.commit()
        saved += 20


def test_saving_on_a_full_disk_says_so_keeps_what_was_saved_and_goes_on_later(disk, replica):
    with writing(replica) as session:
        session.add(a_household(file_number="RYD-7"))
        session.commit()
    filler = fill(disk)
    with pytest.raises(DiskFull):
        save_until_full(replica)
    prove_whole(replica)
    before = len(all_rows(replica)["household"])
    assert before >= 1
    filler.unlink()
    with writing(replica) as session:
        session.add(a_household(file_number="RYD-8"))
        session.commit()
    prove_whole(replica)
    assert len(all_rows(replica)["household"]) == before + 1


def test_applying_on_a_full_disk_says_so_and_the_same_batch_goes_in_later(disk, replica, tmp_path):
    world = World(tmp_path)
    writer = world.replica(2)
    with writing(writer) as session:
        session.add_all(a_household(directions=f"{n} " * 400) for n in range(300))
        session.commit()
    payload = send(writer)
    filler = fill(disk)
    with pytest.raises(DiskFull):
        world.receive(replica, payload)
    prove_whole(replica)
    assert not all_rows(replica)
    filler.unlink()
    world.receive(replica, payload)
    prove_whole(replica)
    assert all_rows(replica) == all_rows(writer)

"""A full disk at the worst moments: a plain error, and everything saved before is whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.drafts import list_drafts, load_draft, save_field
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.store_errors import DiskFull
from tests.casework.answers import a_draft
from tests.casework.worlds import STAFF, reopen

PROJECT = Path(__file__).parents[2]
DISK_BYTES = 24 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mount.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill_up(place: Path, leave: int) -> Path:
    """Take all room on the disk but ``leave`` bytes; returns the file that takes it."""
    ballast = place / "ballast"
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as file:
        file.write(bytes(shutil.disk_usage(place).free - leave))
    return ballast


@pytest.mark.parametrize("act", ["save", "submit"])
def test_a_full_disk_is_named_and_loses_nothing_and_it_goes_on_with_room(office, small_disk, act):
    draft = a_draft(office)
    before = load_draft(office.desk(), draft)
    folder = office.vault.folder
    office.vault.lock()
    here = small_disk / "vault"
    shutil.copytree(folder, here)
    vault, replica = reopen(here)
    with vault:
        desk = open_desk(replica, STAFF["officer"])

        def write():
            if act == "save":
                save_field(desk, draft, "directions", "خلف المسجد " * 10)
            else:
                submit_visit(desk, draft)

        ballast, refused = small_disk / "ballast", 0
        for pages in range(100):
            fill_up(small_disk, pages * 4096)
            try:
                write()
            except DiskFull:
                refused += 1
                assert load_draft(desk, draft) == before
            else:
                break
        ballast.unlink()
        vault.check()
        assert refused >= 1
        assert len(list_drafts(desk)) == (1 if act == "save" else 0)
        if act == "save":
            assert load_draft(desk, draft).answers.get("directions") == "خلف المسجد " * 10


# A limit on the size of files: a disk that refuses to write further, where no disk can be made.
_REFUSED = """
import resource, signal, sys, uuid
from pathlib import Path
from tarahum_desktop.casework.desk import open_desk
from tarahum_desktop.casework.drafts import save_field
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.store_errors import DatabaseError
from tests.casework.worlds import reopen
folder, draft, user, act = Path(sys.argv[1]), uuid.UUID(sys.argv[2]), uuid.UUID(sys.argv[3]), sys.argv[4]
vault, replica = reopen(folder)
desk = open_desk(replica, user)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40960, resource.RLIM_INFINITY))
try:
    if act == "save":
        save_field(desk, draft, "observations", "x" * 200_000)
    else:
        submit_visit(desk, draft)
except DatabaseError as error:
    print(error.code)
else:
    print("written")
"""


@pytest.mark.parametrize("act", ["save", "submit"])
def test_a_disk_that_refuses_to_write_further_loses_nothing(office, act):
    draft = a_draft(office)
    before = load_draft(office.desk(), draft)
    folder = office.vault.folder
    office.vault.lock()
    done = subprocess.run(
        [sys.executable, "-c", _REFUSED, str(folder), str(draft), str(STAFF["officer"]), act],
        capture_output=True, text=True, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)}, check=False,
    )  # fmt: skip
    assert done.stdout.strip() in {"disk_full", "disk_failed"}, done.stderr
    vault, replica = reopen(folder)
    with vault:
        vault.check()
        desk = open_desk(replica, STAFF["officer"])
        assert load_draft(desk, draft) == before
        assert len(list_drafts(desk)) == 1

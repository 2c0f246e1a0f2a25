"""Other programs, full disks and sudden ends: what was there before still opens."""

import os
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.database_errors import DiskFailed, DiskFull
from tarahum_desktop.vault.errors import VaultInUse, WrongPassphrase
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_desktop.vault.slots import read_slots, write_slots
from tarahum_desktop.vault.vault import OpenVault, UserSlot, create_vault, list_users, unlock

NEW_WORDS = "قمر فوق الوادي البعيد"
posix_only = pytest.mark.skipif(not hasattr(os, "fork"), reason="ends a forked copy of the test with SIGKILL")


def open_elsewhere(folder: Path, words: str) -> "subprocess.Popen[str]":
    program = (
        "import sys\nfrom pathlib import Path\nfrom tarahum_desktop.vault.vault import unlock\n"
        "vault = unlock(Path(sys.argv[1]), 'huda', sys.stdin.readline().rstrip('\\n'))\n"
        "print('open', flush=True)\nsys.stdin.read()\nvault.lock()\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(words + "\n")
    running.stdin.flush()
    assert running.stdout.readline() == "open\n"
    return running


@pytest.mark.parametrize("ending", ["asked", "killed"])
def test_a_vault_open_in_another_program_is_refused_until_that_one_ends(
    vault_folder: Path, words: str, cheap: KdfProfile, ending: str
) -> None:
    with open_elsewhere(vault_folder, words) as running:
        for tried in (words, "quite other words"):
            with pytest.raises(VaultInUse):
                unlock(vault_folder, "huda", tried)
        with pytest.raises(VaultInUse):
            create_vault(vault_folder, UserSlot("x", uuid.uuid4()), words, profile=cheap)
        assert list_users(vault_folder) == ["huda"]
        if ending == "killed":
            running.kill()
        running.communicate()
    unlock(vault_folder, "huda", words).lock()


def test_a_full_disk_while_slots_are_written_leaves_the_old_slots(
    vault_folder: Path, words: str, cheap: KdfProfile
) -> None:
    resource = pytest.importorskip("resource")
    with unlock(vault_folder, "huda", words) as vault:
        before = (vault_folder / "slots.json").read_bytes()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, limits[1]))
        try:
            with pytest.raises(DiskFull):
                vault.add_user(UserSlot("sami", uuid.uuid4()), NEW_WORDS, profile=cheap)
            with pytest.raises(DiskFull):
                vault.change_passphrase(words, NEW_WORDS, profile=cheap)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert (vault_folder / "slots.json").read_bytes() == before
        assert not (vault_folder / "slots.json.new").exists()
        assert vault.users() == ["huda"]
    unlock(vault_folder, "huda", words).lock()


def vault_with_a_row(folder: Path, officer: UserSlot, words: str, cheap: KdfProfile) -> OpenVault:
    made = (folder / "slots.json").exists()
    vault = unlock(folder, "huda", words) if made else create_vault(folder, officer, words, profile=cheap)
    try:
        with vault.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS note (body TEXT)")
            connection.exec_driver_sql("INSERT INTO note VALUES ('one')")
    except BaseException:
        vault.lock()
        raise
    return vault


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_really_full_disk_is_named_at_every_point_and_the_vault_opens_once_there_is_room(
    tmp_path: Path, words: str, officer: UserSlot, cheap: KdfProfile
) -> None:
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mount.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        ballast, outcomes = tmp_path / "ballast", []
        for free_pages in range(40):
            ballast.write_bytes(bytes(256 * 1024 - 4096 * free_pages))
            try:
                vault = vault_with_a_row(tmp_path / "v", officer, words, cheap)
            except DiskFull:
                outcomes.append("full")
            else:
                outcomes.append("made")
                vault.lock()
                break
        assert outcomes.count("full") > 2
        assert outcomes[-1] == "made"
        ballast.unlink()
        unlock(tmp_path / "v", "huda", words).lock()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_disk_that_refuses_is_named_and_leaves_the_old_slots(
    vault_folder: Path, words: str, cheap: KdfProfile, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> int:
        raise OSError(5, "input/output error")

    with unlock(vault_folder, "huda", words) as vault:
        monkeypatch.setattr(os, call, refuse)
        with pytest.raises(DiskFailed):
            vault.add_user(UserSlot("sami", uuid.uuid4()), NEW_WORDS, profile=cheap)
        monkeypatch.undo()
        assert vault.users() == list_users(vault_folder) == ["huda"]


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Run ``act`` in a copy of this process that is killed at its ``step``-th call or return; tell whether it was."""
    child = os.fork()
    if child == 0:
        left = step

        def count(_frame: FrameType, _event: str, _argument: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        try:
            act()
        except TarahumError:
            os._exit(1)
        sys.setprofile(None)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def steps_of(act: Callable[[], object]) -> int:
    steps = 0

    def count(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return steps


@posix_only
def test_a_kill_at_any_step_of_a_slot_rewrite_leaves_the_old_slots_or_the_new(
    vault_folder: Path, words: str, cheap: KdfProfile
) -> None:
    path = vault_folder / "slots.json"
    old = read_slots(path).document
    with unlock(vault_folder, "huda", words) as vault:
        vault.add_user(UserSlot("sami", uuid.uuid4()), NEW_WORDS, profile=cheap)
        new, key = read_slots(path).document, bytes(vault._key)
    seen = []
    step = 1
    while True:
        write_slots(path, old, key)
        killed = killed_at(step, lambda: write_slots(path, new, key))
        left = read_slots(path).document
        assert left in (old, new)
        seen.append(left)
        if not killed:
            break
        step += 1
    assert step > 30
    assert seen.count(old) > 10
    assert seen.count(new) > 2
    assert seen == sorted(seen, key=[old, new].index)  # one step decides


@posix_only
def test_a_kill_during_a_change_of_passphrase_leaves_one_of_the_two_words_working(
    vault_folder: Path, words: str, cheap: KdfProfile, count_notes: Callable[..., int]
) -> None:
    def change(old: str, new: str) -> None:
        with unlock(vault_folder, "huda", old, now=0.0) as vault:
            vault.change_passphrase(old, new, profile=cheap, now=0.0)

    change(words, words)
    total = steps_of(lambda: change(words, words))
    chosen = random.Random(20261123)
    current = words
    for _ in range(40):
        wanted = NEW_WORDS if current == words else words
        old = current
        killed_at(chosen.randint(1, total), partial(change, old, wanted))
        opened = []
        for tried in (words, NEW_WORDS):
            try:
                with unlock(vault_folder, "huda", tried, now=0.0) as vault:
                    assert count_notes(vault) == 400
                    opened.append(tried)
            except WrongPassphrase:
                continue
        assert len(opened) == 1
        current = opened[0]


@posix_only
def test_a_kill_during_creation_leaves_a_vault_or_room_for_the_next_creation(
    tmp_path: Path, words: str, officer: UserSlot, cheap: KdfProfile
) -> None:
    def create_and_lock(folder: Path) -> None:
        create_vault(folder, officer, words, profile=cheap).lock()

    total = steps_of(partial(create_and_lock, tmp_path / "counted"))
    outcomes = set()
    for number in range(40):
        folder = tmp_path / str(number)
        at = max(1, total * number // 40)
        killed_at(at, partial(create_and_lock, folder))
        complete = (folder / "slots.json").exists()
        if not complete:
            create_and_lock(folder)
        unlock(folder, "huda", words).lock()
        outcomes.add(complete)
    assert outcomes == {True, False}

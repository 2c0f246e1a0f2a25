"""Every kind of damage has its own name, found only after the right words where a key is needed."""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.models.engine import DatabaseDamaged, DatabaseMissing, NotAVault
from tarahum_desktop.vault import key_wrapping
from tarahum_desktop.vault.errors import SlotFileDamaged, SlotFileMissing, SlotFileNewer, WrongPassphrase
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_desktop.vault.slots import MAXIMUM_FILE_BYTES, parse_slots
from tarahum_desktop.vault.vault import UserSlot, create_vault, list_users, unlock

PAGE = 4096


def flip(path: Path, at: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def test_every_flipped_bit_of_the_slot_file_is_damage_and_never_wrong_words(vault_folder: Path) -> None:
    whole = (vault_folder / "slots.json").read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            with pytest.raises(SlotFileDamaged):
                parse_slots(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
    assert parse_slots(whole).document.users() == ["huda"]


def test_unlocking_with_damaged_slots_says_so_whatever_the_words(vault_folder: Path, words: str) -> None:
    flip(vault_folder / "slots.json", 200)
    for tried in (words, "quite other words"):
        with pytest.raises(SlotFileDamaged):
            unlock(vault_folder, "huda", tried)


def test_every_truncation_and_addition_of_the_slot_file_is_damage(vault_folder: Path) -> None:
    whole = (vault_folder / "slots.json").read_bytes()
    for length in range(len(whole)):
        with pytest.raises(SlotFileDamaged):
            parse_slots(whole[:length])
    for added in (b"\n", b" ", b"\x00", whole):
        with pytest.raises(SlotFileDamaged):
            parse_slots(whole + added)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b"0" * (MAXIMUM_FILE_BYTES + 1)],
    ids=["empty", "object", "null", "deep-list", "deep-object", "not-utf8", "oversized"],
)
def test_what_is_no_slot_file_is_damage(vault_folder: Path, content: bytes) -> None:
    (vault_folder / "slots.json").write_bytes(content)
    with pytest.raises(SlotFileDamaged):
        list_users(vault_folder)


@given(content=st.binary(max_size=300))
def test_random_bytes_are_damage(content: bytes) -> None:
    with pytest.raises(SlotFileDamaged):
        parse_slots(content)


def test_a_missing_slot_file_is_told_as_missing_and_leaves_no_trace(tmp_path: Path, words: str) -> None:
    with pytest.raises(SlotFileMissing):
        unlock(tmp_path, "huda", words)
    with pytest.raises(SlotFileMissing):
        list_users(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def rewrite(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the document as somebody would who can write the file and count checksums, but has no key."""
    envelope = json.loads(path.read_bytes())
    change(envelope["document"])
    body = json.dumps(
        envelope["document"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    seal = base64.b64decode(envelope["seal"])
    checksum = base64.b64encode(hashlib.sha256(b"tarahum slots" + seal + body).digest()).decode()
    path.write_bytes(
        b'{"checksum":"%s","document":%s,"seal":"%s"}' % (checksum.encode(), body, envelope["seal"].encode())
    )


def test_the_forger_of_these_tests_writes_acceptable_files(vault_folder: Path, words: str) -> None:
    before = (vault_folder / "slots.json").read_bytes()
    rewrite(vault_folder / "slots.json", lambda _document: None)
    assert (vault_folder / "slots.json").read_bytes() == before
    unlock(vault_folder, "huda", words).lock()


def test_a_slot_renamed_without_the_key_is_found_by_the_seal(vault_folder: Path, words: str) -> None:
    rewrite(vault_folder / "slots.json", lambda document: document["slots"][0].update(login="nura"))
    assert list_users(vault_folder) == ["nura"]
    with pytest.raises(SlotFileDamaged):
        unlock(vault_folder, "nura", words)


def test_a_slot_moved_to_another_id_or_vault_does_not_open(vault_folder: Path, words: str) -> None:
    def other_vault(document: dict[str, Any]) -> None:
        document["vault_id"] = "018f0000-0000-7000-8000-00000000ffff"

    rewrite(vault_folder / "slots.json", other_vault)
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", words)


def test_a_later_format_is_told_as_later(vault_folder: Path) -> None:
    rewrite(vault_folder / "slots.json", lambda document: document.update(version=2, new_thing=1))
    with pytest.raises(SlotFileNewer) as newer:
        list_users(vault_folder)
    assert newer.value.facts == {"version": 2}


def test_a_document_written_in_another_way_is_damage(vault_folder: Path) -> None:
    def without_dashes(document: dict[str, Any]) -> None:
        document["vault_id"] = document["vault_id"].replace("-", "")

    rewrite(vault_folder / "slots.json", without_dashes)
    with pytest.raises(SlotFileDamaged):
        list_users(vault_folder)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 100 * 1024 * 1024},
        {"memory_kib": 1024 * 1024 + 1},
        {"memory_kib": 63},
        {"memory_kib": -1},
        {"memory_kib": 1e3},
        {"passes": 9},
        {"passes": 2**31},
        {"passes": 0},
        {"lanes": 9},
        {"lanes": 0},
        {"lanes": True},
    ],
)
def test_a_hostile_cost_is_refused_before_any_stretching(
    vault_folder: Path, words: str, cost: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_stretching(*_args: object, **_more: object) -> bytes:
        raise AssertionError("stretched with a hostile cost")

    monkeypatch.setattr(key_wrapping, "hash_secret_raw", no_stretching)
    rewrite(vault_folder / "slots.json", lambda document: document["slots"][0]["wrapped"]["kdf"].update(cost))
    with pytest.raises(SlotFileDamaged):
        unlock(vault_folder, "huda", words)


def test_a_cost_out_of_bounds_cannot_be_written_either(tmp_path: Path, officer: UserSlot, words: str) -> None:
    with pytest.raises(ValueError, match="memory_kib"):
        create_vault(tmp_path, officer, words, profile=KdfProfile(memory_kib=2**30, passes=1, lanes=1))
    assert not (tmp_path / "slots.json").exists()


@pytest.mark.parametrize(("at", "salt_intact"), [(0, 0), (15, 0), (16, 1), (2000, 1), (PAGE - 1, 1)])
def test_a_damaged_first_page_is_named_only_to_who_has_the_words(
    vault_folder: Path, words: str, at: int, salt_intact: int
) -> None:
    flip(vault_folder / "records.db", at)
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", "quite other words")
    with pytest.raises(DatabaseDamaged) as damage:
        unlock(vault_folder, "huda", words)
    assert damage.value.facts == {"which": "header", "salt_intact": salt_intact}
    flip(vault_folder / "records.db", at)
    unlock(vault_folder, "huda", words).lock()  # the refusal held on to nothing


def test_a_damaged_later_page_opens_and_is_named_by_reading_and_by_the_check(
    vault_folder: Path, words: str, count_notes: Callable[..., int]
) -> None:
    path = vault_folder / "records.db"
    flip(path, path.stat().st_size // 2)
    with unlock(vault_folder, "huda", words) as vault:
        for named in (vault.check, lambda: count_notes(vault)):
            with pytest.raises(DatabaseDamaged) as damage:
                named()
            assert damage.value.facts == {"which": "page"}


def test_a_whole_database_passes_the_check(vault_folder: Path, words: str) -> None:
    with unlock(vault_folder, "huda", words) as vault:
        vault.check()


@pytest.mark.parametrize("kept", [0, 10, 1000, PAGE, PAGE + 77, 10 * PAGE, -PAGE, -1])
def test_a_cut_off_database_is_told_as_cut_off(vault_folder: Path, words: str, kept: int) -> None:
    path = vault_folder / "records.db"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DatabaseDamaged) as damage:
        unlock(vault_folder, "huda", words)
    assert damage.value.facts["which"] == "truncated"


def test_a_missing_database_is_told_as_missing_and_not_made_anew(vault_folder: Path, words: str) -> None:
    (vault_folder / "records.db").unlink()
    with pytest.raises(DatabaseMissing):
        unlock(vault_folder, "huda", words)
    assert not (vault_folder / "records.db").exists()


def test_garbage_in_its_place_is_a_damaged_header(vault_folder: Path, words: str) -> None:
    (vault_folder / "records.db").write_bytes(bytes(range(256)) * 64)
    with pytest.raises(DatabaseDamaged) as damage:
        unlock(vault_folder, "huda", words)
    assert damage.value.facts == {"which": "header", "salt_intact": 0}


def test_a_plain_database_in_its_place_is_never_opened(vault_folder: Path, words: str) -> None:
    path = vault_folder / "records.db"
    path.unlink()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE note (body TEXT)")
        plain.commit()
    before = path.read_bytes()
    with pytest.raises(NotAVault):
        unlock(vault_folder, "huda", words)
    assert path.read_bytes() == before


def test_the_database_of_another_vault_is_not_taken_for_this_one(
    vault_folder: Path, tmp_path: Path, words: str, officer: UserSlot, cheap: KdfProfile
) -> None:
    create_vault(tmp_path / "other", officer, words, profile=cheap).lock()
    (tmp_path / "other" / "records.db").replace(vault_folder / "records.db")
    with pytest.raises(DatabaseDamaged) as damage:
        unlock(vault_folder, "huda", words)
    assert damage.value.facts == {"which": "header", "salt_intact": 0}

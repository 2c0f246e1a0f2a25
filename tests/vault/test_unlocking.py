"""Who gets in, who does not, and what remains after locking."""

import unicodedata
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tarahum_desktop.models.database_errors import DatabaseClosed
from tarahum_desktop.vault.errors import (
    LastUser,
    LoginInvalid,
    LoginTaken,
    PassphraseTooLong,
    PassphraseTooShort,
    SlotsFull,
    TooManyAttempts,
    UnknownLogin,
    VaultExists,
    VaultInUse,
    VaultLocked,
    WrongPassphrase,
)
from tarahum_desktop.vault.key_wrapping import KdfProfile
from tarahum_desktop.vault.slots import MAXIMUM_SLOTS
from tarahum_desktop.vault.vault import UserSlot, create_vault, list_users, unlock

OTHER_WORDS = "قمر فوق الوادي البعيد"


def test_the_right_words_open_the_vault_with_its_rows(
    vault_folder: Path, words: str, officer: UserSlot, count_notes: Callable[..., int]
) -> None:
    with unlock(vault_folder, "huda", words) as vault:
        assert count_notes(vault) == 400
        assert (vault.user_id, vault.login, vault.folder) == (officer.user_id, "huda", vault_folder)


def test_wrong_words_are_told_as_wrong_words(vault_folder: Path, words: str) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", words + "ة")
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", "short")
    unlock(vault_folder, "huda", words).lock()


def test_words_typed_in_another_unicode_form_still_open(tmp_path: Path, cheap: KdfProfile) -> None:
    composed = "أإآؤئ كلمات Ａ１ ﷲ"
    create_vault(tmp_path / "v", UserSlot("huda", uuid.uuid4()), composed, profile=cheap).lock()
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        unlock(tmp_path / "v", "huda", unicodedata.normalize(form, composed)).lock()


def test_a_login_is_found_in_any_case_and_form(tmp_path: Path, cheap: KdfProfile, words: str) -> None:
    create_vault(tmp_path / "v", UserSlot("أمل.Saleh", uuid.uuid4()), words, profile=cheap).lock()
    unlock(tmp_path / "v", unicodedata.normalize("NFD", "أمل.SALEH"), words).lock()
    with pytest.raises(UnknownLogin):
        unlock(tmp_path / "v", "amal", words)


@pytest.mark.parametrize("login", ["", "  ", "a\nb", "a\u202eb", "a\x00", "x" * 65])
def test_a_login_that_could_deceive_is_refused(
    tmp_path: Path, cheap: KdfProfile, words: str, login: str
) -> None:
    with pytest.raises(LoginInvalid):
        create_vault(tmp_path / "v", UserSlot(login, uuid.uuid4()), words, profile=cheap)
    assert not (tmp_path / "v").exists()


def test_too_short_and_too_long_words_are_refused_when_set(
    tmp_path: Path, officer: UserSlot, cheap: KdfProfile
) -> None:
    with pytest.raises(PassphraseTooShort) as short:
        create_vault(tmp_path / "v", officer, "e\u0301" * 11, profile=cheap)  # 11 letters once composed
    assert short.value.facts == {"minimum": 12}
    for long in ("x" * 257, "x" * 100_000):
        with pytest.raises(PassphraseTooLong):
            create_vault(tmp_path / "v", officer, long, profile=cheap)
    assert not (tmp_path / "v").exists()


def test_a_second_user_opens_the_same_rows_and_the_lock_screen_lists_both(
    vault_folder: Path, words: str, cheap: KdfProfile, count_notes: Callable[..., int]
) -> None:
    second = UserSlot("سعاد", uuid.uuid4())
    with unlock(vault_folder, "huda", words) as vault:
        vault.add_user(second, OTHER_WORDS, profile=cheap)
    assert list_users(vault_folder) == ["huda", "سعاد"]
    with unlock(vault_folder, "سعاد", OTHER_WORDS) as vault:
        assert count_notes(vault) == 400
        assert vault.user_id == second.user_id
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "سعاد", words)


def test_a_login_or_user_can_have_one_slot_only(
    vault_folder: Path, words: str, cheap: KdfProfile, officer: UserSlot
) -> None:
    with unlock(vault_folder, "huda", words) as vault:
        with pytest.raises(LoginTaken):
            vault.add_user(UserSlot("HUDA", uuid.uuid4()), OTHER_WORDS, profile=cheap)
        with pytest.raises(LoginTaken):
            vault.add_user(UserSlot("other", officer.user_id), OTHER_WORDS, profile=cheap)


def test_a_removed_user_no_longer_opens_and_the_last_one_cannot_be_removed(
    vault_folder: Path, words: str, cheap: KdfProfile, officer: UserSlot
) -> None:
    second = UserSlot("sami", uuid.uuid4())
    with unlock(vault_folder, "huda", words) as vault:
        vault.add_user(second, OTHER_WORDS, profile=cheap)
        vault.remove_user(second.user_id)
        with pytest.raises(UnknownLogin):
            vault.remove_user(second.user_id)
        with pytest.raises(LastUser):
            vault.remove_user(officer.user_id)
    with pytest.raises(UnknownLogin):
        unlock(vault_folder, "sami", OTHER_WORDS)


def test_a_changed_passphrase_replaces_the_old_one(
    vault_folder: Path, words: str, cheap: KdfProfile, count_notes: Callable[..., int]
) -> None:
    with unlock(vault_folder, "huda", words) as vault:
        with pytest.raises(WrongPassphrase):
            vault.change_passphrase(OTHER_WORDS, OTHER_WORDS, profile=cheap)
        with pytest.raises(PassphraseTooShort):
            vault.change_passphrase(words, "short", profile=cheap)
        vault.change_passphrase(words, OTHER_WORDS, profile=cheap)
        assert count_notes(vault) == 400
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", words)
    with unlock(vault_folder, "huda", OTHER_WORDS) as vault:
        assert count_notes(vault) == 400


def test_as_many_users_as_a_vault_may_have_all_open_it(
    vault_folder: Path, words: str, cheap: KdfProfile
) -> None:
    with unlock(vault_folder, "huda", words) as vault:
        for number in range(MAXIMUM_SLOTS - 1):
            user = UserSlot(f"{'م' * 60}{number}", uuid.uuid4())
            vault.add_user(user, f"{OTHER_WORDS} {number}", profile=cheap)
        with pytest.raises(SlotsFull):
            vault.add_user(UserSlot("one.more", uuid.uuid4()), OTHER_WORDS, profile=cheap)
    assert len(list_users(vault_folder)) == MAXIMUM_SLOTS
    for number in (0, 77, MAXIMUM_SLOTS - 2):
        unlock(vault_folder, f"{'م' * 60}{number}", f"{OTHER_WORDS} {number}").lock()


def test_locking_overwrites_the_key_frees_the_folder_and_can_be_repeated(
    vault_folder: Path, words: str, cheap: KdfProfile
) -> None:
    vault = unlock(vault_folder, "huda", words)
    engine, key = vault.engine, vault._key
    assert any(key)
    vault.lock()
    vault.lock()
    assert vault.locked
    assert not any(key)
    with pytest.raises(VaultLocked):
        _ = vault.engine
    with pytest.raises(VaultLocked):
        vault.add_user(UserSlot("late", uuid.uuid4()), OTHER_WORDS, profile=cheap)
    with pytest.raises(DatabaseClosed):
        engine.connect()  # an engine somebody kept cannot open the file again
    unlock(vault_folder, "huda", words).lock()


def test_the_same_program_cannot_open_a_vault_twice(vault_folder: Path, words: str) -> None:
    with unlock(vault_folder, "huda", words):
        with pytest.raises(VaultInUse):
            unlock(vault_folder, "huda", words)
        assert list_users(vault_folder) == ["huda"]
    unlock(vault_folder, "huda", words).lock()


def test_creating_over_a_vault_is_refused_and_harms_nothing(
    vault_folder: Path, words: str, officer: UserSlot, cheap: KdfProfile, count_notes: Callable[..., int]
) -> None:
    with pytest.raises(VaultExists):
        create_vault(vault_folder, officer, OTHER_WORDS, profile=cheap)
    (vault_folder / "slots.json").rename(vault_folder / "kept")
    with pytest.raises(VaultExists):
        create_vault(vault_folder, officer, OTHER_WORDS, profile=cheap)
    (vault_folder / "kept").rename(vault_folder / "slots.json")
    with unlock(vault_folder, "huda", words) as vault:
        assert count_notes(vault) == 400


def test_a_creation_cut_off_before_its_slots_can_be_done_again(
    tmp_path: Path, words: str, officer: UserSlot, cheap: KdfProfile
) -> None:
    create_vault(tmp_path, officer, OTHER_WORDS, profile=cheap).lock()
    (tmp_path / "slots.json").unlink()
    create_vault(tmp_path, officer, words, profile=cheap).lock()
    unlock(tmp_path, "huda", words).lock()


def test_guessing_is_slowed_also_for_the_right_words_and_a_success_forgets_it(
    vault_folder: Path, words: str
) -> None:
    for second in range(5):
        with pytest.raises(WrongPassphrase):
            unlock(vault_folder, "huda", OTHER_WORDS, now=1000.0 + second)
    with pytest.raises(TooManyAttempts) as refused:
        unlock(vault_folder, "huda", words, now=1004.5)
    assert refused.value.facts == {"retry_after_seconds": 5}
    unlock(vault_folder, "huda", words, now=1009.5).lock()
    with pytest.raises(WrongPassphrase):
        unlock(vault_folder, "huda", OTHER_WORDS, now=1010.0)
    unlock(vault_folder, "huda", words, now=1010.0).lock()

"""The vault's failures, each its own type, because each asks something else of the person in front of it."""

from tarahum_desktop.domain.errors import TarahumError


class VaultError(TarahumError):
    """Root of the vault's failures."""

    code = "vault_failed"


class WrongPassphrase(VaultError):
    """The passphrase does not open this user's slot; the slot file itself is whole."""

    code = "wrong_passphrase"


class PassphraseTooShort(VaultError):
    """Fact ``minimum``: characters needed."""

    code = "passphrase_too_short"


class PassphraseTooLong(VaultError):
    """Fact ``maximum``: characters allowed."""

    code = "passphrase_too_long"


class PassphraseUnreadable(VaultError):
    """No terminal to ask on, or the file descriptor gave nothing usable."""

    code = "passphrase_unreadable"


class TooManyAttempts(VaultError):
    """Fact ``retry_after_seconds``: whole seconds to wait."""

    code = "too_many_attempts"


class UnknownLogin(VaultError):
    """No slot carries this login; logins are shown on the lock screen and are no secret."""

    code = "unknown_login"


class LoginTaken(VaultError):
    """Another slot has this login or this user id."""

    code = "login_taken"


class LoginInvalid(VaultError):
    """Empty, too long, or with control or direction characters."""

    code = "login_invalid"


class LastUser(VaultError):
    """Removing the slot would leave nobody who can open the vault."""

    code = "last_user"


class SlotsFull(VaultError):
    """Fact ``maximum``: slots a vault may have."""

    code = "slots_full"


class SlotFileDamaged(VaultError):
    """The slot file is not what was written, by accident or by a hand that does not know the key."""

    code = "slot_file_damaged"


class SlotFileMissing(VaultError):
    """The folder has no slot file."""

    code = "slot_file_missing"


class SlotFileNewer(VaultError):
    """A later version of the program wrote the slot file. Fact ``version``."""

    code = "slot_file_newer"


class VaultExists(VaultError):
    """A vault, or a part of one, is already in the folder; nothing was touched."""

    code = "vault_exists"


class VaultInUse(VaultError):
    """A program, perhaps this one, already has the folder open."""

    code = "vault_in_use"


class VaultLocked(VaultError):
    """The vault was locked; its engine and key are gone."""

    code = "vault_locked"

"""What is said about the vault, the database and files."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

STORE: Mapping[str, str] = MappingProxyType({
    "unexpected": msgid("Something unexpected happened. Nothing saved was lost. Please try again."),
    "translations_missing": msgid("The language files are missing. Please install the program again."),
    "disk_full": msgid("The disk is full. What was saved before is safe. Please free some space and save again."),
    "preview_failed": msgid("The pages of this report could not be drawn. Please try again, and tell your office if it happens twice."),
    "disk_failed": msgid("The disk could not be read or written. Please check that it is connected and not full, then try again."),
    "database_failed": msgid("The database could not be used. Please try again, and tell your office if it happens twice."),
    "database_busy": msgid("The records are busy with another task. Please wait a moment and try again."),
    "database_closed": msgid("The records were just locked. Please unlock them and try again."),
    "database_damaged": msgid("The file of records is damaged; your passphrase is right. Please do not delete anything and ask your office to restore the last backup."),
    "database_missing": msgid("Your passphrase is right, but the file of records is missing. Please ask your office to restore the last backup."),
    "not_a_vault": msgid("The file in the place of the records is not encrypted, so it was not opened. Please tell your office."),
    "vault_failed": msgid("The records could not be opened. Please try again, and tell your office if it happens twice."),
    "wrong_passphrase": msgid("The passphrase is not right. Please check the keyboard language and type it again."),
    "passphrase_too_short": msgid("This passphrase is too short. Please use at least {minimum} characters; a few words together are easy to remember."),
    "passphrase_too_long": msgid("This passphrase is too long. Please use at most {maximum} characters."),
    "passphrase_unreadable": msgid("No passphrase could be read. Please run this in a terminal, or give the number of an open file descriptor."),
    "too_many_attempts": msgid("There were too many wrong tries. Please wait; seconds left: {retry_after_seconds}."),
    "unknown_login": msgid("Nobody with this name can open these records. Please choose a name from the list."),
    "login_taken": msgid("This user or login name already has access here. Please choose another login name."),
    "login_invalid": msgid("This login name cannot be used. Please write a short name of letters and digits."),
    "last_user": msgid("This is the last user who can open these records. Please add another before removing this one."),
    "slots_full": msgid("No more than {maximum} users can open one file of records. Please remove one first."),
    "slot_file_damaged": msgid("The key file is damaged, so no passphrase can be checked. Please do not delete anything and ask your office to restore it from a backup."),
    "slot_file_missing": msgid("There are no records to open in this place. Please choose another folder or set this device up."),
    "slot_file_newer": msgid("These records were last opened by a newer version of the program. Please update the program."),
    "vault_exists": msgid("There are records in this folder already; nothing was changed. Please choose an empty folder."),
    "vault_in_use": msgid("These records are open in another window or program. Please close it and try again."),
    "vault_locked": msgid("The records are locked. Please unlock them first."),
    "file_not_writable": msgid("The file could not be written there. Please choose another folder and try again."),
})  # fmt: skip

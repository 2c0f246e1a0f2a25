"""What is said about an exchange with the centre; local work always goes on."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

EXCHANGE: Mapping[str, str] = MappingProxyType({
    "sync_failed": msgid("The exchange stopped. Your work is safe here; please try again later."),
    "line_failed": msgid("The line broke. What was confirmed stays, and the rest is sent next time. Please try again."),
    "batch_unreadable": msgid("A batch was not what its sender signed, so it was refused. Please exchange again."),
    "batch_waiting": msgid("A batch is waiting for earlier ones to arrive. Please exchange again later."),
    "schema_newer": msgid("Some changes come from a newer version of the program. They are kept; please update this program."),
    "device_unknown": msgid("The centre does not know this machine. Please ask your office to enrol it."),
    "device_revoked": msgid("This machine may no longer exchange. Please contact your office."),
    "clock_ahead": msgid("The clock of this machine is wrong. Please set date and time, then exchange again."),
    "hard_delete": msgid("Records are never erased here; they are marked as removed. Please tell your office."),
    "uncaptured_write": msgid("This change was stopped, because it would not have been recorded. Please tell your office."),
    "fixed_field": msgid("This value cannot change once it is recorded. Please tell your office if it is wrong."),
    "version_unknown": msgid("This program and the centre do not understand each other. Please update the program."),
    "message_too_large": msgid("A message was larger than allowed, so it was refused. Please tell your office."),
    "message_malformed": msgid("The answer of the centre could not be read. Please try again later."),
    "scope_denied": msgid("This machine has no right to some of these records. Please ask your office."),
    "pull_stuck": msgid("The exchange does not move on. Please try again later, and tell your office if it happens twice."),
    "receipt_foreign": msgid("A receipt was meant for another machine, so it was not counted. Please exchange again."),
    "receipt_signature": msgid("A receipt was not signed by the centre, so it was not counted. Please tell your office."),
    "digest_differs": msgid("Some records here differ from the centre. Nothing is lost; please exchange again, and tell your office if it happens twice."),
    "exchange_running": msgid("An exchange is already running. Please wait until it ends."),
    "exchange_cancelled": msgid("You stopped the exchange. What was confirmed stays; the rest goes next time."),
    "not_enrolled": msgid("This machine has not joined the centre yet. Please enrol it with a one-time code."),
    "centre_untrusted": msgid("The answer did not come from your centre, so nothing was sent. Please check the address, and tell your office."),
    "address_refused": msgid("This address cannot be used. The address of the centre starts with https://."),
    "invitation_refused": msgid("This code is not known, was used already, or has expired. Please ask your office for a new one."),
    "request_unsigned": msgid("The centre did not accept the request, because it was not signed. Please update the program and try again."),
    "request_time": msgid("The clock of this machine differs too much from the centre's. Please set date and time, then exchange again."),
    "request_signature": msgid("The centre could not check the signature of this machine. Please ask your office to enrol it again."),
    "request_replayed": msgid("The centre had this request already. Please exchange again."),
    "author_not_allowed": msgid("The centre refused a change, because its author's role does not allow it. Please ask your supervisor."),
    "centre_not_prepared": msgid("The centre's folder is not prepared. Please run init first."),
    "key_file_open": msgid("Others on this machine can read a key file. Please allow only its owner to read it, then start again."),
    "settings_refused": msgid("A setting is unknown or out of its bounds. Please check the settings file."),
    "user_unknown": msgid("The centre does not know this user name. Please check it, or ask your office to add it."),
    "body_slow": msgid("The line is too slow for this part. What was confirmed stays; please try again on a better line."),
    "content_type": msgid("The centre could not read the request. Please update the program and try again."),
    "admin_refused": msgid("The centre knows nothing by this name. Please check what you typed."),
    "row_changed": msgid("An exchange just changed this record. Please look at it again and repeat your change."),
})  # fmt: skip

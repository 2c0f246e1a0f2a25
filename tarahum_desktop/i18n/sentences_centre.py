"""What is said about a centre that is there but cannot take this now."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

CENTRE: Mapping[str, str] = MappingProxyType({
    "centre_busy": msgid("The centre is very busy now. Your work is safe here, and the rest is sent at the next exchange."),
    "database_away": msgid("The database of the centre is being changed over. Nothing confirmed is lost; please try again in a minute."),
    "backup_unreadable": msgid("This is not a whole backup, or it does not open with this secret. Nothing was changed; please try another copy or another secret."),
})  # fmt: skip

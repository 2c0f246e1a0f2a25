"""What is said about searching, lists and registering."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

SEARCH: Mapping[str, str] = MappingProxyType({
    "list_needs_name": msgid("Please write a name for the list."),
    "too_many_lists": msgid("You have {most} lists already. Please remove one you no longer use first."),
    "no_id_reason_missing": msgid("Please choose why there is no document."),
})  # fmt: skip

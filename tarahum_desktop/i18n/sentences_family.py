"""What is said when a fact of a family's file cannot be mended as asked."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

FAMILY: Mapping[str, str] = MappingProxyType({
    "edit_refused": msgid("This could not be kept. Please check what you wrote."),
    "leaving_day": msgid(
        "Please choose the day on which the person left: not in the future, and not before they joined."
    ),
    "leaving_reason": msgid("Please choose why the person left."),
    "left_already": msgid("This person has left the household already."),
    "head_leaves": msgid("The head cannot leave the household. Please name another head on a visit first."),
})  # fmt: skip

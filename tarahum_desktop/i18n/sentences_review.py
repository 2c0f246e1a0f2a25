"""What is said when a decision about duplicates, conflicts or exceptions cannot be taken."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

REVIEW: Mapping[str, str] = MappingProxyType({
    "merge_refused": msgid("These two records cannot be made one. Please look at them again."),
    "merge_same_record": msgid("This is one record already. Please choose two different ones."),
    "merge_already": msgid("One of the two was merged before. Please read the list again."),
    "merge_two_ids": msgid("Both have a valid identity number and the numbers differ: they are two people. If one was mistyped, please correct it first."),
    "merge_two_scopes": msgid("The two records lie with different offices. Please have one family transferred first, then make them one."),
    "merge_undone": msgid("This merge was taken back already."),
    "conflict_gone": msgid("Somebody has decided this already. The list was read again."),
    "conflict_changed": msgid("Another value arrived meanwhile. Please look at all of them again."),
    "value_stands": msgid("This value is in the record already."),
    "value_in_question": msgid("Two values wait for a decision in this field. Please decide between them first."),
    "conflict_value_unfit": msgid("This value does not fit the field. Please type it again."),
    "exception_by_hand": msgid("The program cannot put this right by itself. Please open the record and correct it."),
    "look_stopped": msgid("The look through the records was stopped. It begins again by itself."),
})  # fmt: skip

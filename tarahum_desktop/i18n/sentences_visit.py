"""What is said about a visit being recorded, its pictures and its corrections."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

VISIT: Mapping[str, str] = MappingProxyType({
    "picture_unreadable": msgid("This file is not a picture that can be read. Please choose a JPEG or PNG picture."),
    "picture_not_found": msgid("The file could not be opened. Please choose it again."),
    "picture_file_too_large": msgid("This picture is too large to be opened. Please take it again with fewer pixels."),
    "picture_too_large": msgid("This picture cannot be made small enough. Please take another one."),
    "picture_kind": msgid("Only pictures of the home and its appliances can be kept. Please choose what it shows."),
    "picture_has_notes": msgid("This picture still carries notes of the camera. Please choose it again."),
    "picture_not_understood": msgid("This picture is no longer here. Please remove it and choose it again."),
    "too_many_pictures": msgid("No more pictures can be kept here. Please remove one first."),
    "amendment_empty": msgid("Nothing was changed yet. Please correct an answer first."),
    "amendment_reason_missing": msgid("Please write why the answers are corrected."),
    "rejection_reason_missing": msgid("Please write why it is rejected, so that whoever proposed it understands."),
    "amendment_own": msgid("Whoever proposed a correction cannot decide it. Please ask a colleague to decide."),
    "amendment_decided": msgid("This correction was decided already. Please refresh the list."),
    "amendment_outdated": msgid(
        "Another correction changed the same answers since. Please reject this one and propose it again."
    ),
    "amendment_answer_unknown": msgid("The form of this visit has no such answer. Please refresh the file."),
    "position_not_understood": msgid("Please write latitude and longitude as numbers, such as 24.7136."),
    "age_out_of_range": msgid("An age has at most 120 years. Please check it."),
    "kin_circle": msgid("These people are recorded as each other's parents. Please check who is whose parent."),
    "kin_parent_younger": msgid("A parent is recorded as born after the child. Please check both dates of birth."),
    "kin_parent_too_young": msgid("A parent is recorded as less than ten years older than the child. Please check both dates."),
})  # fmt: skip

"""What is said when cases cannot change hands as asked."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

MOVING: Mapping[str, str] = MappingProxyType({
    "move_unfit": msgid("The family cannot be moved there. Please choose another committee or officer."),
    "scope_unknown": msgid("That place does not exist any more. Please choose another one."),
    "household_moved": msgid("The family is in another office already. Please refresh the list."),
    "household_shares_people": msgid("A person of this family belongs to another household that would stay. Please mark both families, or end the membership first."),
    "offer_pending": msgid("This family is on its way already. Please take the earlier offer back first."),
    "offer_closed": msgid("This offer was answered or taken back already. Please refresh the list."),
    "case_not_open": msgid("This family has no open case. Please re-open its case first."),
    "officer_without_access": msgid("This officer has no access to these cases. Please ask the administration for the access, or choose another officer."),
    "too_many_cases": msgid("At most {count} cases can be handed over at once. Please mark fewer."),
    "addendum_is_step": msgid("This late edit is a step of the case or of its plan. Please take the step in the file itself, then set this aside."),
    "addendum_decided": msgid("Somebody decided about this late edit already. Please refresh the list."),
})  # fmt: skip

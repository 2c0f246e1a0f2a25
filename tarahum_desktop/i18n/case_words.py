"""The words for where a case stands and for the kinds of contact; a code this program does not know shows as it is."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import Words, msgid

_STATES: Mapping[str, str] = MappingProxyType({
    "draft": msgid("Draft"),
    "registered": msgid("Registered"),
    "study": msgid("Social study"),
    "assessed": msgid("Assessed"),
    "eligible": msgid("Eligible"),
    "ineligible": msgid("Ineligible"),
    "plan_pending": msgid("Plan awaiting approval"),
    "returned": msgid("Returned for completion"),
    "approved": msgid("Approved"),
    "active": msgid("Active delivery"),
    "follow_up": msgid("Follow-up"),
    "suspended": msgid("Suspended"),
    "transfer_out": msgid("Transfer pending"),
    "closed_sufficiency": msgid("Closed: sufficiency"),
    "closed_other": msgid("Closed: other"),
    "reopened": msgid("Re-opened"),
})  # fmt: skip
_CONTACTS: Mapping[str, str] = MappingProxyType({
    "visit": msgid("Visit"),
    "service": msgid("Service follow-up"),
    "after_care": msgid("After-care"),
})  # fmt: skip


def case_state_words(words: Words, code: str) -> str:
    """A case state (design of the case life cycle: sixteen states) in the reader's language."""
    return words.t(_STATES.get(code, code))


def contact_words(words: Words, code: str) -> str:
    """A kind of follow-up contact in the reader's language."""
    return words.t(_CONTACTS.get(code, code))

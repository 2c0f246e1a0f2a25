"""The words for where records other than cases and plans stand: payments, sheets, minutes, claims, transfers, requests."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import Words, msgid

_STEPS: Mapping[str, str] = MappingProxyType({
    "draft": msgid("Not finished"), "open": msgid("Open"), "listed": msgid("On a payment sheet"),
    "sent": msgid("Sent"), "paid": msgid("Paid"), "failed": msgid("Payment failed"), "closed": msgid("Closed"),
    "signed": msgid("Signed"), "cancelled": msgid("Withdrawn"), "withdrawn": msgid("Withdrawn"),
    "reserved": msgid("Reserved"), "granted": msgid("Granted"), "released": msgid("Let go"), "settled": msgid("Settled"),
    "offered": msgid("Waits for the answer"), "ordered": msgid("On its way"), "accepted": msgid("Accepted"),
    "refused": msgid("Not approved"), "declined": msgid("Declined"), "completed": msgid("Completed"),
    "proposed": msgid("Waiting for a decision"), "approved": msgid("Approved"), "rejected": msgid("Not approved"),
    "set_aside": msgid("Set aside"), "taken": msgid("Written into the file"), "answered": msgid("Answered"),
    "passed_on": msgid("Passed on"), "held": msgid("Held"), "done": msgid("Done"), "running": msgid("Under way"),
})  # fmt: skip


def step_words(words: Words, code: str) -> str:
    """Where a record stands; one that only a newer program knows says so little as it must."""
    return words.t(_STEPS[code]) if code in _STEPS else words.t("A step that a newer program knows")

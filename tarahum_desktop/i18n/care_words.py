"""The words for what is due, for alerts, for the preparation of releases, and for why a case was closed."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import Words, msgid

_TASKS: Mapping[str, str] = MappingProxyType({
    "visit": msgid("Visit"),
    "contact": msgid("Contact"),
    "after_care": msgid("After-care"),
    "release_plan": msgid("Preparation for release"),
    "study": msgid("Study to be renewed"),
    "rating": msgid("Matrix rating"),
    "delivery": msgid("Approved service to deliver"),
    "returned": msgid("Returned case to complete"),
    "consent_at_18": msgid("Own consent at 18"),
    "inform": msgid("Inform within 30 days"),
})  # fmt: skip
_STEPS: Mapping[str, str] = MappingProxyType({
    "d7": msgid("After-care, after a week"),
    "d30": msgid("After-care, after a month"),
    "d60": msgid("After-care, after two months"),
    "d90": msgid("After-care, after three months"),
    "d180": msgid("After-care, after half a year"),
    "d365": msgid("After-care, after a year"),
    "service": msgid("Service follow-up"),
    "call": msgid("Call"),
    "after_care": msgid("After-care"),
})  # fmt: skip
_ALERTS: Mapping[str, str] = MappingProxyType({
    "juvenile": msgid("Juvenile in custody"),
    "child_without_carer": msgid("Child without a carer"),
    "domestic_violence": msgid("Domestic violence"),
    "suicide_risk": msgid("Risk of suicide"),
})  # fmt: skip
_OUTCOMES: Mapping[str, str] = MappingProxyType({
    "reached": msgid("Reached"),
    "no_answer": msgid("No answer, try again in 3 days"),
    "refused": msgid("Did not want contact"),
    "moved_away": msgid("Moved away"),
})  # fmt: skip
_ITEMS: Mapping[str, str] = MappingProxyType({
    "housing": msgid("Housing"),
    "family_return": msgid("Return to the family"),
    "documents": msgid("Identity documents"),
    "bank_account": msgid("Bank account"),
    "treatment": msgid("Treatment goes on"),
    "work": msgid("Work or training"),
    "mentor": msgid("Named mentor"),
})  # fmt: skip
_CHECKS: Mapping[str, str] = MappingProxyType({
    "not_started": msgid("Not started"),
    "in_progress": msgid("In progress"),
    "support_required": msgid("Support required"),
    "not_required": msgid("Not required"),
    "declined": msgid("Declined"),
    "done": msgid("Completed"),
})  # fmt: skip
_CLOSURES: Mapping[str, str] = MappingProxyType({
    "sufficiency": msgid("Sufficiency"),
    "death": msgid("Death"),
    "left_kingdom": msgid("Left the Kingdom"),
    "no_response": msgid("No response"),
    "duplicate": msgid("Duplicate record"),
    "wrong_data": msgid("Wrong data"),
    "own_request": msgid("Own request"),
    "entitlement_ended": msgid("Entitlement ended"),
})  # fmt: skip
_STEPS_TO: Mapping[str, str] = MappingProxyType({
    "registered": msgid("Register the case"),
    "study": msgid("Open the social study"),
    "assessed": msgid("The study is complete"),
    "eligible": msgid("Decide: eligible"),
    "ineligible": msgid("Decide: not eligible"),
    "plan_pending": msgid("Send the plan for approval"),
    "returned": msgid("Return for completion"),
    "approved": msgid("Approve the plan"),
    "active": msgid("Begin or go on with delivery"),
    "follow_up": msgid("Go over to follow-up"),
    "suspended": msgid("Suspend for a time"),
    "transfer_out": msgid("Put up for transfer"),
    "closed_sufficiency": msgid("Close: the family is self-sufficient"),
    "closed_other": msgid("Close for another reason"),
    "reopened": msgid("Open the case again"),
})  # fmt: skip
_RULES: Mapping[str, str] = MappingProxyType({
    "return_to_custody": msgid("Returned to prison"),
    "alert_raised": msgid("An alert was raised"),
})  # fmt: skip


def task_words(words: Words, kind: str, step: str = "") -> str:
    """What is due; the step says which contact of several."""
    if kind in {"after_care", "contact"} and step in _STEPS:
        return words.t(_STEPS[step])
    return words.t(_TASKS.get(kind, kind))


def alert_words(words: Words, kind: str) -> str:
    """Why somebody is vulnerable."""
    return words.t(_ALERTS.get(kind, kind))


def outcome_words(words: Words, code: str) -> str:
    """How a contact went."""
    return words.t(_OUTCOMES.get(code, code))


def release_item_words(words: Words, code: str) -> str:
    """An item of the preparation before release."""
    return words.t(_ITEMS.get(code, code))


def check_state_words(words: Words, code: str) -> str:
    """How far such an item has come."""
    return words.t(_CHECKS.get(code, code))


def closure_words(words: Words, code: str) -> str:
    """Why a case was closed; what was written before there was a list shows as it is."""
    return words.t(_CLOSURES.get(code, code)) if code else ""


def step_words(words: Words, target: str) -> str:
    """The step to a state, as something to do."""
    return words.t(_STEPS_TO.get(target, target))


def reason_words(words: Words, reason: str) -> str:
    """The reason of a step: a person's own words, or the words of the rule that took it."""
    return words.t(_RULES[reason]) if reason in _RULES else reason

"""The words for plans on screens and on paper: decisions, states, and each rule's answer in a plain sentence."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.domain.eligibility import RuleResult
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words, msgid

_VERDICTS: Mapping[str, str] = MappingProxyType({
    "approve": msgid("Approval"),
    "refuse": msgid("Refusal"),
    "return": msgid("Return for completion"),
    "postpone": msgid("Postponement"),
    "left_out": msgid("Not decided in this sitting"),
})  # fmt: skip
_STATES: Mapping[str, str] = MappingProxyType({
    "need": msgid("Need from the visit"),
    "proposed": msgid("Waiting for a decision"),
    "postponed": msgid("Postponed to another sitting"),
    "returned": msgid("Returned for completion"),
    "approved": msgid("Approved"),
    "delivering": msgid("Being delivered"),
    "completed": msgid("Completed"),
    "refused": msgid("Not approved"),
    "cancelled": msgid("Withdrawn"),
})  # fmt: skip
_PASSED: Mapping[str, str] = MappingProxyType({
    "eligibility_kind": msgid("The service is for this kind of beneficiary."),
    "eligibility_study_age": msgid("The social study is not older than {months} months."),
    "eligibility_repeat": msgid("No such service to the household in the last {days} days."),
    "eligibility_once": msgid("The household has never received this service."),
    "eligibility_annual_cap": msgid("The household received it {given} of {times} times this year."),
    "eligibility_annual_amount": msgid("With this request the household stays within {cap} this year."),
    "eligibility_amount_cap": msgid("The amount is not above {cap}, the limit of one request."),
    "eligibility_debt_cap": msgid("The debt is not above {cap}."),
    "eligibility_custody": msgid("The person has spent at least {months} months in custody."),
    "eligibility_private_right": msgid("A private right is established in the case."),
    "eligibility_criminal_case": msgid("No criminal case is linked to it."),
})  # fmt: skip
_AMOUNTS = frozenset({"cap", "debt"})
_LEVELS: Mapping[str, str] = MappingProxyType({
    "L1": msgid("Office supervisor"),
    "L2": msgid("Executive director"),
    "L3": msgid("Aid panel"),
    "L4": msgid("Board"),
})  # fmt: skip
_FUNDS: Mapping[str, str] = MappingProxyType({
    "zakat": msgid("Zakat"),
    "charity": msgid("Charity (sadaqah)"),
    "restricted": msgid("Restricted donation"),
    "endowment": msgid("Endowment"),
    "grant": msgid("Grant"),
    "agreement": msgid("Agreement"),
})  # fmt: skip


def verdict_words(words: Words, code: str) -> str:
    """A decision in the reader's language."""
    return words.t(_VERDICTS.get(code, code))


def plan_state_words(words: Words, code: str) -> str:
    """Where a plan item stands, in the reader's language."""
    return words.t(_STATES.get(code, code))


def level_words(words: Words, code: str) -> str:
    """Who decides at a level, in the reader's language."""
    return words.t(_LEVELS.get(code, code))


def fund_words(words: Words, code: str) -> str:
    """A source of money in the reader's language."""
    return words.t(_FUNDS.get(code, code))


def rule_words(words: Words, formats: Formatter, result: RuleResult) -> str:
    """One rule's answer in a plain sentence, with its numbers in the reader's digits."""
    facts = {
        name: formats.money(value) if name in _AMOUNTS and isinstance(value, int) else _shown(formats, value)
        for name, value in result.facts.items()
    }
    if not result.passed:
        return code_sentence(words, result.code, facts)
    message = _PASSED.get(result.code)
    # Answers kept by another version of the program may lack a number.
    return words.t(message).format_map(defaultdict(lambda: "–", facts)) if message else result.code


def _shown(formats: Formatter, value: int | str) -> str:
    return formats.number(value) if isinstance(value, int) else value

"""The form screen serves three kinds of drafts; these are the words in which they differ."""

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.visit.ports import Draft, DraftKind


def submit_words(words: Words, draft: Draft) -> str:
    """What the button that closes a draft says."""
    if draft.amends:
        return words.t("Propose the correction")
    if draft.kind is DraftKind.QUESTIONNAIRE:
        return words.t("Submit the questionnaire")
    return words.t("Submit the visit")


def still_needed(words: Words, formats: Formatter, draft: Draft, count: int) -> str:
    """How many answers a draft still needs."""
    if draft.kind is DraftKind.QUESTIONNAIRE:
        sentence = words.n(
            "{count} answer is still needed before the questionnaire can be submitted.",
            "{count} answers are still needed before the questionnaire can be submitted.",
            count,
        )
    else:
        sentence = words.n(
            "{count} answer is still needed before the visit can be submitted.",
            "{count} answers are still needed before the visit can be submitted.",
            count,
        )
    return sentence.format(count=formats.number(count))

"""Why two records may be one person, in words with their weight; and what to do about each exception."""

from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.record_match import MatchDecision, Reason
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone

_STRONG, _SOME = 30, 10
_DECISIONS: Final = MappingProxyType({
    MatchDecision.SAME_PERSON: (msgid("Same person by identity number"), "danger"),
    MatchDecision.SAME_PERSON_CONFLICT_REVIEW: (msgid("One identity number, two names"), "danger"),
    MatchDecision.PROBABLE_SAME_REVIEW: (msgid("Probably the same person"), "attention"),
    MatchDecision.POSSIBLE_SAME_REVIEW_LOW: (msgid("Possibly the same person"), "info"),
})  # fmt: skip
_REASONS: Final = MappingProxyType({
    "match_same_id": msgid("The same valid identity number: it decides by itself"),
    "match_names_differ": msgid("The names differ: one number may have been typed for two people"),
    "match_iqama_became_national_id": msgid("An iqama and a national id: the person may have become a Saudi"),
    "match_name_four_parts": msgid("The name is equal in all four parts"),
    "match_name_three_parts": msgid("First name, father and family are equal"),
    "match_name_close": msgid("The names fit, but a part is missing or written with «آل»"),
    "match_name_spelled_alike": msgid("The names differ by a letter or two"),
    "match_birth_equal": msgid("The full date of birth is equal"),
    "match_birth_first_rajab": msgid("Both were born on 1 Rajab, which half of all cards say"),
    "match_birth_overlaps": msgid("The dates of birth fit as far as they are known"),
    "match_birth_differs": msgid("The dates of birth differ"),
    "match_mother_equal": msgid("The mother's name is equal"),
    "match_mobile_equal": msgid("The mobile is equal, though a family may share one"),
    "match_same_household": msgid("They live in one household, which tells its members apart"),
    "match_twice_in_household": msgid("They are written down twice in one household"),
    "match_father_same": msgid("The same father is on record"),
    "match_father_other": msgid("Two different fathers are on record"),
    "match_mother_record_same": msgid("The same mother is on record"),
    "match_mother_record_other": msgid("Two different mothers are on record"),
})  # fmt: skip


def decision_words(kit: Kit, decision: MatchDecision) -> tuple[str, Tone]:
    """What the evidence comes to, and how much it asks for."""
    sentence, tone = _DECISIONS.get(decision, (msgid("Possibly the same person"), "info"))
    return kit.words.t(sentence), tone  # type: ignore[return-value]  # the table holds tones


_SHORT: Final = MappingProxyType({
    MatchDecision.SAME_PERSON: msgid("By number"),
    MatchDecision.SAME_PERSON_CONFLICT_REVIEW: msgid("Two names"),
    MatchDecision.PROBABLE_SAME_REVIEW: msgid("Probable"),
    MatchDecision.POSSIBLE_SAME_REVIEW_LOW: msgid("Possible"),
})  # fmt: skip


def decision_in_short(kit: Kit, decision: MatchDecision) -> str:
    """The same in one or two words, for a list."""
    return kit.words.t(_SHORT.get(decision, msgid("Possible")))


def reason_words(kit: Kit, reason: Reason) -> tuple[str, Tone]:
    """One piece of evidence with its weight in words; unknown codes of a newer program show as they are."""
    words = kit.words
    sentence = words.t(_REASONS.get(reason.code, reason.code))
    if reason.weight == 0:
        return sentence, "danger"
    strength = (
        words.t("speaks against") if reason.weight < 0
        else words.t("strong") if reason.weight >= _STRONG
        else words.t("some weight") if reason.weight > _SOME
        else words.t("little weight")
    )  # fmt: skip
    tone: Tone = "danger" if reason.weight < 0 else "accent" if reason.weight >= _STRONG else "soft"
    return words.t("{reason} – {strength}").format(reason=sentence, strength=strength), tone

"""Words for codes: reference lists say most of them; what rules speak of is said here."""

from dataclasses import dataclass
from typing import Final

from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.matrix import MatrixDomain, MatrixLevel
from tarahum_desktop.i18n.words import Words, msgid
from tarahum_desktop.ui.family.ports import Lists
from tarahum_desktop.ui.tokens import Tone

_STATES: Final = {
    CaseState.DRAFT: msgid("Draft"),
    CaseState.REGISTERED: msgid("Registered"),
    CaseState.STUDY: msgid("Social study"),
    CaseState.ASSESSED: msgid("Assessed"),
    CaseState.ELIGIBLE: msgid("Eligible"),
    CaseState.INELIGIBLE: msgid("Ineligible"),
    CaseState.PLAN_PENDING: msgid("Plan awaiting approval"),
    CaseState.RETURNED: msgid("Returned for completion"),
    CaseState.APPROVED: msgid("Approved"),
    CaseState.ACTIVE: msgid("Active delivery"),
    CaseState.FOLLOW_UP: msgid("Follow-up"),
    CaseState.SUSPENDED: msgid("Suspended"),
    CaseState.TRANSFER_OUT: msgid("Transfer pending"),
    CaseState.CLOSED_SUFFICIENCY: msgid("Closed: sufficiency"),
    CaseState.CLOSED_OTHER: msgid("Closed: other"),
    CaseState.REOPENED: msgid("Re-opened"),
}
_STATE_TONES: Final[dict[CaseState, Tone]] = {
    CaseState.APPROVED: "accent", CaseState.ACTIVE: "accent", CaseState.FOLLOW_UP: "accent",
    CaseState.CLOSED_SUFFICIENCY: "accent", CaseState.RETURNED: "attention", CaseState.SUSPENDED: "attention",
    CaseState.TRANSFER_OUT: "attention", CaseState.INELIGIBLE: "attention", CaseState.CLOSED_OTHER: "soft",
}  # fmt: skip
_KINDS: Final = {
    Kind.PRISONER: msgid("Prisoner"),
    Kind.RELEASED: msgid("Released"),
    Kind.FAMILY_MEMBER: msgid("Family member"),
}
_DOMAINS: Final = {
    MatrixDomain.HOUSING: msgid("Housing"),
    MatrixDomain.INCOME: msgid("Income and money management"),
    MatrixDomain.DEBT: msgid("Debt and claims"),
    MatrixDomain.EMPLOYMENT: msgid("Employment"),
    MatrixDomain.FOOD: msgid("Food"),
    MatrixDomain.PHYSICAL_HEALTH: msgid("Physical health and disability"),
    MatrixDomain.MENTAL_HEALTH: msgid("Mental health"),
    MatrixDomain.RECOVERY: msgid("Recovery from addiction"),
    MatrixDomain.CHILDREN_EDUCATION: msgid("Children's education"),
    MatrixDomain.SKILLS: msgid("Adult education and skills"),
    MatrixDomain.FAMILY: msgid("Family relations"),
    MatrixDomain.COMMUNITY: msgid("Community inclusion"),
    MatrixDomain.LEGAL: msgid("Legal status and documents"),
}
_LEVELS: Final = {
    MatrixLevel.IN_CRISIS: msgid("In crisis"),
    MatrixLevel.VULNERABLE: msgid("Vulnerable"),
    MatrixLevel.SAFE: msgid("Safe"),
    MatrixLevel.BUILDING_CAPACITY: msgid("Building capacity"),
    MatrixLevel.SELF_SUFFICIENT: msgid("Self-sufficient"),
}
_LEFT: Final = {
    "moved_out": msgid("moved out"),
    "married": msgid("married"),
    "died": msgid("died"),
    "mistake": msgid("recorded by mistake"),
}


def leaving_words(words: Words, code: str) -> str:
    """Why somebody left a household; nothing for nothing, and a code of a newer form as it is."""
    return words.t(_LEFT[code]) if code in _LEFT else code


@dataclass(frozen=True)
class Terms:
    """Looks up codes for one reader. An unknown code, of a newer program, is shown as it is."""

    words: Words
    lists: Lists

    def of(self, list_code: str, code: str) -> str:
        """The words of a reference list's item; nothing for nothing."""
        return self.lists.get(list_code, {}).get(code, code) if code else ""

    def state(self, code: str) -> str:
        """A case's state."""
        return self.words.t(_STATES[CaseState(code)]) if code in set(CaseState) else code

    def state_tone(self, code: str) -> Tone:
        """How much a case's state asks for."""
        return _STATE_TONES.get(CaseState(code), "info") if code in set(CaseState) else "info"

    def kind(self, kind: Kind) -> str:
        """What a person is today."""
        return self.words.t(_KINDS[kind])

    def domain(self, domain: MatrixDomain) -> str:
        """A domain of the matrix."""
        return self.words.t(_DOMAINS[domain])

    def level(self, score: int | None) -> str:
        """What a score means."""
        return self.words.t("Does not apply") if score is None else self.words.t(_LEVELS[MatrixLevel(score)])

    def named(self, arabic: str, english: str) -> str:
        """The reader's name of the two, or the one there is."""
        return (arabic or english) if self.words.language == "ar" else (english or arabic)

"""What may be shared with a partner about a person: what the agreement covers and the person's consent covers, no more.

Pure, because it stands between people's records and the outside: the same rule answers the screen, the use case
and the tests. Every refusal is explained, so that it can be put right or accepted. Sources: PDPL article 15;
Implementing Regulation articles 11 (explicit consent per purpose), 13 (guardians) and 20-6 (purpose, minimum, record).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

MAJORITY_AGE: Final = 18
SHARE: Final = "share"
_GUARDIANS: Final = frozenset({"guardian", "custodian", "proxy"})

SHAREABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "first_name": "", "father_name": "", "grandfather_name": "", "family_name": "", "gender": "",
        "birth_year": "", "nationality": "", "id_number": "", "mobile": "", "place": "",
        "education": "", "enrolment": "", "work": "", "household_size": "",
        "disability": "health", "health": "health",
        "kind": "criminal", "facility": "criminal", "custody_status": "criminal", "expected_release": "criminal",
        "debts": "credit",
    }
)  # fmt: skip
"""Every field that can be shared at all, and the purpose whose own explicit consent it needs (empty: none)."""

LEAST: Final = ("first_name", "family_name", "mobile")
"""What a partner needs to reach a person: chosen at first, where the agreement covers it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement as sharing sees it; ``services`` None means that it names none."""

    partner: frozenset[str]
    fields: frozenset[str]
    services: frozenset[str] | None
    first_day: date | None
    last_day: date | None
    committee: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the agreement is in force on a day."""
        begun = self.first_day is None or self.first_day <= day
        return begun and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Consent:
    """The latest word on one purpose, to sharing on one party; ``own``: of the person referred, not of the head.

    A word on sharing that names no party is about every party.
    """

    purpose: str
    given: bool
    capacity: str
    own: bool
    named_party: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to share, about whom (age in years, None when not known), for which service, and why.

    ``closed`` are the purposes whose data the sender may not even see.
    """

    day: date
    committee: str
    service: str
    fields: Sequence[str]
    justification: str
    age: int | None
    restricted: bool = False
    may_share_restricted: bool = False
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against sharing: a code, and the field or purpose it is about."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """The fields that may be shared, in the order of ``SHAREABLE``, and every reason against the wish.

    ``ground`` is the consent to share that it rests on.
    """

    fields: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    ground: UUID | None = None

    @property
    def allowed(self) -> bool:
        """Whether the wish may be carried out as it stands."""
        return not self.refusals


def may_share(terms: Terms, consents: Iterable[Consent], wish: Wish) -> Sharing:
    """Hold a wish against the agreement and the consents; nothing is shared unless every part of it may be."""
    words = [word for word in consents if _speaks_for(word, wish.age)]
    ground = _on_sharing(terms, words)
    refusals = [*_about_terms(terms, wish), *_about_consent(terms, ground, wish), *_about_wish(wish)]
    granted = []
    for field in (code for code in SHAREABLE if code in wish.fields):
        against = _against(field, terms, words, wish)
        if against:
            refusals.append(Refusal(against, field))
        else:
            granted.append(field)
    refusals += [Refusal("field_not_shareable", field) for field in wish.fields if field not in SHAREABLE]
    return Sharing(tuple(granted), tuple(refusals), ground.id if ground else None)


def _against(field: str, terms: Terms, words: Sequence[Consent], wish: Wish) -> str:
    """The code of what stands against one field; empty when nothing does."""
    purpose = SHAREABLE[field]
    if field not in terms.fields:
        return "field_outside_agreement"
    if not purpose:
        return ""
    if purpose in wish.closed:
        return "field_beyond_access"
    word = next(iter(_strongest([one for one in words if one.purpose == purpose])), None)
    return "" if word is not None and word.given else "consent_of_kind_missing"


def _strongest(words: Sequence[Consent]) -> Sequence[Consent]:
    """What was said in the person's own record, or else what the head said; one never overrules the other's no."""
    return [word for word in words if word.own] or words


def _on_sharing(terms: Terms, words: Sequence[Consent]) -> Consent | None:
    """The word that speaks about this partner, or else the one that explains best why there is none."""
    said = _strongest([word for word in words if word.purpose == SHARE])
    about = [word for word in said if word.named_party in terms.partner]
    general = [word for word in said if not word.given and not word.named_party]
    given = [word for word in said if word.given]
    return next(iter([*about, *general, *given, *said]), None)


def _speaks_for(word: Consent, age: int | None) -> bool:
    """A person speaks for themself; for a minor somebody with parental or legal authority does (Reg. 13)."""
    if word.own:
        return age is None or age >= MAJORITY_AGE or word.capacity in _GUARDIANS
    return age is not None and age < MAJORITY_AGE


def _about_terms(terms: Terms, wish: Wish) -> list[Refusal]:
    refusals = []
    if not terms.holds_on(wish.day):
        refusals.append(Refusal("agreement_not_in_force"))
    if terms.committee not in {None, wish.committee}:
        refusals.append(Refusal("agreement_of_another_committee"))
    if not wish.service:
        refusals.append(Refusal("service_missing"))
    elif terms.services is not None and wish.service not in terms.services:
        refusals.append(Refusal("service_outside_agreement"))
    return refusals


def _about_consent(terms: Terms, share: Consent | None, wish: Wish) -> list[Refusal]:
    if share is None:
        minor = wish.age is not None and wish.age < MAJORITY_AGE
        return [Refusal("guardian_consent_missing" if minor else "consent_to_share_missing")]
    if share.given and share.named_party not in terms.partner:
        return [Refusal("consent_names_another_party")]
    if not share.given and share.named_party and share.named_party not in terms.partner:
        return [Refusal("consent_to_share_missing")]
    return [] if share.given else [Refusal("consent_to_share_refused")]


def _about_wish(wish: Wish) -> list[Refusal]:
    refusals = []
    if not wish.justification.strip():
        refusals.append(Refusal("justification_missing"))
    if not wish.fields:
        refusals.append(Refusal("nothing_to_share"))
    if wish.restricted and not wish.may_share_restricted:
        refusals.append(Refusal("restricted_needs_supervisor"))
    return refusals

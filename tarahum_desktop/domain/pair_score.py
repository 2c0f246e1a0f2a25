"""How likely two records of this replica are one person: the match of their own facts, and of the people around them.

Adds to ``record_match`` what only a register knows: who shares a household, whose father is on record. It never
decides alone; its reasons are shown with their weight to whoever does. Twins are why a household counts against.
"""

from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.fuzz import ratio

from tarahum_desktop.domain.names import NameKey, NameMatch, compare_keys
from tarahum_desktop.domain.record_match import (
    MatchDecision,
    ReadRecord,
    Reason,
    RecordMatch,
    match_read,
    other_evidence,
    weigh,
)

_SPELLED_ALIKE: Final = 85.0
_BY_ID: Final = frozenset({MatchDecision.SAME_PERSON, MatchDecision.SAME_PERSON_CONFLICT_REVIEW})
_DIFFERENT: Final = MatchDecision.DIFFERENT_PERSON
_FULL_BIRTH: Final = "match_birth_equal"

SHOWN: Final = _BY_ID | {MatchDecision.PROBABLE_SAME_REVIEW, MatchDecision.POSSIBLE_SAME_REVIEW_LOW}
"""Decisions worth a person's eye."""
RANK: Final = {
    MatchDecision.SAME_PERSON: 400,
    MatchDecision.SAME_PERSON_CONFLICT_REVIEW: 300,
    MatchDecision.PROBABLE_SAME_REVIEW: 200,
}
"""What orders a queue before the points do."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A record and its surroundings; ids are opaque, an empty one is not known.

    Attributes:
        record: the person's own facts, read.
        gender: as recorded; anything but male and female says nothing.
        households: where the person is or was a member.
        father: the father's record.
        mother: the mother's record.
    """

    record: ReadRecord
    gender: str = ""
    households: frozenset[bytes] = field(default_factory=frozenset)
    father: bytes = b""
    mother: bytes = b""


def score_pair(a: KnownPerson, b: KnownPerson) -> RecordMatch:
    """Weigh two persons of the register; the order of the two makes no difference.

    Two valid ids decide as in ``match_records``: different ones are two people whatever else is equal.
    """
    own = match_read(a.record, b.record)
    if a.record.id_is_valid and b.record.id_is_valid:
        return own
    if {a.gender, b.gender} == {"male", "female"}:
        return RecordMatch(_DIFFERENT, (Reason("match_gender_differs"),))
    together = bool(a.households & b.households)
    if own.decision is _DIFFERENT:
        return own if together else _by_spelling(a.record, b.record, own)
    return _held_down(weigh((*own.reasons, *_around(a, b, own, together=together))))


def rank(found: RecordMatch) -> int:
    """The place in a queue, highest first: the decision, then the points."""
    return RANK.get(found.decision, 100) + max(-99, min(99, found.score))


def _around(a: KnownPerson, b: KnownPerson, own: RecordMatch, *, together: bool) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if together:
        names = compare_keys(a.record.key, b.record.key)
        twice = names is NameMatch.MATCH and not any(reason.weight < 0 for reason in own.reasons)
        # A family tells its members apart; only a whole name without any contradiction is somebody written down twice.
        found.append(Reason("match_twice_in_household", 4) if twice else Reason("match_same_household", -40))
    for left, right, code in (
        (a.father, b.father, "match_father"),
        (a.mother, b.mother, "match_mother_record"),
    ):
        if left and right:
            found.append(Reason(f"{code}_same", 10) if left == right else Reason(f"{code}_other", -10))
    return tuple(found)


def _held_down(found: RecordMatch) -> RecordMatch:
    """Without an equal full birth nothing is more than possible: the agreed rule for pairs without two ids."""
    certain = any(reason.code == _FULL_BIRTH for reason in found.reasons)
    if found.decision is MatchDecision.PROBABLE_SAME_REVIEW and not certain:
        return RecordMatch(MatchDecision.POSSIBLE_SAME_REVIEW_LOW, found.reasons)
    return found


def _by_spelling(a: ReadRecord, b: ReadRecord, own: RecordMatch) -> RecordMatch:
    """Names a slip of the pen apart: worth a look only where birth and mother or mobile are equal too."""
    evidence = other_evidence(a, b)
    codes = {reason.code for reason in evidence}
    alike = _FULL_BIRTH in codes and len(codes) > 1 and spelled_alike(a.key, b.key)
    return _held_down(weigh((Reason("match_name_spelled_alike", 3), *evidence))) if alike else own


def spelled_alike(a: NameKey, b: NameKey) -> bool:
    """Whether two names differ by a letter or so; a weak sign, because عمر and عمرو are two names."""
    left, right = (f"{key.first} {key.father} {key.grandfather} {key.family}" for key in (a, b))
    return bool(a.first and b.first) and ratio(left, right) >= _SPELLED_ALIKE

"""Whether two records are one person: a proposal with its reasons, never a merge.

A valid identity number decides; without one, evidence is weighed for a person to review. The weights are
chosen so that only name, full birth date and mother's name or mobile together are called probable.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tarahum_desktop.domain.identifiers import Checked, check_mobile, check_person_id
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names, fold, name_key
from tarahum_desktop.domain.partial_date import PartialDate, Precision, is_first_of_rajab

_PROBABLE: Final = 80
_POSSIBLE: Final = 40
_BIRTH_YEARS_APART: Final = 3


class MatchDecision(StrEnum):
    """What to do with a pair of records; only ``SAME_PERSON`` needs no review."""

    SAME_PERSON = "same_person"
    SAME_PERSON_CONFLICT_REVIEW = "same_person_conflict_review"
    PROBABLE_SAME_REVIEW = "probable_same_review"
    POSSIBLE_SAME_REVIEW_LOW = "possible_same_review_low"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    DIFFERENT_PERSON = "different_person"


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What one record knows of a person; unknown texts are empty."""

    name: NameParts
    person_id: str = ""
    birth: PartialDate | None = None
    mother: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a code for its sentence, and its weight in points (0 when it decides alone)."""

    code: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """The decision with everything that led to it."""

    decision: MatchDecision
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The sum of the weights, for ordering a queue; not a probability."""
        return sum(reason.weight for reason in self.reasons)


def match_records(a: RecordFacts, b: RecordFacts) -> RecordMatch:
    """Compare two records; the order of the two makes no difference."""
    ids = check_person_id(a.person_id), check_person_id(b.person_id)
    names = compare_names(a.name, b.name)
    if all(checked.warning is None for checked in ids):
        return _by_valid_ids(ids, names, a.birth, b.birth)
    if names is NameMatch.NO_MATCH:
        return RecordMatch(MatchDecision.DIFFERENT_PERSON, (Reason("match_names_differ"),))
    if _births_far_apart(a.birth, b.birth):
        return RecordMatch(MatchDecision.DIFFERENT_PERSON, (Reason("match_births_far_apart"),))
    found = (
        _name_reason(names, a.name, b.name),
        _birth_reason(a.birth, b.birth),
        _mother_reason(a.mother, b.mother),
        _mobile_reason(a.mobile, b.mobile),
    )
    reasons = tuple(reason for reason in found if reason is not None)
    return RecordMatch(_by_weight(sum(reason.weight for reason in reasons)), reasons)


def _by_valid_ids(
    ids: tuple[Checked, Checked],
    names: NameMatch,
    birth_a: PartialDate | None,
    birth_b: PartialDate | None,
) -> RecordMatch:
    if ids[0].value == ids[1].value:
        if names is NameMatch.MATCH:
            return RecordMatch(MatchDecision.SAME_PERSON, (Reason("match_same_id"),))
        conflict = (Reason("match_same_id"), Reason("match_names_differ"))
        return RecordMatch(MatchDecision.SAME_PERSON_CONFLICT_REVIEW, conflict)
    birth = _birth_reason(birth_a, birth_b)
    same_day = birth is not None and birth.code in {"match_birth_equal", "match_birth_first_rajab"}
    if birth is not None and same_day and names is NameMatch.MATCH and ids[0].kind != ids[1].kind:
        weak = birth.code == "match_birth_first_rajab"
        decision = MatchDecision.POSSIBLE_SAME_REVIEW_LOW if weak else MatchDecision.PROBABLE_SAME_REVIEW
        return RecordMatch(decision, (Reason("match_iqama_became_national_id"), birth))
    return RecordMatch(MatchDecision.DIFFERENT_PERSON, (Reason("match_ids_differ"),))


def _by_weight(score: int) -> MatchDecision:
    if score >= _PROBABLE:
        return MatchDecision.PROBABLE_SAME_REVIEW
    if score >= _POSSIBLE:
        return MatchDecision.POSSIBLE_SAME_REVIEW_LOW
    return MatchDecision.NOT_ENOUGH_EVIDENCE


def _births_far_apart(a: PartialDate | None, b: PartialDate | None) -> bool:
    if a is None or b is None:
        return False
    return abs(a.midpoint().year - b.midpoint().year) > _BIRTH_YEARS_APART


def _name_reason(names: NameMatch, a: NameParts, b: NameParts) -> Reason:
    if names is NameMatch.REVIEW:
        return Reason("match_name_close", 10)
    if name_key(a).grandfather and name_key(b).grandfather:
        return Reason("match_name_four_parts", 40)
    return Reason("match_name_three_parts", 35)


def _birth_reason(a: PartialDate | None, b: PartialDate | None) -> Reason | None:
    if a is None or b is None:
        return None
    if not a.range().overlaps(b.range()):
        return Reason("match_birth_differs", -20)
    if a.precision is not Precision.DAY or b.precision is not Precision.DAY:
        return Reason("match_birth_overlaps", 10)
    # About half of all cards carry 1 Rajab as a default: an equal one says little more than an equal year.
    return Reason("match_birth_first_rajab", 5) if is_first_of_rajab(a) else Reason("match_birth_equal", 35)


def _mother_reason(a: str, b: str) -> Reason | None:
    return Reason("match_mother_equal", 15) if fold(a) and fold(a) == fold(b) else None


def _mobile_reason(a: str, b: str) -> Reason | None:
    # One mobile may serve a whole family, so it weighs little and is never a key.
    first, second = check_mobile(a), check_mobile(b)
    same = first.warning is None and first.value == second.value
    return Reason("match_mobile_equal", 10) if same else None

"""Whether two records are one person: a proposal with its reasons, never a merge.

A valid identity number decides; without one, evidence is weighed for a person to review. The weights are
chosen so that only name, full birth date and mother's name or mobile together are called probable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tarahum_desktop.domain.identifiers import check_mobile, check_person_id
from tarahum_desktop.domain.names import NameKey, NameMatch, NameParts, compare_keys, fold, name_key
from tarahum_desktop.domain.partial_date import DateRange, PartialDate, Precision, is_first_of_rajab

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


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record with its texts read once, for a pass that compares each with many others."""

    key: NameKey
    id_number: str
    id_kind: str
    born: DateRange | None
    day_known: bool
    first_of_rajab: bool
    mother: str
    mobile: str

    @property
    def id_is_valid(self) -> bool:
        """Whether a national id or iqama with a right check digit is known."""
        return bool(self.id_kind)


def read_record(facts: RecordFacts) -> ReadRecord:
    """Fold and check a record's texts; what fails its check counts as not known."""
    person_id, mobile = check_person_id(facts.person_id), check_mobile(facts.mobile)
    birth = facts.birth
    return ReadRecord(
        name_key(facts.name),
        "" if person_id.warning else person_id.value,
        "" if person_id.warning else person_id.kind,
        birth.range() if birth else None,
        birth is not None and birth.precision is Precision.DAY,
        birth is not None and is_first_of_rajab(birth),
        fold(facts.mother) if facts.mother else "",
        "" if mobile.warning else mobile.value,
    )


def match_records(a: RecordFacts, b: RecordFacts) -> RecordMatch:
    """Compare two records; the order of the two makes no difference."""
    return match_read(read_record(a), read_record(b))


def match_read(a: ReadRecord, b: ReadRecord) -> RecordMatch:
    """Compare two records that were read."""
    names = compare_keys(a.key, b.key)
    if a.id_is_valid and b.id_is_valid:
        return _by_valid_ids(names, a, b)
    if names is NameMatch.NO_MATCH:
        return RecordMatch(MatchDecision.DIFFERENT_PERSON, (Reason("match_names_differ"),))
    if _births_far_apart(a, b):
        return RecordMatch(MatchDecision.DIFFERENT_PERSON, (Reason("match_births_far_apart"),))
    return weigh((name_reason(names, a.key, b.key), *other_evidence(a, b)))


def weigh(reasons: Iterable[Reason]) -> RecordMatch:
    """The decision that evidence without two valid ids leads to."""
    kept = tuple(reasons)
    return RecordMatch(_by_weight(sum(reason.weight for reason in kept)), kept)


def other_evidence(a: ReadRecord, b: ReadRecord) -> tuple[Reason, ...]:
    """What births, mothers and mobiles say."""
    found = (_birth_reason(a, b), _mother_reason(a.mother, b.mother), _mobile_reason(a.mobile, b.mobile))
    return tuple(reason for reason in found if reason is not None)


def _by_valid_ids(names: NameMatch, a: ReadRecord, b: ReadRecord) -> RecordMatch:
    if a.id_number == b.id_number:
        if names is NameMatch.MATCH:
            return RecordMatch(MatchDecision.SAME_PERSON, (Reason("match_same_id"),))
        conflict = (Reason("match_same_id"), Reason("match_names_differ"))
        return RecordMatch(MatchDecision.SAME_PERSON_CONFLICT_REVIEW, conflict)
    birth = _birth_reason(a, b)
    same_day = birth is not None and birth.code in {"match_birth_equal", "match_birth_first_rajab"}
    if birth is not None and same_day and names is NameMatch.MATCH and a.id_kind != b.id_kind:
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


def _births_far_apart(a: ReadRecord, b: ReadRecord) -> bool:
    if a.born is None or b.born is None:
        return False
    return abs(a.born.midpoint().year - b.born.midpoint().year) > _BIRTH_YEARS_APART


def name_reason(names: NameMatch, a: NameKey, b: NameKey) -> Reason:
    """What two names that do not contradict each other say."""
    if names is NameMatch.REVIEW:
        return Reason("match_name_close", 10)
    if a.grandfather and b.grandfather:
        return Reason("match_name_four_parts", 40)
    return Reason("match_name_three_parts", 35)


def _birth_reason(a: ReadRecord, b: ReadRecord) -> Reason | None:
    if a.born is None or b.born is None:
        return None
    if not a.born.overlaps(b.born):
        return Reason("match_birth_differs", -20)
    if not (a.day_known and b.day_known):
        return Reason("match_birth_overlaps", 10)
    # About half of all cards carry 1 Rajab as a default: an equal one says little more than an equal year.
    return Reason("match_birth_first_rajab", 5) if a.first_of_rajab else Reason("match_birth_equal", 35)


def _mother_reason(a: str, b: str) -> Reason | None:
    return Reason("match_mother_equal", 15) if a and a == b else None


def _mobile_reason(a: str, b: str) -> Reason | None:
    # One mobile may serve a whole family, so it weighs little and is never a key.
    return Reason("match_mobile_equal", 10) if a and a == b else None

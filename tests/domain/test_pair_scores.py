"""Pairs of the register are weighed with the people around them, for stated reasons, and never by spelling alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.domain.pair_score import SHOWN, KnownPerson, rank, score_pair
from tarahum_desktop.domain.partial_date import Calendar, PartialDate
from tarahum_desktop.domain.record_match import MatchDecision, RecordFacts, match_records, read_record

H = Calendar.HIJRI
NAME, SLIP = NameParts("سالم", "محمد", "علي", "الحربي"), NameParts("سالم", "محمد", "علي", "الحربيي")
TWIN = NameParts("سليم", "محمد", "علي", "الحربي")
BIRTH, RAJAB = PartialDate(H, 1405, 3, 12), PartialDate(H, 1405, 7, 1)
ID, ID2 = "1900000017", "1900000025"
HOME, OTHER_HOME = frozenset({b"home"}), frozenset({b"other"})


def known(name: NameParts = NAME, *facts: object, **around: object) -> KnownPerson:
    return KnownPerson(read_record(RecordFacts(name, *facts)), **around)


@pytest.mark.parametrize(
    ("a", "b", "decision"),
    [
        (known(NAME, ID), known(NAME, ID), "same_person"),
        (known(NAME, ID, BIRTH, "هند"), known(NAME, ID2, BIRTH, "هند"), "different_person"),
        (known(NAME, "", BIRTH), known(NAME, "", BIRTH, households=HOME), "possible_same_review_low"),
        (known(NAME, "", BIRTH, "هند"), known(NAME, "", BIRTH, "هند"), "probable_same_review"),
        (known(NAME, "", RAJAB, "هند", "0512345678", father=b"f"), known(NAME, "", RAJAB, "هند", "0512345678", father=b"f"), "possible_same_review_low"),
        (known(SLIP, "", BIRTH, "هند"), known(NAME, "", BIRTH, "هند"), "possible_same_review_low"),
        (known(SLIP, "", BIRTH), known(NAME, "", BIRTH), "different_person"),
        (known(SLIP, "", RAJAB, "هند"), known(NAME, "", RAJAB, "هند"), "different_person"),
        (known(NAME, "", BIRTH, "هند", gender="male"), known(NAME, "", BIRTH, "هند", gender="female"), "different_person"),
        (known(NAME, "", PartialDate(H, 1405), households=HOME), known(NAME, "", PartialDate(H, 1406), households=HOME), "not_enough_evidence"),
    ],
)  # fmt: skip
def test_pairs_are_decided_as_agreed(a: KnownPerson, b: KnownPerson, decision: str) -> None:
    assert score_pair(a, b).decision == decision
    assert score_pair(a, b).reasons


def test_twins_are_two() -> None:
    one = known(NAME, "", BIRTH, "هند", "0512345678", households=HOME)
    assert (
        score_pair(one, known(TWIN, "", BIRTH, "هند", "0512345678", households=HOME)).decision
        == "different_person"
    )


def test_a_father_on_record_speaks_for_and_another_one_against() -> None:
    one = known(NAME, "", PartialDate(H, 1405), father=b"f")
    same, other = (score_pair(one, replace(one, father=father)) for father in (b"f", b"g"))
    assert same.score > score_pair(one, replace(one, father=b"")).score > other.score


PEOPLE = st.builds(
    known,
    st.sampled_from([NAME, SLIP, TWIN, NameParts("سالم"), NameParts("فهد", "ناصر", "سعد", "العنزي")]),
    st.sampled_from(["", ID, ID2, "2900000015", "1900000010"]),
    st.sampled_from([None, BIRTH, RAJAB, PartialDate(H, 1405), PartialDate(H, 1420)]),
    st.sampled_from(["", "هند", "نورة"]),
    st.sampled_from(["", "0512345678", "x"]),
    gender=st.sampled_from(["", "male", "female"]),
    households=st.sampled_from([frozenset(), HOME, OTHER_HOME]),
    father=st.sampled_from([b"", b"f", b"g"]),
)


@given(PEOPLE, PEOPLE)
def test_the_order_of_two_people_makes_no_difference(a: KnownPerson, b: KnownPerson) -> None:
    assert score_pair(a, b) == score_pair(b, a)


@given(PEOPLE, PEOPLE)
def test_only_an_id_says_same_and_only_an_equal_full_birth_says_probable(
    a: KnownPerson, b: KnownPerson
) -> None:
    found = score_pair(a, b)
    codes = {reason.code for reason in found.reasons}
    if found.decision in {MatchDecision.SAME_PERSON, MatchDecision.SAME_PERSON_CONFLICT_REVIEW}:
        assert a.record.id_number == b.record.id_number != ""
    if found.decision is MatchDecision.PROBABLE_SAME_REVIEW:
        assert "match_birth_equal" in codes
    if a.record.id_is_valid and b.record.id_is_valid and a.record.id_number[0] == b.record.id_number[0]:
        assert (found.decision in SHOWN) == (a.record.id_number == b.record.id_number)


@given(PEOPLE, PEOPLE)
def test_the_decision_orders_a_queue_before_the_points(a: KnownPerson, b: KnownPerson) -> None:
    found = score_pair(a, b)
    assert rank(found) // 100 in {
        MatchDecision.SAME_PERSON: {3, 4}, MatchDecision.SAME_PERSON_CONFLICT_REVIEW: {2, 3},
        MatchDecision.PROBABLE_SAME_REVIEW: {2},
    }.get(found.decision, {0, 1})  # fmt: skip


def test_two_valid_ids_decide_as_between_any_two_records() -> None:
    one, other = RecordFacts(NAME, ID, BIRTH), RecordFacts(NAME, "2900000015", BIRTH)
    assert score_pair(known(NAME, ID, BIRTH), known(NAME, "2900000015", BIRTH)) == match_records(one, other)

"""Two records are proposed as one person for stated reasons, and never merged by name alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.domain.partial_date import Calendar, PartialDate
from tarahum_desktop.domain.record_match import MatchDecision, RecordFacts, match_records

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "record_match.json").read_text("utf-8"))
H = Calendar.HIJRI
NAME, OTHER = NameParts("سالم", "محمد", "علي", "الحربي"), NameParts("فهد", "ناصر", "سعد", "العنزي")
THREE = NameParts("سالم", "محمد", family="الحربي")
BIRTH, RAJAB = PartialDate(H, 1405, 3, 12), PartialDate(H, 1405, 7, 1)
ID, ID2, IQAMA = "1900000017", "1900000025", "2900000015"

CASES = {
    "same valid ID, names differ": [(RecordFacts(NAME, ID), RecordFacts(OTHER, ID))],
    "both IDs valid and different, names equal": [
        (
            RecordFacts(NAME, ID, BIRTH, "هند", "0512345678"),
            RecordFacts(NAME, ID2, BIRTH, "هند", "0512345678"),
        ),
    ],
    "one ID missing, 4-part name equal, full birth date equal (not 1 Rajab), same mother or mobile": [
        (RecordFacts(NAME, ID, BIRTH, mother="هند"), RecordFacts(NAME, "", BIRTH, mother="هِند")),
        (
            RecordFacts(NAME, ID, BIRTH, mobile="0512345678"),
            RecordFacts(NAME, "", BIRTH, mobile="+966512345678"),
        ),
    ],
    "one ID missing, names equal, both birth dates 01/07 Hijri same year": [
        (RecordFacts(NAME, ID, RAJAB), RecordFacts(NAME, "", RAJAB)),
        (RecordFacts(THREE, ID, RAJAB), RecordFacts(NAME, "", RAJAB)),
        (
            RecordFacts(NAME, ID, RAJAB, "هند", "0512345678"),
            RecordFacts(NAME, "", RAJAB, "هند", "0512345678"),
        ),
    ],
    "IDs missing, 3-part name equal, birth year differs by more than 3": [
        (RecordFacts(THREE, "", PartialDate(H, 1400)), RecordFacts(THREE, "", PartialDate(H, 1405))),
    ],
    "iqama replaced by national ID after naturalisation, same name and birth date": [
        (RecordFacts(NAME, IQAMA, BIRTH), RecordFacts(NAME, ID, BIRTH)),
    ],
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["case"])
def test_agreed_situations_are_decided_as_agreed(vector: dict[str, str]) -> None:
    for a, b in CASES[vector["case"]]:
        assert match_records(a, b).decision == vector["decision"]
        assert match_records(a, b).reasons


def test_there_are_six_agreed_situations() -> None:
    assert set(CASES) == {vector["case"] for vector in VECTORS}
    assert len(CASES) == 6


@pytest.mark.parametrize(
    ("a", "b", "decision", "reasons"),
    [
        (RecordFacts(NAME, ID), RecordFacts(NAME, ID), "same_person", ["match_same_id"]),
        (RecordFacts(NAME), RecordFacts(OTHER), "different_person", ["match_names_differ"]),
        (RecordFacts(NAME), RecordFacts(NAME), "possible_same_review_low", ["match_name_four_parts"]),
        (RecordFacts(THREE), RecordFacts(NAME), "not_enough_evidence", ["match_name_three_parts"]),
        (
            RecordFacts(NAME, IQAMA, RAJAB),
            RecordFacts(NAME, ID, RAJAB),
            "possible_same_review_low",
            ["match_iqama_became_national_id", "match_birth_first_rajab"],
        ),
        (RecordFacts(NAME, IQAMA), RecordFacts(NAME, ID, BIRTH), "different_person", ["match_ids_differ"]),
        (
            RecordFacts(NAME, "", PartialDate(H, 1405)),
            RecordFacts(NAME, "", BIRTH),
            "possible_same_review_low",
            ["match_name_four_parts", "match_birth_overlaps"],
        ),
        (
            RecordFacts(NAME, "", PartialDate(H, 1406)),
            RecordFacts(NAME, "", BIRTH),
            "not_enough_evidence",
            ["match_name_four_parts", "match_birth_differs"],
        ),
        (
            RecordFacts(NameParts("سالم", family="الحربي"), "", BIRTH),
            RecordFacts(NAME, "", BIRTH),
            "possible_same_review_low",
            ["match_name_close", "match_birth_equal"],
        ),
    ],
)
def test_every_decision_names_its_reasons(
    a: RecordFacts, b: RecordFacts, decision: str, reasons: list[str]
) -> None:
    found = match_records(a, b)
    assert found.decision == decision
    assert [reason.code for reason in found.reasons] == reasons


def test_the_weights_order_a_queue_and_keep_their_distances() -> None:
    everything = match_records(
        RecordFacts(NAME, "", BIRTH, "هند", "0512345678"), RecordFacts(NAME, ID, BIRTH, "هند", "0512345678")
    )
    assert [reason.weight for reason in everything.reasons] == [40, 35, 15, 10]
    assert everything.score == 100
    weak = match_records(
        RecordFacts(THREE, "", RAJAB), RecordFacts(NameParts("سالم", family="الحربي"), "", RAJAB)
    )
    assert [reason.weight for reason in weak.reasons] == [10, 5]


def test_an_id_that_fails_its_check_decides_nothing() -> None:
    wrong = "1900000010"
    a, b = RecordFacts(NAME, wrong, BIRTH, "هند"), RecordFacts(NAME, ID, BIRTH, "هند")
    assert match_records(a, b).decision is MatchDecision.PROBABLE_SAME_REVIEW


FACTS = st.builds(
    RecordFacts,
    st.sampled_from([NAME, THREE, OTHER, NameParts("سالم")]),
    st.sampled_from(["", ID, ID2, IQAMA, "1900000010"]),
    st.sampled_from([None, BIRTH, RAJAB, PartialDate(H, 1405), PartialDate(H, 1406), PartialDate(H, 1420)]),
    st.sampled_from(["", "هند", "نورة"]),
    st.sampled_from(["", "0512345678", "0598765432", "x"]),
)


@given(FACTS, FACTS)
def test_the_order_of_two_records_makes_no_difference(a: RecordFacts, b: RecordFacts) -> None:
    assert match_records(a, b) == match_records(b, a)


@given(FACTS, FACTS)
def test_without_two_valid_ids_only_full_evidence_is_probable(a: RecordFacts, b: RecordFacts) -> None:
    a = replace(a, person_id="")
    full = (
        a.name != OTHER
        and a.name in {NAME, THREE}
        and b.name in {NAME, THREE}
        and a.birth == b.birth == BIRTH
        and (
            (a.mother and a.mother == b.mother)
            or (a.mobile in {"0512345678", "0598765432"} and a.mobile == b.mobile)
        )
    )
    same_other = a.name == b.name == OTHER and a.birth == b.birth == BIRTH
    found = match_records(a, b)
    if not same_other:
        assert (found.decision is MatchDecision.PROBABLE_SAME_REVIEW) == bool(full)
    assert found.decision not in {MatchDecision.SAME_PERSON, MatchDecision.SAME_PERSON_CONFLICT_REVIEW}
    assert found.score == sum(reason.weight for reason in found.reasons)

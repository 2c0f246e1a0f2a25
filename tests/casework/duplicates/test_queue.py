"""The queue shows two records side by side and remembers what was decided about them."""

import uuid

import pytest

from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.queue import (
    open_pairs,
    put_off,
    read_pair,
    rule_different,
    take_back_ruling,
)
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates
from tarahum_desktop.casework.duplicates.undo import undo_merge
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.models import Membership
from tarahum_desktop.models.ids import new_id
from tests.casework.duplicates.test_looking_for_duplicates import ID, person
from tests.casework.worlds import SCOPE, Office


def a_pair(office: Office, first: str = "سالم") -> tuple[uuid.UUID, uuid.UUID]:
    a, b = (
        person(first, id_number=ID, mother_name="هند"),
        person(first, mother_name="هند", mobile="+966512345678"),
    )
    office.add(a, b)
    office.add(
        Membership(scope=SCOPE, household_id=office.household, person_id=a.id, relation="son", resident=True)
    )
    return a.id, b.id


def test_a_pair_waits_for_who_may_decide_it(office: Office) -> None:
    a, b = a_pair(office)
    look_for_duplicates(office.replica)
    [line] = open_pairs(office.desk("supervisor"))
    assert ({line.first_id, line.second_id}, line.decision) == ({a, b}, "probable_same_review")
    assert {reason.code for reason in line.reasons} == {
        "match_name_four_parts",
        "match_birth_equal",
        "match_mother_equal",
    }
    assert open_pairs(office.desk("officer")) == []


def test_the_two_are_shown_side_by_side_and_the_one_with_an_id_is_kept(office: Office) -> None:
    a, b = a_pair(office)
    for order in ((a, b), (b, a)):
        pair = read_pair(office.desk("supervisor"), *order)
        assert pair.sides[pair.kept].person_id == a
        assert pair.differing == {"id_number", "mobile"}
        assert pair.taken == {"mobile"}
        assert pair.may_merge
    assert [home.file_number for home in pair.sides[pair.kept].homes] == ["RYD-2026-12-00001"]
    with pytest.raises(NotAllowed):
        read_pair(office.desk("stranger"), a, b)
    with pytest.raises(RecordMissing):
        read_pair(office.desk("supervisor"), a, new_id())


def test_a_decision_takes_the_pair_out_and_can_be_taken_back(office: Office) -> None:
    a, b = a_pair(office)
    look_for_duplicates(office.replica)
    office.wall.now += 1000
    desk = office.desk("supervisor")
    with pytest.raises(NotAllowed):
        rule_different(office.desk("officer"), a, b)
    rule_different(desk, b, a, "أخوان")
    assert open_pairs(desk) == []
    take_back_ruling(desk, a, b)
    assert len(open_pairs(desk)) == 1
    with pytest.raises(RecordMissing):
        take_back_ruling(desk, a, b)


def test_what_is_put_off_comes_last(office: Office) -> None:
    a_pair(office, "سالم"), a_pair(office, "فهد")
    office.add(person("ماجد", mother_name="هند"), person("ماجد", mother_name="هند"))
    look_for_duplicates(office.replica)
    desk = office.desk("supervisor")
    first = open_pairs(desk)[0].subject
    put_off(desk, first)
    assert open_pairs(desk)[-1].subject == first


def test_a_merge_takes_the_pair_out_and_undoing_it_brings_it_back(office: Office) -> None:
    a, b = a_pair(office)
    look_for_duplicates(office.replica)
    office.wall.now += 1000
    desk = office.desk("supervisor")
    merged = merge_people(desk, a, b)
    assert open_pairs(desk) == []
    undo_merge(desk, merged.merge_id)
    assert len(open_pairs(desk)) == 1

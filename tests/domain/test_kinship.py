"""Who is whose parent can be true, or is doubted."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.kinship import Kin, KinFault, kinship_faults
from tarahum_desktop.domain.partial_date import DateRange


def year(number: int) -> DateRange:
    return DateRange(dt.date(number, 1, 1), dt.date(number, 12, 31))


def test_two_members_who_are_each_others_parents_are_one_circle():
    assert kinship_faults([Kin("b", father_id="a"), Kin("a", mother_id="b")]) == (
        KinFault("kin_circle", ("a", "b")),
    )


def test_nobody_is_their_own_parent():
    assert kinship_faults([Kin("a", father_id="a", birth=year(1980))]) == (KinFault("kin_circle", ("a",)),)


def test_a_grandparent_who_descends_from_the_grandchild_is_a_circle_of_three():
    people = [Kin("c", father_id="b"), Kin("b", father_id="a"), Kin("a", father_id="c")]
    assert [fault.code for fault in kinship_faults(people)] == ["kin_circle"]


def test_a_parent_born_after_the_child_is_doubted_and_so_is_one_of_nine():
    people = [
        Kin("child", father_id="late", mother_id="early", birth=year(2010)),
        Kin("late", birth=year(2011)),
        Kin("early", birth=year(2001)),
    ]
    assert kinship_faults(people) == (
        KinFault("kin_parent_younger", ("late", "child")),
        KinFault("kin_parent_too_young", ("early", "child")),
    )


def test_births_that_may_be_right_are_not_doubted():
    wide = DateRange(dt.date(1970, 1, 1), dt.date(2015, 1, 1))
    assert kinship_faults([Kin("child", mother_id="m", birth=year(2010)), Kin("m", birth=wide)]) == ()


def test_parents_who_are_not_in_the_household_say_nothing():
    assert kinship_faults([Kin("a", father_id="elsewhere", birth=year(2010))]) == ()


def test_a_chain_of_ten_thousand_is_walked():
    people = [Kin(f"{n:05}", father_id=f"{n + 1:05}") for n in range(10_000)]
    assert kinship_faults(people) == ()
    closed = [*people, Kin("10000", father_id="00000")]
    assert [len(fault.ids) for fault in kinship_faults(closed)] == [10_001]


NAMES = st.sampled_from("abcdef")


@given(st.dictionaries(NAMES, st.tuples(NAMES | st.none(), NAMES | st.none())))
def test_the_order_of_the_people_changes_nothing(parents):
    people = [Kin(name, *pair) for name, pair in parents.items()]
    assert kinship_faults(people) == kinship_faults(reversed(people))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_parents_that_all_stand_higher_make_no_circle(pairs):
    people = {child: Kin(str(child), father_id=str(parent)) for child, parent in pairs if parent > child}
    assert not [fault for fault in kinship_faults(people.values()) if fault.code == "kin_circle"]

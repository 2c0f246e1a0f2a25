"""Families that change hands: what the old office lets go of, what the new one gets, and what came too late."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.models import (
    Addendum,
    Arrival,
    Case,
    CaseMove,
    Conflict,
    Departure,
    Household,
    Person,
    PlanItem,
    Relocation,
    Visit,
)
from tarahum_desktop.sync.errors import RowChanged
from tests.sync.moving_world import (
    FIRST,
    MOMENT,
    NEW,
    OLD,
    RESTRICTED,
    SECOND,
    Region,
    a_membership,
    a_plan_item,
    a_visit,
)
from tests.sync.proofs import all_rows
from tests.sync.worlds import writing

LEFT_BEHIND = {"departure", "relocation"}


@pytest.fixture
def region(tmp_path):
    made = Region(tmp_path)
    made.join(2, OLD)
    made.join(3, NEW)
    yield made
    made.close()


def found(replica, model, **values):
    with Session(replica.engine) as session:
        return session.scalars(select(model).filter_by(**values)).all()


def transfer(region, family, accepted=True):
    offer = region.offer(2, family.home)
    region.meet(2)
    region.meet(3)
    assert region.answer(3, offer, "accepted" if accepted else "refused")
    region.meet(3)
    return offer


def test_an_accepted_family_goes_with_its_history_and_the_old_office_holds_nothing_of_it(region):
    old, new = region.devices[2], region.devices[3]
    old.indexes = (PersonIndex(),)
    family = region.family(2)
    region.add(2, a_visit(family), a_plan_item(family))
    transfer(region, family)
    region.come_to_rest()
    assert set(all_rows(old, OLD)) == LEFT_BEHIND
    with old.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person_index").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM person_search").scalar() == 0
    assert len(found(new, Person, scope=NEW)) == 3
    assert len(found(new, Visit, scope=NEW)) == 1
    (home,) = found(new, Household)
    assert (home.committee_code, home.file_number) == (NEW, "F-1")
    (case,) = found(new, Case)
    assert (case.state, case.committee_code, case.officer_id) == ("study", NEW, None)
    (move,) = found(new, CaseMove)
    assert (move.from_state, move.to_state, move.role) == ("transfer_out", "study", "receiving_supervisor")


def test_open_conflicts_and_edits_travel_with_the_row(region):
    region.join(4, OLD)
    family = region.family(2)
    region.come_to_rest()
    for number, rent in ((2, 100), (4, 200)):
        with writing(region.devices[number], region.centre_user()) as session:
            session.get_one(Household, family.home).annual_rent_halalas = rent
            session.commit()
    region.come_to_rest()
    assert len(found(region.devices[2], Conflict)) == 1
    transfer(region, family)
    region.come_to_rest()
    assert found(region.devices[2], Conflict) == found(region.devices[4], Conflict) == []
    (conflict,) = found(region.devices[3], Conflict)
    assert (conflict.scope, conflict.field) == (NEW, "annual_rent_halalas")


def test_a_refused_family_stays_and_the_reason_comes_home(region):
    family = region.family(2)
    transfer(region, family, accepted=False)
    region.come_to_rest()
    (offer,) = found(region.devices[2], Relocation)
    assert (offer.state, offer.decision_reason) == ("refused", "لا متسع لدينا")
    assert len(found(region.devices[2], Household)) == 1
    assert found(region.devices[3], Household) == []
    (copy,) = found(region.devices[3], Relocation)
    assert copy.summary == {"file_number": "F-1"}


def test_what_the_other_office_reads_before_it_answers(region):
    family = region.family(2)
    region.offer(2, family.home)
    region.meet(2)
    region.meet(3)
    (copy,) = found(region.devices[3], Relocation)
    assert copy.summary["members"] == 3
    assert copy.summary["head"] == "فاطمة الحربي"
    assert found(region.devices[3], Household) == []


def test_an_offer_taken_back_before_the_answer_arrives_moves_nothing(region):
    family = region.family(2)
    offer = region.offer(2, family.home)
    region.meet(2)
    region.meet(3)
    with writing(region.devices[2], region.centre_user()) as session:
        session.get_one(Relocation, offer).state = "withdrawn"
        session.commit()
    region.answer(3, offer)
    region.meet(2)
    region.meet(3)
    region.come_to_rest()
    assert len(found(region.devices[2], Household)) == 1
    assert found(region.devices[3], Household) == []


def test_a_late_edit_becomes_an_addendum_and_is_laid_once(region):
    region.join(4, OLD)
    family = region.family(2)
    item = a_plan_item(family)
    region.add(2, item)
    region.come_to_rest()
    with writing(region.devices[4], region.centre_user()) as session:
        session.get_one(PlanItem, item.id).priority = "first"
        session.commit()
    transfer(region, family)
    region.come_to_rest()
    (addendum,) = found(region.devices[3], Addendum)
    assert (addendum.entity, addendum.row_id, addendum.from_scope) == ("plan_item", item.id, OLD)
    assert addendum.household_id == family.home
    assert addendum.changes["priority"]["after"] == "first"
    assert found(region.devices[3], PlanItem)[0].priority is None
    assert set(all_rows(region.devices[4], OLD)) == LEFT_BEHIND


def test_a_visit_recorded_offline_in_the_old_office_is_moved_on(region):
    region.join(4, OLD)
    family = region.family(2)
    region.come_to_rest()
    region.add(4, a_visit(family, receipt="late"))
    transfer(region, family)
    region.come_to_rest()
    assert [visit.receipt_number for visit in found(region.devices[3], Visit)] == ["late"]
    assert set(all_rows(region.devices[4], OLD)) == LEFT_BEHIND
    assert set(all_rows(region.devices[2], OLD)) == LEFT_BEHIND


def test_a_laptop_that_was_away_all_the_time_lets_go_too(region):
    region.join(4, OLD)
    family = region.family(2)
    region.meet(2)
    region.meet(4)
    transfer(region, family)
    region.meet(2)
    assert len(found(region.devices[4], Person)) == 3
    assert region.meet(4).complete
    assert set(all_rows(region.devices[4], OLD)) == LEFT_BEHIND


def test_a_laptop_that_joins_afterwards_sees_the_same(region):
    family = region.family(2)
    transfer(region, family)
    region.join(4, OLD)
    region.join(5, NEW)
    region.join(6, OLD, NEW)
    region.come_to_rest()


def test_a_family_comes_back_and_goes_again(region):
    region.join(4, OLD, NEW)
    family = region.family(2)
    for _ in range(2):
        transfer(region, family)
        region.come_to_rest()
        offer = region.offer(3, family.home, NEW, OLD)
        region.meet(3)
        region.meet(2)
        assert region.answer(2, offer)
        region.come_to_rest()
        assert len(found(region.devices[2], Person)) == 3
        assert set(all_rows(region.devices[3], NEW)) == LEFT_BEHIND
    assert found(region.devices[4], Household)[0].scope == OLD


def test_edits_sent_after_a_family_came_back_are_merged_everywhere_alike(region):
    """The laptop pushes before it pulls: its edit is at the centre after both moves, and must survive the row's return."""
    region.join(4, OLD)
    region.join(5, OLD)
    family = region.family(2)
    region.come_to_rest()
    transfer(region, family)
    offer = region.offer(3, family.home, NEW, OLD)
    region.meet(3)
    region.meet(2)
    with writing(region.devices[4], region.centre_user()) as session:
        session.get_one(Household, family.home).district = "حي النخيل"
        session.commit()
    region.answer(2, offer)
    region.meet(2)
    region.come_to_rest()
    assert {found(region.devices[n], Household)[0].district for n in (2, 4, 5)} == {"حي النخيل"}
    assert found(region.devices[2], Addendum) == []


def test_a_person_two_households_share_holds_the_family_back_until_both_go(region):
    one, two = region.family(2), region.family(2, file="F-2")
    region.add(2, a_membership(OLD, two.home, one.people[2]))
    first = region.offer(2, one.home)
    region.come_to_rest()
    region.answer(3, first)
    region.come_to_rest()
    assert [row.failure for row in found(region.devices[2], Relocation)] == ["household_shares_people"]
    offers = [region.offer(2, home) for home in (one.home, two.home)]
    region.come_to_rest()
    region.answer(3, offers[0])
    region.come_to_rest()
    assert len(found(region.devices[2], Household)) == 2
    region.answer(3, offers[1])
    region.come_to_rest()
    assert len(found(region.devices[3], Household)) == 2
    assert len(found(region.devices[3], Person)) == 6


def test_somebody_without_the_right_orders_nothing(region):
    region.join(4, OLD)
    family = region.family(2, state="active")
    region.come_to_rest()
    row = Relocation(
        scope=OLD, household_id=family.home, kind="restrict", from_scope=OLD, to_scope=RESTRICTED, state="ordered",
        offered_at=MOMENT,
    )  # fmt: skip
    region.add(4, row, author="officer")
    region.come_to_rest()
    assert [row.failure for row in found(region.devices[2], Relocation)] == ["not_allowed"]
    assert len(found(region.devices[2], Household)) == 1


def test_a_restricted_family_leaves_every_laptop_without_that_scope(region):
    region.join(4, OLD, RESTRICTED)
    family = region.family(2, state="active")
    region.offer(2, family.home, OLD, RESTRICTED, "restrict")
    region.come_to_rest()
    assert set(all_rows(region.devices[2], OLD)) == LEFT_BEHIND
    assert len(found(region.devices[4], Person)) == 3


def test_a_caseload_laptop_holds_its_cases_alone_and_a_hand_over_moves_them(region):
    region.join(4, FIRST)
    region.join(5, SECOND)
    family = region.family(4, FIRST, "active")
    other = region.family(4, FIRST, "active", "F-2")
    region.come_to_rest()
    assert found(region.devices[5], Household) == found(region.devices[2], Household) == []
    region.add(4, a_visit(family, FIRST))
    region.offer(4, family.home, FIRST, SECOND, "assign")
    region.come_to_rest()
    assert [home.id for home in found(region.devices[4], Household)] == [other.home]
    assert [home.id for home in found(region.devices[5], Household)] == [family.home]
    assert len(found(region.devices[5], Visit)) == 1


def test_an_exchange_takes_a_row_away_from_under_an_open_edit(region):
    family = region.family(2)
    with writing(region.devices[2], region.centre_user()) as session:
        home = session.get_one(Household, family.home)
        session.commit()
        transfer(region, family)
        region.meet(2)
        home.district = "حي"
        with pytest.raises(RowChanged):
            session.commit()
    region.come_to_rest()


def test_arrivals_that_a_family_once_came_by_leave_with_it(region):
    family = region.family(2)
    transfer(region, family)
    region.come_to_rest()
    assert found(region.devices[3], Arrival)
    offer = region.offer(3, family.home, NEW, OLD)
    region.meet(3)
    region.meet(2)
    region.answer(2, offer)
    region.come_to_rest()
    assert found(region.devices[3], Arrival) == []
    with Session(region.centre.engine) as session:
        assert session.scalar(select(func.count()).select_from(Departure)) > 0

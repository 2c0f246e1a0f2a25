"""Whole transfers by people at their desks, through real exchanges; late edits are taken over or set aside."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.moving.addenda import open_addenda, set_aside, take_addendum
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.hand_over import assign_cases
from tarahum_desktop.casework.moving.offer_lists import incoming_offers, outgoing_offers
from tarahum_desktop.casework.moving.offers import answer_offer, offer_transfer, take_back
from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.models import Addendum, Case, Household, RoleGrant, User
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.publish import publish_own
from tests.sync.moving_world import FIRST, NEW, OLD, SECOND, WHO, Region

REASON = "انتقلت الأسرة إلى جدة"


@pytest.fixture
def region(tmp_path):
    made = Region(tmp_path)
    for number, scope in ((2, OLD), (3, NEW), (4, OLD)):
        made.join(number, scope).indexes = (PersonIndex(),)
    yield made
    made.close()


def desk(region: Region, number: int) -> Desk:
    return open_desk(region.devices[number], WHO[region.holds[number][0]])


def edit_home(region: Region, number: int, home: uuid.UUID, **values) -> None:
    with UnitOfWork(desk(region, number)) as work:
        row = work.session.get_one(Household, home)
        for name, value in values.items():
            setattr(row, name, value)


@pytest.fixture
def late(region):
    """A family that went to the other office while a laptop still had an edit of it to send."""
    family = region.family(2, state="active")
    region.come_to_rest()
    edit_home(region, 4, family.home, district="حي الروضة", annual_rent_halalas=1_200_000)
    offer_transfer(desk(region, 2), [family.home], NEW, REASON)
    region.meet(2)
    region.meet(3)
    (offer,) = incoming_offers(desk(region, 3))
    answer_offer(desk(region, 3), offer.id, accept=True)
    region.come_to_rest()
    return family


def test_the_whole_way_of_a_family_as_two_supervisors_see_it(region) -> None:
    family = region.family(2, state="active")
    (offer_id,) = offer_transfer(desk(region, 2), [family.home], NEW, REASON)
    region.meet(2)
    region.meet(3)
    (offer,) = incoming_offers(desk(region, 3))
    assert (offer.head, offer.members, offer.reason, offer.from_ar) == ("فاطمة الحربي", 3, REASON, OLD)
    assert find(desk(region, 3), "فاطمة") == []
    answer_offer(desk(region, 3), offer.id, accept=True)
    region.come_to_rest()
    assert incoming_offers(desk(region, 3)) == ()
    (sent,) = outgoing_offers(desk(region, 2))
    assert (sent.id, sent.state, sent.moved, sent.file_number) == (
        offer_id,
        RelocationState.ACCEPTED,
        True,
        "F-1",
    )
    assert sent.head == ""
    assert find(desk(region, 2), "فاطمة") == find(desk(region, 2), "F-1") == []
    assert [hit.household_id for hit in find(desk(region, 3), "فاطمة")] == [family.home]
    with Session(region.devices[3].engine) as session:
        assert session.scalars(select(Case)).one().state == "study"


def test_a_late_edit_is_shown_with_what_stands_here_now(region, late) -> None:
    (line,) = open_addenda(desk(region, 3))
    assert (line.household_id, line.file_number, line.entity, line.from_scope) == (
        late.home,
        "F-1",
        "household",
        OLD,
    )
    assert {(field.name, field.now, field.late) for field in line.fields} == {
        ("district", None, "حي الروضة"), ("annual_rent_halalas", None, 1_200_000),
    }  # fmt: skip
    assert open_addenda(desk(region, 2)) == ()


def test_a_late_edit_is_taken_over_as_the_new_owners_own(region, late) -> None:
    (line,) = open_addenda(desk(region, 3))
    take_addendum(desk(region, 3), line.id)
    with Session(region.devices[3].engine) as session:
        home = session.get_one(Household, late.home)
        assert (home.district, home.annual_rent_halalas) == ("حي الروضة", 1_200_000)
    assert open_addenda(desk(region, 3)) == ()
    with pytest.raises(MoveRefused) as refused:
        set_aside(desk(region, 3), line.id)
    assert refused.value.code == "addendum_decided"
    region.come_to_rest()


def test_a_late_edit_set_aside_changes_nothing_and_stays_on_record(region, late) -> None:
    (line,) = open_addenda(desk(region, 3))
    set_aside(desk(region, 3), line.id)
    with Session(region.devices[3].engine) as session:
        assert session.get_one(Household, late.home).district is None
        assert session.scalars(select(Addendum)).one().state == "set_aside"


def test_who_has_no_say_in_the_office_decides_nothing(region, late) -> None:
    (line,) = open_addenda(desk(region, 3))
    assert line.household_id == late.home
    with pytest.raises(NotAllowed):
        take_addendum(open_desk(region.devices[3], WHO["officer"]), line.id)


def test_an_offer_taken_back_too_late_is_shown_as_gone_and_its_traces_reach_the_new_owner(region) -> None:
    family = region.family(2, state="active")
    (offer_id,) = offer_transfer(desk(region, 2), [family.home], NEW, REASON)
    region.meet(2)
    region.meet(3)
    (offer,) = incoming_offers(desk(region, 3))
    answer_offer(desk(region, 3), offer.id, accept=True)
    region.meet(3)
    take_back(desk(region, 2), offer_id)
    region.come_to_rest()
    (sent,) = outgoing_offers(desk(region, 2))
    assert (sent.moved, sent.can_take_back) == (True, False)
    (line,) = open_addenda(desk(region, 3))
    assert (line.entity, [(field.name, field.late) for field in line.fields]) == (
        "case_file",
        [("state", "active")],
    )
    with Session(region.devices[3].engine) as session:
        assert session.get_one(Case, family.case).state == "study"


def test_a_hand_over_between_two_laptops_that_hold_their_caseload_alone(tmp_path) -> None:
    """The office gives cases of one officer to another; each laptop ends with its own officer's cases."""
    region = Region(tmp_path)
    try:
        first, second = uuid.UUID(int=0xB1), uuid.UUID(int=0xB2)
        with captured_session(region.centre, None) as session:
            for officer, scope in ((first, FIRST), (second, SECOND)):
                session.add(
                    User(id=officer, scope="national", login=scope, name_ar="باحث", name_en="o", active=True)
                )
                session.add(RoleGrant(scope="national", user_id=officer, role="officer", scope_code=scope))
            session.commit()
        publish_own(region.centre)
        region.join(2, OLD, FIRST, SECOND)
        region.join(4, FIRST)
        region.join(5, SECOND)
        families = [region.family(2, FIRST, "active", f"F-{number}") for number in range(3)]
        region.come_to_rest()
        assert numbers(region, 4) == ["F-0", "F-1", "F-2"]
        done = assign_cases(desk(region, 2), [family.case for family in families[:2]], second, "إجازة")
        assert (done.given, done.moving) == (2, 2)
        region.come_to_rest()
        assert (numbers(region, 4), numbers(region, 5)) == (["F-2"], ["F-0", "F-1"])
        with Session(region.devices[5].engine) as session:
            assert set(session.scalars(select(Case.officer_id))) == {second}
    finally:
        region.close()


def numbers(region: Region, number: int) -> list[str]:
    with Session(region.devices[number].engine) as session:
        return sorted(session.scalars(select(Household.file_number)))

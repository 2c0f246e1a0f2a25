"""Offering a family, answering, taking back; and giving cases to officers. One office, before any exchange."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.hand_over import MOST_CASES, assign_cases
from tarahum_desktop.casework.moving.in_hand import cases_in_hand, officers, other_committees
from tarahum_desktop.casework.moving.offer_lists import outgoing_offers
from tarahum_desktop.casework.moving.offers import answer_offer, offer_transfer, take_back
from tarahum_desktop.casework.moving.restriction import release_case, restrict_case
from tarahum_desktop.domain.relocation import RelocationState
from tarahum_desktop.models import (
    Alert,
    Assignment,
    Case,
    CaseMove,
    Committee,
    FollowUp,
    Household,
    Membership,
    Relocation,
    RoleGrant,
    Scope,
    User,
)
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office

MOVED_AWAY = "انتقلت الأسرة إلى جدة"
OTHER = uuid.UUID(int=0x51)


@pytest.fixture
def two(office: Office) -> Office:
    """The office with a second officer, another committee, a caseload and a scope of restricted cases."""
    office.add(
        *(
            Scope(scope="national", code=code, kind=kind, committee_code=code[:3], name_ar=code, name_en=code)
            for code, kind in (
                ("jed", "committee"), ("jed/restricted", "restricted"), ("ryd/restricted", "restricted"),
                ("ryd/caseload-1", "caseload"),
            )
        ),
        Committee(scope="national", code="jed", region_code="mk", name_ar="لجنة جدة", name_en="Jeddah",
                  seat_city_ar="جدة", has_women_section=True),
        Committee(scope="national", code=SCOPE, region_code="rd", name_ar="لجنة الرياض", name_en="Riyadh",
                  seat_city_ar="الرياض", has_women_section=True),
        User(id=OTHER, scope="national", login="second", name_ar="باحث ثان", name_en="Second", active=True),
        RoleGrant(scope="national", user_id=OTHER, role="officer", scope_code=SCOPE),
    )  # fmt: skip
    with_state(office, "active")
    return office


def with_state(office: Office, state: str) -> None:
    from tarahum_desktop.casework.unit_of_work import UnitOfWork

    with UnitOfWork(office.desk("supervisor")) as work:
        work.session.get_one(Case, office.case).state = state


def rows(office: Office, model, **values):
    with Session(office.replica.engine) as session:
        return session.scalars(select(model).filter_by(**values)).all()


def second_home(office: Office, shares: uuid.UUID) -> uuid.UUID:
    home = Household(
        id=uuid.uuid4(), scope=SCOPE, file_number="RYD-2", committee_code=SCOPE, head_person_id=shares
    )
    case = Case(
        id=uuid.uuid4(), scope=SCOPE, number="RYD-2-1", household_id=home.id, committee_code=SCOPE, state="active",
        restricted=False, officer_id=STAFF["officer"],
    )  # fmt: skip
    office.add(
        home,
        case,
        Membership(scope=SCOPE, household_id=home.id, person_id=shares, relation="spouse", resident=False),
    )
    return home.id


def test_an_offer_moves_the_case_out_and_leaves_the_family_here(two: Office) -> None:
    (offer_id,) = offer_transfer(two.desk("supervisor"), [two.household], "jed", f"  {MOVED_AWAY}  ")
    (offer,) = rows(two, Relocation)
    assert (offer.id, offer.state, offer.to_scope, offer.reason) == (offer_id, "offered", "jed", MOVED_AWAY)
    assert rows(two, Case)[0].state == "transfer_out"
    assert rows(two, CaseMove)[-1].role == "supervisor"
    (line,) = outgoing_offers(two.desk("supervisor"))
    assert (line.state, line.to_en, line.can_take_back, line.moved) == (
        RelocationState.OFFERED,
        "Jeddah",
        True,
        False,
    )


@pytest.mark.parametrize("role", ["officer", "clerk", "office_admin", "analyst", "stranger"])
def test_only_who_leads_the_office_offers_a_family(two: Office, role: str) -> None:
    with pytest.raises(NotAllowed):
        offer_transfer(two.desk(role), [two.household], "jed", MOVED_AWAY)
    assert rows(two, Relocation) == []


def test_an_offer_needs_its_reason_another_committee_and_a_case_in_service(two: Office) -> None:
    desk = two.desk("supervisor")
    with pytest.raises(ReasonMissing):
        offer_transfer(desk, [two.household], "jed", "  ")
    for committee in (SCOPE, "xyz", "national"):
        with pytest.raises(MoveRefused):
            offer_transfer(desk, [two.household], committee, MOVED_AWAY)
    with pytest.raises(RecordMissing):
        offer_transfer(desk, [uuid.uuid4()], "jed", MOVED_AWAY)
    with_state(two, "study")
    with pytest.raises(NotAllowed):
        offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    assert rows(two, Relocation) == []


def test_nothing_is_offered_twice(two: Office) -> None:
    desk = two.desk("supervisor")
    offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    with pytest.raises(MoveRefused) as refused:
        offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    assert refused.value.code == "offer_pending"


def test_households_that_share_a_prisoner_are_offered_together_or_not_at_all(two: Office) -> None:
    other = second_home(two, two.prisoner)
    desk = two.desk("supervisor")
    with pytest.raises(MoveRefused) as refused:
        offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    assert refused.value.code == "household_shares_people"
    assert len(offer_transfer(desk, [two.household, other], "jed", MOVED_AWAY)) == 2


def test_an_offer_taken_back_lets_the_case_go_on(two: Office) -> None:
    desk = two.desk("supervisor")
    (offer_id,) = offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    take_back(desk, offer_id)
    assert rows(two, Relocation)[0].state == "withdrawn"
    assert rows(two, Case)[0].state == "active"
    assert rows(two, CaseMove, to_state="active")[0].role == "sending_supervisor"


def test_a_refused_family_is_taken_back_or_offered_to_somebody_else(two: Office) -> None:
    desk = two.desk("supervisor")
    (offer_id,) = offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    answered(two, offer_id, "refused")
    assert outgoing_offers(desk)[0].can_take_back
    take_back(desk, offer_id)
    assert (rows(two, Relocation)[0].state, rows(two, Case)[0].state) == ("refused", "active")
    assert not outgoing_offers(desk)[0].can_take_back


def answered(office: Office, offer_id: uuid.UUID, state: str) -> None:
    from tarahum_desktop.casework.unit_of_work import UnitOfWork

    with UnitOfWork(office.desk("supervisor")) as work:
        offer = work.session.get_one(Relocation, offer_id)
        offer.state, offer.done_at = state, office.desk().now()


def test_a_family_that_has_gone_cannot_be_taken_back(two: Office) -> None:
    desk = two.desk("supervisor")
    (offer_id,) = offer_transfer(desk, [two.household], "jed", MOVED_AWAY)
    answered(two, offer_id, "accepted")
    with pytest.raises(MoveRefused) as refused:
        take_back(desk, offer_id)
    assert refused.value.code == "offer_closed"


def an_incoming(office: Office, **values) -> uuid.UUID:
    copy = Relocation(
        id=uuid.uuid4(), scope=SCOPE, household_id=uuid.uuid4(), offer_id=uuid.uuid4(), kind="transfer",
        from_scope="jed", to_scope=SCOPE, state="offered", summary={"head": "سعاد", "members": 4},
        offered_at=office.desk().now(), **values,
    )  # fmt: skip
    office.add(copy)
    return copy.id


def test_an_incoming_family_is_accepted_or_refused_with_a_reason_once(two: Office) -> None:
    desk, copy = two.desk("supervisor"), an_incoming(two)
    with pytest.raises(ReasonMissing):
        answer_offer(desk, copy, accept=False)
    answer_offer(desk, copy, accept=False, reason="لا نعرف العنوان")
    with pytest.raises(MoveRefused) as refused:
        answer_offer(desk, copy, accept=True)
    assert refused.value.code == "offer_closed"
    assert rows(two, Relocation)[0].decision_reason == "لا نعرف العنوان"


def test_only_the_receiving_supervisor_answers(two: Office) -> None:
    copy = an_incoming(two)
    for role in ("officer", "office_admin", "panel", "clerk"):
        with pytest.raises(NotAllowed):
            answer_offer(two.desk(role), copy, accept=True)


def test_cases_are_given_with_their_planned_contacts_and_it_is_on_record(two: Office) -> None:
    two.add(
        FollowUp(scope=SCOPE, case_id=two.case, kind="visit", due_on=TODAY, officer_id=STAFF["officer"]),
        FollowUp(
            scope=SCOPE,
            case_id=two.case,
            kind="visit",
            due_on=TODAY,
            done_on=TODAY,
            officer_id=STAFF["officer"],
        ),
    )
    done = assign_cases(two.desk("office_admin"), [two.case], OTHER, "إجازة الباحث")
    assert (done.given, done.moving, done.refused) == (1, 0, ())
    assert rows(two, Case)[0].officer_id == OTHER
    assert {(c.done_on is None, c.officer_id) for c in rows(two, FollowUp)} == {
        (True, OTHER),
        (False, STAFF["officer"]),
    }
    (record,) = rows(two, Assignment)
    assert (record.officer_id, record.reason, record.given_by) == (
        OTHER,
        "إجازة الباحث",
        STAFF["office_admin"],
    )
    assert assign_cases(two.desk("office_admin"), [two.case], OTHER).given == 0


def test_a_case_given_to_a_caseload_laptop_is_ordered_to_go_there(two: Office) -> None:
    two.add(RoleGrant(scope="national", user_id=OTHER, role="officer", scope_code="ryd/caseload-1"))
    done = assign_cases(two.desk("supervisor"), [two.case], OTHER)
    assert (done.given, done.moving) == (1, 1)
    (order,) = rows(two, Relocation)
    assert (order.kind, order.state, order.to_scope) == ("assign", "ordered", "ryd/caseload-1")
    (line,) = cases_in_hand(two.desk("supervisor"), OTHER)
    assert line.leaving


def test_who_carries_no_cases_is_given_none_and_who_leads_nobody_gives_none(two: Office) -> None:
    with pytest.raises(MoveRefused) as refused:
        assign_cases(two.desk("supervisor"), [two.case], STAFF["clerk"])
    assert refused.value.code == "officer_without_access"
    with pytest.raises(NotAllowed):
        assign_cases(two.desk("officer"), [two.case], OTHER)
    with pytest.raises(MoveRefused) as refused:
        assign_cases(two.desk("supervisor"), [uuid.uuid4()] * (MOST_CASES + 1), OTHER)
    assert refused.value.code == "too_many_cases"


def test_officers_show_their_workload_and_also_those_without_any(two: Office) -> None:
    found = {line.name_en: line for line in officers(two.desk("office_admin"))}
    assert (found["officer"].open_cases, found["Second"].open_cases) == (1, 0)
    assert officers(two.desk("officer")) == ()
    assert [line.code for line in other_committees(two.desk("supervisor"))] == ["jed"]


def test_a_case_is_restricted_by_who_leads_or_after_an_alert(two: Office) -> None:
    with pytest.raises(NotAllowed):
        restrict_case(two.desk("officer"), two.case, "خطر")
    two.add(Alert(scope=SCOPE, case_id=two.case, kind="violence", raised_at=two.desk().now()))
    restrict_case(two.desk("officer"), two.case, "خطر")
    (order,) = rows(two, Relocation)
    assert (order.kind, order.to_scope, order.state) == ("restrict", "ryd/restricted", "ordered")
    assert rows(two, Case)[0].restricted
    restrict_case(two.desk("supervisor"), two.case, "خطر")
    assert len(rows(two, Relocation)) == 1


def test_a_restriction_ends_when_every_alert_was_seen(two: Office) -> None:
    two.add(Alert(scope=SCOPE, case_id=two.case, kind="violence", raised_at=two.desk().now()))
    with pytest.raises(CaseworkError) as refused:
        release_case(two.desk("supervisor"), two.case, "زال الخطر")
    assert refused.value.code == "alerts_open"
    with pytest.raises(NotAllowed):
        release_case(two.desk("officer"), two.case, "زال الخطر")

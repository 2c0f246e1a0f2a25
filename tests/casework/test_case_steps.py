"""Every step of a case's life through the use case: by its person, with its reason, or not at all."""

import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.cases import closure_reasons, move_case, moves_for, next_steps
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.case_states import CLOSED, TRANSITIONS, CaseState, ClosureReason, needs_reason
from tarahum_desktop.domain.permissions import DERIVED_ROLES, Role
from tarahum_desktop.models import Case, CaseMove, PlanItem, Relocation, RoleGrant
from tests.casework.worlds import SCOPE, STAFF, Office

STEPS = sorted(TRANSITIONS)
WHO = {Role.SENDING_SUPERVISOR: "supervisor", Role.RECEIVING_SUPERVISOR: "supervisor"}


def put(office: Office, state: CaseState, **values: object) -> None:
    with UnitOfWork(office.desk()) as work:
        case = work.session.get_one(Case, office.case)
        case.state = state.value
        for name, value in values.items():
            setattr(case, name, value)


def at(office: Office) -> Case:
    with UnitOfWork(office.desk()) as work:
        return work.session.get_one(Case, office.case)


def last_move(office: Office) -> CaseMove:
    with UnitOfWork(office.desk()) as work:
        return work.session.query(CaseMove).order_by(CaseMove.id.desc()).first()


def closing(target: CaseState) -> ClosureReason | None:
    return ClosureReason.OWN_REQUEST if target is CaseState.CLOSED_OTHER else None


def an_item(
    office: Office, proposed_by: str = "officer", service: str = "BC-01", **values: object
) -> PlanItem:
    given = {
        "scope": SCOPE, "case_id": office.case, "household_id": office.household, "person_id": office.head,
        "committee_code": SCOPE, "service_code": service, "state": "proposed", "quantity": 1, "amount_halalas": 0,
        "proposed_by": STAFF[proposed_by], "proposed_on": dt.date(2026, 9, 20), **values,
    }  # fmt: skip
    return PlanItem(**given)


def offer(office: Office, to_scope: str) -> None:
    office.add(
        Relocation(
            scope=SCOPE, household_id=office.household, kind="transfer", from_scope=SCOPE, to_scope=to_scope,
            state="offered", offered_at=office.desk().now(),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("source", "target"), STEPS)
def test_each_step_is_taken_by_whom_it_belongs_to_and_is_on_record(office, source, target) -> None:
    (role, *_others) = sorted(TRANSITIONS[source, target])
    put(office, source)
    if role is Role.RECEIVING_SUPERVISOR:
        offer(office, SCOPE)
    login = WHO.get(role, role.value)
    move_case(office.desk(login), office.case, target, "سبب واضح", closing(target))
    move = last_move(office)
    assert at(office).state == target
    assert (move.from_state, move.to_state, move.role, move.moved_by) == (source, target, role, STAFF[login])


@pytest.mark.parametrize(("source", "target"), STEPS)
def test_nobody_else_takes_it(office, source, target) -> None:
    put(office, source)
    wanted = {WHO.get(role, role.value) for role in TRANSITIONS[source, target]}
    if source is CaseState.PLAN_PENDING and target in {
        CaseState.APPROVED,
        CaseState.RETURNED,
        CaseState.INELIGIBLE,
    }:
        wanted.add("supervisor")  # who may approve the level of this plan acts as the panel
    for login in set(STAFF) - wanted:
        with pytest.raises(NotAllowed):
            move_case(office.desk(login), office.case, target, "سبب", closing(target))
    assert at(office).state == source


@pytest.mark.parametrize(("source", "target"), [step for step in STEPS if needs_reason(*step)])
def test_returns_rejections_suspensions_closures_and_reopenings_are_not_taken_without_a_reason(
    office, source, target
) -> None:
    (role, *_others) = sorted(TRANSITIONS[source, target])
    put(office, source)
    with pytest.raises(ReasonMissing):
        move_case(office.desk(WHO.get(role, role.value)), office.case, target, " \n ", closing(target))
    assert at(office).state == source


def test_a_closure_names_its_reason_from_the_list_and_a_reopening_takes_it_back(office) -> None:
    put(office, CaseState.ACTIVE)
    desk = office.desk("supervisor")
    with pytest.raises(CaseworkError) as refused:
        move_case(desk, office.case, CaseState.CLOSED_OTHER, "انتقلت الأسرة")
    assert refused.value.code == "closure_reason_missing"
    with pytest.raises(CaseworkError):
        move_case(desk, office.case, CaseState.CLOSED_OTHER, "x", ClosureReason.SUFFICIENCY)
    move_case(desk, office.case, CaseState.CLOSED_OTHER, "انتقلت الأسرة", ClosureReason.LEFT_KINGDOM)
    assert (at(office).closure_reason, at(office).closed_on) == ("left_kingdom", desk.today())
    move_case(desk, office.case, CaseState.REOPENED, "عادت الأسرة")
    assert (at(office).closure_reason, at(office).closed_on) == (None, None)


def test_a_closure_for_sufficiency_needs_no_choice(office) -> None:
    put(office, CaseState.FOLLOW_UP)
    move_case(office.desk("panel"), office.case, CaseState.CLOSED_SUFFICIENCY, "تقييمان متتاليان")
    assert at(office).closure_reason == ClosureReason.SUFFICIENCY


def test_the_next_steps_say_what_each_of_them_asks_for(office) -> None:
    put(office, CaseState.ACTIVE)
    steps = {step.target: step for step in next_steps(office.desk("supervisor"), office.case)}
    assert set(steps) == {CaseState.SUSPENDED, CaseState.TRANSFER_OUT, CaseState.CLOSED_OTHER}
    assert steps[CaseState.SUSPENDED].needs_reason
    assert not steps[CaseState.TRANSFER_OUT].needs_reason
    assert len(steps[CaseState.CLOSED_OTHER].closure_reasons) == 7
    assert next_steps(office.desk("stranger"), office.case) == ()
    assert all(not closure_reasons(state) for state in CaseState if state not in CLOSED)


def test_who_wrote_the_plan_may_send_it_back_but_never_approve_it(office) -> None:
    office.add(RoleGrant(scope="national", user_id=STAFF["panel"], role="officer", scope_code=SCOPE))
    office.add(an_item(office, "panel"), author="panel")
    put(office, CaseState.PLAN_PENDING)
    desk = office.desk("panel")
    assert CaseState.APPROVED not in moves_for(desk, office.case)
    assert CaseState.RETURNED in moves_for(desk, office.case)
    with pytest.raises(NotAllowed) as refused:
        move_case(desk, office.case, CaseState.APPROVED)
    assert refused.value.code == "case_plan_author"


@pytest.mark.parametrize(("service", "may"), [("BC-01", True), ("BC-06", False)])
def test_a_supervisor_decides_plans_of_the_first_level_only(office, service: str, *, may: bool) -> None:
    office.add(an_item(office, service=service))
    put(office, CaseState.PLAN_PENDING)
    assert (CaseState.APPROVED in moves_for(office.desk("supervisor"), office.case)) is may


def test_a_case_that_is_offered_is_taken_back_by_the_sender_and_begun_by_the_receiver(office) -> None:
    put(office, CaseState.TRANSFER_OUT)
    offer(office, "mkk")
    assert moves_for(office.desk("supervisor"), office.case) == [CaseState.ACTIVE]
    offer(office, SCOPE)
    assert moves_for(office.desk("supervisor"), office.case) == [CaseState.STUDY]


def test_a_step_that_a_role_of_the_past_allowed_says_that_the_role_has_ended(office) -> None:
    put(office, CaseState.ACTIVE)
    user = STAFF["officer"]
    with UnitOfWork(office.desk()) as work:
        (grant,) = work.session.query(RoleGrant).filter(RoleGrant.user_id == user)
        grant.last_day = office.desk().today() - dt.timedelta(days=1)
    office.add(RoleGrant(scope="national", user_id=user, role="clerk", scope_code=SCOPE))
    with pytest.raises(NotAllowed) as refused:
        move_case(office.desk(), office.case, CaseState.FOLLOW_UP)
    assert refused.value.code == "case_role_ended"


def test_every_role_of_a_step_can_be_played() -> None:
    played = {role for roles in TRANSITIONS.values() for role in roles}
    assert played - DERIVED_ROLES <= {Role(login) for login in STAFF if login != "stranger"}


def test_an_unknown_case_is_not_moved(office) -> None:
    with pytest.raises(CaseworkError) as refused:
        move_case(office.desk("supervisor"), uuid.UUID(int=404), CaseState.STUDY)
    assert refused.value.code == "record_missing"

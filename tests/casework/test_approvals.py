"""Deciding on one plan item, moving cases, registering families."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import move_case, moves_for
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.casework.register import (
    NewFamily,
    NewMember,
    NewStay,
    add_member,
    record_custody,
    register_family,
)
from tarahum_desktop.domain.case_states import CaseState, ClosureReason
from tarahum_desktop.models import CaseMove, CustodyEpisode, Person, PlanItem
from tests.casework.worlds import SCOPE, STAFF, TODAY, replica_on

ENDED = ClosureReason.ENTITLEMENT_ENDED

YES = ItemDecision(Verdict.APPROVE)


def an_item(office, author="officer", amount=90_000, service="BC-01"):
    item = PlanItem(
        scope=SCOPE, case_id=office.case, household_id=office.household, person_id=office.child, committee_code=SCOPE,
        service_code=service, state="proposed", quantity=1, amount_halalas=amount, proposed_by=STAFF[author],
        proposed_on=TODAY, level="L1", rules_version=1,
    )  # fmt: skip
    office.add(item, author=author)
    return item.id


def state_of(office, item):
    with Session(office.replica.engine) as session:
        return session.get_one(PlanItem, item).state


def test_the_author_of_a_plan_cannot_approve_it(office):
    item = an_item(office, "supervisor")
    with pytest.raises(NotAllowed) as refused:
        decide_item(office.desk("supervisor"), item, YES)
    assert refused.value.code == "case_plan_author"
    assert state_of(office, item) == "proposed"


def test_a_supervisor_approves_a_small_item_and_not_a_dear_one(office):
    small, dear = an_item(office, amount=100_000), an_item(office, amount=100_001)
    decide_item(office.desk("supervisor"), small, YES)
    assert state_of(office, small) == "approved"
    with pytest.raises(NotAllowed):
        decide_item(office.desk("supervisor"), dear, YES)
    decide_item(office.desk("panel"), dear, YES)


def test_officers_and_clerks_approve_nothing(office):
    item = an_item(office, "supervisor")
    for role in ("officer", "clerk", "office_admin", "stranger"):
        with pytest.raises(NotAllowed):
            decide_item(office.desk(role), item, YES)


def test_a_refusal_needs_its_reason_and_a_decision_is_made_once(office):
    item = an_item(office)
    with pytest.raises(ReasonMissing):
        decide_item(office.desk("supervisor"), item, ItemDecision(Verdict.REFUSE, reason="  "))
    decide_item(office.desk("supervisor"), item, ItemDecision(Verdict.REFUSE, reason="مكرر"))
    assert state_of(office, item) == "refused"
    with pytest.raises(CaseworkError) as refused:
        decide_item(office.desk("supervisor"), item, YES)
    assert refused.value.code == "plan_item_decided"


def test_an_item_of_a_service_nobody_knows_needs_the_highest_level(office):
    item = an_item(office, service="ZZ-99")
    for role in ("supervisor", "panel"):
        with pytest.raises(NotAllowed):
            decide_item(office.desk(role), item, YES)


def test_a_case_moves_by_the_right_role_with_its_reason_on_record(office):
    with pytest.raises(NotAllowed) as refused:
        move_case(office.desk("supervisor"), office.case, CaseState.ASSESSED)
    assert refused.value.code == "case_move_role"
    with pytest.raises(NotAllowed) as refused:
        move_case(office.desk(), office.case, CaseState.ACTIVE)
    assert refused.value.code == "case_move_unknown"
    move_case(office.desk(), office.case, CaseState.ASSESSED)
    assert moves_for(office.desk("supervisor"), office.case) == [CaseState.ELIGIBLE, CaseState.INELIGIBLE]
    with pytest.raises(ReasonMissing):
        move_case(office.desk("supervisor"), office.case, CaseState.INELIGIBLE)
    move_case(office.desk("supervisor"), office.case, CaseState.INELIGIBLE, "دخل كاف")
    move_case(office.desk("supervisor"), office.case, CaseState.CLOSED_OTHER, "انتهى الاستحقاق", ENDED)
    file = family_file(office.desk(), office.household)
    assert (file.case.state, file.case.closed_on, file.case.closure_reason) == (
        "closed_other", TODAY, "entitlement_ended",
    )  # fmt: skip
    assert [move.reason for move in file.case.moves] == ["انتهى الاستحقاق", "دخل كاف", ""]
    with Session(office.replica.engine) as session:
        assert len(session.scalars(select(CaseMove)).all()) == 3


def _head(**values):
    return NewMember("self", {"first_name": "سلمى", "family_name": "القحطاني", "gender": "female", **values})


def test_a_family_registered_offline_has_numbers_no_other_device_can_make(office):
    first = register_family(office.desk(), NewFamily(SCOPE, _head()))
    second = register_family(office.desk(), NewFamily(SCOPE, _head()))
    assert (first.file_number, second.file_number) == ("RYD-2026-12-00001", "RYD-2026-12-00002")
    from tarahum_desktop.casework.desk import open_desk

    other = open_desk(replica_on(office.vault.engine, office.wall, number=13), STAFF["officer"])
    assert register_family(other, NewFamily(SCOPE, _head())).file_number.startswith("RYD-2026-13-")
    file = family_file(office.desk(), first.household_id)
    assert (file.head_name, file.case.state, file.case.number) == (
        "سلمى القحطاني", "draft", "RYD-2026-12-00001-1",
    )  # fmt: skip


def test_what_looks_wrong_at_entry_warns_and_is_kept(office):
    done = register_family(
        office.desk(),
        NewFamily(
            SCOPE, _head(id_number="1234567890", mobile="0112345678", birth="h1399", id_kind="national_id")
        ),
    )
    assert done.warnings == ("person_id_check_digit", "mobile_is_landline")
    with Session(office.replica.engine) as session:
        person = session.get_one(Person, done.person_ids[0])
        assert (person.id_number, person.id_warning) == ("1234567890", "person_id_check_digit")
        assert person.birth_first < person.birth_last


def test_a_member_and_a_stay_can_be_added_later(office):
    added = add_member(
        office.desk(), office.household, NewMember("son", {"first_name": "فهد", "gender": "male"})
    )
    stay = record_custody(office.desk("clerk"), added.person_id, NewStay("detained", entry="h1447-03"))
    with Session(office.replica.engine) as session:
        assert session.get_one(CustodyEpisode, stay).entry_day == dt.date(2025, 8, 24)
    file = family_file(office.desk(), office.household)
    assert [line.kind.value for line in file.members if line.person_id == added.person_id] == ["prisoner"]


@pytest.mark.parametrize("role", ["panel", "analyst", "stranger"])
def test_only_those_who_register_register(office, role):
    with pytest.raises(NotAllowed):
        register_family(office.desk(role), NewFamily(SCOPE, _head()))

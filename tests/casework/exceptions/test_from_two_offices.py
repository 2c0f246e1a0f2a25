"""Each kind of exception as it really comes about: two machines, each right by itself, and then one exchange."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import move_case
from tarahum_desktop.casework.conflicts.desk import open_conflicts
from tarahum_desktop.casework.conflicts.settle import settle_conflict
from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.queue import open_pairs, rule_different
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates, yielding
from tarahum_desktop.casework.exceptions.double import grant_sides, keep_grant
from tarahum_desktop.casework.exceptions.queue import ExceptionLine, open_exceptions, settle_exception
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.giving.entitlements import reserve
from tarahum_desktop.casework.register import NewFamily, NewMember, register_family
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.models import Case, CaseMove, Entitlement, FundEntry, Household, PlanItem, Service
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.replica import Replica
from tests.casework.two_offices import TwoOffices, two_offices
from tests.casework.worlds import SCOPE, a_person, add
from tests.sync.worlds import digest_of

APPROVED_ON = dt.date(2026, 9, 20)


@pytest.fixture
def offices(tmp_path: Path) -> TwoOffices:
    return two_offices(tmp_path)


@pytest.fixture
def person(offices: TwoOffices) -> uuid.UUID:
    head = a_person("نورة", id=new_id())
    head_id = head.id
    add(offices.a, head)
    offices.meet()
    return head_id


def exceptions(offices: TwoOffices, replica: Replica) -> list[ExceptionLine]:
    look_for_exceptions(replica, yielding)
    return open_exceptions(offices.desk(replica))


def rest_everywhere(offices: TwoOffices, kind: str) -> None:
    offices.meet()
    for replica in (offices.a, offices.b):
        assert [line for line in exceptions(offices, replica) if line.kind == kind] == []
    assert digest_of(offices.a) == digest_of(offices.b)


def an_item(person: uuid.UUID, **values: object) -> PlanItem:
    return PlanItem(**{
        "id": new_id(), "scope": SCOPE, "committee_code": SCOPE, "service_code": "DR-01", "state": "approved", "quantity": 1,
        "amount_halalas": 60_000, "fund": "zakat", "person_id": person, "decided_on": APPROVED_ON, **values,
    })  # fmt: skip


def test_one_service_granted_twice_apart_is_settled_for_a_reason(
    offices: TwoOffices, person: uuid.UUID
) -> None:
    add(offices.a, once_only())
    offices.meet()
    for replica in (offices.a, offices.b):
        with UnitOfWork(offices.desk(replica)) as work:
            item = an_item(person)
            work.session.add(item)
            assert reserve(work.session, offices.desk(replica), item) is not None
        assert [line for line in exceptions(offices, replica) if line.kind == "double_grant"] == []
    offices.meet()
    for replica in (offices.a, offices.b):
        assert [line.kind for line in exceptions(offices, replica)].count("double_grant") == 1
    desk = offices.desk(offices.b, "office_admin")
    [line] = [line for line in exceptions(offices, offices.b) if line.kind == "double_grant"]
    kept = grant_sides(desk, [line])[line.subject][1].entitlement_id
    keep_grant(desk, line, kept, "سبق إليه")
    rest_everywhere(offices, "double_grant")
    with Session(offices.a.engine) as session:
        assert {session.get_one(Entitlement, kept).state} == {"settled"}


def once_only() -> Service:
    return Service(
        scope="national", code="DR-01", programme_code="P", track_code="T1", name_ar="سداد دين", name_en="Debt",
        unit_ar="مرة", unit_en="time", amount_kind="yes", approval_level="L1", kinds=[], evidence=[],
        rules={"repeat_guard_days": 1825, "annual_cap": 1, "fund_sources": ["zakat"], "once_in_life": True},
    )  # fmt: skip


def test_one_person_registered_twice_apart_is_found_and_decided_either_way(offices: TwoOffices) -> None:
    entered = {
        "first_name": "سالم", "father_name": "علي", "family_name": "القرني", "gender": "male", "id_kind": "national_id",
        "id_number": "1043218765", "birth": "h1400-02-02",
    }  # fmt: skip
    made = [
        register_family(
            offices.desk(replica, "officer"), NewFamily(SCOPE, NewMember("self", entered))
        ).person_ids[0]
        for replica in (offices.a, offices.b)
    ]
    offices.meet()
    for replica in (offices.a, offices.b):
        look_for_duplicates(replica, whole=True)
    desk = offices.desk(offices.a)
    [pair] = open_pairs(desk)
    assert {pair.first_id, pair.second_id} == set(made)
    rule_different(offices.desk(offices.b), *made, "توأم برقم مكتوب خطأ")
    offices.meet()
    assert open_pairs(desk) == []


def test_of_one_person_registered_twice_apart_one_record_is_left(offices: TwoOffices) -> None:
    entered = {"first_name": "سالم", "family_name": "القرني", "gender": "male", "id_kind": "national_id", "id_number": "1043218765"}  # fmt: skip
    made = [
        register_family(
            offices.desk(replica, "officer"), NewFamily(SCOPE, NewMember("self", entered))
        ).person_ids[0]
        for replica in (offices.a, offices.b)
    ]
    offices.meet()
    look_for_duplicates(offices.a, whole=True)
    merge_people(offices.desk(offices.a), made[0], made[1], {}, "الرقم واحد")
    offices.meet()
    look_for_duplicates(offices.b, whole=True)
    assert open_pairs(offices.desk(offices.b)) == []
    assert digest_of(offices.a) == digest_of(offices.b)


def test_two_approvals_apart_that_pass_the_fund_are_let_stand_for_a_reason(
    offices: TwoOffices, person: uuid.UUID
) -> None:
    home = Household(
        id=new_id(), scope=SCOPE, file_number="RYD-1", committee_code=SCOPE, head_person_id=person
    )
    home_id = home.id
    fund = FundEntry(
        scope=SCOPE,
        committee_code=SCOPE,
        fund="zakat",
        kind="in",
        entered_on=APPROVED_ON,
        amount_halalas=100_000,
    )
    add(offices.a, home, fund)
    offices.meet()
    for replica in (offices.a, offices.b):
        add(replica, an_item(person, household_id=home_id))
        assert [line for line in exceptions(offices, replica) if line.kind == "plan_over_fund"] == []
    offices.meet()
    found = [
        [line for line in exceptions(offices, replica) if line.kind == "plan_over_fund"]
        for replica in (offices.a, offices.b)
    ]
    assert [len(lines) for lines in found] == [1, 1]
    assert found[0][0].subject == found[1][0].subject
    assert (found[0][0].facts["limit"], found[0][0].facts["total"]) == (100_000, 120_000)
    offices.wall.now += 1000
    settle_exception(offices.desk(offices.b, "office_admin"), found[1][0], "وصل دعم إضافي")
    rest_everywhere(offices, "plan_over_fund")


@pytest.fixture
def case(offices: TwoOffices, person: uuid.UUID) -> uuid.UUID:
    """A case the supervisor may find eligible or not, at either machine."""
    made = Case(
        id=new_id(), scope=SCOPE, number="RYD-1-1", committee_code=SCOPE, person_id=person, state="assessed",
        restricted=False,
    )  # fmt: skip
    made_id = made.id
    step = CaseMove(
        scope=SCOPE, case_id=made_id, from_state="study", to_state="assessed", role="field_officer",
        moved_at=offices.desk(offices.a).now(),
    )  # fmt: skip
    add(offices.a, made, step)
    offices.meet()
    return made_id


def test_two_steps_made_apart_are_one_question_and_its_answer_is_no_exception(
    offices: TwoOffices, case: uuid.UUID
) -> None:
    move_case(offices.desk(offices.a), case, CaseState.ELIGIBLE)
    offices.wall.now += 1000
    move_case(offices.desk(offices.b), case, CaseState.INELIGIBLE, "دخل كافٍ")
    offices.meet()
    desk = offices.desk(offices.a)
    [one] = open_conflicts(desk)
    assert (one.entity, one.field, {each.value for each in one.sides}) == (
        "case_file",
        "state",
        {"eligible", "ineligible"},
    )
    settle_conflict(desk, one, "eligible", "الدخل منقطع")
    rest_everywhere(offices, "case_state_not_reached")


def test_a_step_of_a_machine_with_a_slow_clock_leaves_a_state_nobody_reached_and_is_settled(
    offices: TwoOffices, case: uuid.UUID
) -> None:
    offices.wall.now -= 3_600_000
    move_case(offices.desk(offices.b), case, CaseState.ELIGIBLE)
    offices.wall.now += 3_600_000
    offices.meet()
    [line] = [line for line in exceptions(offices, offices.a) if line.kind == "case_state_not_reached"]
    assert (line.facts["state"], line.facts["to"]) == ("eligible", "assessed")
    offices.wall.now += 1000
    settle_exception(offices.desk(offices.a), line, "ساعة الجهاز متأخرة")
    rest_everywhere(offices, "case_state_not_reached")

"""What is due in the office, read from real rows."""

import datetime as dt

import pytest

from tarahum_desktop.casework.care.late_steps import late_steps
from tarahum_desktop.casework.care.task_records import (
    Outcome,
    TaskRef,
    complete_task,
    plan_contact,
    put_off_task,
)
from tarahum_desktop.casework.care.tasks import TaskLine, TaskQuery, task_board
from tarahum_desktop.casework.care.workload import leads_office, workload
from tarahum_desktop.casework.cases import move_case
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, RecordMissing
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.models import (
    Case,
    Consent,
    CustodyEpisode,
    Delivery,
    FollowUp,
    MatrixRating,
    Person,
    PlanItem,
    RoleGrant,
    Visit,
)
from tarahum_desktop.models.ids import new_id
from tests.casework.answers import a_draft
from tests.casework.worlds import SCOPE, STAFF, TODAY

YEAR = TaskQuery(TODAY, TODAY + dt.timedelta(366), STAFF["officer"])
OFFICE = TaskQuery(TODAY, TODAY + dt.timedelta(366))


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


def due(office, query: TaskQuery = YEAR, login: str = "officer") -> list[TaskLine]:
    board = task_board(office.desk(login), query)
    return sorted(
        {line.key: line for line in (*board.overdue, *board.tasks)}.values(), key=lambda line: line.due_on
    )


def kinds(office, query: TaskQuery = YEAR, login: str = "officer") -> dict[str, dt.date]:
    return {line.kind.value: line.due_on for line in due(office, query, login)}


def ref_of(line: TaskLine) -> TaskRef:
    return TaskRef(
        line.case_id, line.kind, line.due_on, line.contact_id, line.subject_id, line.person_id, line.step
    )


def change_stay(office, **values: object) -> None:
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        for name, value in values.items():
            setattr(stay, name, value)


def a_visit(office, visited: dt.date, kind: str = "update") -> Visit:
    return Visit(
        id=new_id(), scope=SCOPE, case_id=office.case, household_id=office.household, officer_id=STAFF["officer"],
        form_code="social_study", form_version=1, kind=kind, visited_on=visited, place="home", outcome="done",
        submitted_at=office.desk().now(), answers={}, answers_hash=bytes(32),
    )  # fmt: skip


@pytest.mark.parametrize("query", [YEAR, OFFICE], ids=["mine", "all"])
def test_after_a_release_six_contacts_are_due_and_nothing_is_written_for_them(office, query) -> None:
    change_stay(office, release_day=day(-10), status="released")
    found = [line for line in due(office, query, "supervisor") if line.kind is TaskKind.AFTER_CARE]
    assert [line.due_on for line in found] == [day(gap) for gap in (-3, 20, 50, 80, 170, 355)]
    assert {line.person_name for line in found} == {"خالد بن سعد الحربي"}
    with UnitOfWork(office.desk()) as work:
        assert work.session.query(FollowUp).count() == 0


def test_a_contact_is_done_in_the_field_and_is_asked_for_no_more(office) -> None:
    change_stay(office, release_day=day(-10), status="released")
    first, *_rest = due(office)
    complete_task(office.desk(), ref_of(first), Outcome.REACHED, "بخير ويبحث عن عمل")
    assert first.step not in {line.step for line in due(office)}
    with UnitOfWork(office.desk()) as work:
        (row,) = work.session.query(FollowUp)
    assert (row.kind, row.step, row.done_on, row.outcome) == ("after_care", "d7", TODAY, "reached")
    assert row.note == "بخير ويبحث عن عمل"


def test_nobody_answered_so_the_attempt_is_kept_and_the_contact_comes_again(office) -> None:
    change_stay(office, release_day=day(-10), status="released")
    complete_task(office.desk(), ref_of(due(office)[0]), Outcome.NO_ANSWER)
    (again,) = [line for line in due(office) if line.step == "d7"]
    assert again.due_on == day(3)
    with UnitOfWork(office.desk()) as work:
        (attempt,) = work.session.query(FollowUp).filter(FollowUp.kind == "call")
    assert (attempt.done_on, attempt.outcome) == (TODAY, "no_answer")


def test_a_contact_is_put_off_once_and_again(office) -> None:
    change_stay(office, release_day=day(-10), status="released")
    for ahead in (5, 9):
        (line,) = [line for line in due(office) if line.step == "d7"]
        put_off_task(office.desk(), ref_of(line), day(ahead))
    (line,) = [line for line in due(office) if line.step == "d7"]
    assert line.due_on == day(9)
    with UnitOfWork(office.desk()) as work:
        assert work.session.query(FollowUp).count() == 1


@pytest.mark.parametrize(("ahead", "code"), [(-1, "task_day_passed"), (900, "task_day_too_far")])
def test_a_day_that_cannot_be_is_refused(office, ahead: int, code: str) -> None:
    plan_contact(office.desk(), office.case, "visit", day(2))
    (line,) = [line for line in due(office) if line.kind is TaskKind.VISIT]
    with pytest.raises(CaseworkError) as refused:
        put_off_task(office.desk(), ref_of(line), day(ahead))
    assert refused.value.code == code


def test_what_only_the_work_settles_cannot_be_ticked_off(office) -> None:
    change_stay(office, expected_release_day=day(60))
    (line,) = [line for line in due(office) if line.kind is TaskKind.RELEASE_PLAN]
    with pytest.raises(CaseworkError) as refused:
        complete_task(office.desk(), ref_of(line), Outcome.REACHED)
    assert refused.value.code == "task_done_by_work"


def test_a_contact_done_meanwhile_by_somebody_else_is_not_done_twice(office) -> None:
    plan_contact(office.desk(), office.case, "call", TODAY)
    (line,) = [line for line in due(office) if line.kind is TaskKind.CONTACT]
    complete_task(office.desk("supervisor"), ref_of(line), Outcome.REACHED)
    with pytest.raises(CaseworkError) as refused:
        complete_task(office.desk(), ref_of(line), Outcome.REACHED)
    assert refused.value.code == "task_done_already"


def test_who_moves_no_cases_records_and_plans_nothing(office) -> None:
    for act in (
        lambda desk: plan_contact(desk, office.case, "visit", TODAY),
        lambda desk: complete_task(desk, TaskRef(office.case, TaskKind.INFORM, TODAY), Outcome.REACHED),
    ):
        with pytest.raises(NotAllowed):
            act(office.desk("stranger"))
    with pytest.raises(RecordMissing):
        complete_task(office.desk(), TaskRef(office.case, TaskKind.VISIT, TODAY), Outcome.REACHED)


@pytest.mark.parametrize("query", [YEAR, OFFICE], ids=["mine", "all"])
def test_the_study_the_rating_and_the_approved_service_are_due_in_their_time(office, query) -> None:
    visit = a_visit(office, day(-100))
    office.add(
        visit,
        MatrixRating(scope=SCOPE, visit_id=visit.id, household_id=office.household, domain="food", score=3),
        PlanItem(
            scope=SCOPE, case_id=office.case, household_id=office.household, person_id=office.child,
            committee_code=SCOPE, service_code="BC-01", state="approved", quantity=1, amount_halalas=0,
            decided_on=day(-2),
        ),
    )  # fmt: skip
    found = kinds(office, query, "supervisor")
    assert (found["study"], found["rating"], found["delivery"]) == (
        dt.date(2027, 6, 16), dt.date(2026, 12, 16), day(12),
    )  # fmt: skip
    with UnitOfWork(office.desk()) as work:
        (item,) = work.session.query(PlanItem)
        work.session.add(
            Delivery(
                scope=SCOPE, plan_item_id=item.id, person_id=office.child, household_id=office.household,
                committee_code=SCOPE, service_code="BC-01", delivered_on=TODAY, quantity=1, amount_halalas=0,
                person_kind="family_member",
            )
        )  # fmt: skip
    assert "delivery" not in kinds(office, query, "supervisor")


def test_a_returned_case_waits_for_its_officer(office) -> None:
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).state = "plan_pending"
    move_case(office.desk("panel"), office.case, CaseState.RETURNED, "ينقص عقد الإيجار")
    assert kinds(office)["returned"] == day(7)
    assert kinds(office, OFFICE, "supervisor")["returned"] == day(7)


def test_a_child_who_comes_of_age_is_asked_for_an_own_consent(office) -> None:
    with UnitOfWork(office.desk()) as work:
        child = work.session.get_one(Person, office.child)
        child.birth_first = child.birth_last = dt.date(2008, 12, 1)
    assert kinds(office)["consent_at_18"] == dt.date(2026, 12, 1)
    given = dt.datetime(2026, 12, 2, tzinfo=dt.UTC)
    office.add(
        Consent(
            scope=SCOPE, person_id=office.child, purpose="case", given=True, means="device_signature",
            signer_capacity="data_subject", notice_version="1.0", given_at=given,
        )
    )  # fmt: skip
    assert "consent_at_18" not in kinds(office)


def test_who_was_spoken_of_in_prison_is_told_within_a_month(office) -> None:
    change_stay(office, release_day=day(-1), status="released")
    stay = new_id(office.wall.now)
    office.add(
        CustodyEpisode(id=stay, scope=SCOPE, person_id=office.child, status="detained", entry_day=day(-5))
    )
    (line,) = [line for line in due(office) if line.kind is TaskKind.INFORM]
    assert (line.due_on, line.person_id) == (day(30), office.child)
    complete_task(office.desk(), ref_of(line), Outcome.REACHED)
    assert "inform" not in kinds(office)


def test_releases_are_told_to_nobody_who_may_not_see_custody(office) -> None:
    change_stay(office, expected_release_day=day(100))
    assert "release_plan" in kinds(office, OFFICE, "supervisor")
    assert "release_plan" in kinds(office, OFFICE, "officer"), "it is the officer's own case"
    assert "release_plan" not in kinds(office, OFFICE, "office_admin")
    assert kinds(office, OFFICE, "stranger") == {}


def test_only_the_kinds_asked_for_and_the_days_asked_for_are_listed(office) -> None:
    for ahead in (-5, 0, 3, 40):
        plan_contact(office.desk(), office.case, "visit", day(ahead))
    visits = TaskQuery(TODAY, day(7), STAFF["officer"], frozenset({TaskKind.VISIT}))
    board = task_board(office.desk(), visits)
    assert [line.days for line in board.tasks] == [0, -3]
    assert [line.days for line in board.overdue] == [5]
    assert not board.more
    assert task_board(office.desk(), TaskQuery(TODAY, day(7), STAFF["clerk"])).tasks == ()


def test_the_work_of_each_officer_is_counted_for_who_hands_it_out(office) -> None:
    plan_contact(office.desk(), office.case, "visit", day(-5))
    submit_visit(office.desk(), a_draft(office))
    plan_contact(office.desk(), office.case, "call", day(-4))
    (line,) = workload(office.desk("supervisor"))
    assert (line.officer_id, line.open_cases, line.overdue, line.visits) == (STAFF["officer"], 1, 1, 1)
    assert workload(office.desk()) == ()
    assert leads_office(office.desk("office_admin"))
    assert not leads_office(office.desk())


def test_a_step_made_after_the_role_had_ended_is_an_exception_for_the_office(office) -> None:
    move_case(office.desk(), office.case, CaseState.ASSESSED)
    assert late_steps(office.desk("supervisor")) == ()
    with UnitOfWork(office.desk()) as work:
        (grant,) = work.session.query(RoleGrant).filter(RoleGrant.user_id == STAFF["officer"])
        grant.last_day = day(-1)
    (late,) = late_steps(office.desk("supervisor"))
    assert (late.case_id, late.to_state, late.by_en) == (office.case, "assessed", "officer")

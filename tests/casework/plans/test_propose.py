"""Proposing: rules are asked from the record, explained, never silently passed or blocked."""

import datetime as dt
import uuid

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.plans.board import NEED, plan_of, returned_to
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.errors import PlanRefused
from tarahum_desktop.casework.plans.propose import Proposal, check_proposal, propose, withdraw
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.models import Case, CustodyEpisode, Delivery, PlanItem
from tarahum_desktop.sync.capture import captured_session
from tests.casework.plans.plan_world import SERVICES, a_visit, ask, item_of, later
from tests.casework.worlds import SCOPE, STAFF, TODAY


def answers(office, service="BC-01", **given):
    values = {"amount": 30_000, "person_id": office.child, **given}
    return check_proposal(office.desk(), Proposal(office.household, service_code=service, **values))


def failed(office, service="BC-01", **given):
    return [result.code for result in answers(office, service, **given).against]


def delivery(office, day, service="BC-01", item=None, amount=30_000):
    return Delivery(
        scope=SCOPE, plan_item_id=item or uuid.uuid4(), person_id=office.child, household_id=office.household,
        committee_code=SCOPE, service_code=service, delivered_on=day, quantity=1, amount_halalas=amount,
        person_kind="family_member",
    )  # fmt: skip


def set_state(office, state):
    with captured_session(office.replica, STAFF["officer"]) as session:
        session.get_one(Case, office.case).state = state
        session.commit()


def case_state(office):
    with Session(office.replica.engine) as session:
        return session.get_one(Case, office.case).state


def test_a_fresh_study_and_no_earlier_aid_pass_every_rule(plans):
    found = answers(plans)
    assert found.eligible
    assert (found.level, found.version) == (ApprovalLevel.L1, 2)
    assert [result.code for result in found.results] == [
        "eligibility_kind", "eligibility_study_age", "eligibility_repeat", "eligibility_annual_cap",
    ]  # fmt: skip


def test_the_kind_follows_from_custody_on_the_day(plans):
    assert failed(plans, person_id=plans.prisoner) == ["eligibility_kind"]
    with captured_session(plans.replica, STAFF["officer"]) as session:
        stay = session.query(CustodyEpisode).one()
        stay.status, stay.release_day = "released", TODAY - dt.timedelta(days=1)
        session.commit()
    assert failed(plans, person_id=plans.prisoner) == []
    kinds = {person.person_id: person.kind for person in plan_of(plans.desk(), plans.household).people}
    assert kinds[plans.prisoner] is Kind.RELEASED


def test_a_study_older_than_a_year_warns(plans):
    later(plans, 366)
    assert failed(plans) == ["eligibility_study_age"]


def test_a_visit_without_outcome_is_no_study(plans):
    later(plans, 366)
    nobody = a_visit(plans, TODAY + dt.timedelta(days=300))
    nobody.outcome = "nobody_home"
    plans.add(nobody)
    assert failed(plans) == ["eligibility_study_age"]


def test_what_the_household_received_lately_warns_whoever_of_it_received_it(plans):
    plans.add(delivery(plans, TODAY - dt.timedelta(days=27)))
    assert failed(plans, person_id=plans.head) == ["eligibility_repeat"]
    plans.add(delivery(plans, TODAY - dt.timedelta(days=28), service="BC-08"))
    assert failed(plans, "BC-08") == []


def test_what_is_promised_and_not_delivered_counts_as_received(plans):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.APPROVE))
    assert failed(plans, person_id=plans.head) == ["eligibility_repeat"]


def test_the_yearly_limit_counts_the_calendar_year(plans):
    plans.add(*(delivery(plans, dt.date(2026, 1, 1) + dt.timedelta(days=7 * n)) for n in range(12)))
    assert failed(plans) == ["eligibility_annual_cap"]


def test_an_amount_above_a_level_moves_up(plans):
    levels = [answers(plans, "BC-08", amount=riyals * 100).level.value for riyals in (500, 10_001, 50_001)]
    assert levels == ["L2", "L3", "L4"]


def test_debt_release_reads_custody_right_and_claims_from_the_record(plans):
    asked = {"person_id": plans.prisoner, "amount": 9_000_000}
    assert failed(plans, "BC-10", **asked) == ["eligibility_private_right", "eligibility_criminal_case"]
    with captured_session(plans.replica, STAFF["officer"]) as session:
        stay = session.query(CustodyEpisode).one()
        stay.right_type, stay.claims_halalas = "private", 25_000_001
        session.commit()
    assert failed(plans, "BC-10", **asked) == ["eligibility_debt_cap"]


def test_debts_of_the_last_study_stand_in_for_claims_nobody_recorded(plans):
    rows = [{"id": "d1", "debt_remaining": 20_000_000}, {"id": "d2", "debt_remaining": 6_000_000}]
    plans.add(a_visit(plans, TODAY - dt.timedelta(days=1), debts=rows))
    found = answers(plans, "BC-10", person_id=plans.prisoner, amount=100)
    debt = next(result for result in found.results if result.code == "eligibility_debt_cap")
    assert (debt.passed, debt.facts["debt"]) == (False, 26_000_000)


def test_a_failed_rule_asks_for_words_and_the_approver_reads_them(plans):
    with pytest.raises(PlanRefused) as refused:
        ask(plans, person_id=plans.prisoner)
    assert (refused.value.code, refused.value.facts["count"]) == ("plan_justification_missing", 1)
    item = ask(plans, person_id=plans.prisoner, justification="يعيله أبناؤه وهو مريض")
    kept = item_of(plans, item).eligibility
    assert kept["justification"] == "يعيله أبناؤه وهو مريض"
    assert [one["code"] for one in kept["results"] if not one["passed"]] == ["eligibility_kind"]


def test_what_the_rules_said_stays_with_the_item_whatever_comes_after(plans):
    item = ask(plans)
    plans.add(delivery(plans, TODAY))
    kept = item_of(plans, item)
    assert (kept.rules_version, kept.level) == (2, "L1")
    assert all(one["passed"] for one in kept.eligibility["results"])


def test_a_need_of_the_visit_is_proposed_by_one_step(plans):
    need = PlanItem(
        scope=SCOPE, case_id=plans.case, household_id=plans.household, person_id=plans.child, committee_code=SCOPE,
        service_code="BC-01", state="proposed", quantity=1, amount_halalas=25_000, priority="urgent",
        proposed_by=STAFF["officer"], proposed_on=TODAY,
    )  # fmt: skip
    plans.add(need)
    (row,) = plan_of(plans.desk(), plans.household).items
    assert (row.state, row.answers) == (NEED, None)
    ask(plans, amount=25_000, item_id=need.id)
    (row,) = plan_of(plans.desk(), plans.household).items
    assert (row.state, row.priority, row.answers.eligible) == ("proposed", "urgent", True)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"service": "ZZ-99", "fund": "zakat"}, "plan_service_unknown"),
        ({"person_id": uuid.UUID(int=99)}, "plan_person_not_member"),
        ({"fund": "grant"}, "plan_fund_not_allowed"),
        ({"fund": ""}, "plan_fund_not_allowed"),
        ({"amount": 0}, "plan_amount_missing"),
        ({"amount": -1}, "plan_amount_wrong"),
        ({"amount": 10**12 + 1}, "plan_amount_wrong"),
        ({"quantity": 0}, "plan_quantity_wrong"),
        ({"quantity": 101}, "plan_quantity_wrong"),
        ({"instalments": 0}, "plan_quantity_wrong"),
        ({"service": "FC-01", "amount": 100, "fund": "charity"}, "plan_amount_not_taken"),
    ],
)
def test_what_cannot_be_kept_is_refused(plans, given, code):
    given = {"amount": 30_000, "fund": "zakat", "person_id": plans.child, **given}
    service = given.pop("service", "BC-01")
    with pytest.raises(PlanRefused) as refused:
        propose(plans.desk(), Proposal(plans.household, service_code=service, **given))
    assert refused.value.code == code


def test_the_same_service_is_not_proposed_twice_at_once(plans):
    ask(plans)
    with pytest.raises(PlanRefused) as refused:
        ask(plans)
    assert refused.value.code == "plan_already_open"
    ask(plans, person_id=plans.head)


@pytest.mark.parametrize("role", ["clerk", "panel", "office_admin", "analyst", "stranger"])
def test_only_those_who_propose_propose(plans, role):
    with pytest.raises(NotAllowed):
        ask(plans, author=role)


def test_a_household_of_another_office_has_no_plan_here(plans):
    with pytest.raises(RecordMissing):
        plan_of(plans.desk(), uuid.UUID(int=5))


def test_proposing_for_an_eligible_case_sends_it_for_approval(plans):
    set_state(plans, "eligible")
    ask(plans)
    assert case_state(plans) == "plan_pending"


def test_a_closed_case_takes_no_proposal(plans):
    set_state(plans, "closed_other")
    with pytest.raises(PlanRefused) as refused:
        ask(plans)
    assert refused.value.code == "plan_case_closed"


def test_a_returned_item_comes_back_with_its_reason_and_can_be_proposed_again(plans):
    set_state(plans, "eligible")
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.RETURN, "ينقص عقد الإيجار"))
    assert case_state(plans) == "returned"
    (row,) = returned_to(plans.desk())
    assert (row.item_id, row.reason) == (item, "ينقص عقد الإيجار")
    assert returned_to(plans.desk("supervisor")) == ()
    ask(plans, amount=20_000, item_id=item)
    again = item_of(plans, item)
    assert (again.state, again.amount_halalas, again.decided_by) == ("proposed", 20_000, None)
    assert case_state(plans) == "plan_pending"
    assert returned_to(plans.desk()) == ()


def test_what_waits_can_be_withdrawn_and_what_is_decided_cannot(plans):
    item = ask(plans)
    withdraw(plans.desk(), item, "سُجل بالخطأ")
    assert item_of(plans, item).state == "cancelled"
    with pytest.raises(PlanRefused) as refused:
        withdraw(plans.desk(), item, "")
    assert refused.value.code == "plan_item_settled"


def test_every_service_of_the_catalogue_can_be_asked_about(plans):
    codes = {service.service_code for service in plan_of(plans.desk(), plans.household).services}
    assert codes == {"BC-01", "BC-06", "BC-08", "BC-10", "FC-01"}
    for code in codes:
        assert answers(plans, code, amount=0 if SERVICES[code]["amount_kind"] == "no" else 100).results

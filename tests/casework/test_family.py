"""The family file and today's board."""

import datetime as dt

import pytest

from tarahum_desktop.casework.care.alerts import raise_alert
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.kinds import Stay, kind_on
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import (
    CaseMove,
    CustodyEpisode,
    CustodyMove,
    Delivery,
    FollowUp,
    Payment,
    Person,
    PlanItem,
)
from tarahum_desktop.models.ids import new_id
from tests.casework.answers import GIVEN, a_draft
from tests.casework.worlds import SCOPE, STAFF, TODAY, a_person


def test_the_file_tells_who_they_are_with_kinds_derived_from_custody(office):
    file = family_file(office.desk(), office.household)
    assert file.head_name == "فاطمة بنت سعد الغامدي"
    assert [(line.relation, line.kind, line.is_head) for line in file.members] == [
        ("self", Kind.FAMILY_MEMBER, True),
        ("son", Kind.FAMILY_MEMBER, False),
        ("spouse", Kind.PRISONER, False),
    ]
    assert [line.age for line in file.members] == [38, 11, None]
    assert file.custody[0].expected_release_day == dt.date(2026, 12, 1)
    assert (file.case.state, file.case.mine, file.may_visit) == ("study", True, True)


def test_custody_stays_hidden_from_who_may_not_see_it(office):
    file = family_file(office.desk("office_admin"), office.household)
    assert file.custody == ()
    assert file.custody_hidden


def test_plan_and_deliveries_come_with_sums_of_what_was_confirmed(office):
    item = PlanItem(
        scope=SCOPE, case_id=office.case, household_id=office.household, person_id=office.child, committee_code=SCOPE,
        service_code="BC-01", state="approved", quantity=3, amount_halalas=90_000, proposed_on=TODAY,
    )  # fmt: skip
    office.add(item)
    confirmed = dt.datetime(2026, 9, 20, tzinfo=dt.UTC)
    for day, when in ((1, confirmed), (9, confirmed), (20, None)):
        office.add(
            Delivery(
                scope=SCOPE, plan_item_id=item.id, person_id=office.child, household_id=office.household,
                committee_code=SCOPE, service_code="BC-01", delivered_on=dt.date(2026, 9, day), quantity=1,
                amount_halalas=30_000, person_kind="family_member", confirmed_at=when,
            )
        )  # fmt: skip
    file = family_file(office.desk(), office.household)
    line = file.plan[0]
    assert (line.delivered, line.delivered_halalas, line.last_delivered_on) == (
        2,
        60_000,
        dt.date(2026, 9, 9),
    )
    assert line.person_name == "أحمد بن خالد الغامدي"
    assert (len(file.deliveries), file.delivered_halalas) == (3, 60_000)


def test_risks_debts_and_money_come_from_the_last_visit_at_which_somebody_was_met(office):
    debts = {"debts/d1": {}, "debts/d1/debt_type": "bank", "debts/d1/debt_amount": 900_000,
             "debts/d1/debt_remaining": 400_000, "debts/d1/debt_reason": "قرض"}  # fmt: skip
    submit_visit(
        office.desk(), a_draft(office, risk_flags=("eviction_threat",), consent_credit=GIVEN, **debts)
    )
    file = family_file(office.desk(), office.household)
    assert file.risk_flags == ("eviction_threat",)
    assert file.next_visit_on == dt.date(2026, 12, 24)
    assert (file.money.asked_on, file.money.income_halalas, file.money.debts_halalas) == (
        TODAY,
        300_000,
        400_000,
    )


def test_who_may_not_see_health_or_credit_sees_neither_risks_nor_debts(office):
    submit_visit(office.desk(), a_draft(office, risk_flags=("eviction_threat",)))
    file = family_file(office.desk("clerk"), office.household)
    assert (file.risk_flags, file.money.debts_halalas) == ((), None)


def test_an_alert_restricts_the_case_and_waits_in_the_file(office):
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE, office.head, "سمعت الجيران")
    file = family_file(office.desk(), office.household)
    assert [(one.kind, one.person_id) for one in file.alerts] == [("domestic_violence", office.head)]
    assert file.case.restricted


def test_what_is_due_stands_in_the_file_the_longest_overdue_first(office):
    _contact(office, "visit", TODAY + dt.timedelta(days=10))
    _contact(office, "service", TODAY - dt.timedelta(days=5))
    _contact(office, "visit", TODAY + dt.timedelta(days=300))
    duties = family_file(office.desk(), office.household).duties
    assert [one.days for one in duties] == sorted((one.days for one in duties), reverse=True)
    assert {(one.kind, one.days) for one in duties} >= {("contact", 5), ("visit", -10)}
    assert all(one.days >= -60 for one in duties)


def test_custody_is_a_chain_of_facilities_and_returns(office):
    stay = family_file(office.desk(), office.household).custody[0]
    office.add(
        CustodyMove(scope=SCOPE, episode_id=stay.id, to_facility="ryd-malaz", moved_on=dt.date(2026, 3, 1)),
        CustodyEpisode(
            scope=SCOPE, person_id=office.prisoner, status="released", entry_day=dt.date(2015, 1, 1),
            release_day=dt.date(2016, 1, 1), release="g2016-01",
        ),
    )  # fmt: skip
    latest, first = family_file(office.desk(), office.household).custody
    assert [move.on for move in latest.moves] == [dt.date(2026, 3, 1)]
    assert (latest.returns, first.returns, first.release) == (1, 0, "g2016-01")


def test_kin_are_named_also_when_they_are_of_another_household(office):
    father = a_person("محمد", gender="male")
    father.id = new_id()
    office.add(father)
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Person, office.child).father_id = office.prisoner
        work.session.get_one(Person, office.prisoner).father_id = father.id
    members = {one.person_id: one for one in family_file(office.desk(), office.household).members}
    assert members[office.child].father == members[office.prisoner].name
    assert members[office.prisoner].father.startswith("محمد")


def test_a_need_becomes_a_proposal_with_its_level_and_a_failed_payment_is_told(office):
    item = PlanItem(
        scope=SCOPE, case_id=office.case, household_id=office.household, person_id=office.head, committee_code=SCOPE,
        service_code="BC-01", state="proposed", quantity=1, amount_halalas=0, proposed_on=TODAY, priority="urgent",
    )  # fmt: skip
    office.add(item)
    (need,) = family_file(office.desk(), office.household).plan
    assert (need.is_need, need.priority) == (True, "urgent")
    with UnitOfWork(office.desk()) as work:
        row = work.session.get_one(PlanItem, item.id)
        row.state, row.level = "approved", "L1"
    office.add(
        Payment(
            scope=SCOPE, sheet_id=new_id(), plan_item_id=item.id, person_id=office.head, household_id=office.household,
            position=1, amount_halalas=100, payee_name="فاطمة", payee_kind="self", state="failed", failure="الحساب مغلق",
        )
    )  # fmt: skip
    (line,) = family_file(office.desk(), office.household).plan
    assert (line.is_need, line.payment_state, line.payment_failure) == (False, "failed", "الحساب مغلق")


def test_this_years_gifts_are_added_up_by_fund(office):
    confirmed = dt.datetime(2026, 9, 20, tzinfo=dt.UTC)
    for day, fund, amount in (("2026-02-01", "zakat", 100), ("2026-03-01", "zakat", 50), ("2025-12-31", "zakat", 7),
                              ("2026-04-01", "charity", 900)):  # fmt: skip
        office.add(
            Delivery(
                scope=SCOPE, plan_item_id=new_id(), person_id=office.child, household_id=office.household,
                committee_code=SCOPE, service_code="BC-01", delivered_on=dt.date.fromisoformat(day), quantity=1,
                amount_halalas=amount, fund=fund, person_kind="family_member", confirmed_at=confirmed,
            )
        )  # fmt: skip
    assert family_file(office.desk(), office.household).money.given == (("charity", 900), ("zakat", 150))


def test_the_ways_on_are_those_this_person_may_go(office):
    assert "record_delivery" in family_file(office.desk(), office.household).may
    panel = family_file(office.desk("panel"), office.household)
    assert ("merge_people" in panel.may, panel.may_edit, panel.may_visit) == (False, False, False)


def test_a_file_that_is_not_here_or_not_theirs_is_refused(office):
    with pytest.raises(RecordMissing):
        family_file(office.desk(), office.child)
    with pytest.raises(NotAllowed):
        family_file(office.desk("stranger"), office.household)


def test_a_person_is_what_their_latest_stay_makes_them():
    old = Stay("released", dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    again = Stay("convicted", dt.date(2025, 1, 1), None)
    assert kind_on(dt.date(2019, 1, 1), [old, again]) is Kind.FAMILY_MEMBER
    assert kind_on(dt.date(2020, 6, 1), [old, again]) is Kind.PRISONER
    assert kind_on(dt.date(2021, 1, 1), [old, again]) is Kind.RELEASED
    assert kind_on(dt.date(2026, 1, 1), [again, old]) is Kind.PRISONER
    assert kind_on(dt.date(2026, 1, 1), [Stay("deceased", None, None)]) is Kind.FAMILY_MEMBER


def _contact(office, kind, due, **values):
    office.add(
        FollowUp(
            scope=SCOPE, case_id=office.case, officer_id=STAFF["officer"], kind=kind, due_on=due, **values
        )
    )


def test_the_board_shows_what_is_due_late_coming_begun_and_came_back(office):
    _contact(office, "visit", TODAY + dt.timedelta(days=2))
    _contact(office, "visit", TODAY + dt.timedelta(days=30))
    _contact(office, "service", TODAY - dt.timedelta(days=5))
    _contact(office, "service", TODAY - dt.timedelta(days=6), done_on=TODAY)
    desk = office.desk()
    office.add(
        CaseMove(
            scope=SCOPE, case_id=office.case, from_state="registered", to_state="study", role="supervisor",
            moved_by=STAFF["supervisor"], moved_at=desk.now(),
        ),
        author="supervisor",
    )  # fmt: skip
    begin_visit(desk, office.household)
    board = today_board(desk)
    (home,) = board.visits
    assert (home.household_id, home.kinds, home.days, home.stop) == (
        office.household, (TaskKind.VISIT, TaskKind.RELEASE_PLAN, TaskKind.CONTACT), -2, 1,
    )  # fmt: skip
    assert board.contacts == (), "no family stands in two lists"
    assert [(line.household_id, line.days) for line in board.releases] == [(office.household, 68)]
    assert len(board.drafts) == 1
    assert [line.to_state for line in board.came_back] == ["study"]
    assert board.sync.kept_here > 0
    assert board.sync.last_complete_at is None


def test_a_board_without_grants_shows_no_families(office):
    _contact(office, "visit", TODAY)
    board = today_board(office.desk("stranger"))
    assert (board.visits, board.releases, board.came_back) == ((), (), ())


def test_a_release_in_anothers_family_is_not_on_an_officers_board(office):
    from tarahum_desktop.casework.unit_of_work import UnitOfWork
    from tarahum_desktop.models import Case

    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).officer_id = STAFF["supervisor"]
    assert today_board(office.desk()).releases == ()
    assert len(today_board(office.desk("supervisor")).releases) == 1

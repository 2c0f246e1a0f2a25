"""The family file and today's board."""

import datetime as dt

import pytest

from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.kinds import Stay, kind_on
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.domain.due_tasks import TaskKind
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.models import CaseMove, Delivery, FollowUp, PlanItem
from tests.casework.worlds import SCOPE, STAFF, TODAY


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

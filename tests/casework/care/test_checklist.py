"""The checklist before a release."""

import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.care.chain import case_chain
from tarahum_desktop.casework.care.checklist import release_lists, set_release_check
from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.register import NewStay, record_custody
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem
from tarahum_desktop.models import CustodyEpisode, ReleaseCheck
from tests.casework.worlds import SCOPE

HOUSING, MENTOR = ReleaseItem.HOUSING, ReleaseItem.MENTOR


def test_a_checklist_has_seven_items_and_keeps_how_far_each_has_come(office) -> None:
    desk = office.desk()
    (before,) = release_lists(desk, office.case)
    assert [line.item for line in before.checks] == list(ReleaseItem)
    assert (before.expected_on, before.begins_on, before.settled) == (
        dt.date(2026, 12, 1),
        dt.date(2026, 6, 1),
        0,
    )
    set_release_check(desk, before.episode_id, HOUSING, CheckState.IN_PROGRESS)
    set_release_check(desk, before.episode_id, HOUSING, CheckState.DONE, "يعود إلى بيت الأسرة")
    set_release_check(desk, before.episode_id, MENTOR, CheckState.DONE, "خاله سالم")
    (after,) = release_lists(desk, office.case)
    lines = {line.item: line for line in after.checks}
    assert (lines[HOUSING].state, lines[HOUSING].note) == (CheckState.DONE, "يعود إلى بيت الأسرة")
    assert after.settled == 2
    with UnitOfWork(desk) as work:
        assert work.session.query(ReleaseCheck).count() == 2


def test_the_first_rows_of_two_machines_count_as_one_item(office) -> None:
    (stay,) = release_lists(office.desk(), office.case)
    for state in ("in_progress", "not_required"):
        office.add(ReleaseCheck(scope=SCOPE, episode_id=stay.episode_id, item="work", state=state))
    set_release_check(office.desk(), stay.episode_id, ReleaseItem.WORK, CheckState.DONE)
    (after,) = release_lists(office.desk(), office.case)
    assert {line.item: line.state for line in after.checks}[ReleaseItem.WORK] is CheckState.DONE
    assert after.settled == 1


@pytest.mark.parametrize(
    ("item", "state"), [(MENTOR, "done"), (HOUSING, "declined"), (HOUSING, "support_required")]
)
def test_a_mentor_has_a_name_and_a_refusal_its_words(office, item, state: str) -> None:
    (stay,) = release_lists(office.desk(), office.case)
    with pytest.raises(ReasonMissing):
        set_release_check(office.desk(), stay.episode_id, item, CheckState(state), "  ")


def test_who_may_not_see_custody_neither_sees_nor_fills_the_list(office) -> None:
    (stay,) = release_lists(office.desk(), office.case)
    assert release_lists(office.desk("office_admin"), office.case) == ()
    with pytest.raises(NotAllowed):
        set_release_check(office.desk("office_admin"), stay.episode_id, HOUSING, CheckState.DONE)
    with pytest.raises(NotAllowed):
        release_lists(office.desk("stranger"), office.case)


def test_what_is_not_here_is_said_to_be_missing(office) -> None:
    with pytest.raises(RecordMissing):
        release_lists(office.desk(), uuid.UUID(int=4))
    with pytest.raises(RecordMissing):
        set_release_check(office.desk(), uuid.UUID(int=4), HOUSING, CheckState.DONE)
    with pytest.raises(RecordMissing):
        case_chain(office.desk(), uuid.UUID(int=4))


def test_a_release_that_happened_needs_no_list(office) -> None:
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        stay.release_day, stay.status = dt.date(2026, 9, 1), "released"
    assert release_lists(office.desk(), office.case) == ()
    record_custody(office.desk(), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    chain = case_chain(office.desk(), office.case)
    assert [stay.is_return for stay in chain.stays] == [False, True]
    assert (chain.returns, chain.number, chain.state) == (1, "RYD-2026-12-00001-1", "study")
    assert case_chain(office.desk("office_admin"), office.case).stays == ()

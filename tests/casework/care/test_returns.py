"""A return to prison opens the case again and overwrites nothing."""

import datetime as dt

import pytest

from tarahum_desktop.casework.care.returns import RETURNED_TO_PRISON, note_return_to_custody
from tarahum_desktop.casework.register import NewStay, record_custody
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.models import Case, CaseMove, CustodyEpisode


def release(office, state: CaseState) -> None:
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        stay.status, stay.release_day = "released", dt.date(2026, 3, 1)
        case = work.session.get_one(Case, office.case)
        case.state, case.closed_on = state.value, dt.date(2026, 6, 1)


def case_of(office) -> Case:
    with UnitOfWork(office.desk()) as work:
        return work.session.get_one(Case, office.case)


@pytest.mark.parametrize("state", [CaseState.CLOSED_OTHER, CaseState.CLOSED_SUFFICIENCY])
@pytest.mark.parametrize("who", ["officer", "clerk"])
def test_a_new_stay_after_a_release_opens_the_closed_case(office, state: CaseState, who: str) -> None:
    release(office, state)
    record_custody(office.desk(who), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    assert (case_of(office).state, case_of(office).closed_on) == (CaseState.REOPENED, None)
    with UnitOfWork(office.desk()) as work:
        (move,) = work.session.query(CaseMove)
        stays = work.session.query(CustodyEpisode).order_by(CustodyEpisode.entry_day).all()
    assert (move.from_state, move.reason, move.moved_by) == (
        state,
        RETURNED_TO_PRISON,
        office.desk(who).user.id,
    )
    assert [(stay.entry, stay.status) for stay in stays] == [
        ("g2025-02-01", "released"),
        ("g2026-09-20", "detained"),
    ]


def test_a_second_stay_without_a_release_opens_nothing(office) -> None:
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).state = "closed_other"
    record_custody(office.desk(), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    assert case_of(office).state == CaseState.CLOSED_OTHER


def test_a_case_that_is_open_stays_where_it_is(office) -> None:
    release(office, CaseState.FOLLOW_UP)
    record_custody(office.desk(), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    assert case_of(office).state == CaseState.FOLLOW_UP


def test_an_older_closed_case_is_left_closed_beside_an_open_one(office) -> None:
    release(office, CaseState.CLOSED_OTHER)
    office.add(
        Case(
            scope="ryd", number="RYD-2026-12-00001-2", household_id=office.household, committee_code="ryd",
            state="study", restricted=False, opened_on=dt.date(2026, 8, 1),
        )
    )  # fmt: skip
    record_custody(office.desk(), office.prisoner, NewStay("detained", entry="g2026-09-20"))
    assert case_of(office).state == CaseState.CLOSED_OTHER


def test_a_released_person_who_is_not_inside_opens_nothing(office) -> None:
    release(office, CaseState.CLOSED_OTHER)
    with UnitOfWork(office.desk()) as work:
        assert note_return_to_custody(work.session, office.desk(), office.prisoner) is None

"""What is due follows from facts alone, the same on every machine."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.aftercare import AFTER_CARE_DAYS, STEPS, contacts_after
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.due_tasks import (
    CaseFacts,
    ContactFacts,
    ItemFacts,
    PersonFacts,
    StayFacts,
    TaskKind,
    months_after,
    tasks_of,
)
from tarahum_desktop.domain.release_plan import (
    SETTLED,
    CheckState,
    ReleaseItem,
    needs_note,
    preparation,
)
from tarahum_desktop.domain.vulnerability import AlertKind, adult_on, alerts_in_answers, may_be_minor

DAY = dt.date(2026, 9, 24)
IDS = st.uuids()
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2060, 1, 1))
OPEN = CaseFacts(CaseState.ACTIVE)
STAY, PERSON = uuid.UUID(int=5), uuid.UUID(int=6)


def some_id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def a_contact(step: str, done: dt.date | None = None, due: dt.date = DAY, number: int = 9) -> ContactFacts:
    return ContactFacts(some_id(number), "after_care", due, done, STAY, step, PERSON)


@given(DAYS)
def test_each_release_has_six_contacts_in_the_agreed_distances(day: dt.date) -> None:
    found = tasks_of(OPEN, stays=[StayFacts(STAY, PERSON, release_day=day)])
    assert [(task.due_on - day).days for task in found] == list(AFTER_CARE_DAYS)
    assert {task.kind for task in found} == {TaskKind.AFTER_CARE}


@given(DAYS, st.sets(st.sampled_from(sorted(STEPS))))
def test_exactly_the_contacts_nobody_recorded_are_due(day: dt.date, done: set[str]) -> None:
    contacts = [a_contact(step, DAY) for step in done]
    found = tasks_of(OPEN, stays=[StayFacts(STAY, PERSON, release_day=day)], contacts=contacts)
    assert {task.step for task in found} == set(STEPS) - done


@given(DAYS, st.lists(st.tuples(st.sampled_from(sorted(STEPS)), DAYS, st.none() | DAYS, IDS), max_size=12))
def test_contacts_recorded_on_two_machines_never_make_a_step_due_twice(day, rows) -> None:
    contacts = [ContactFacts(row, "after_care", due, done, STAY, step) for step, due, done, row in rows]
    found = tasks_of(OPEN, stays=[StayFacts(STAY, PERSON, release_day=day)], contacts=contacts)
    steps = [task.step for task in found]
    assert len(steps) == len(set(steps))
    assert found == tasks_of(OPEN, stays=[StayFacts(STAY, PERSON, release_day=day)], contacts=contacts[::-1])


def test_a_contact_put_off_is_due_on_its_new_day() -> None:
    later = a_contact("d7", due=dt.date(2026, 10, 20))
    found = tasks_of(OPEN, stays=[StayFacts(STAY, PERSON, release_day=DAY)], contacts=[later])
    (moved,) = [task for task in found if task.step == "d7"]
    assert (moved.due_on, moved.contact_id) == (later.due_on, later.id)


def test_a_return_to_prison_ends_the_contacts_of_the_stay_before() -> None:
    before = StayFacts(STAY, PERSON, release_day=DAY, latest=False)
    assert tasks_of(OPEN, stays=[before]) == ()


@given(st.sampled_from(sorted(CLOSED)), DAYS)
def test_a_closed_case_keeps_its_after_care_and_nothing_else(state: CaseState, day: dt.date) -> None:
    found = tasks_of(
        CaseFacts(state, day, day, day),
        contacts=[ContactFacts(some_id(1), "visit", day)],
        stays=[StayFacts(STAY, PERSON, release_day=day), StayFacts(some_id(2), PERSON, None, day)],
        items=[ItemFacts(some_id(3), PERSON, day)],
        people=[PersonFacts(PERSON, birth=day, told_by_other_on=day)],
    )
    assert {task.kind for task in found} == {TaskKind.AFTER_CARE}


def test_planned_contacts_are_due_on_their_day_until_they_are_done() -> None:
    planned = [ContactFacts(some_id(1), "visit", DAY), ContactFacts(some_id(2), "call", DAY, DAY)]
    (task,) = tasks_of(OPEN, contacts=planned)
    assert (task.kind, task.due_on, task.contact_id) == (TaskKind.VISIT, DAY, some_id(1))


def test_a_study_grows_old_after_a_year_and_a_rating_after_half() -> None:
    found = {
        task.kind: task.due_on
        for task in tasks_of(CaseFacts("active", last_study=DAY, last_rating=dt.date(2026, 8, 31)))
    }
    assert found == {TaskKind.STUDY: dt.date(2027, 9, 24), TaskKind.RATING: dt.date(2027, 2, 28)}


def test_a_rating_due_no_earlier_than_the_next_study_is_part_of_it() -> None:
    old = dt.date(2026, 1, 1)
    found = tasks_of(CaseFacts("active", last_study=old, last_rating=dt.date(2026, 9, 1)))
    assert [task.kind for task in found] == [TaskKind.STUDY]


@given(DAYS, st.integers(0, 48))
def test_months_ahead_and_back_meet_within_a_short_month(day: dt.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_returned_case_waits_a_week_and_any_other_does_not() -> None:
    (task,) = tasks_of(CaseFacts("returned", since=DAY))
    assert (task.kind, task.due_on) == (TaskKind.RETURNED, dt.date(2026, 10, 1))
    assert tasks_of(CaseFacts("approved", since=DAY)) == ()


def test_an_approved_service_should_be_delivered_in_two_weeks() -> None:
    (task,) = tasks_of(OPEN, items=[ItemFacts(some_id(1), PERSON, DAY), ItemFacts(some_id(2), PERSON, None)])
    assert (task.subject_id, task.due_on) == (some_id(1), dt.date(2026, 10, 8))


@given(DAYS, st.dictionaries(st.sampled_from(ReleaseItem), st.sampled_from(CheckState)))
def test_a_preparation_is_due_until_each_item_is_settled(day: dt.date, states) -> None:
    stay = StayFacts(
        STAY, PERSON, None, day, tuple((item.value, state.value) for item, state in states.items())
    )
    found = tasks_of(OPEN, stays=[stay])
    settled = len(states) == len(ReleaseItem) and set(states.values()) <= SETTLED
    assert bool(found) is not settled
    assert all(dt.timedelta(14) <= day - task.due_on <= dt.timedelta(183) for task in found)


def test_a_preparation_begun_is_due_two_weeks_before_the_release() -> None:
    assert preparation(DAY, []).due_on == DAY - dt.timedelta(183)
    begun = preparation(DAY, [("housing", "in_progress"), ("pets", "done"), ("work", "unheard_of")])
    assert (begun.due_on, begun.settled, begun.begun) == (DAY - dt.timedelta(14), 0, True)


@pytest.mark.parametrize(
    ("item", "state", "asked"),
    [
        ("mentor", "done", True),
        ("work", "done", False),
        ("work", "declined", True),
        ("housing", "support_required", True),
        ("housing", "not_started", False),
    ],
)
def test_an_answer_without_its_words_is_not_an_answer(item: str, state: str, *, asked: bool) -> None:
    assert needs_note(ReleaseItem(item), CheckState(state)) is asked


def test_a_released_stay_needs_no_preparation() -> None:
    stay = StayFacts(STAY, PERSON, DAY, DAY + dt.timedelta(30))
    assert {task.kind for task in tasks_of(OPEN, stays=[stay])} == {TaskKind.AFTER_CARE}


def test_consent_is_handed_over_at_eighteen_and_once_given_is_asked_no_more() -> None:
    child = PersonFacts(PERSON, birth=dt.date(2008, 10, 1), own_consent_on=dt.date(2026, 1, 1))
    (task,) = tasks_of(OPEN, people=[child])
    assert (task.kind, task.due_on) == (TaskKind.CONSENT_AT_18, dt.date(2026, 10, 1))
    grown = PersonFacts(PERSON, birth=dt.date(2008, 10, 1), own_consent_on=dt.date(2026, 10, 2))
    assert tasks_of(OPEN, people=[grown]) == ()


def test_people_are_told_within_thirty_days_what_others_said_of_them() -> None:
    absent = PersonFacts(PERSON, told_by_other_on=DAY)
    (task,) = tasks_of(OPEN, people=[absent])
    assert (task.kind, task.due_on) == (TaskKind.INFORM, dt.date(2026, 10, 24))
    told = ContactFacts(some_id(1), "inform", DAY, DAY, person_id=PERSON)
    assert tasks_of(OPEN, people=[absent], contacts=[told]) == ()
    put_off = ContactFacts(some_id(1), "inform", dt.date(2026, 11, 1), person_id=PERSON)
    (task,) = tasks_of(OPEN, people=[absent], contacts=[put_off])
    assert (task.due_on, task.contact_id) == (put_off.due_on, put_off.id)


def test_nobody_is_due_a_contact_after_the_last_day_of_the_calendar() -> None:
    assert contacts_after(dt.date(9999, 12, 20)) == (("d7", dt.date(9999, 12, 27)),)


@given(DAYS)
def test_who_came_of_age_is_no_minor_from_that_day_on(birth: dt.date) -> None:
    of_age = adult_on(birth)
    assert may_be_minor(birth, of_age - dt.timedelta(1))
    assert not may_be_minor(birth, of_age)
    assert not may_be_minor(None, of_age)


def test_risks_and_the_lowest_rating_of_mental_health_raise_alerts() -> None:
    assert alerts_in_answers(["domestic_violence", "return_risk"], {"housing": 1}) == {
        AlertKind.DOMESTIC_VIOLENCE
    }
    assert alerts_in_answers([], {"mental_health": 1}) == {AlertKind.SUICIDE_RISK}
    assert alerts_in_answers(["mental_crisis"], {"mental_health": None}) == {AlertKind.SUICIDE_RISK}
    assert alerts_in_answers(["child_without_carer"], {}) == {AlertKind.CHILD_WITHOUT_CARER}
    assert alerts_in_answers(["eviction_threat"], {"mental_health": 2}) == frozenset()

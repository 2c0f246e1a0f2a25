"""What is due in a case, decided from plain facts; nothing here is stored, so two machines never make it twice.

Sources: domain rules, sections 3 (life cycle, after-care, preparation), 5 (items 3 and 4: consent at majority, duty
to inform within 30 days) and 6 (study age, matrix every six months).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from tarahum_desktop.domain.aftercare import AFTER_CARE, contacts_after
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.eligibility import STUDY_MONTHS, months_before
from tarahum_desktop.domain.release_plan import preparation
from tarahum_desktop.domain.vulnerability import adult_on

RATING_MONTHS: Final = 6
DELIVER_WITHIN: Final = 14
COMPLETE_WITHIN: Final = 7
INFORM_WITHIN: Final = 30
"""Days (PDPL Implementing Regulation, article 4-3)."""


class TaskKind(StrEnum):
    """Why something is due."""

    VISIT = "visit"
    CONTACT = "contact"
    AFTER_CARE = "after_care"
    RELEASE_PLAN = "release_plan"
    STUDY = "study"
    RATING = "rating"
    DELIVERY = "delivery"
    RETURNED = "returned"
    CONSENT_AT_18 = "consent_at_18"
    INFORM = "inform"


RECORDED: Final = frozenset(
    {TaskKind.VISIT, TaskKind.CONTACT, TaskKind.AFTER_CARE, TaskKind.CONSENT_AT_18, TaskKind.INFORM}
)
"""Kinds that are done by saying so. The others are done by the work itself: a visit, a delivery, a checklist."""

_PERSONAL: Final = (TaskKind.CONSENT_AT_18, TaskKind.INFORM)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Where a case stands, and since when."""

    state: str
    since: dt.date | None = None
    last_study: dt.date | None = None
    last_rating: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A contact on record, planned or done; ``episode_id`` and ``step`` name the derived one it stands for."""

    id: UUID
    kind: str
    due_on: dt.date
    done_on: dt.date | None = None
    episode_id: UUID | None = None
    step: str | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay in custody with what was prepared for its end, as (item, state) pairs."""

    id: UUID
    person_id: UUID
    release_day: dt.date | None = None
    expected_release_day: dt.date | None = None
    checks: tuple[tuple[str, str], ...] = ()
    latest: bool = True


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An approved service that was not delivered."""

    id: UUID
    person_id: UUID
    decided_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody of the family: birth (middle of what is known), own consent, since when another's word is on record."""

    id: UUID
    birth: dt.date | None = None
    own_consent_on: dt.date | None = None
    told_by_other_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something due on a day. ``subject_id`` is the contact, stay, item or person it is about."""

    kind: TaskKind
    due_on: dt.date
    subject_id: UUID | None = None
    person_id: UUID | None = None
    contact_id: UUID | None = None
    step: str = ""


def tasks_of(
    case: CaseFacts,
    *,
    contacts: Iterable[ContactFacts] = (),
    stays: Iterable[StayFacts] = (),
    items: Iterable[ItemFacts] = (),
    people: Iterable[PersonFacts] = (),
) -> tuple[Task, ...]:
    """Everything open in one case, the earliest first; a closed case has nothing due, except after-care."""
    contacts, stays = tuple(contacts), tuple(stays)
    found = [*after_care_tasks(stays, contacts)]
    if case.state not in CLOSED:
        found += planned_tasks(contacts)
        found += case_tasks(case)
        found += [task for stay in stays if (task := release_task(stay)) is not None]
        found += [task for item in items if (task := delivery_task(item)) is not None]
        for person in people:
            found += person_tasks(person, contacts)
    return tuple(sorted(found, key=lambda task: (task.due_on, task.kind, str(task.subject_id), task.step)))


def planned_tasks(contacts: Iterable[ContactFacts]) -> list[Task]:
    """Contacts somebody planned for a day; those that stand for a derived task belong to it."""
    return [
        Task(
            TaskKind.VISIT if contact.kind == TaskKind.VISIT else TaskKind.CONTACT, contact.due_on, contact.id,
            contact.person_id, contact.id, contact.kind,
        )
        for contact in contacts
        if contact.done_on is None and contact.episode_id is None and contact.kind not in _PERSONAL
    ]  # fmt: skip


def after_care_tasks(stays: Iterable[StayFacts], contacts: Iterable[ContactFacts]) -> list[Task]:
    """The contacts after each release that nobody has recorded; a return to custody ends those of the stay before."""
    held: dict[tuple[UUID | None, str | None], list[ContactFacts]] = {}
    for contact in contacts:
        if contact.kind == AFTER_CARE and contact.episode_id is not None:
            held.setdefault((contact.episode_id, contact.step), []).append(contact)
    found = []
    for stay in stays:
        if stay.release_day is None or not stay.latest:
            continue
        for step, day in contacts_after(stay.release_day):
            rows = held.get((stay.id, step), [])
            if any(row.done_on is not None for row in rows):
                continue
            planned = min(rows, key=lambda row: (row.due_on, row.id), default=None)
            due = planned.due_on if planned else day
            found.append(
                Task(TaskKind.AFTER_CARE, due, stay.id, stay.person_id, planned.id if planned else None, step)
            )
    return found


def case_tasks(case: CaseFacts) -> list[Task]:
    """The study that grows old, the rating that is due, the returned case that waits."""
    found = []
    if case.last_study is not None:
        found.append(Task(TaskKind.STUDY, months_after(case.last_study, STUDY_MONTHS)))
    if case.last_rating is not None:
        due = months_after(case.last_rating, RATING_MONTHS)
        # A new study brings its own ratings: asked for on one day, it is one piece of work.
        if case.last_study is None or due < months_after(case.last_study, STUDY_MONTHS):
            found.append(Task(TaskKind.RATING, due))
    if case.state == CaseState.RETURNED and case.since is not None:
        found.append(Task(TaskKind.RETURNED, case.since + dt.timedelta(COMPLETE_WITHIN)))
    return found


def release_task(stay: StayFacts) -> Task | None:
    """The preparation of a release that is not complete."""
    if stay.release_day is not None or stay.expected_release_day is None:
        return None
    prepared = preparation(stay.expected_release_day, stay.checks)
    if prepared.complete:
        return None
    return Task(TaskKind.RELEASE_PLAN, prepared.due_on, stay.id, stay.person_id)


def delivery_task(item: ItemFacts) -> Task | None:
    """An approved service should reach its person within two weeks."""
    if item.decided_on is None:
        return None
    return Task(TaskKind.DELIVERY, item.decided_on + dt.timedelta(DELIVER_WITHIN), item.id, item.person_id)


def person_tasks(person: PersonFacts, contacts: Iterable[ContactFacts]) -> list[Task]:
    """Consent handed over at majority, and the duty to tell people what others said about them."""
    rows = {
        kind: [row for row in contacts if row.kind == kind and row.person_id == person.id]
        for kind in _PERSONAL
    }
    found = []
    if person.birth is not None:
        comes_of_age = adult_on(person.birth)
        if person.own_consent_on is None or person.own_consent_on < comes_of_age:
            found += _personal(TaskKind.CONSENT_AT_18, comes_of_age, person, rows[TaskKind.CONSENT_AT_18])
    if person.told_by_other_on is not None and person.own_consent_on is None:
        due = person.told_by_other_on + dt.timedelta(INFORM_WITHIN)
        found += _personal(TaskKind.INFORM, due, person, rows[TaskKind.INFORM])
    return found


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or that month's last day when it is shorter."""
    return months_before(day, -months)


def _personal(kind: TaskKind, due: dt.date, person: PersonFacts, rows: list[ContactFacts]) -> list[Task]:
    if any(row.done_on is not None for row in rows):
        return []
    planned = min(rows, key=lambda row: (row.due_on, row.id), default=None)
    day, contact = (planned.due_on, planned.id) if planned else (due, None)
    return [Task(kind, day, person.id, person.id, contact)]

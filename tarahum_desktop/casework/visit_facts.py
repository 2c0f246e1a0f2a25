"""What a visit taught about the family: the home, its people, who belongs to it, time in custody.

Only what was answered changes anything; an answer left out says nothing about the fact.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER
from tarahum_desktop.casework.person_facts import change_person, new_person
from tarahum_desktop.casework.register import HEAD_RELATION
from tarahum_desktop.casework.same_person import name_parts, row_uuid
from tarahum_desktop.casework.temporary_keys import temporary_key
from tarahum_desktop.casework.visit_custody import learn_custody, new_prisoner
from tarahum_desktop.casework.visit_people import VisitPeople
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.rule_dates import last_day
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.identifiers import check_short_address
from tarahum_desktop.models import Membership, Person
from tarahum_desktop.models.ids import new_id

_NO_DOCUMENT: Final = "none"
STILL_OF_THE_FAMILY: Final = "in_custody"
"""Who went to prison lives elsewhere and still belongs to the family: the work is for both."""


def learn_home(sitting: Sitting) -> None:
    """Address and dwelling."""
    home, answers = sitting.home, sitting.answers
    _set(home, _renamed(answers.values, HOME))
    if isinstance(address := answers.get("short_address"), str):
        home.short_address = check_short_address(address).value
    position = answers.get("gps")
    if isinstance(position, Mapping):
        _set(home, {"latitude_e6": position.get("lat"), "longitude_e6": position.get("lon")})


def learn_people(sitting: Sitting, people: VisitPeople) -> None:
    """The head, the members by their rows, who left and why, and the one in custody."""
    _learn_head(sitting, people)
    for row in sitting.answers.rows("members"):
        _learn_member(sitting, people, row)
    for row in sitting.answers.rows("members_left"):
        _learn_leaving(sitting, people, row)
    prisoner = new_prisoner(sitting.answers, people.persons.values())
    if prisoner is not None and prisoner.known is None:
        person = _register(sitting, people, prisoner.entered, prisoner.relation, resident=False)
        people.by_row[prisoner.code] = person.id
    elif prisoner is not None and prisoner.known is not None:
        people.by_row[prisoner.code] = prisoner.known
    learn_custody(sitting, people)


def _learn_head(sitting: Sitting, people: VisitPeople) -> None:
    values = sitting.answers.values
    entered = _renamed(values, HEAD)
    number = values.get("id_number") or values.get("other_id_number")
    if number:
        entered["id_number"] = number
    head = people.persons.get(people.head_id) if people.head_id else None
    if head is not None:
        change_person(head, entered)
        return
    head = _register(sitting, people, entered, HEAD_RELATION, resident=True)
    people.head_id = sitting.home.head_person_id = head.id


def _learn_member(sitting: Sitting, people: VisitPeople, row: Row) -> None:
    entered = _renamed(row.values, MEMBER)
    name = name_parts(row.get("m_name"))
    entered |= {
        "first_name": name.first, "father_name": name.father, "grandfather_name": name.grandfather,
        "family_name": name.family,
    }  # fmt: skip
    relation, resident = str(row.get("m_relation") or "other"), row.get("m_resident") is True
    person = people.on_record(row)
    if person is not None and person.id == people.head_id:
        people.by_row[row.id] = (
            person.id
        )  # the head, entered once more: the head's own section says who that is
        return
    if person is None:
        person = _register(sitting, people, entered, relation, resident=resident, wanted=row_uuid(row))
    else:
        change_person(person, entered)
        _belongs(sitting, people, person.id, relation, resident=resident)
    people.by_row[row.id] = person.id


def _belongs(
    sitting: Sitting, people: VisitPeople, person_id: uuid.UUID, relation: str, *, resident: bool
) -> None:
    """Bring the membership up to date; who left and is back begins another, so that both times stay known."""
    membership = people.memberships.get(person_id)
    if membership is None:
        return
    if membership.last_day is None or membership.last_day >= sitting.visited_on:
        _set(membership, {"relation": relation, "resident": resident, "last_day": None, "end_reason": None})
        return
    again = _membership(sitting, person_id, relation, resident=resident)
    sitting.session.add(again)
    people.memberships[person_id] = again


def _learn_leaving(sitting: Sitting, people: VisitPeople, row: Row) -> None:
    """End a membership on the day that was said; nobody is deleted."""
    person_id = row_uuid(row)
    membership = None if person_id is None else people.memberships.get(person_id)
    if membership is None or membership.last_day is not None:
        return
    reason = str(row.get("left_reason") or "")
    if reason == STILL_OF_THE_FAMILY:
        membership.resident = False
        return
    _set(membership, {"last_day": _left_on(sitting, row), "end_reason": reason})


def _left_on(sitting: Sitting, row: Row) -> dt.date:
    """The last day the answer may stand for, never after the visit that learned of it."""
    said = last_day(str(row.get("left_on") or ""))
    return sitting.visited_on if said is None else min(sitting.visited_on, said)


def _register(
    sitting: Sitting,
    people: VisitPeople,
    entered: Mapping[str, Any],
    relation: str,
    *,
    resident: bool,
    wanted: uuid.UUID | None = None,
) -> Person:
    """``wanted`` is the id of the row somebody new is entered in: it becomes theirs, so that the next visit's row is too."""
    person, _warnings = new_person(sitting.home.scope, entered)
    if person.id_kind == _NO_DOCUMENT:
        desk, home = sitting.desk, sitting.home
        person.temporary_key = temporary_key(sitting.session.connection(), desk.replica, home.committee_code)
    free = wanted is not None and sitting.session.get(Person, wanted) is None
    person.id = wanted if free and wanted is not None else new_id()
    membership = _membership(sitting, person.id, relation, resident=resident)
    sitting.session.add_all((person, membership))
    people.persons[person.id] = person
    people.memberships[person.id] = membership
    return person


def _membership(sitting: Sitting, person_id: uuid.UUID, relation: str, *, resident: bool) -> Membership:
    return Membership(
        scope=sitting.home.scope, household_id=sitting.home.id, person_id=person_id, relation=relation,
        resident=resident, first_day=sitting.visited_on,
    )  # fmt: skip


def _renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {column: values[code] for code, column in names.items() if values.get(code) is not None}


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)

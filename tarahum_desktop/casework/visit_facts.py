"""What a visit taught about the family: the home, its people, who belongs to it, time in custody.

Only what was answered changes anything; an answer left out says nothing about the fact.
"""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER, STAY
from tarahum_desktop.casework.person_facts import change_person, date_range, new_person
from tarahum_desktop.casework.register import HEAD_RELATION, first_day, last_day
from tarahum_desktop.casework.same_person import name_parts, row_uuid
from tarahum_desktop.casework.visit_people import VisitPeople
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.identifiers import check_short_address
from tarahum_desktop.models import CustodyEpisode, Membership, Person
from tarahum_desktop.models.ids import new_id

_STAY_DAYS: Final = {
    "entry": "entry_day",
    "expected_release": "expected_release_day",
    "release": "release_day",
}


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
    """The head, the members by their rows, and the one in custody."""
    _learn_head(sitting, people)
    for row in sitting.answers.rows("members"):
        _learn_member(sitting, people, row)
    _learn_custody(sitting, people)


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
        membership = people.memberships.get(person.id)
        if membership is not None:
            _set(membership, {"relation": relation, "resident": resident})
    people.by_row[row.id] = person.id


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
    free = wanted is not None and sitting.session.get(Person, wanted) is None
    person.id = wanted if free and wanted is not None else new_id()
    membership = Membership(
        scope=sitting.home.scope, household_id=sitting.home.id, person_id=person.id, relation=relation,
        resident=resident, first_day=sitting.visited_on,
    )  # fmt: skip
    sitting.session.add_all((person, membership))
    people.persons[person.id] = person
    people.memberships[person.id] = membership
    return person


def _learn_custody(sitting: Sitting, people: VisitPeople) -> None:
    """The stay the visit speaks of: the last one, unless the entry lies after its release (a return to prison)."""
    values = sitting.answers.values
    person_id = (
        people.head_id
        if values.get("inmate_relation") == "self"
        else people.named(values.get("inmate_person"))
    )
    found = _renamed(values, STAY)
    if person_id is None or "status" not in found:
        return  # without consent to criminal data only the relation is known
    for name, day_name in _STAY_DAYS.items():
        code = found.get(name)
        if isinstance(code, str) and date_range(code):
            found[day_name] = first_day(code) if name == "entry" else last_day(code)
    query = (
        select(CustodyEpisode)
        .where(CustodyEpisode.person_id == person_id, CustodyEpisode.removed_at.is_(None))
        .order_by(CustodyEpisode.entry_day.desc(), CustodyEpisode.id.desc())
        .limit(1)
    )
    last = sitting.session.scalars(query).one_or_none()
    if last is None or _is_return(last, found):
        scope = sitting.home.scope
        sitting.session.add(CustodyEpisode(id=new_id(), scope=scope, person_id=person_id, **found))
        return
    _set(last, found)


def _is_return(last: CustodyEpisode, found: Mapping[str, Any]) -> bool:
    entered = found.get("entry_day")
    return last.release_day is not None and entered is not None and entered > last.release_day


def _renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {column: values[code] for code, column in names.items() if values.get(code) is not None}


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)

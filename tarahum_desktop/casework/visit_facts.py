"""What a visit taught about the family: the home, its people, who belongs to it, time in custody.

Only what was answered changes anything; an answer left out says nothing about the fact.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.person_facts import change_person, date_range, new_person
from tarahum_desktop.casework.register import HEAD_RELATION, first_day, last_day
from tarahum_desktop.casework.visit_people import VisitPeople, name_parts
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.domain.identifiers import check_short_address
from tarahum_desktop.models import CustodyEpisode, Membership, Person
from tarahum_desktop.models.ids import new_id

_HOME: Final[Mapping[str, str]] = {
    "district": "place_code", "neighbourhood": "district", "directions": "directions", "environment": "environment",
    "tenure": "tenure", "house_type": "house_type", "rooms": "rooms", "house_condition": "house_condition",
    "annual_rent": "annual_rent_halalas",
}  # fmt: skip
_HEAD: Final[Mapping[str, str]] = {
    "head_first": "first_name", "head_father": "father_name", "head_grandfather": "grandfather_name",
    "head_family": "family_name", "id_type": "id_kind", "id_seen": "id_seen", "id_none_reason": "no_id_reason",
    "birth": "birth", "gender": "gender", "nationality": "nationality", "marital": "marital", "mobile": "mobile",
    "mobile_alt": "mobile_alt", "contact_pref": "contact_preference",
}  # fmt: skip
_MEMBER: Final[Mapping[str, str]] = {
    "m_birth": "birth", "m_gender": "gender", "m_education": "education", "m_enrolled": "enrolment",
    "m_id": "id_number", "m_id_reason": "no_id_reason", "m_marital": "marital", "m_work": "work",
}  # fmt: skip
_STAY: Final[Mapping[str, str]] = {
    "facility": "facility_code", "inmate_no": "inmate_number", "custody_status": "status", "case_class": "case_class",
    "right_type": "right_type", "claims_total": "claims_halalas", "times_in_prison": "times_before",
    "was_breadwinner": "was_breadwinner", "contact_freq": "contact_frequency", "release_type": "release_type",
    "entry_date": "entry", "expected_release": "expected_release", "release_date": "release",
}  # fmt: skip
_STAY_DAYS: Final = {
    "entry": "entry_day",
    "expected_release": "expected_release_day",
    "release": "release_day",
}


def learn_home(sitting: Sitting) -> None:
    """Address and dwelling."""
    home, answers = sitting.home, sitting.answers
    _set(home, _renamed(answers.values, _HOME))
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
    entered = _renamed(values, _HEAD)
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
    entered = _renamed(row.values, _MEMBER)
    name = name_parts(row.get("m_name"))
    entered |= {
        "first_name": name.first, "father_name": name.father, "grandfather_name": name.grandfather,
        "family_name": name.family,
    }  # fmt: skip
    relation, resident = str(row.get("m_relation") or "other"), row.get("m_resident") is True
    person = people.on_record(row)
    if person is None:
        person = _register(sitting, people, entered, relation, resident=resident)
    else:
        change_person(person, entered)
        membership = people.memberships.get(person.id)
        if membership is not None:
            _set(membership, {"relation": relation, "resident": resident})
    people.by_row[row.id] = person.id


def _register(
    sitting: Sitting, people: VisitPeople, entered: Mapping[str, Any], relation: str, *, resident: bool
) -> Person:
    person, _warnings = new_person(sitting.home.scope, entered)
    person.id = new_id()
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
    found = _renamed(values, _STAY)
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

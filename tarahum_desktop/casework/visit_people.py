"""Whom the answers of a visit speak of: the people on record, and those met for the first time."""

import uuid
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import select

from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names
from tarahum_desktop.models import Membership, Person

HEAD = "head"
HOUSEHOLD = "household"


@dataclass
class VisitPeople:
    """The household's people by id, their memberships, and the person each row of the form turned out to be."""

    persons: dict[uuid.UUID, Person]
    memberships: dict[uuid.UUID, Membership]
    head_id: uuid.UUID | None
    by_row: dict[str, uuid.UUID] = field(default_factory=dict)

    @classmethod
    def known(cls, sitting: Sitting) -> Self:
        """The people on record in the household now."""
        session, home = sitting.session, sitting.home
        query = (
            select(Membership, Person)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.household_id == home.id, Membership.removed_at.is_(None))
            .order_by(Membership.last_day.is_(None), Membership.id)
        )
        found = session.execute(query).all()
        persons = {person.id: person for _membership, person in found}
        memberships = {membership.person_id: membership for membership, _person in found}
        if home.head_person_id and home.head_person_id not in persons:
            head = session.get(Person, home.head_person_id)
            persons |= {head.id: head} if head else {}
        return cls(persons, memberships, home.head_person_id)

    def on_record(self, row: Row) -> Person | None:
        """The person a row of the form is about: by the row's id, the identity number, or the same name."""
        by_id = _uuid(row.id)
        if by_id is not None and by_id in self.persons:
            return self.persons[by_id]
        taken = set(self.by_row.values()) | {self.head_id}
        others = [person for person in self.persons.values() if person.id not in taken]
        number = row.get("m_id")
        if isinstance(number, str) and number:
            value = check_person_id(number).value
            if (same := next((one for one in others if one.id_number == value), None)) is not None:
                return same
        name = name_parts(row.get("m_name"))
        return next((one for one in others if self._may_be(one, name, number)), None)

    def named(self, code: Value) -> uuid.UUID | None:
        """The person an answer names: the head, the household (its head), a row of the form, or a person's id."""
        if code in (HEAD, HOUSEHOLD):
            return self.head_id
        if not isinstance(code, str):
            return None
        if code in self.by_row:
            return self.by_row[code]
        person_id = _uuid(code)
        return person_id if person_id in self.persons else None

    @staticmethod
    def _may_be(person: Person, name: NameParts, number: Value) -> bool:
        if number and person.id_number:
            return False  # two numbers that differ are two people, whatever their names
        known = NameParts(
            person.first_name, person.father_name or "", person.grandfather_name or "", person.family_name
        )
        return bool(name.first) and compare_names(known, name) is NameMatch.MATCH


def name_parts(value: Value) -> NameParts:
    """A four-part name answer."""
    if not isinstance(value, dict):
        return NameParts("")
    return NameParts(*(str(value.get(part) or "") for part in ("first", "father", "grandfather", "family")))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None

"""Whom the answers of a visit speak of: the people on record, and those met for the first time."""

import functools
import uuid
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Select, bindparam, select

from tarahum_desktop.casework.same_person import as_uuid, find_person, row_uuid
from tarahum_desktop.casework.visit_rows import Sitting
from tarahum_desktop.domain.forms.values import Row, Value
from tarahum_desktop.models import Membership, Person

HEAD = "head"
HOUSEHOLD = "household"


@dataclass
class VisitPeople:
    """The household's people by id, their memberships, and the person each row of the form turned out to be.

    ``claimed`` are those whom a row names by id: whatever the order of the rows, no other row takes them by name alone.
    """

    persons: dict[uuid.UUID, Person]
    memberships: dict[uuid.UUID, Membership]
    head_id: uuid.UUID | None
    by_row: dict[str, uuid.UUID] = field(default_factory=dict)
    claimed: frozenset[uuid.UUID] = frozenset()

    @classmethod
    def known(cls, sitting: Sitting) -> Self:
        """The people on record in the household now."""
        session, home = sitting.session, sitting.home
        found = session.execute(_members_query(), {"household": home.id}).all()
        persons = {person.id: person for _membership, person in found}
        memberships = {membership.person_id: membership for membership, _person in found}
        if home.head_person_id and home.head_person_id not in persons:
            head = session.get(Person, home.head_person_id)
            persons |= {head.id: head} if head else {}
        named = {row_uuid(row) for row in sitting.answers.rows("members")} - {None}
        if gone := named - persons.keys():  # left while the draft was open
            elsewhere = select(Person).where(Person.id.in_(gone), Person.scope == home.scope)
            persons |= {person.id: person for person in session.scalars(elsewhere)}
        claimed = frozenset(one for one in named if one in persons)
        return cls(persons, memberships, home.head_person_id, claimed=claimed)

    def on_record(self, row: Row) -> Person | None:
        """The person a row of the form is about; None for somebody met for the first time."""
        spoken_of = self.claimed | set(self.by_row.values())
        found: Person | None = find_person(row, self.persons.values(), self.head_id, spoken_of)
        return found

    def named(self, code: Value) -> uuid.UUID | None:
        """The person an answer names: the head, the household (its head), a row of the form, or a person's id."""
        if code in (HEAD, HOUSEHOLD):
            return self.head_id
        if not isinstance(code, str):
            return None
        if code in self.by_row:
            return self.by_row[code]
        person_id = as_uuid(code)
        return person_id if person_id in self.persons else None


@functools.cache
def _members_query() -> Select[Membership, Person]:
    return (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id == bindparam("household"), Membership.removed_at.is_(None))
        .order_by(Membership.last_day.is_(None), Membership.id)
    )

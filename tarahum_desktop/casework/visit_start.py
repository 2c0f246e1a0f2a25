"""What a visit begins with: the family as it is on record, over what the last visit said that lasts.

Everything here becomes an ordinary answer of the draft, to be changed or cleared. What an officer confirms by their
own eyes (the identity document, the proof of income) is asked anew, as are consents, signatures and ratings.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER, NAME, NUMBERED, STAY
from tarahum_desktop.casework.same_person import find_person
from tarahum_desktop.domain.case_states import CLOSED
from tarahum_desktop.domain.forms.answers import Answers, read_answers
from tarahum_desktop.domain.forms.compare import carry_over
from tarahum_desktop.domain.forms.model import DataClass, Field, FieldType, FormDocument
from tarahum_desktop.domain.forms.values import Row, Value, is_empty
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case, CustodyEpisode, Membership, Person, Visit
from tarahum_desktop.models.types import canonical_json

_CASE: Any = Case.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_STAY: Any = CustodyEpisode.__table__
_VISIT: Any = Visit.__table__
_CONFIRMED_ANEW: Final = ("id_seen", "inc_verified", "inmate_stay", "members_left")
_OF_ONE_STAY: Final = (*STAY, "sentence")
_ABOUT_CUSTODY: Final = ("inmate_person", "inmate_relation", *_OF_ONE_STAY)
_SEEN_BY: Final[Mapping[DataClass, Action]] = {
    DataClass.HEALTH: Action.VIEW_HEALTH,
    DataClass.CRIMINAL: Action.VIEW_CRIMINAL,
    DataClass.CREDIT: Action.VIEW_CREDIT,
}
_UNKNOWN: Final = "unknown"
_KIN: Final[Mapping[str, tuple[str, str]]] = {
    "self": ("self", "self"), "spouse": ("other", "wife"), "son": ("father", "mother"),
    "daughter": ("father", "mother"), "father": ("child", "child"), "mother": ("child", "child"),
    "brother": ("sibling", "sibling"), "sister": ("sibling", "sibling"),
}  # fmt: skip
"""What a man, or a woman, at the head is to the prisoner, by what the prisoner is to the head."""


def first_answers(desk: Desk, connection: Connection, home: Any, document: FormDocument) -> Answers:
    """The answers a new draft begins with; ``home`` is the household's row."""
    return _Start(desk, connection, home, document).answers()


@dataclass(frozen=True, slots=True)
class LastDone:
    """The household's last completed visit: where it lies, when it was, what was answered."""

    scope: str
    visited_on: dt.date
    answers: Answers


def last_done(connection: Connection, household_id: uuid.UUID) -> LastDone | None:
    """The household's last completed visit; None when there was none."""
    query = (
        select(_VISIT.c.scope, _VISIT.c.visited_on, _VISIT.c.answers)
        .where(
            _VISIT.c.household_id == household_id,
            _VISIT.c.outcome == "done",
            _VISIT.c.removed_at.is_(None),
        )
        .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return LastDone(row.scope, row.visited_on, read_answers(canonical_json(row.answers).encode()))


class _Start:
    """One reading of one family's record, by one person, for one form."""

    def __init__(self, desk: Desk, connection: Connection, home: Any, document: FormDocument) -> None:
        self._connection, self._home, self._document = connection, home, document
        own = connection.scalar(_open_case_officer(home.id)) == desk.user.id
        self._closed = {
            kind for kind, action in _SEEN_BY.items() if not desk.may(action, home.scope, own=own)
        }
        last = last_done(connection, home.id)
        readable = last is not None and desk.may(Action.VIEW_CASE, last.scope)
        self._before = last.answers if last is not None and readable else Answers(document.key)
        self._people = self._read_people(desk)

    def answers(self) -> Answers:
        found: dict[str, Value] = dict(carry_over(self._document, self._before).values)
        found |= self._head() | _taken(self._home, HOME)
        found |= {"short_address": self._home.short_address, "members": self._members()}
        self._put_custody(found)
        return Answers(self._document.key, self._usable(found))

    def _read_people(self, desk: Desk) -> list[Any]:
        """The head and everybody who belongs or belonged to the household; ``present`` says who does today."""
        present = or_(_MEMBER.c.last_day.is_(None), _MEMBER.c.last_day >= desk.today())
        query = (
            select(_PERSON, _MEMBER.c.relation, _MEMBER.c.resident, present.label("present"))
            .outerjoin(
                _MEMBER,
                (_MEMBER.c.person_id == _PERSON.c.id)
                & (_MEMBER.c.household_id == self._home.id)
                & _MEMBER.c.removed_at.is_(None),
            )
            .where(
                or_(_MEMBER.c.id.is_not(None), _PERSON.c.id == self._home.head_person_id),
                _PERSON.c.removed_at.is_(None),
            )
            .order_by(
                present.desc(), _PERSON.c.birth_first.is_(None), _PERSON.c.birth_first, _MEMBER.c.id.desc()
            )
        )
        people: dict[uuid.UUID, Any] = {}
        for row in self._connection.execute(query):
            people.setdefault(row.id, row)  # who left and came back counts as present
        return list(people.values())

    def _head(self) -> dict[str, Value]:
        head = next((one for one in self._people if one.id == self._home.head_person_id), None)
        if head is None:
            return {}
        found = _taken(head, HEAD)
        if head.id_kind == "none" and not head.no_id_reason:
            found.pop("id_type")  # nobody said so: a file opened without a number begins like this
        if head.id_number:
            found["id_number" if head.id_kind in NUMBERED else "other_id_number"] = head.id_number
        return found

    def _members(self) -> tuple[Row, ...]:
        """One row a person, under the person's own id; what only the form knows comes from the last visit's row."""
        others = [one for one in self._people if one.id != self._home.head_person_id]
        before: dict[uuid.UUID, Row] = {}
        for row in self._before.rows("members"):
            known = find_person(row, others, self._home.head_person_id, before.keys())
            if known is not None:
                before.setdefault(known.id, row)
        return tuple(_member_row(one, before.get(one.id)) for one in others if one.present)

    def _put_custody(self, found: dict[str, Value]) -> None:
        if DataClass.CRIMINAL in self._closed:
            for code in _ABOUT_CUSTODY:
                found.pop(code, None)
            return
        query = (
            select(_STAY)
            .where(_STAY.c.person_id.in_([one.id for one in self._people]), _STAY.c.removed_at.is_(None))
            .order_by(_STAY.c.release_day.is_not(None), _STAY.c.entry_day.desc(), _STAY.c.id.desc())
            .limit(1)
        )
        stay = self._connection.execute(query).one_or_none()
        if stay is None:
            return
        same_person = found.get("inmate_person") == str(stay.person_id)
        if not same_person or found.get("entry_date") != stay.entry:
            for code in _OF_ONE_STAY:
                found.pop(code, None)
        found |= _taken(stay, STAY)
        if not same_person or is_empty(found.get("inmate_relation")):
            found |= {"inmate_person": str(stay.person_id), "inmate_relation": self._kin(stay.person_id)}

    def _kin(self, prisoner: uuid.UUID) -> str | None:
        """What the head is to the prisoner; None when the record does not tell."""
        head_id = self._home.head_person_id
        if prisoner == head_id:
            return "self"
        people = {one.id: one for one in self._people}
        gender = people[head_id].gender if head_id in people else _UNKNOWN
        if gender not in {"male", "female"}:
            return None
        return _KIN.get(people[prisoner].relation, (None, None))[gender == "female"]

    def _usable(self, found: Mapping[str, Value]) -> dict[str, Value]:
        """What this form can hold, this person may see, and nobody has to confirm anew."""
        usable: dict[str, Value] = {}
        for section in self._document.sections:
            if section.data_class in self._closed:
                continue
            for field in section.fields:
                value = found.get(field.code)
                if field.code in _CONFIRMED_ANEW or not self._fits(field, value):
                    continue
                usable[field.code] = self._usable_rows(field, value) if field.columns else value
        return usable

    def _usable_rows(self, group: Field, rows: Value) -> tuple[Row, ...]:
        return tuple(
            Row(row.id, {c.code: row.get(c.code) for c in group.columns if self._fits(c, row.get(c.code))})
            for row in (rows if isinstance(rows, tuple) else ())
            if isinstance(row, Row)
        )

    def _fits(self, field: Field, value: Value) -> bool:
        if is_empty(value) or (value == _UNKNOWN and field.type is FieldType.LOOKUP):
            return False
        if field.type is FieldType.PHOTO:
            return False  # a picture shows the home as it was on the day of its own visit
        known = field.type is not FieldType.CHOICE or field.option(str(value)) is not None
        return known and field.data_class not in self._closed


def _member_row(person: Any, before: Row | None) -> Row:
    values = dict(before.values) if before is not None else {}
    values |= _taken(person, MEMBER) | {"m_name": _taken(person, NAME)}
    if person.id_kind not in NUMBERED:
        values.pop("m_id", None)
    return Row(str(person.id), values | {"m_relation": person.relation, "m_resident": person.resident})


def _taken(row: Any, names: Mapping[str, str]) -> dict[str, Value]:
    """Answers by code from the columns of a row that say something."""
    found = {code: getattr(row, column) for code, column in names.items()}
    return {code: value for code, value in found.items() if not is_empty(value)}


def _open_case_officer(household_id: uuid.UUID) -> Any:
    return (
        select(_CASE.c.officer_id)
        .where(
            _CASE.c.household_id == household_id,
            _CASE.c.state.not_in([state.value for state in CLOSED]),
            _CASE.c.removed_at.is_(None),
        )
        .order_by(_CASE.c.id.desc())
        .limit(1)
    )

"""What an approved correction changes on record: only facts that still say what the visit had said.

A fact that a later visit or another desk changed since is newer knowledge, and a correction of an older visit must not
undo it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.amending.changes import AnswerChange
from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER, NAME, STAY
from tarahum_desktop.casework.person_facts import change_person, date_range, new_person
from tarahum_desktop.casework.register import first_day, last_day
from tarahum_desktop.casework.same_person import as_uuid, find_person, name_parts
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.values import Row, Value, is_number
from tarahum_desktop.domain.identifiers import check_mobile, check_person_id, check_short_address
from tarahum_desktop.models import CustodyEpisode, Household, MatrixRating, Membership, Person
from tarahum_desktop.models.ids import new_id

MISTAKE: Final = "mistake"
_STAY_DAYS: Final = {
    "entry": "entry_day",
    "expected_release": "expected_release_day",
    "release": "release_day",
}
_NORMAL: Final[Mapping[str, Any]] = {
    "id_number": lambda text: check_person_id(text).value,
    "mobile": lambda text: check_mobile(text).value,
    "mobile_alt": lambda text: check_mobile(text).value,
    "short_address": lambda text: check_short_address(text).value,
}


def carry_into_facts(
    session: Session,
    visit: Any,
    answers: tuple[Answers, Answers],
    changes: tuple[AnswerChange, ...],
    now: dt.datetime,
) -> int:
    """Bring home, people, custody and ratings after a correction; returns how many columns changed.

    ``answers`` are those before and after the correction; ``now`` is the moment of the decision.
    """
    home = session.get(Household, visit.household_id)
    if home is None:
        return 0
    carrying = _Carrying(session, visit, home, answers, now)
    return sum(carrying.one(change) for change in changes)


class _Carrying:
    """One correction being carried into the record."""

    def __init__(
        self,
        session: Session,
        visit: Any,
        home: Household,
        answers: tuple[Answers, Answers],
        now: dt.datetime,
    ) -> None:
        self._session, self._visit, self._home, self._now = session, visit, home, now
        self._before, self._after = answers
        members = session.execute(
            select(Membership, Person)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.household_id == home.id, Membership.removed_at.is_(None))
            .order_by(Membership.last_day.is_(None), Membership.id)
        ).all()
        self._people = {person.id: person for _membership, person in members}
        self._memberships = {membership.person_id: membership for membership, _person in members}

    def one(self, change: AnswerChange) -> int:
        """Carry one change; how many columns followed."""
        path = change.path
        if path.code == "members" and path.row_id:
            return self._member(change)
        if path.code in HOME or path.code == "short_address":
            return self._set(self._home, HOME.get(path.code, path.code), change.before, change.after)
        if path.code in HEAD or path.code in ("id_number", "other_id_number"):
            head = self._session.get(Person, self._home.head_person_id) if self._home.head_person_id else None
            column = HEAD.get(path.code, "id_number")
            return 0 if head is None else self._set_person(head, column, change.before, change.after)
        if path.code in STAY:
            return self._stay(change)
        if path.code == "ssm":
            return self._ratings(change)
        return 0

    def _member(self, change: AnswerChange) -> int:
        path = change.path
        row = self._before.row("members", path.row_id) or self._after.row("members", path.row_id)
        person = None if row is None else self._person_of(row)
        if not path.column:
            return self._come_or_go(change, person)
        if person is None:
            return 0
        if path.column in ("m_relation", "m_resident"):
            membership = self._memberships.get(person.id)
            column = path.column.removeprefix("m_")
            return 0 if membership is None else self._set(membership, column, change.before, change.after)
        if path.column == "m_name":
            return self._name(person, change)
        column = MEMBER.get(path.column, "")
        return self._set_person(person, column, change.before, change.after) if column else 0

    def _name(self, person: Person, change: AnswerChange) -> int:
        old = change.before if isinstance(change.before, Mapping) else {}
        new = change.after if isinstance(change.after, Mapping) else {}
        return sum(
            self._set_person(person, column, old.get(part), new.get(part))
            for part, column in NAME.items()
            if old.get(part) != new.get(part)
        )

    def _come_or_go(self, change: AnswerChange, person: Person | None) -> int:
        """A row that was forgotten joins the household from the visit on; a row that was wrong left by mistake."""
        if change.after is None:
            membership = None if person is None else self._memberships.get(person.id)
            if membership is None or membership.last_day is not None:
                return 0
            membership.last_day, membership.end_reason = self._visit.visited_on, MISTAKE
            return 1
        row = self._after.row("members", change.path.row_id)
        if person is not None or row is None:
            return 0
        name = name_parts(row.get("m_name"))
        entered = {column: row.get(code) for code, column in MEMBER.items()} | {
            "first_name": name.first, "father_name": name.father, "grandfather_name": name.grandfather,
            "family_name": name.family,
        }  # fmt: skip
        made, _warnings = new_person(self._home.scope, entered)
        made.id = new_id()
        self._session.add_all(
            (
                made,
                Membership(
                    scope=self._home.scope, household_id=self._home.id, person_id=made.id,
                    relation=str(row.get("m_relation") or "other"), resident=row.get("m_resident") is True,
                    first_day=self._visit.visited_on,
                ),
            )
        )  # fmt: skip
        return 1

    def _person_of(self, row: Row) -> Person | None:
        found: Person | None = find_person(row, self._people.values(), self._home.head_person_id, ())
        return found

    def _stay(self, change: AnswerChange) -> int:
        person_id: uuid.UUID | None
        if self._after.get("inmate_relation") == "self":
            person_id = self._home.head_person_id
        else:
            named = self._after.get("inmate_person")
            person_id = as_uuid(named) if isinstance(named, str) else None
        if person_id is None:
            return 0
        column = STAY[change.path.code]
        query = (
            select(CustodyEpisode)
            .where(CustodyEpisode.person_id == person_id, CustodyEpisode.removed_at.is_(None))
            .order_by(CustodyEpisode.entry_day.desc(), CustodyEpisode.id.desc())
        )
        entry = self._before.get("entry_date")
        stays = list(self._session.scalars(query))
        stay = next((one for one in stays if one.entry == entry), None)
        if stay is None or not self._set(stay, column, change.before, change.after):
            return 0
        if column in _STAY_DAYS:
            setattr(stay, _STAY_DAYS[column], _stay_day(column, change.after))
        return 1

    def _ratings(self, change: AnswerChange) -> int:
        """The rating that was shown is set aside and the right one put beside it; ratings themselves are fixed."""
        old = change.before if isinstance(change.before, Mapping) else {}
        new = change.after if isinstance(change.after, Mapping) else {}
        wrong = {domain for domain in {*old, *new} if old.get(domain) != new.get(domain)}
        shown = self._session.scalars(
            select(MatrixRating).where(
                MatrixRating.visit_id == self._visit.id,
                MatrixRating.domain.in_(wrong),
                MatrixRating.removed_at.is_(None),
            )
        )
        for rating in shown:
            rating.removed_at = self._now
        for domain in sorted(wrong & set(new)):
            score = new[domain]
            self._session.add(
                MatrixRating(
                    scope=self._visit.scope, visit_id=self._visit.id, household_id=self._home.id, domain=domain,
                    score=score if is_number(score) else None,
                )
            )  # fmt: skip
        return len(wrong)

    def _set(self, row: Any, column: str, before: Value, after: Value) -> int:
        if _normal(column, getattr(row, column)) != _normal(column, before):
            return 0
        setattr(row, column, _normal(column, after))
        return 1

    def _set_person(self, person: Person, column: str, before: Value, after: Value) -> int:
        """As ``_set``, and what follows from the column: the range of a birth, the warning of a number."""
        if _normal(column, getattr(person, column)) != _normal(column, before):
            return 0
        if after is None:
            setattr(person, column, "" if column in ("first_name", "family_name") else None)
            if column == "birth":
                person.birth_first = person.birth_last = None
            return 1
        kind = {"id_kind": person.id_kind} if column == "id_number" else {}
        change_person(person, {column: after, **kind})
        return 1


def _normal(column: str, value: Any) -> Any:
    """A value as the record keeps it; nothing and empty text are one."""
    if isinstance(value, str) and value and column in _NORMAL:
        return _NORMAL[column](value)
    return None if value == "" else value


def _stay_day(column: str, code: Value) -> dt.date | None:
    if not isinstance(code, str) or date_range(code) is None:
        return None
    return first_day(code) if column == "entry" else last_day(code)

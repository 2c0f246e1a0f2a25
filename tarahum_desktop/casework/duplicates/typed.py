"""The warning while somebody types a new person: who on this machine may be the same one, and why."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.candidates import candidate_ids
from tarahum_desktop.casework.duplicates.known import Candidate, birth_of, read_people
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.domain.pair_score import SHOWN, KnownPerson, rank, score_pair
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.record_match import (
    MatchDecision,
    Reason,
    RecordFacts,
    RecordMatch,
    read_record,
)
from tarahum_desktop.models import Household, Membership, Person

MOST: Final = 10
_PERSON: Any = Person.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """What has been typed of a person so far, as typed; ``birth`` is a partial-date code such as ``h1405-03-12``.

    ``person_id`` names the row when it is on record already, so that nobody is warned of themselves.
    """

    first_name: str = ""
    father_name: str = ""
    grandfather_name: str = ""
    family_name: str = ""
    gender: str = ""
    id_number: str = ""
    birth: str = ""
    mother_name: str = ""
    mobile: str = ""
    person_id: uuid.UUID | None = None
    household_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class SimilarPerson:
    """Somebody on record who may be the person typed; ``reasons`` in the order of their evidence."""

    person_id: uuid.UUID
    name: str
    id_number: str
    birth: str
    mobile: str
    household_id: uuid.UUID | None
    file_number: str
    committee_code: str
    decision: MatchDecision
    reasons: tuple[Reason, ...]


def similar_people(desk: Desk, typed: PersonTyped, limit: int = 5) -> list[SimilarPerson]:
    """The persons most like the one typed, best first; empty where the desk may not search."""
    name = NameParts(typed.first_name, typed.father_name, typed.grandfather_name, typed.family_name)
    facts = RecordFacts(name, typed.id_number, birth_of(typed.birth), typed.mother_name, typed.mobile)
    homes = frozenset({typed.household_id.bytes}) if typed.household_id else frozenset()
    person = KnownPerson(read_record(facts), typed.gender, homes)
    with desk.reading() as connection:
        scopes = set(desk.scopes_for(Action.SEARCH, connection))
        if not scopes:
            return []
        near = read_people(connection, candidate_ids(connection, person, name))
        scored = [
            (score_pair(person, one.known), one)
            for one in near.values()
            if one.scope in scopes and one.id != typed.person_id
        ]
        best = sorted(
            ((found, one) for found, one in scored if found.decision in SHOWN),
            key=lambda pair: (-rank(pair[0]), pair[1].id.bytes),
        )
        return _shown(connection, best[: max(1, min(limit, MOST))])


def _shown(connection: Connection, best: list[tuple[RecordMatch, Candidate]]) -> list[SimilarPerson]:
    ids = [one.id for _, one in best]
    if not ids:
        return []
    query = (
        select(
            _PERSON.c.id, *NAME_COLUMNS, _PERSON.c.id_number, _PERSON.c.birth, _PERSON.c.mobile,
            _HOUSEHOLD.c.id.label("home"), _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.committee_code,
        )
        .outerjoin(_MEMBER, (_MEMBER.c.person_id == _PERSON.c.id) & _MEMBER.c.removed_at.is_(None))
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
        .where(_PERSON.c.id.in_(ids))
        .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.id)
    )  # fmt: skip
    rows = {row.id: row for row in connection.execute(query)}
    return [
        SimilarPerson(
            one.id, full_name(row), row.id_number or "", row.birth or "", row.mobile or "", row.home,
            row.file_number or "", row.committee_code or one.scope.partition("/")[0], found.decision, found.reasons,
        )
        for found, one in best
        if (row := rows.get(one.id)) is not None
    ]  # fmt: skip

"""Who an arrival may be: found by the identity number while it is typed, or by a name and birth that are alike."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.typed import PersonTyped, similar_people
from tarahum_desktop.casework.person_facts import date_range
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.prison.stays import STAY, stay_days
from tarahum_desktop.domain.names import NameParts, fold
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Household, Membership, Person

_PERSON: Any = Person.__table__
_MEMBER: Any = Membership.__table__
_HOUSEHOLD: Any = Household.__table__
_FEWEST_WORDS: Final = 3
_MOST_SHOWN: Final = 5
_IDS_A_READ: Final = 200


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody on record.

    Attributes:
        inside_since: the day the open stay began; ``inside`` says whether there is one.
        last_release: the latest release, which makes a new arrival a return.
        same_birth: the births given agree, so that it is probably this person; False when either is unknown.
    """

    person_id: uuid.UUID
    name: str
    parts: NameParts
    id_number: str
    household_id: uuid.UUID | None = None
    file_number: str = ""
    inside: bool = False
    inside_since: date | None = None
    facility_code: str = ""
    last_release: date | None = None
    stays: int = 0
    same_birth: bool = False


def known_by_numbers(desk: Desk, numbers: Iterable[str]) -> dict[str, KnownPerson]:
    """The people with these identity numbers (ASCII digits), by number; the oldest record of several."""
    wanted = list(dict.fromkeys(number for number in numbers if number))
    found: dict[str, KnownPerson] = {}
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.SEARCH, connection)
        for at in range(0, len(wanted), _IDS_A_READ):
            rows = _people(connection, _PERSON.c.id_number.in_(wanted[at : at + _IDS_A_READ]), scopes)
            for known in _complete(connection, rows):
                found.setdefault(known.id_number, known)
    return found


def alike(desk: Desk, name: NameParts, id_number: str = "", birth: str = "") -> tuple[KnownPerson, ...]:
    """People who may be the one meant, by the same evidence as everywhere (``duplicates.similar_people``); at most five.

    Those of the same birth come first. Two valid numbers that differ are two people, whatever their names.
    """
    if len(fold(f"{name.first} {name.father} {name.grandfather} {name.family}").split()) < _FEWEST_WORDS:
        return ()
    typed = PersonTyped(
        name.first, name.father, name.grandfather, name.family, id_number=id_number, birth=birth
    )
    order = {one.person_id: at for at, one in enumerate(similar_people(desk, typed, _MOST_SHOWN))}
    if not order:
        return ()
    given = date_range(birth) if birth else None
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.SEARCH, connection)
        rows = sorted(
            _people(connection, _PERSON.c.id.in_(list(order)), scopes), key=lambda row: order[row.id]
        )
        chosen = sorted(((_births_meet(row, given), row) for row in rows), key=lambda one: not one[0])
        return tuple(_complete(connection, [row for _, row in chosen], [same for same, _ in chosen]))


def _people(connection: Connection, condition: Any, scopes: Sequence[str]) -> list[Any]:
    query = select(
        _PERSON.c.id, _PERSON.c.id_number, _PERSON.c.birth_first, _PERSON.c.birth_last, *NAME_COLUMNS
    ).where(
        condition,
        _PERSON.c.removed_at.is_(None),
        _PERSON.c.merged_into.is_(None),
        _PERSON.c.scope.concat("").in_(scopes),
    )
    return list(connection.execute(query.order_by(_PERSON.c.id)))


def _births_meet(row: Any, given: tuple[date, date] | None) -> bool:
    if given is None or row.birth_first is None or row.birth_last is None:
        return False
    return bool(given[0] <= row.birth_last and row.birth_first <= given[1])


def _complete(
    connection: Connection, rows: Sequence[Any], same_births: Sequence[bool] = ()
) -> list[KnownPerson]:
    """Rows with their households and what their stays say."""
    ids = [row.id for row in rows]
    homes = _homes(connection, ids)
    stays: dict[uuid.UUID, list[Any]] = {}
    for stay in connection.execute(
        select(STAY).where(STAY.c.person_id.in_(ids), STAY.c.removed_at.is_(None))
    ):
        stays.setdefault(stay.person_id, []).append(stay)
    marks = list(same_births) or [False] * len(rows)
    return [
        _known(row, homes.get(row.id), stays.get(row.id, []), same_birth=same)
        for row, same in zip(rows, marks, strict=True)
    ]


def _known(row: Any, home: Any, stays: list[Any], *, same_birth: bool) -> KnownPerson:
    inside = next((stay for stay in stays if stay_days(stay).inside), None)
    released = [stay.release_day for stay in stays if stay.release_day is not None]
    return KnownPerson(
        row.id, full_name(row), _parts(row), row.id_number or "", home.id if home else None,
        home.file_number if home else "", inside is not None, inside.entry_day if inside else None,
        (inside.facility_code or "") if inside else "", max(released, default=None), len(stays), same_birth,
    )  # fmt: skip


def _homes(connection: Connection, ids: list[uuid.UUID]) -> dict[uuid.UUID, Any]:
    query = (
        select(_MEMBER.c.person_id, _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number)
        .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
        .where(_MEMBER.c.person_id.in_(ids), _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.last_day.is_(None), _MEMBER.c.id)
    )
    return {row.person_id: row for row in connection.execute(query)}


def _parts(row: Any) -> NameParts:
    return NameParts(row.first_name, row.father_name or "", row.grandfather_name or "", row.family_name or "")

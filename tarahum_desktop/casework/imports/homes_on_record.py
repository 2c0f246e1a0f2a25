"""Households of a register that are on record already: by their old file number, or by who heads them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.models import Household, Membership, Person

_HOUSEHOLD: Any = Household.__table__
_PERSON: Any = Person.__table__
_MEMBER: Any = Membership.__table__
_IDS_A_QUERY: Final = 400
_KEPT: Final = re.compile(r"[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,8}){0,3}")
_SERIAL_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class KnownHome:
    """A household on record."""

    id: UUID
    file_number: str
    scope: str


def kept_file_number(committee: str, key: str) -> str:
    """The number of a paper file as ours, such as ``RYD-00034``: found by it as before. Empty when it cannot be one."""
    plain = (
        re.sub(r"[\s/_.]+", "-", ascii_digits(key).upper()).strip("-").removeprefix(f"{committee.upper()}-")
    )
    if not _KEPT.fullmatch(plain):
        return ""
    return f"{committee.upper()}-{plain.zfill(_SERIAL_DIGITS) if plain.isdigit() else plain}"


def homes_by_number(connection: Connection, numbers: Iterable[str]) -> dict[str, KnownHome]:
    """Households by file number."""
    columns = select(
        _HOUSEHOLD.c.file_number.label("of"), _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.scope
    )
    return _homes(connection, columns, _HOUSEHOLD.c.file_number, sorted(set(numbers)))


def homes_by_head(connection: Connection, ids: Iterable[str]) -> dict[str, KnownHome]:
    """Households by the identity number of who heads them."""
    columns = select(
        _PERSON.c.id_number.label("of"), _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.scope
    ).join(_HOUSEHOLD, _HOUSEHOLD.c.head_person_id == _PERSON.c.id)
    columns = columns.where(_PERSON.c.removed_at.is_(None), _PERSON.c.merged_into.is_(None))
    return _homes(connection, columns, _PERSON.c.id_number, sorted(set(ids)))


def homes_of(connection: Connection, people: Sequence[UUID]) -> dict[UUID, list[KnownHome]]:
    """Where persons are members now."""
    found: dict[UUID, list[KnownHome]] = {}
    for at in range(0, len(people), _IDS_A_QUERY):
        query = (
            select(_MEMBER.c.person_id, _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _HOUSEHOLD.c.scope)
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
            .where(
                _MEMBER.c.person_id.in_(people[at : at + _IDS_A_QUERY]), _MEMBER.c.removed_at.is_(None),
                _MEMBER.c.last_day.is_(None), _HOUSEHOLD.c.removed_at.is_(None),
            )
        )  # fmt: skip
        for row in connection.execute(query):
            found.setdefault(row.person_id, []).append(KnownHome(row.id, row.file_number, row.scope))
    return found


def folded_codes(connection: Connection, table: Any) -> dict[str, str]:
    """Codes by folded name in both languages, of a table of named things."""
    found: dict[str, str] = {}
    query = select(table.c.code, table.c.name_ar, table.c.name_en).where(table.c.removed_at.is_(None))
    for code, arabic, english in connection.execute(query.order_by(table.c.code)):
        for text in (arabic, english, code):
            if text:
                found.setdefault(fold(text), code)
    return found


def _homes(connection: Connection, columns: Any, key: Any, wanted: Sequence[str]) -> dict[str, KnownHome]:
    found: dict[str, KnownHome] = {}
    for at in range(0, len(wanted), _IDS_A_QUERY):
        query = columns.where(key.in_(wanted[at : at + _IDS_A_QUERY]), _HOUSEHOLD.c.removed_at.is_(None))
        for row in connection.execute(query.order_by(_HOUSEHOLD.c.id)):
            found.setdefault(row.of, KnownHome(row.id, row.file_number, row.scope))
    return found

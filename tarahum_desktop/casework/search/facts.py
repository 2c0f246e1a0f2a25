"""The queries behind the facts of families, for all of them or for some; each reads one thing in one pass."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from tarahum_desktop.casework.kinds import Stay, kind_on
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.names import fold

FACETS: Final = (
    "scope", "committee", "team", "place", "district", "state", "officer", "restricted", "overdue", "need", "women",
    "children", "old_study", "kind",
)  # fmt: skip
ADULT_YEARS: Final = 18
STUDY_MONTHS: Final = 12
"""A study older than this must be made anew before most services (domain rules, section 1)."""
Only = tuple[bytes, ...] | None

_HOUSEHOLDS: Final = (
    "SELECT h.id, h.scope, h.committee_code, h.place_code, h.district, p.gender, h.file_number, p.first_name, "
    "p.father_name, p.grandfather_name, p.family_name FROM household h "
    "LEFT JOIN person p ON p.id = h.head_person_id WHERE h.removed_at IS NULL"
)
_CASES: Final = (
    "SELECT c.household_id, c.state, c.team_code, c.officer_id, c.restricted, c.id FROM case_file c "
    "WHERE c.household_id IS NOT NULL AND c.removed_at IS NULL"
)
_OVERDUE: Final = (
    "SELECT DISTINCT c.household_id FROM follow_up f JOIN case_file c ON c.id = f.case_id "
    "WHERE f.due_on < ? AND f.done_on IS NULL AND f.removed_at IS NULL AND c.household_id IS NOT NULL"
)
# An age is reckoned from the middle of what is known of a birth.
_CHILDREN: Final = (
    "SELECT DISTINCT m.household_id FROM membership m JOIN person p ON p.id = m.person_id "
    "WHERE p.birth_last > ?1 AND (julianday(p.birth_first) + julianday(p.birth_last)) / 2 > julianday(?1) "
    "AND m.last_day IS NULL AND m.removed_at IS NULL AND p.removed_at IS NULL"
)
_STAYS: Final = (
    "SELECT m.household_id, c.person_id, c.status, c.entry_day, c.release_day FROM custody_episode c "
    "JOIN membership m ON m.person_id = c.person_id "
    "WHERE c.removed_at IS NULL AND m.removed_at IS NULL AND m.last_day IS NULL"
)
_NEEDS: Final = (
    "SELECT DISTINCT i.household_id, i.service_code FROM plan_item i "
    "WHERE i.household_id IS NOT NULL AND i.removed_at IS NULL "
    "AND i.state NOT IN ('refused', 'completed', 'cancelled')"
)
_STUDIES: Final = (
    "SELECT v.household_id, max(v.visited_on) FROM visit v WHERE v.outcome = 'done' AND v.removed_at IS NULL"
)
_PEOPLE: Final = (
    "SELECT i.no, m.household_id, m.last_day FROM membership m JOIN person_index i ON i.person_id = m.person_id "
    "WHERE m.removed_at IS NULL"
)
_HOMES: Final = {
    "household": "SELECT id FROM household WHERE id IN ({marks})",
    "person": "SELECT household_id FROM membership WHERE person_id IN ({marks})",
    "membership": "SELECT household_id FROM membership WHERE id IN ({marks})",
    "case_file": "SELECT household_id FROM case_file WHERE id IN ({marks})",
    "visit": "SELECT household_id FROM visit WHERE id IN ({marks})",
    "plan_item": "SELECT household_id FROM plan_item WHERE id IN ({marks})",
    "follow_up": "SELECT c.household_id FROM follow_up f JOIN case_file c ON c.id = f.case_id WHERE f.id IN ({marks})",
    "custody_episode": "SELECT m.household_id FROM custody_episode c JOIN membership m ON m.person_id = c.person_id "
    "WHERE c.id IN ({marks})",
}


def households(connection: Connection, only: Only) -> Iterator[Any]:
    """Id, scope, committee, place, district, the head's gender, file number, and the four parts of the head's name."""
    return _rows(connection, _HOUSEHOLDS, only, "h.id")


def facts(connection: Connection, today: dt.date, only: Only) -> Iterator[tuple[str, bytes, str]]:
    """Facet, household and value of what is not in the household's own row."""
    cases: dict[bytes, Any] = {}
    for row in _rows(connection, _CASES, only, "c.household_id"):
        if row[0] not in cases or cases[row[0]][5] < row[5]:  # the latest case speaks for the family
            cases[row[0]] = row
    for home, state, team, officer, restricted, _case in cases.values():
        yield "state", home, state
        if team:
            yield "team", home, team
        if officer:
            yield "officer", home, str(uuid.UUID(bytes=officer))
        if restricted:
            yield "restricted", home, "yes"
    for (home,) in _rows(connection, _OVERDUE, only, "c.household_id", (today.isoformat(),)):
        yield "overdue", home, "yes"
    adult = months_before(today, 12 * ADULT_YEARS).isoformat()
    for (home,) in _rows(connection, _CHILDREN, only, "m.household_id", (adult,)):
        yield "children", home, "yes"
    for home, service in _rows(connection, _NEEDS, only, "i.household_id"):
        yield "need", home, service
    yield from _kinds(connection, today, only)


def studies(connection: Connection, only: Only) -> Iterator[Any]:
    """Each family's last visit that took place, as (household, ISO day)."""
    return _rows(connection, _STUDIES, only, "v.household_id", after=" GROUP BY v.household_id")


def people(connection: Connection, only: Only) -> Iterator[Any]:
    """The number of each person in the search index, their household, and the day they left it."""
    return _rows(connection, _PEOPLE, only, "m.household_id")


def place_names(connection: Connection) -> dict[str, str]:
    """The folded names of each place, Arabic and English together."""
    query = "SELECT code, name_ar, name_en FROM place WHERE removed_at IS NULL"
    return {row[0]: fold(f"{row[1]} {row[2]}") for row in connection.exec_driver_sql(query)}


def top_person(connection: Connection) -> int:
    """The highest number in the search index of persons."""
    return int(connection.exec_driver_sql("SELECT max(no) FROM person_index").scalar() or 0)


def homes_of(connection: Connection, entity: str, ids: tuple[bytes, ...]) -> list[bytes]:
    """The households that changed rows of an entity belong to."""
    query = _HOMES[entity].format(marks=",".join("?" * len(ids)))
    return [row[0] for row in connection.exec_driver_sql(query, ids) if row[0] is not None]


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def _kinds(connection: Connection, today: dt.date, only: Only) -> Iterator[tuple[str, bytes, str]]:
    stays: dict[tuple[bytes, bytes], list[Stay]] = {}
    for home, person, status, entry, release in _rows(connection, _STAYS, only, "m.household_id"):
        stays.setdefault((home, person), []).append(Stay(status, _day(entry), _day(release)))
    for (home, _person), known in stays.items():
        kind = kind_on(today, known)
        if kind is not Kind.FAMILY_MEMBER:
            yield "kind", home, kind.value


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _rows(
    connection: Connection, query: str, only: Only, column: str, values: tuple[Any, ...] = (), after: str = ""
) -> Iterator[Any]:
    if only is not None:
        query += f" AND {column} IN ({','.join('?' * len(only))})"
        values += only
    result = connection.exec_driver_sql(query + after, values)
    return iter(result)

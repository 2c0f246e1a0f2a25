"""Picks the family that is visited: one whose name people spell in more than one way."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.domain.names import fold
from tarahum_desktop.models import Case, Household, Membership, Person, User

_CASE: Any = Case.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_HAMZA: Final = str.maketrans("أإآ", "ااا")
_ENDINGS: Final = {"ة": "ه", "ى": "ي"}


@dataclass(frozen=True, slots=True)
class ChosenFamily:
    """A family as the centre knows it. ``typed`` is how somebody who only heard the name writes it."""

    household: str
    file_number: str
    first: str
    father: str
    grandfather: str
    family: str
    gender: str
    id_number: str
    inmate: str
    typed: str

    def write(self, file: Path) -> None:
        """Leave it for the processes of the day."""
        file.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def read(cls, file: Path) -> "ChosenFamily":
        """Read what ``write`` left."""
        return cls(**json.loads(file.read_text("utf-8")))


def other_spelling(name: str) -> str:
    """The same name without hamza, and with the endings that are heard alike."""
    words = [word.translate(_HAMZA) for word in name.split()]
    return " ".join(word[:-1] + _ENDINGS.get(word[-1], word[-1]) for word in words)


def choose_family(connection: Connection, scope: str, officer: str) -> ChosenFamily:
    """The family of a scope whose head's name differs most when only heard; the officer's own families first."""
    query = (
        select(
            _HOUSEHOLD.c.id, _HOUSEHOLD.c.file_number, _PERSON.c.id.label("head"), _PERSON.c.first_name,
            _PERSON.c.father_name, _PERSON.c.grandfather_name, _PERSON.c.family_name, _PERSON.c.gender,
            _PERSON.c.id_number, _USER.c.login,
        )
        .join(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .join(_CASE, _CASE.c.household_id == _HOUSEHOLD.c.id)
        .outerjoin(_USER, _USER.c.id == _CASE.c.officer_id)
        .where(_HOUSEHOLD.c.scope == scope, _CASE.c.closed_on.is_(None))
        .order_by(_HOUSEHOLD.c.file_number)
    )  # fmt: skip
    rows = list(connection.execute(query))
    rows.sort(key=lambda row: (_heard_differently(row), row.login == officer), reverse=True)
    people = _folded_people(connection, scope)
    best = next((row for row in rows if _answers_alone(row, people)), None)
    if best is None:
        raise RuntimeError("every name of the scope is borne by several families")
    typed = other_spelling(_heard(best))
    if fold(typed) != fold(_heard(best)):
        raise RuntimeError("the other spelling is another name")
    return ChosenFamily(
        str(best.id), best.file_number, best.first_name, best.father_name or "", best.grandfather_name or "",
        best.family_name, best.gender, best.id_number or "", _inmate(connection, best), typed,
    )  # fmt: skip


def _folded_people(connection: Connection, scope: str) -> list[tuple[Any, tuple[str, ...]]]:
    """Everybody of the scope by id, with the words of the whole name as the search knows them."""
    query = select(
        _PERSON.c.id,
        _PERSON.c.first_name,
        _PERSON.c.father_name,
        _PERSON.c.grandfather_name,
        _PERSON.c.family_name,
    ).where(_PERSON.c.scope == scope)
    return [
        (row.id, tuple(fold(" ".join(part for part in row[1:] if part)).split()))
        for row in connection.execute(query)
    ]


def _answers_alone(row: Any, people: list[tuple[Any, tuple[str, ...]]]) -> bool:
    """Whether nobody else has these words, or words that begin so, anywhere in the name."""
    wanted = fold(_heard(row)).split()
    return not any(
        person != row.head and all(any(word.startswith(part) for word in words) for part in wanted)
        for person, words in people
    )


def _heard(row: Any) -> str:
    return f"{row.first_name} {row.family_name}"


def _heard_differently(row: Any) -> int:
    return sum(a != b for a, b in zip(_heard(row), other_spelling(_heard(row)), strict=True))


def _inmate(connection: Connection, row: Any) -> str:
    """The first name of somebody in the household besides its head; the head's own where there is nobody."""
    query = (
        select(_PERSON.c.first_name)
        .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
        .where(_MEMBER.c.household_id == row.id, _PERSON.c.id != row.head)
        .order_by(_MEMBER.c.id)
    )
    found: str | None = connection.scalar(query.limit(1))
    return found or row.first_name

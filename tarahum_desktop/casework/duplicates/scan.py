"""The pass over the replica for people registered twice: all of it, or only what changed since the last one.

Runs beside the desk on connections of its own, reads in chunks, and writes its findings in short transactions, so
neither typing nor an exchange waits for it. What it finds is proposed to people; it changes no record.
"""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.duplicates.blocks import Blocks, Pause
from tarahum_desktop.casework.duplicates.candidates import candidate_ids
from tarahum_desktop.casework.duplicates.known import Candidate, read_people, read_rows_of
from tarahum_desktop.casework.findings import (
    DUPLICATE,
    Found,
    drop_found,
    keep_found,
    pair_subject,
    subjects_of,
)
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.domain.pair_score import SHOWN, rank, score_pair
from tarahum_desktop.domain.record_match import MatchDecision, RecordMatch
from tarahum_desktop.models import Finding, Person, Ruling
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.clock import stamp_milliseconds
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.row_state import unpack_marks
from tarahum_desktop.sync.settings import read_setting, write_setting

_MARK: Final = "duplicates/seen"
_WHOLE_AGAIN: Final = dt.timedelta(days=7)
_BREATH_SECONDS: Final = 0.002
_MOST_CHANGED: Final = 1_500
_MOST_FOUND: Final = 20_000
_NAME_ONLY: Final = frozenset({"match_name_four_parts", "match_name_three_parts", "match_name_close"})
_IDENTITY: Final = frozenset(
    {"first_name", "father_name", "grandfather_name", "family_name", "id_number", "birth", "mother_name"}
)
_STRONG: Final = frozenset(
    {
        MatchDecision.SAME_PERSON,
        MatchDecision.SAME_PERSON_CONFLICT_REVIEW,
        MatchDecision.PROBABLE_SAME_REVIEW,
    }
)
_RULING: Any = Ruling.__table__
_FINDING: Any = Finding.__table__
_PERSON: Any = Person.__table__


def _no_pause(_doing: str, _rows: int) -> None:
    """Go on at once."""


def yielding(_doing: str, _rows: int) -> None:
    """Let the window have the interpreter between two chunks."""
    time.sleep(_BREATH_SECONDS)


@dataclass(frozen=True, slots=True)
class PassDone:
    """What a pass did: whether it looked at everybody, at how many, how many pairs it scored and kept."""

    whole: bool
    persons: int
    scored: int
    kept: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """How far the last pass had read: rows of persons, edits, and when the last whole one was (milliseconds)."""

    persons: int = 0
    edits: int = 0
    whole_at: int = 0


def look_for_duplicates(replica: Replica, *, whole: bool = False, pause: Pause = _no_pause) -> PassDone:
    """Bring the findings up to date; ``whole`` looks at everybody even when little changed.

    ``pause(doing, rows)`` is called between chunks; what it raises ends the pass with nothing half written.
    """
    with replica.engine.execution_options(read_only=True).connect() as connection:
        seen, reached = _seen(connection), _reached(connection, replica.now())
        changed = None if whole else _changed_since(connection, seen, reached)
    if changed is None:
        done = _whole_pass(replica, pause)
    else:
        done = _partial_pass(replica, changed, pause)
        reached = _Seen(reached.persons, reached.edits, seen.whole_at)
    with replica.engine.begin() as connection:
        write_setting(connection, _MARK, [reached.persons, reached.edits, reached.whole_at])
    return done


def _seen(connection: Connection) -> _Seen:
    kept = read_setting(connection, _MARK)
    return _Seen(*kept) if kept else _Seen()


def _reached(connection: Connection, now: int) -> _Seen:
    persons, edits = (
        connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {table}").scalar_one()  # noqa: S608 - our own tables
        for table in ("person", "field_history")
    )
    return _Seen(persons, edits, now)


def _changed_since(connection: Connection, seen: _Seen, reached: _Seen) -> list[uuid.UUID] | None:
    """Whom to look at; None for everybody: the first time, after a week, or when too much has changed or gone."""
    stale = reached.whole_at - seen.whole_at > _WHOLE_AGAIN // dt.timedelta(milliseconds=1)
    if stale or reached.persons < seen.persons or reached.edits < seen.edits:
        return None
    query = (
        "SELECT id FROM person WHERE rowid > ? UNION "
        "SELECT row_id FROM field_history WHERE rowid > ? AND entity = 'person' LIMIT ?"
    )
    rows = connection.exec_driver_sql(query, (seen.persons, seen.edits, _MOST_CHANGED + 1)).all()
    return None if len(rows) > _MOST_CHANGED else [uuid.UUID(bytes=bytes(row[0])) for row in rows]


def _whole_pass(replica: Replica, pause: Pause) -> PassDone:
    reader = replica.engine.execution_options(read_only=True)

    def reading(query: str, after: int) -> list[tuple[Any, ...]]:
        with (
            reader.connect() as connection
        ):  # a transaction a chunk: a long one would keep the log from shrinking
            return [tuple(row) for row in connection.exec_driver_sql(query, (after,))]

    blocks, book = Blocks(pause), _Book()
    try:
        blocks.read_persons(reading)
        for pairs in blocks.pairs():
            with reader.connect() as connection:
                people = read_rows_of(connection, {no for pair in pairs for no in pair})
            for a, b in pairs:
                if a in people and b in people:
                    book.score(people[a], people[b])
            pause("comparing", book.scored)
        persons = blocks.persons
    finally:
        blocks.close()
    _keep(replica, book, lambda connection: subjects_of(connection, DUPLICATE) - book.found.keys())
    return PassDone(whole=True, persons=persons, scored=book.scored, kept=len(book.found))


def _partial_pass(replica: Replica, changed: list[uuid.UUID], pause: Pause) -> PassDone:
    book = _Book()
    for at, person_id in enumerate(changed):
        with replica.engine.execution_options(read_only=True).connect() as connection:
            one = read_people(connection, [person_id]).get(person_id)
            if one is not None:
                ids = [
                    near
                    for near in candidate_ids(connection, one.known, _name_of(connection, one))
                    if near != one.id
                ]
                for near in read_people(connection, ids).values():
                    book.score(one, near)
        pause("comparing", at)
    looked_at = set(changed)
    _keep(replica, book, lambda connection: _about(connection, looked_at) - book.found.keys())
    return PassDone(whole=False, persons=len(changed), scored=book.scored, kept=len(book.found))


def _name_of(connection: Connection, one: Candidate) -> NameParts:
    row = connection.execute(
        select(
            _PERSON.c.first_name, _PERSON.c.father_name, _PERSON.c.grandfather_name, _PERSON.c.family_name
        ).where(_PERSON.c.id == one.id)
    ).one()
    return NameParts(*(part or "" for part in row))


def _about(connection: Connection, ids: Iterable[uuid.UUID]) -> set[str]:
    wanted = list(ids)
    found: set[str] = set()
    for at in range(0, len(wanted), 400):
        part = wanted[at : at + 400]
        for column in (_FINDING.c.first_id, _FINDING.c.second_id):
            query = select(_FINDING.c.subject).where(_FINDING.c.kind == DUPLICATE, column.in_(part))
            found.update(connection.scalars(query))
    return found


@dataclass(slots=True)
class _Book:
    """Scored pairs worth keeping; the weakest are let go when there are too many to ever look at."""

    found: dict[str, Found] = field(default_factory=dict)
    edited: dict[str, int] = field(default_factory=dict)
    scored: int = 0

    def score(self, a: Candidate, b: Candidate) -> None:
        """Weigh a pair and keep it when a person should see it."""
        self.scored += 1
        match = score_pair(a.known, b.known)
        if match.decision not in SHOWN or _says_only_a_name(match):
            return
        first, second = sorted((a, b), key=lambda one: one.id.hex)
        subject = pair_subject(a.id, b.id)
        facts = {
            "decision": match.decision.value,
            "reasons": [[reason.code, reason.weight] for reason in match.reasons],
        }
        self.found[subject] = Found(DUPLICATE, subject, first.scope, first.id, second.id, rank(match), facts)
        if match.decision in _STRONG:
            self.edited[subject] = max(_last_edit(first.marks), _last_edit(second.marks))
        if len(self.found) > 2 * _MOST_FOUND:
            self.trim()

    def trim(self) -> None:
        """Keep the strongest."""
        best = sorted(self.found.values(), key=lambda one: (-one.score, one.subject))[:_MOST_FOUND]
        self.found = {one.subject: one for one in best}
        self.edited = {subject: at for subject, at in self.edited.items() if subject in self.found}


def _says_only_a_name(match: RecordMatch) -> bool:
    """Thousands share a name: it fills no queue by itself, though the warning while typing shows it."""
    return all(reason.code in _NAME_ONLY for reason in match.reasons)


def _last_edit(marks: bytes | None) -> int:
    """When what identifies a person was last edited, in milliseconds; 0 for never."""
    edits = (mark.stamp for name, mark in unpack_marks(marks).items() if name in _IDENTITY)
    return max(map(stamp_milliseconds, edits), default=0)


def _keep(replica: Replica, book: _Book, gone: Callable[[Connection], set[str]]) -> None:
    book.trim()
    with replica.engine.begin() as connection:
        again = _changed_after_ruling(connection, book.edited)
        keep_found(connection, book.found.values(), from_milliseconds(replica.now()), again=again)
        drop_found(connection, DUPLICATE, gone(connection))


def _changed_after_ruling(connection: Connection, edited: Mapping[str, int]) -> set[str]:
    """Pairs decided before what identifies them changed, and strong enough to be asked about again."""
    query = select(_RULING.c.subject, _RULING.c.decided_at).where(
        _RULING.c.kind == DUPLICATE, _RULING.c.removed_at.is_(None)
    )
    latest: dict[str, dt.datetime] = {}
    for row in connection.execute(query):
        latest[row.subject] = max(row.decided_at, latest.get(row.subject, row.decided_at))
    return {
        subject
        for subject, at in latest.items()
        if subject in edited and from_milliseconds(edited[subject]) > at
    }

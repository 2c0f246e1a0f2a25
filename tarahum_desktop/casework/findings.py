"""What rules turned up on this replica, and what people decided about it.

Findings are local and made anew at will; a decision (``Ruling``) travels, and takes its finding out of the list on
every replica, whenever it arrives. A finding whose facts changed after the decision is written with a later time and
so comes back.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert

from tarahum_desktop.models import Finding, Ruling
from tarahum_desktop.models.types import EPOCH

DUPLICATE: Final = "duplicate"
_FINDING: Any = Finding.__table__
_RULING: Any = Ruling.__table__
_A_STATEMENT: Final = 400


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a rule turned up; ``subject`` is the same on every replica that can see the rows it is about."""

    kind: str
    subject: str
    scope: str
    first_id: uuid.UUID | None = None
    second_id: uuid.UUID | None = None
    score: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


def pair_subject(a: uuid.UUID, b: uuid.UUID) -> str:
    """The subject of a finding about two rows: their hex ids in order."""
    return ":".join(sorted((a.hex, b.hex)))


def keep_found(
    connection: Connection, found: Iterable[Found], at: dt.datetime, *, again: Collection[str] = ()
) -> None:
    """Write findings; one that is there keeps its time, so that a decision about it still holds.

    One that somebody decided before it was found here counts as found before that decision. ``again`` are subjects
    whose facts changed since they were decided: they get the present time.
    """
    every = list(found)
    statement = insert(_FINDING)
    fresh = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={"score": fresh.score, "facts": fresh.facts, "scope": fresh.scope},
    )
    for start in range(0, len(every), _A_STATEMENT):
        part = every[start : start + _A_STATEMENT]
        decided = _decided_among(connection, [one.subject for one in part]) - set(again)
        connection.execute(statement, [_row(one, EPOCH if one.subject in decided else at) for one in part])
    for subject in again:
        connection.execute(_FINDING.update().where(_FINDING.c.subject == subject).values(found_at=at))


def _row(one: Found, at: dt.datetime) -> dict[str, Any]:
    return {
        "kind": one.kind, "subject": one.subject, "scope": one.scope, "first_id": one.first_id,
        "second_id": one.second_id, "score": one.score, "facts": dict(one.facts), "found_at": at,
    }  # fmt: skip


def _decided_among(connection: Connection, subjects: list[str]) -> set[str]:
    query = select(_RULING.c.subject).where(_RULING.c.subject.in_(subjects), _RULING.c.removed_at.is_(None))
    return set(connection.scalars(query))


def drop_found(connection: Connection, kind: str, subjects: Iterable[str]) -> None:
    """Take findings out that are no longer so."""
    gone = list(subjects)
    for at in range(0, len(gone), _A_STATEMENT):
        part = gone[at : at + _A_STATEMENT]
        connection.execute(delete(_FINDING).where(_FINDING.c.kind == kind, _FINDING.c.subject.in_(part)))


def subjects_of(connection: Connection, kind: str) -> set[str]:
    """The subjects of all findings of a kind, decided or not."""
    return set(connection.scalars(select(_FINDING.c.subject).where(_FINDING.c.kind == kind)))


def undecided() -> ColumnElement[bool]:
    """The condition on ``finding`` that nobody decided since it was found."""
    decided = select(_RULING.c.id).where(
        _RULING.c.subject == _FINDING.c.subject,
        _RULING.c.kind == _FINDING.c.kind,
        _RULING.c.removed_at.is_(None),
        _RULING.c.decided_at >= _FINDING.c.found_at,
    )
    return ~exists(decided)


def count_open(connection: Connection, kinds: Collection[str], scopes: Collection[str]) -> int:
    """How many findings of these kinds wait in these scopes."""
    query = (
        select(func.count())
        .select_from(_FINDING)
        .where(_FINDING.c.kind.in_(list(kinds)), _FINDING.c.scope.in_(list(scopes)), undecided())
    )
    return int(connection.scalar(query) or 0)

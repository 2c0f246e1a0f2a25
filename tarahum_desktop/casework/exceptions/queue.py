"""The exceptions that wait for this desk, and how one is settled: a reason in words, or the one step that puts it right."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.conflicts.about import About, about_rows
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.exceptions.registry import kinds
from tarahum_desktop.casework.findings import undecided
from tarahum_desktop.casework.person_resolver import resolve_person
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean
from tarahum_desktop.models import Finding, Person, Ruling, replicated_entities

MOST: Final = 300
SETTLED: Final = "settled"
CORRECTED: Final = "corrected"
CORRECTABLE: Final = frozenset({"merge_ring", "row_of_merged_person"})
"""Kinds that one step puts right by itself."""
_LONGEST_REASON: Final = 500
_FINDING: Any = Finding.__table__


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One exception. ``about`` is whom its first row is about; ``facts`` are the rule's own."""

    kind: str
    subject: str
    scope: str
    first_id: uuid.UUID | None
    second_id: uuid.UUID | None
    about: About
    other: About
    facts: Mapping[str, Any]
    found_at: dt.datetime


def open_exceptions(desk: Desk, limit: int = MOST) -> list[ExceptionLine]:
    """What waits for this desk, in the order of the rules."""
    order = {kind: at for at, kind in enumerate(kinds())}
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RESOLVE_CONFLICT, connection)
        query = (
            select(_FINDING)
            .where(_FINDING.c.kind.in_(list(order)), _FINDING.c.scope.in_(scopes), undecided())
            .order_by(_FINDING.c.kind, _FINDING.c.subject)
            .limit(limit)
        )
        rows = sorted(connection.execute(query), key=lambda row: (order[row.kind], row.subject))
        named = {(row.facts["entity"], one) for row in rows for one in (row.first_id, row.second_id) if one}
        about = about_rows(connection, named)
    nobody = About()
    return [
        ExceptionLine(
            row.kind, row.subject, row.scope, row.first_id, row.second_id,
            about.get((row.facts["entity"], row.first_id), nobody), about.get((row.facts["entity"], row.second_id), nobody),
            row.facts, row.found_at,
        )
        for row in rows
    ]  # fmt: skip


def settle_exception(desk: Desk, line: ExceptionLine, reason: str) -> ChangeSummary:
    """Let a finding stand as it is, for a reason; raises NotAllowed or ReasonMissing."""
    desk.require(Action.RESOLVE_CONFLICT, line.scope)
    if not clean(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        work.session.add(_ruling(desk, line, SETTLED, clean(reason)[:_LONGEST_REASON]))
    return work.summary


def correct_exception(desk: Desk, line: ExceptionLine) -> ChangeSummary:
    """Take the one step that puts it right; raises NotAllowed, RecordMissing, CaseworkError ``exception_by_hand``."""
    if line.kind not in CORRECTABLE:
        raise CaseworkError("exception_by_hand")
    desk.require(Action.RESOLVE_CONFLICT, line.scope)
    if not desk.may(Action.MERGE_PEOPLE, line.scope):
        raise NotAllowed(action=Action.MERGE_PEOPLE.value)
    with UnitOfWork(desk) as work:
        if line.kind == "merge_ring":
            _open_ring(work.session.get(Person, line.first_id))
        else:
            _point_on(work, line)
        work.session.add(_ruling(desk, line, CORRECTED, None))
    return work.summary


def _open_ring(stands: Person | None) -> None:
    """The smaller id stands for both already; now its row says so."""
    if stands is None:
        raise RecordMissing(entity="person")
    stands.merged_into = None


def _point_on(work: UnitOfWork, line: ExceptionLine) -> None:
    """Point a late row at the record that stands for the one it names."""
    assert line.second_id is not None
    row: Any = work.session.get(replicated_entities()[line.facts["entity"]], line.first_id)
    if row is None:
        raise RecordMissing(entity=line.facts["entity"])
    if getattr(row, line.facts["column"]) == line.second_id:
        setattr(row, line.facts["column"], resolve_person(work.session.connection(), line.second_id))


def _ruling(desk: Desk, line: ExceptionLine, verdict: str, reason: str | None) -> Ruling:
    return Ruling(
        scope=line.scope, kind=line.kind, subject=line.subject, first_id=line.first_id, second_id=line.second_id,
        verdict=verdict, reason=reason, decided_by=desk.user.id, decided_at=desk.now(),
    )  # fmt: skip

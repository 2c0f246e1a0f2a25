"""Taking a merge back: everything it moved returns, except what somebody changed since, which is named and left alone."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.errors import MergeRefused
from tarahum_desktop.casework.duplicates.merge import SAME, from_kept
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.findings import DUPLICATE, pair_subject
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Person, PersonMerge, Ruling, replicated_entities


@dataclass(frozen=True, slots=True)
class Unmerged:
    """A merge taken back; ``left`` names ``(entity, row, field)`` that had changed since and stayed as they are."""

    restored: int
    left: tuple[tuple[str, uuid.UUID, str], ...]
    summary: ChangeSummary


def undo_merge(desk: Desk, merge_id: uuid.UUID) -> Unmerged:
    """Take a merge back; raises NotAllowed, RecordMissing, or MergeRefused ``merge_undone``."""
    with UnitOfWork(desk) as work:
        session = work.session
        merge = session.get(PersonMerge, merge_id)
        if merge is None:
            raise RecordMissing(entity="person_merge")
        desk.require(Action.MERGE_PEOPLE, merge.scope)
        if merge.undone_at is not None:
            raise MergeRefused("merge_undone")
        entities = replicated_entities()
        restored, left = 0, []
        for entity, row_hex, field, old, new in merge.moved:
            row_id = uuid.UUID(hex=row_hex)
            row: Any = session.get(entities[entity], row_id)
            if row is None or getattr(row, field) != from_kept(entity, field, new):
                left.append((entity, row_id, field))
                continue
            setattr(row, field, from_kept(entity, field, old))
            restored += 1
        merge.undone_by, merge.undone_at = desk.user.id, desk.now()
        for ruling in session.scalars(_rulings(merge)):
            ruling.removed_at = desk.now()  # the pair waits for a decision again
    return Unmerged(restored, tuple(left), work.summary)


def _rulings(merge: PersonMerge) -> Select[Ruling]:
    subject = pair_subject(merge.kept_id, merge.gone_id)
    return select(Ruling).where(
        Ruling.kind == DUPLICATE,
        Ruling.subject == subject,
        Ruling.verdict == SAME,
        Ruling.removed_at.is_(None),
    )


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge on record, the latest first."""

    merge_id: uuid.UUID
    kept_id: uuid.UUID
    gone_id: uuid.UUID
    reason: str
    rows: int
    merged_at: Any
    undone: bool


def merges_of(desk: Desk, person_id: uuid.UUID) -> list[MergeLine]:
    """The merges a person's record took part in; empty where the desk may not see the person."""
    table: Any = PersonMerge.__table__
    person: Any = Person.__table__
    with desk.reading() as connection:
        scope = connection.scalar(select(person.c.scope).where(person.c.id == person_id))
        if scope is None or not desk.may(Action.VIEW_PERSON, scope):
            return []
        query = select(table).where((table.c.kept_id == person_id) | (table.c.gone_id == person_id))
        return [
            MergeLine(row.id, row.kept_id, row.gone_id, row.reason or "", len(row.moved), row.merged_at, row.undone_at is not None)
            for row in connection.execute(query.order_by(table.c.merged_at.desc()))
        ]  # fmt: skip

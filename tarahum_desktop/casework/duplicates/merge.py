"""Making two records one: every row that names the record that goes is pointed at the one that stays, and can go back.

A person decides it, never the program. What was moved is written down row by row in the merge itself, so that undoing
it restores exactly that and nothing else.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.errors import MergeRefused
from tarahum_desktop.casework.duplicates.references import FIELDS, MOVED, ONCE_IN, TOGETHER
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.findings import DUPLICATE, pair_subject
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Person, PersonMerge, Replicated, Ruling, replicated_entities
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.shapes import from_wire, shapes, to_wire

Choice = Literal["kept", "gone"]
SAME: Final = "same"
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that was made; ``rows`` counts the rows that now name the kept record."""

    merge_id: uuid.UUID
    rows: int
    summary: ChangeSummary


def merge_people(
    desk: Desk,
    kept_id: uuid.UUID,
    gone_id: uuid.UUID,
    choices: Mapping[str, Choice] | None = None,
    reason: str = "",
) -> Merged:
    """Make two records one. ``choices`` names the fields (of ``CHOSEN``) taken from the record that goes.

    Raises:
        NotAllowed: the desk may not merge in a scope one of the rows lies in.
        RecordMissing: one of the two is not here.
        MergeRefused: ``merge_same_record``, ``merge_already`` (one of them was merged before), ``merge_two_ids`` (two
            valid, different identity numbers are two people), ``merge_two_scopes`` (two offices; transfer one first).
    """
    with UnitOfWork(desk) as work:
        session = work.session
        kept, gone = _both(desk, session, kept_id, gone_id)
        moved: list[list[Any]] = []
        rows = _move_references(desk, session, kept, gone, moved)
        _choose(kept, gone, choices or {}, moved)
        _set(gone, "merged_into", kept.id, moved)
        merge = PersonMerge(
            id=new_id(), scope=kept.scope, kept_id=kept.id, gone_id=gone.id, moved=moved, merged_by=desk.user.id,
            merged_at=desk.now(), reason=reason.strip()[:_LONGEST_REASON] or None,
        )  # fmt: skip
        ruling = Ruling(
            scope=kept.scope, kind=DUPLICATE, subject=pair_subject(kept.id, gone.id), first_id=kept.id,
            second_id=gone.id, verdict=SAME, reason=merge.reason, decided_by=desk.user.id, decided_at=desk.now(),
        )  # fmt: skip
        session.add_all([merge, ruling])
    return Merged(merge.id, rows, work.summary)


def _both(
    desk: Desk, session: CapturedSession, kept_id: uuid.UUID, gone_id: uuid.UUID
) -> tuple[Person, Person]:
    kept, gone = session.get(Person, kept_id), session.get(Person, gone_id)
    if kept is None or gone is None or kept.removed_at or gone.removed_at:
        raise RecordMissing(entity="person")
    for one in (kept, gone):
        desk.require(Action.MERGE_PEOPLE, one.scope)
    if kept.id == gone.id:
        raise MergeRefused("merge_same_record")
    if kept.merged_into or gone.merged_into:
        raise MergeRefused("merge_already")
    if kept.scope != gone.scope:
        raise MergeRefused("merge_two_scopes")
    numbers = {number for one in (kept, gone) if (number := _valid_id(one))}
    if len(numbers) > 1 and len({number[0] for number in numbers}) == 1:
        raise MergeRefused("merge_two_ids")
    return kept, gone


def _valid_id(person: Person) -> str:
    """A valid number; an iqama and a national id may be one person's, after naturalisation."""
    if not person.id_number or person.id_kind not in {"national_id", "iqama"}:
        return ""
    checked = check_person_id(person.id_number)
    return "" if checked.warning else checked.value


def _move_references(
    desk: Desk, session: CapturedSession, kept: Person, gone: Person, moved: list[list[Any]]
) -> int:
    count = 0
    entities = replicated_entities()
    for entity, columns in MOVED.items():
        model: Any = entities[entity]
        for column in columns:
            named = select(model).where(getattr(model, column) == gone.id).order_by(model.id)
            for row in session.scalars(named).all():
                desk.require(Action.MERGE_PEOPLE, row.scope)
                if row is kept:
                    _set(row, column, None, moved)  # nobody is their own father
                elif row.removed_at is None and _stands_already(session, entity, row, kept):
                    _set(row, "removed_at", desk.now(), moved)
                else:
                    _set(row, column, kept.id, moved)
                count += 1
    return count


def _stands_already(session: CapturedSession, entity: str, row: Any, kept: Person) -> bool:
    """Whether the kept person has a row of their own in the same household or course."""
    if entity not in ONCE_IN:
        return False
    model: Any = type(row)
    same = [getattr(model, column) == getattr(row, column) for column in ONCE_IN[entity]]
    query = select(model.id).where(model.person_id == kept.id, model.removed_at.is_(None), *same).limit(1)
    return session.scalar(query) is not None


def _choose(kept: Person, gone: Person, choices: Mapping[str, Choice], moved: list[list[Any]]) -> None:
    for field, choice in choices.items():
        if choice != "gone":
            continue
        for name in TOGETHER.get(field, (field,)):
            if name not in FIELDS:
                raise RecordMissing(entity=field)
            _set(kept, name, getattr(gone, name), moved)


def _set(row: Replicated, field: str, value: Any, moved: list[list[Any]]) -> None:
    """Set a field and note ``[entity, row, field, old, new]`` in wire values, ids as hex."""
    old = getattr(row, field)
    if old == value:
        return
    setattr(row, field, value)
    moved.append(
        [row.__tablename__, row.id.hex, field, kept_form(row, field, old), kept_form(row, field, value)]
    )


def kept_form(row: Replicated, field: str, value: Any) -> Any:
    """A value as a merge keeps it in its document."""
    wire = to_wire(shapes()[row.__tablename__].by_name[field].kind, value)
    return wire.hex() if isinstance(wire, bytes) else wire


def from_kept(entity: str, field: str, value: Any) -> Any:
    """A kept value as the row's own."""
    kind = shapes()[entity].by_name[field].kind
    return from_wire(
        kind, bytes.fromhex(value) if kind.value in {"id", "bytes"} and value is not None else value
    )

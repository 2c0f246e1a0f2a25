"""Putting an earlier value back: an ordinary new edit by who does it, so that nothing of the history is lost."""

import uuid
from typing import Any

from sqlalchemy import select

from tarahum_desktop.casework.conflicts.desk import fields_in_question
from tarahum_desktop.casework.conflicts.record import CONFLICT, read_detail, set_aside_by, subject_parts
from tarahum_desktop.casework.conflicts.rights import may_put_back
from tarahum_desktop.casework.conflicts.settle import write_value
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, RecordMissing
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.merge_policy import Policy, policy_of
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import FieldHistory, Ruling, replicated_entities
from tarahum_desktop.sync.row_state import unpack_value
from tarahum_desktop.sync.shapes import from_wire, shapes

_RULING: Any = Ruling.__table__
_HISTORY: Any = FieldHistory.__table__


class ValueStands(CaseworkError):
    """The value is in the field already."""

    code = "value_stands"


class ValueInQuestion(CaseworkError):
    """The field has an open conflict: deciding it comes first."""

    code = "value_in_question"


def put_back_lost(desk: Desk, ruling: uuid.UUID) -> ChangeSummary:
    """Put the value back that a decision set aside.

    Raises:
        NotAllowed, RecordMissing, ValueStands, ValueInQuestion.
    """
    with desk.reading() as connection:
        query = select(_RULING).where(_RULING.c.id == ruling, _RULING.c.kind == CONFLICT)
        row = connection.execute(query).one_or_none()
    parts = subject_parts(row.subject) if row is not None else None
    if row is None or parts is None:
        raise RecordMissing(entity="ruling")
    entity, row_id, field = parts
    met = read_detail(shapes()[entity].by_name[field].kind, row.detail)
    lost = set_aside_by(met, row.second_id.bytes if row.second_id else None) if met else ()
    if not lost:
        raise RecordMissing(entity="ruling")
    return put_back(desk, entity, row_id, field, lost[0])


def put_back_edit(desk: Desk, row_id: uuid.UUID, field: str, stamp: bytes) -> ChangeSummary:
    """Put the value back that one edit of the history wrote; raises as ``put_back_lost``."""
    with desk.reading() as connection:
        query = select(_HISTORY.c.entity, _HISTORY.c.after).where(
            _HISTORY.c.row_id == row_id, _HISTORY.c.field == field, _HISTORY.c.stamp == stamp
        )
        edit = connection.execute(query).one_or_none()
    if edit is None or field not in shapes()[edit.entity].by_name:
        raise RecordMissing(entity="field_history")
    value = from_wire(shapes()[edit.entity].by_name[field].kind, unpack_value(edit.after))
    return put_back(desk, edit.entity, row_id, field, value)


def put_back(desk: Desk, entity: str, row_id: uuid.UUID, field: str, value: Any) -> ChangeSummary:
    """Write an earlier value into a field; raises as ``put_back_lost``."""
    with UnitOfWork(desk) as work:
        row: Any = work.session.get(replicated_entities()[entity], row_id)
        if row is None:
            raise RecordMissing(entity=entity)
        if policy_of(entity, field) is Policy.FIXED or not may_put_back(desk, entity, field, row.scope):
            raise NotAllowed(action=Action.RESOLVE_CONFLICT.value)
        if (entity, row_id, field) in fields_in_question(work.session.connection(), [row_id]):
            raise ValueInQuestion(entity=entity, field=field)
        if getattr(row, field) == value:
            raise ValueStands(entity=entity, field=field)
        write_value(row, field, value)
    return work.summary

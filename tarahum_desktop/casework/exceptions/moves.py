"""Cases that stand in a state no allowed step leads to, once steps made apart came together."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, text

from tarahum_desktop.casework.conflicts.record import CONFLICT, conflict_subject
from tarahum_desktop.casework.findings import Found
from tarahum_desktop.domain.case_states import TRANSITIONS
from tarahum_desktop.models import Ruling
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.models.types import from_milliseconds, to_milliseconds

KINDS: Final = ("case_state_not_reached", "case_step_not_allowed")
_RULING: Any = Ruling.__table__
_LOOKS_BACK: Final = dt.timedelta(days=366)
_MOST: Final = 500
# Steps of the last year: what was settled before is history, and a state is judged by its latest step.
_LATEST: Final = text(
    "SELECT c.id, c.scope, c.state, m.from_state, m.to_state, m.id AS move, m.moved_at FROM ("
    "  SELECT case_id, id, from_state, to_state, moved_at, "
    "  row_number() OVER (PARTITION BY case_id ORDER BY moved_at DESC, id DESC) AS turn "
    "  FROM case_move WHERE removed_at IS NULL AND id >= :since) m "
    "JOIN case_file c ON c.id = m.case_id WHERE m.turn = 1 AND c.removed_at IS NULL AND c.scope IN :scopes"
).bindparams(bindparam("scopes", expanding=True))


def states_not_reached(connection: Connection, scopes: Sequence[str], day: dt.date) -> Iterator[Found]:
    """Cases whose latest step is not an allowed one, or does not lead to the state they show."""
    since = make_id(to_milliseconds(dt.datetime.combine(day - _LOOKS_BACK, dt.time(), dt.UTC)), 0)
    allowed = {(source.value, target.value) for source, target in TRANSITIONS}
    found = 0
    for row in connection.execute(_LATEST, {"since": since.bytes, "scopes": list(scopes)}):
        reached = row.to_state == row.state
        if not reached and _was_chosen(connection, _uuid(bytes(row.id)), row.moved_at):
            continue
        if reached and (row.from_state, row.to_state) in allowed:
            continue
        kind = KINDS[1] if reached else KINDS[0]
        case_id, move = bytes(row.id), bytes(row.move)
        facts = {"entity": "case_file", "state": row.state, "from": row.from_state, "to": row.to_state}
        yield Found(
            kind, f"{case_id.hex()}:{move.hex()}:{row.state}", row.scope, _uuid(case_id), None, 0, facts
        )
        found += 1
        if found >= _MOST:
            return


def _was_chosen(connection: Connection, case_id: uuid.UUID, moved_at: int) -> bool:
    """Whether a person decided since the step which of two states made apart stands: then nothing is left to ask."""
    query = select(_RULING.c.id).where(
        _RULING.c.kind == CONFLICT,
        _RULING.c.subject == conflict_subject("case_file", case_id, "state"),
        _RULING.c.removed_at.is_(None),
        _RULING.c.decided_at >= from_milliseconds(moved_at),
    )
    return connection.scalar(query.limit(1)) is not None


def _uuid(raw: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=raw)

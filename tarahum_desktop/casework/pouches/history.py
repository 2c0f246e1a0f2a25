"""The pouches of this machine as a list shows them, from the state that is kept of each."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.pouches.parties import require_carrier
from tarahum_desktop.casework.pouches.read import device_name
from tarahum_desktop.models import Pouch
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.header import fingerprint_digits

MOST_LINES: Final = 200
_POUCH: Any = Pouch.__table__


@dataclass(frozen=True, slots=True)
class PouchLine:
    """One pouch or request to join.

    ``direction`` ``out`` or ``in``; ``other`` is the machine at the other end. ``state`` of one that went out:
    ``writing`` (broken off: it counts for nothing), ``written``, ``answered``, ``expired``; of one that came in:
    ``read``, ``carried`` (waits for the centre), ``relayed`` (the centre, or the stick, has it), ``refused``; of a
    request: ``asked``, ``admitted``, ``answered``, ``refused``. ``code`` is the centre's where it refused.
    """

    id: uuid.UUID
    direction: str
    other: int
    other_name: str
    number: int
    fingerprint: str
    state: str
    made_at: dt.datetime
    handled_at: dt.datetime
    expires_at: dt.datetime
    changes: int
    rows: int
    files: int
    code: str = ""
    scopes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def pouch_history(desk: Desk) -> tuple[PouchLine, ...]:
    """The latest pouches, newest first. Raises NotAllowed."""
    with desk.reading() as connection:
        require_carrier(desk, connection)
        query = select(_POUCH).order_by(_POUCH.c.handled_at.desc(), _POUCH.c.id.desc()).limit(MOST_LINES)
        return tuple(_line(connection, desk, row) for row in connection.execute(query).all())


def find_pouch(desk: Desk, pouch: uuid.UUID) -> PouchLine:
    """One of them; raises NotAllowed or RecordMissing."""
    with desk.reading() as connection:
        require_carrier(desk, connection)
        row = connection.execute(select(_POUCH).where(_POUCH.c.id == pouch)).one_or_none()
        if row is None:
            raise RecordMissing(entity="pouch")
        return _line(connection, desk, row)


def _line(connection: Any, desk: Desk, row: Any) -> PouchLine:
    summary = row.summary or {}
    out = row.direction == shelf.OUT
    other = row.peer if out else row.maker
    told = summary.get("scopes", {}) if out else {}
    scopes = {scope: (int(counts[0]), int(counts[1])) for scope, counts in told.items()}
    expired = row.state == shelf.WRITTEN and row.expires_at < desk.now()
    return PouchLine(
        id=row.id,
        direction=row.direction,
        other=other,
        other_name=summary.get("name") or device_name(connection, other),
        number=row.number,
        fingerprint=fingerprint_digits(row.fingerprint) if row.fingerprint else "",
        state=shelf.EXPIRED if expired else row.state,
        made_at=row.made_at,
        handled_at=row.handled_at,
        expires_at=row.expires_at,
        changes=sum(counts[0] for counts in scopes.values()) if out else summary.get("changes", 0),
        rows=sum(counts[1] for counts in scopes.values()) if out else summary.get("rows", 0),
        files=summary.get("files", 0),
        code=summary.get("centre", "") if row.state == "refused" else "",
        scopes=scopes,
    )

"""What was decided about conflicts: for the people whose values were set aside, and for the desk that looks back.

The rulings bring everything, so a person is told on whatever machine they sit, also one that came later. That somebody
has seen a notice is kept on the machine where they saw it.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.conflicts.about import About, about_rows
from tarahum_desktop.casework.conflicts.record import CONFLICT, Met, read_detail, set_aside_by, subject_parts
from tarahum_desktop.casework.conflicts.rights import may_put_back
from tarahum_desktop.casework.conflicts.values import named_people, user_names
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Ruling
from tarahum_desktop.sync.row_store import read_rows
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.shapes import from_wire, shapes

_TOLD_FOR: Final = dt.timedelta(days=180)
_MOST_TOLD: Final = 50
MOST_SETTLED: Final = 300
_RULING: Any = Ruling.__table__


@dataclass(frozen=True, slots=True)
class SetAside:
    """A value that somebody decided against: what it was, what was kept, by whom, when, why.

    Attributes:
        id: the ruling.
        known: whether the ruling brought the values; one of an older program did not.
        lost: the value set aside, ``kept`` the one decided for, ``stands`` what the field holds now.
        author: who wrote what was set aside.
        mine: whether that is who asks.
        may_put_back: whether who asks may write the lost value again.
    """

    id: uuid.UUID
    entity: str
    row_id: uuid.UUID
    field: str
    about: About
    by_ar: str
    by_en: str
    at: dt.datetime
    reason: str = ""
    known: bool = False
    lost: Any = None
    kept: Any = None
    stands: Any = None
    author: uuid.UUID | None = None
    author_ar: str = ""
    author_en: str = ""
    mine: bool = False
    seen: bool = True
    may_put_back: bool = False
    named: Mapping[uuid.UUID, str] | None = None

    @property
    def subject(self) -> str:
        """What lists tell it by."""
        return self.id.hex

    @property
    def back(self) -> bool:
        """Whether the lost value stands again."""
        return self.known and self.stands == self.lost


def set_aside_of_mine(desk: Desk, *, also_seen: bool = False) -> list[SetAside]:
    """What was decided against this person's values and they have not marked as seen, the latest first; for Today."""
    with desk.reading() as connection:
        query = (
            select(_RULING)
            .where(
                _RULING.c.second_id == desk.user.id,
                _RULING.c.decided_by.is_distinct_from(desk.user.id),
                _RULING.c.decided_at >= desk.now() - _TOLD_FOR,
            )
            .limit(_MOST_TOLD)
        )
        seen = _seen(connection, desk)
        if not also_seen and seen:
            query = query.where(_RULING.c.id.not_in(list(seen)))
        return _told(connection, desk, query, seen)


def settled_conflicts(desk: Desk) -> list[SetAside]:
    """The decisions this desk may look back on, the latest first: all where it settles conflicts, and those about its person's values."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.RESOLVE_CONFLICT, connection)
        query = (
            select(_RULING)
            .where(_RULING.c.scope.in_(scopes) | (_RULING.c.second_id == desk.user.id))
            .limit(MOST_SETTLED)
        )
        return _told(connection, desk, query, _seen(connection, desk))


def mark_seen(desk: Desk, rulings: Iterable[uuid.UUID]) -> None:
    """This person has seen these notices: they are not told again on this machine."""
    with desk.replica.engine.begin() as connection:
        seen = _seen(connection, desk) | set(rulings)
        since = desk.now() - _TOLD_FOR
        query = select(_RULING.c.id).where(_RULING.c.id.in_(list(seen)), _RULING.c.decided_at >= since)
        write_setting(connection, _key(desk), sorted(one.bytes for one in connection.scalars(query)))


def _key(desk: Desk) -> str:
    return f"told:{desk.user.id.hex}"


def _seen(connection: Connection, desk: Desk) -> set[uuid.UUID]:
    return {uuid.UUID(bytes=one) for one in read_setting(connection, _key(desk)) or ()}


def _told(connection: Connection, desk: Desk, query: Any, seen: set[uuid.UUID]) -> list[SetAside]:
    conflicts = query.where(_RULING.c.kind == CONFLICT, _RULING.c.removed_at.is_(None))
    rows = connection.execute(conflicts.order_by(_RULING.c.decided_at.desc(), _RULING.c.id)).all()
    known = [(row, parts) for row in rows if (parts := subject_parts(row.subject))]
    about = about_rows(connection, {(entity, row_id) for _, (entity, row_id, _) in known})
    names = user_names(connection, {one for row in rows for one in (row.decided_by, row.second_id) if one})
    stands = _standing_values(connection, [parts for _, parts in known])
    told = []
    for row, parts in known:
        entity, row_id, field = parts
        met = read_detail(shapes()[entity].by_name[field].kind, row.detail)
        lost = _lost(met, row.second_id)
        told.append(
            SetAside(
                row.id, entity, row_id, field, about[entity, row_id], *names.get(row.decided_by, ("", "")), row.decided_at,
                row.reason or "", bool(lost), lost[0] if lost else None, met.kept if met else None, stands.get(parts),
                row.second_id, *names.get(row.second_id, ("", "")), row.second_id == desk.user.id, row.id in seen,
                may_put_back(desk, entity, field, row.scope),
                named_people(connection, (*lost, met.kept if met else None, stands.get(parts))),
            )
        )  # fmt: skip
    return told


def _lost(met: Met | None, author: uuid.UUID | None) -> Sequence[Any]:
    return set_aside_by(met, author.bytes if author else None) if met else ()


def _standing_values(
    connection: Connection, wanted: Sequence[tuple[str, uuid.UUID, str]]
) -> dict[tuple[str, uuid.UUID, str], Any]:
    found = {}
    for entity in {one[0] for one in wanted}:
        rows = read_rows(connection, entity, sorted({one[1].bytes for one in wanted if one[0] == entity}))
        for one in wanted:
            if one[0] == entity and (row := rows.get(one[1].bytes)) is not None:
                found[one] = from_wire(shapes()[entity].by_name[one[2]].kind, row.values.get(one[2]))
    return found

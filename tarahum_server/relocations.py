"""Carries out at the centre what was offered, answered and ordered, right after it arrived.

Nothing is kept in memory: what waits is rows of the database, so any worker can go on where another one stopped.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import delete, select

from tarahum_desktop.models import HeldBatch, Relocation
from tarahum_desktop.sync.capture import CapturedSession, captured_session
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.relocate_late import LATE, scopes_of_late, take_up_late
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope
from tarahum_server.relocation_steps import Case, step

_HELD: Any = HeldBatch.__table__
_RELOCATION: Any = Relocation.__table__
_A_CALL: Final = 20


def settle(replica: Replica, limit: int = _A_CALL) -> int:
    """Act upon late content and upon offers, at most ``limit`` of them; returns how many it acted upon."""
    done = 0
    for held_id in _late(replica, limit):
        done += _take_up(replica, held_id)
    for original in _unfinished(replica):
        if done >= limit:
            break
        done += _carry_on(replica, original)
    return done


def _late(replica: Replica, limit: int) -> list[uuid.UUID]:
    query = select(_HELD.c.id).where(_HELD.c.reason == LATE).order_by(_HELD.c.held_at, _HELD.c.first_sequence)
    with replica.engine.connect() as connection:
        return list(connection.execute(query.limit(limit)).scalars())


@contextmanager
def _writing(replica: Replica) -> Iterator[CapturedSession]:
    """One stroke of the centre: what it wrote is in its log before anybody can see it."""
    with captured_session(replica, None) as session:
        yield session
        session.flush()
        publish(session.connection(), replica)
        session.commit()


def _take_up(replica: Replica, held_id: uuid.UUID) -> int:
    with _writing(replica) as session:
        connection = session.connection()
        query = select(_HELD.c.payload).where(_HELD.c.id == held_id)
        payload = connection.execute(query).scalar_one_or_none()
        if payload is None:
            return 0
        batch = open_batch(payload, lambda _device: b"", lambda *_: True)  # verified when it was applied
        for scope in sorted(scopes_of_late(connection, batch)):
            open_scope(connection, scope)
        if connection.execute(delete(_HELD).where(_HELD.c.id == held_id)).rowcount:
            take_up_late(session, batch)
    return 1


def _unfinished(replica: Replica) -> list[uuid.UUID]:
    """Offers and orders that are not finished, oldest first; copies go with their originals."""
    query = select(_RELOCATION.c.id).where(_RELOCATION.c.done_at.is_(None), _RELOCATION.c.offer_id.is_(None))
    with replica.engine.connect() as connection:
        return list(connection.execute(query.order_by(_RELOCATION.c.id)).scalars())


def _carry_on(replica: Replica, original: uuid.UUID) -> int:
    with _writing(replica) as session:
        connection = session.connection()
        query = select(_RELOCATION.c.from_scope, _RELOCATION.c.to_scope).where(_RELOCATION.c.id == original)
        for scope in sorted(set(connection.execute(query).one())):
            open_scope(connection, scope)
        offer = session.get_one(Relocation, original)
        if offer.done_at is not None:
            return 0
        copy = session.scalars(select(Relocation).where(Relocation.offer_id == original)).first()
        return int(step(session, Case(offer, copy)))

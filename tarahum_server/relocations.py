"""Carries out at the centre what was offered, answered and ordered, right after it arrived.

Nothing is kept in memory: what waits is rows of the database, so any worker can go on where another one stopped.
"""

import functools
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, delete, func, or_, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState
from tarahum_desktop.models import HeldBatch, Household, Relocation
from tarahum_desktop.sync.capture import CapturedSession, captured_session
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.relocate_late import LATE, scopes_of_late, take_up_late
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.resuming import is_resuming
from tarahum_desktop.sync.scope_book import open_scope
from tarahum_server.relocation_steps import Case, step

_HELD: Any = HeldBatch.__table__
_RELOCATION: Any = Relocation.__table__
_HOUSEHOLD: Any = Household.__table__
_LOG = logging.getLogger("tarahum.server")
_A_CALL: Final = 200
_SECONDS: Final = 3.0
_LOCK: Final = 0x7461_7261_7365_7474  # PostgreSQL's advisory locks go by number; "tarasett"
_Act = Callable[[Replica, uuid.UUID], int]


def settle(replica: Replica, limit: int = _A_CALL) -> int:
    """Act upon late content and upon offers; returns how many it acted upon.

    One worker of all does this at a time; what arrives meanwhile it finds when it looks again. It stops after
    ``limit`` of them, or when the caller would wait too long; the next call goes on. One that fails holds up no
    other: it stays in the database and is tried again. A centre that waits for its devices acts upon nothing.
    """
    if not _matters(replica, limit) or is_resuming(replica):
        return 0
    until = time.monotonic() + _SECONDS
    done = 0
    with _alone(replica) as alone:
        fruitful = alone
        while fruitful:
            fruitful = False
            for act, matter in _matters(replica, limit):
                if done >= limit or time.monotonic() > until:
                    return done
                acted = _attempt(replica, act, matter)
                done += acted
                fruitful = fruitful or bool(acted)
    return done


@contextmanager
def _alone(replica: Replica) -> Iterator[bool]:
    """Whether no other process is settling; then none begins to until the end of this."""
    if replica.engine.dialect.name != "postgresql":
        yield True  # a file has one writer anyway
        return
    with replica.engine.execution_options(read_only=True).connect() as connection:
        yield bool(connection.execute(select(func.pg_try_advisory_xact_lock(_LOCK))).scalar_one())


def _attempt(replica: Replica, act: _Act, matter: uuid.UUID) -> int:
    try:
        return act(replica, matter)
    except TarahumError as error:
        _LOG.error("settling stopped by %s", type(error).__name__)
        return 0


def _matters(replica: Replica, limit: int) -> list[tuple[_Act, uuid.UUID]]:
    with replica.engine.execution_options(read_only=True).connect() as connection:
        late = [(_take_up, held_id) for held_id in _late(connection, limit)]
        return [*late, *((_carry_on, original) for original in _unfinished(connection))]


def _late(connection: Connection, limit: int) -> list[uuid.UUID]:
    return list(connection.execute(_late_query(limit)).scalars())


@functools.cache
def _late_query(limit: int) -> Any:
    query = select(_HELD.c.id).where(_HELD.c.reason == LATE).order_by(_HELD.c.held_at, _HELD.c.first_sequence)
    return query.limit(limit)


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


def _unfinished(connection: Connection) -> list[uuid.UUID]:
    """Offers and orders with which something is to be done, oldest first; those that wait for an answer are not read."""
    return list(connection.execute(_unfinished_query()).scalars())


@functools.cache
def _unfinished_query() -> Any:
    offer, copy = _RELOCATION.alias("offer"), _RELOCATION.alias("answer")
    return (
        select(offer.c.id)
        .outerjoin(copy, copy.c.offer_id == offer.c.id)
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == offer.c.household_id)
        .where(
            offer.c.done_at.is_(None),
            offer.c.offer_id.is_(None),
            or_(
                offer.c.kind != RelocationKind.TRANSFER.value,
                offer.c.state != RelocationState.OFFERED.value,
                copy.c.id.is_(None),
                copy.c.state != RelocationState.OFFERED.value,
                _HOUSEHOLD.c.id.is_(None),
                _HOUSEHOLD.c.scope != offer.c.from_scope,
            ),
        )
        .order_by(offer.c.id)
    )


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

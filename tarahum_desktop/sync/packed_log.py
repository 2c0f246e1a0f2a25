"""Looks into the re-packs of this replica's own log, where single batches can no longer be found by their device."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.models import BatchLog
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.codec.pack import open_pack
from tarahum_desktop.sync.log import PACK_DEVICE

_LOG: Any = BatchLog.__table__
_ANY_KEY = b"\x00"


def packed_beyond(connection: Connection, scope: str, covered: Mapping[int, int]) -> Iterator[Batch]:
    """Batches in the packs of this log that a vector of the centre does not cover, the newest pack's first.

    Each pack is a stretch of the centre's log, so a vector that covers one covers all older ones: few are opened.
    """
    query = (
        select(_LOG.c.payload)
        .where(_LOG.c.scope == scope, _LOG.c.device == PACK_DEVICE)
        .order_by(_LOG.c.first_sequence.desc())
    )
    for payload in connection.execute(query.execution_options(yield_per=1)).scalars():
        pack = open_pack(payload, _ANY_KEY, _verified_on_arrival)
        beyond = [at for at, head in enumerate(pack.heads) if head.last > covered.get(head.device, 0)]
        if not beyond:
            return
        yield from map(pack.batch, beyond)


def _verified_on_arrival(_key: bytes, _signature: bytes, _signed: bytes) -> bool:
    return True

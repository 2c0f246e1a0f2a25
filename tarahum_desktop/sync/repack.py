"""Takes in a re-pack: its batches one after another, under the centre's signature over all of them.

The pack itself goes to this replica's log as it came, at one position, because nobody but the centre can sign its
batches any more. Batches that are here already are skipped, so packs may overlap and come twice.
"""

from sqlalchemy import Connection

from tarahum_desktop.sync.apply import Applied, apply_batch
from tarahum_desktop.sync.change import BatchHeader
from tarahum_desktop.sync.codec.pack import Pack, is_pack, open_pack, read_pack_header
from tarahum_desktop.sync.log import PACK_DEVICE, append_batch
from tarahum_desktop.sync.receive import Gate, header_of, receive_batch, retry_held
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import open_scope, read_vector
from tarahum_desktop.sync.signatures import verify


def scope_of(payload: bytes) -> str:
    """Of which scope a log entry is, batch or pack, before anything is verified; raises BadBatch."""
    return read_pack_header(payload).scope if is_pack(payload) else header_of(payload).scope


def receive_entry(connection: Connection, replica: Replica, payload: bytes, gate: Gate) -> Applied:
    """Verify and apply a log entry, batch or pack, in the caller's transaction, then whatever waited for it.

    Raises:
        BadBatch: ``batch_signature`` for a pack that is not under the centre's key; else as ``receive_batch``.
    """
    if not is_pack(payload):
        return receive_batch(connection, replica, payload, gate)
    pack = open_pack(payload, gate.centre_key, verify)
    done = _apply_pack(connection, replica, pack)
    if done.changes:
        _keep(connection, replica, pack, payload)
        retry_held(connection, replica, pack.header.scope, gate)
    return done


def _apply_pack(connection: Connection, replica: Replica, pack: Pack) -> Applied:
    """Apply what is not here yet; one's own batches always are."""
    known = read_vector(connection, pack.header.scope)
    done = Applied(pack.header.scope, PACK_DEVICE, pack.header.last)
    for place, head in enumerate(pack.heads):
        if head.device == replica.device or head.last <= known.get(head.device, 0):
            continue
        applied = apply_batch(connection, replica, pack.batch(place), None)
        known[head.device] = applied.sequence
        done.changes += applied.changes
        done.late += applied.late
        for entity, row_ids in applied.touched.items():
            done.touched[entity].update(row_ids)
    return done


def _keep(connection: Connection, replica: Replica, pack: Pack, payload: bytes) -> None:
    book = open_scope(connection, pack.header.scope)
    stands_for = BatchHeader(replica.schema, book.scope, PACK_DEVICE, pack.header.first, pack.header.last, {})
    append_batch(connection, book, stands_for, pack.rows, payload, replica.wall())
    book.save(connection)

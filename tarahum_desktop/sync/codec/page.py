"""A page of a snapshot: rows of one table with their merge state, signed by the replica that made it.

``[b"TRS1", header, random id parts, zstd frame, signature]``; the rows are columns as in a batch, beside them
the clock reading and device of each stamp, the packed marks of edited fields and open conflicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.clock import STAMP_BYTES, make_stamp, stamp_device, stamp_reading
from tarahum_desktop.sync.codec.body import ID_BYTES, UNFIT, IdTable, pack_values, pick, unpack_ids
from tarahum_desktop.sync.codec.columns import pack, unpack
from tarahum_desktop.sync.codec.envelope import Envelope, Signer, Verify, compress, decompress
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.row_state import unpack_carried, unpack_marks, unpack_value
from tarahum_desktop.sync.shapes import Field, Kind, shapes, wire_values_fit

MAGIC: Final = b"TRS1"
MAX_PAGE_BYTES: Final = 8 * 1024 * 1024
MAX_PAGE_ROWS: Final = 20_000
Loser = tuple[str, bytes, bytes, bytes | None, bytes | None]
_SIGNING_CONTEXT: Final = b"tarahum snapshot 1\x00"


@dataclass(slots=True)
class Page:
    """Rows of one table of one scope; ``kept[i]`` is ``(field_stamps, carried)`` of row i, ``losers[i]`` its conflicts packed."""

    scope: str
    group: InsertGroup
    kept: list[tuple[bytes | None, bytes | None]]
    losers: list[bytes | None]


def seal_page(page: Page, signer: Signer) -> bytes:
    """Encode, compress and sign a page."""
    group = page.group
    ids = IdTable()
    count = len(group.row_ids)
    known = shapes()[group.entity].by_name
    row_ids = ids.dense(group.row_ids)
    columns = [
        pack_values(known[name].kind, column, ids)
        for name, column in zip(group.names, group.columns, strict=True)
    ]
    authors = ids.column(list(group.authors))
    times, random_parts = ids.pack()
    body = [
        count,
        times,
        row_ids,
        pack([stamp_reading(stamp) for stamp in group.stamps], steps=True),
        pack([stamp_device(stamp) for stamp in group.stamps]),
        authors,
        pack([marks for marks, _ in page.kept]),
        pack([carried for _, carried in page.kept]),
        pack(list(page.losers)),
        list(group.names),
        columns,
    ]
    header = msgspec.msgpack.encode([page.scope, group.entity])
    frame = compress(msgspec.msgpack.encode(body))
    signature = signer.sign(_signed_bytes(header, random_parts, frame))
    return msgspec.msgpack.encode([MAGIC, header, random_parts, frame, signature])


def _signed_bytes(header: bytes, random_parts: bytes, frame: bytes) -> bytes:
    sizes = len(header).to_bytes(4, "big") + len(random_parts).to_bytes(4, "big")
    return b"".join([_SIGNING_CONTEXT, sizes, header, random_parts, frame])


def open_page(payload: bytes, key: bytes, verify: Verify) -> Page:
    """Verify and decode a page; raises BadBatch."""
    if len(payload) > MAX_PAGE_BYTES:
        raise BadBatch(code="batch_too_large")
    try:
        envelope = msgspec.msgpack.decode(payload, type=Envelope)
        scope, entity = msgspec.msgpack.decode(envelope.header, type=tuple[str, str])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch from error
    signed = _signed_bytes(envelope.header, envelope.random_parts, envelope.frame)
    if envelope.magic != MAGIC or not verify(key, envelope.signature, signed):
        raise BadBatch(code="batch_signature")
    try:
        return _unpack(
            scope, entity, msgspec.msgpack.decode(decompress(envelope.frame)), envelope.random_parts
        )
    except BadBatch:
        raise
    except UNFIT as error:
        raise BadBatch(code="batch_malformed") from error


def _unpack(scope: str, entity: str, body: Any, random_parts: bytes) -> Page:
    count, times, row_ids, readings, devices, authors, marks, carried, losers, names, columns = body
    if not 0 <= count <= MAX_PAGE_ROWS or entity not in shapes():
        raise BadBatch(code="batch_malformed")
    table = unpack_ids(times, random_parts)
    known = shapes()[entity].by_name
    stamps = [
        make_stamp(reading, device)
        for reading, device in zip(unpack(readings, count), unpack(devices, count), strict=True)
    ]
    values = []
    for name, packed in zip(names, columns, strict=True):
        column = unpack(packed, count)
        field = known.get(name)
        values.append(pick(table, column) if field is not None and field.kind is Kind.ID else column)
    group = InsertGroup(
        entity,
        tuple(names),
        [],
        pick(table, unpack(row_ids, count)),
        stamps,
        pick(table, unpack(authors, count)),
        values,
    )
    if None in group.row_ids or len(set(group.row_ids)) != count:
        raise BadBatch(code="batch_malformed")
    kept = list(zip(unpack(marks, count), unpack(carried, count), strict=True))
    page = Page(scope, group, kept, unpack(losers, count))
    _check_states(page, known)
    return page


def unpack_losers(packed: bytes | None) -> list[Loser]:
    """The open conflicts of a row: ``(field, stamp, packed value, author, packed value before)``."""
    return [] if packed is None else msgspec.msgpack.decode(packed, type=list[Loser])


def _check_states(page: Page, known: Mapping[str, Field]) -> None:
    """Refuse merge states that could not be read back later."""
    for marks, carried in page.kept:
        unpack_carried(carried)
        for name, mark in unpack_marks(marks).items():
            if name not in known or len(mark.stamp) != STAMP_BYTES:
                raise BadBatch(code="batch_malformed")
    for packed in page.losers:
        for name, stamp, value, author, before in unpack_losers(packed):
            if len(stamp) != STAMP_BYTES or (author is not None and len(author) != ID_BYTES):
                raise BadBatch(code="batch_malformed")
            if not wire_values_fit(known[name], [unpack_value(value)]):
                raise BadBatch(code="value_unfit", entity=page.group.entity, field=name)
            unpack_value(before)

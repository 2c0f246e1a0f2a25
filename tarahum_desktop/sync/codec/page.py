"""A page of a snapshot: rows of one table with their merge state, signed by the replica that made it.

``[b"TRS1", header, random id parts, zstd frame, signature]``; the rows are columns as in a batch, beside them
the clock reading and device of each stamp, the packed marks of edited fields and open conflicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec

from tarahum_desktop.sync.change import InsertGroup
from tarahum_desktop.sync.clock import STAMP_BYTES, make_stamp, stamp_device, stamp_reading
from tarahum_desktop.sync.codec.body import MAX_NAMES, UNFIT, Columns, known_names, pack_values
from tarahum_desktop.sync.codec.columns import pack, unpack
from tarahum_desktop.sync.codec.envelope import Envelope, Signer, Verify, compress, decompress
from tarahum_desktop.sync.codec.ids import ID_BYTES, IdTable, pick, unpack_ids
from tarahum_desktop.sync.codec.room import Room, is_field_name, names_in
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.row_state import unpack_carried, unpack_marks, unpack_value
from tarahum_desktop.sync.shapes import Field, is_entity_name, shape_of, wire_values_fit

MAGIC: Final = b"TRS1"
MAX_PAGE_BYTES: Final = 8 * 1024 * 1024
MAX_PAGE_ROWS: Final = 20_000
MAX_LOSERS: Final = 10_000
Loser = tuple[str, bytes, bytes, bytes | None, bytes | None]
_Losers = Annotated[list[Loser], msgspec.Meta(max_length=MAX_LOSERS)]
_SIGNING_CONTEXT: Final = b"tarahum snapshot 1\x00"
_Raw = msgspec.Raw
_Body = tuple[int, _Raw, _Raw, _Raw, _Raw, _Raw, _Raw, _Raw, _Raw, _Raw, Columns]


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
    known = shape_of(group.entity).by_name
    row_ids = ids.dense(group.row_ids)
    columns = [
        pack_values(known[name], column, ids) for name, column in zip(group.names, group.columns, strict=True)
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
        [known[name].wire for name in group.names],
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
        body = msgspec.msgpack.decode(decompress(envelope.frame), type=_Body)
        return _unpack(scope, entity, body, envelope.random_parts)
    except BadBatch:
        raise
    except UNFIT as error:
        raise BadBatch(code="batch_malformed") from error


def _unpack(scope: str, entity: str, body: _Body, random_parts: bytes) -> Page:
    count, times, row_ids, readings, devices, authors, marks, carried, losers, packed_names, columns = body
    if not 0 <= count <= MAX_PAGE_ROWS or not is_entity_name(entity):
        raise BadBatch(code="batch_malformed")
    room = Room()

    def column(packed: _Raw) -> list[Any]:
        return unpack(packed, count, room)

    table = unpack_ids(times, random_parts, room)
    known = shape_of(entity).by_name
    stamps = [
        make_stamp(reading, device) for reading, device in zip(column(readings), column(devices), strict=True)
    ]
    names = known_names(entity, names_in(packed_names, MAX_NAMES, room))
    values = []
    for name, packed in zip(names, columns, strict=True):
        field = known.get(name)
        found = column(packed)
        values.append(pick(table, found) if field is not None and field.by_number else found)
    group = InsertGroup(
        entity,
        tuple(names),
        [],
        pick(table, column(row_ids)),
        stamps,
        pick(table, column(authors)),
        values,
    )
    if None in group.row_ids or len(set(group.row_ids)) != count:
        raise BadBatch(code="batch_malformed")
    kept = list(zip(column(marks), column(carried), strict=True))
    page = Page(scope, group, kept, column(losers))
    _check_states(page, known)
    return page


def unpack_losers(packed: bytes | None) -> list[Loser]:
    """The open conflicts of a row: ``(field, stamp, packed value, author, packed value before)``."""
    return [] if packed is None else msgspec.msgpack.decode(packed, type=_Losers)


def _check_states(page: Page, known: Mapping[str, Field]) -> None:
    """Refuse merge states that could not be read back later."""
    for packed_marks, packed_carried in page.kept:
        for name, (_, stamp) in unpack_carried(packed_carried).items():
            _check_edit(name, stamp, None)
        for name, mark in unpack_marks(packed_marks).items():
            _check_edit(name, mark.stamp, mark.author)
    for packed in page.losers:
        losers = unpack_losers(packed)
        if len({(name, stamp) for name, stamp, *_ in losers}) != len(losers):
            raise BadBatch(code="batch_malformed")
        for name, stamp, packed_value, author, packed_before in losers:
            _check_edit(name, stamp, author)
            value, before = unpack_value(packed_value), unpack_value(packed_before)
            seen = [value] if before is None else [value, before]
            if name in known and not all(wire_values_fit(known[name], [one]) for one in seen):
                raise BadBatch(code="value_unfit", entity=page.group.entity, field=name)


def _check_edit(name: str, stamp: bytes, author: bytes | None) -> None:
    author_fits = author is None or len(author) == ID_BYTES
    if len(stamp) != STAMP_BYTES or not author_fits or not is_field_name(name):
        raise BadBatch(code="batch_malformed")

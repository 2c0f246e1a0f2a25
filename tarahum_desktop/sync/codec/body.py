"""The rows of a batch as one packed document: an id table, then one group of columns a table.

Ids travel once, in order of appearance; every reference is a number into that table. The random part
of the ids cannot be compressed and stays outside the compressed body (see ``envelope``).

``[count, id times, readings, authors, group numbers, groups]`` where an insert group is
``[entity, 1, names, row ids, columns]`` and an update group is
``[entity, 0, names, row ids, [value, replaced stamps, value before] for each field]``.
"""

from typing import Annotated, Any, Final

import msgspec

from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, FieldEdit, InsertGroup
from tarahum_desktop.sync.clock import STAMP_BYTES, make_stamp, stamp_reading
from tarahum_desktop.sync.codec.columns import pack, pack_steps, unpack
from tarahum_desktop.sync.codec.ids import ID_BYTES, IdTable, pick, unpack_ids
from tarahum_desktop.sync.codec.room import Room, names_in
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.shapes import Field, Kind, is_entity_name, shape_of, shapes, strange_name

_STEPPED: Final = frozenset({Kind.DAY, Kind.MOMENT})
MAX_ROWS: Final = 100_000
MAX_NAMES: Final = 1_000
_Group = tuple[str, int, msgspec.Raw, msgspec.Raw, msgspec.Raw]
_Groups = Annotated[list[_Group], msgspec.Meta(max_length=MAX_ROWS)]
_Body = tuple[int, msgspec.Raw, msgspec.Raw, msgspec.Raw, msgspec.Raw, _Groups]
_Edited = tuple[msgspec.Raw, msgspec.Raw, msgspec.Raw]
Columns = Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MAX_NAMES)]
_EditedColumns = Annotated[list[_Edited], msgspec.Meta(max_length=MAX_NAMES)]
_NOBODY: Final = bytes(ID_BYTES)
# What a document of the wrong shape can raise on the way through the reader.
UNFIT: Final = (
    msgspec.DecodeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
)


def pack_body(batch: Batch) -> tuple[bytes, bytes]:
    """``(document, random id parts)`` of a batch's rows."""
    count = batch.rows
    readings: list[int] = [0] * count
    authors: list[bytes] = [_NOBODY] * count
    group_numbers: list[int] = [0] * count
    ids = IdTable()
    groups: list[Any] = []
    first = batch.header.first
    for group in batch.inserts:
        _note(
            group.sequences, group.stamps, group.authors, len(groups), first, readings, authors, group_numbers
        )
        groups.append(_pack_inserts(group, ids))
    for names, changes in _update_groups(batch.updates).items():
        sequences = [change.sequence for change in changes]
        stamps = [change.stamp for change in changes]
        made_by = [change.author for change in changes]
        _note(sequences, stamps, made_by, len(groups), first, readings, authors, group_numbers)
        groups.append(_pack_updates(names, changes, ids))
    author_column = ids.dense(authors)
    times, random_parts = ids.pack()
    body = [
        count,
        times,
        pack_steps(readings) if count > 1 else [0, readings[0]],
        author_column,
        pack(group_numbers),
        groups,
    ]
    return msgspec.msgpack.encode(body), random_parts


def _note(
    sequences: list[int],
    stamps: list[bytes],
    made_by: list[bytes | None],
    number: int,
    first: int,
    readings: list[int],
    authors: list[bytes],
    group_numbers: list[int],
) -> None:
    for sequence, stamp, author in zip(sequences, stamps, made_by, strict=True):
        at = sequence - first
        readings[at] = stamp_reading(stamp)
        group_numbers[at] = number
        if author is not None:
            authors[at] = author


def _pack_inserts(group: InsertGroup, ids: IdTable) -> list[Any]:
    known = shapes()[group.entity].by_name
    row_ids = ids.dense(group.row_ids)
    columns = [
        pack_values(known[name], column, ids) for name, column in zip(group.names, group.columns, strict=True)
    ]
    return [group.entity, 1, [known[name].wire for name in group.names], row_ids, columns]


def pack_values(field: Field, column: list[Any], ids: IdTable) -> list[Any]:
    """A column of one field, packed in the way of its kind."""
    if field.by_number:
        return ids.column(column)
    return pack(column, steps=field.kind in _STEPPED)


def _update_groups(updates: list[Change]) -> dict[tuple[str, ...], list[Change]]:
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in updates:
        groups.setdefault((change.entity, *sorted(change.edits)), []).append(change)
    return groups


def _pack_updates(key: tuple[str, ...], changes: list[Change], ids: IdTable) -> list[Any]:
    entity, names = key[0], key[1:]
    known = shapes()[entity].by_name
    row_ids = ids.dense([change.row_id for change in changes])
    columns = []
    for name in names:
        edits = [change.edits[name] for change in changes]
        columns.append(
            [
                pack_values(known[name], [edit.value for edit in edits], ids),
                pack([b"".join(edit.replaces) for edit in edits]),
                pack_values(known[name], [edit.before for edit in edits], ids),
            ]
        )
    return [entity, 0, [known[name].wire for name in names], row_ids, columns]


def unpack_body(header: BatchHeader, document: bytes, random_parts: bytes) -> Batch:
    """The rows of a batch; fields and tables of a newer program keep the names under which they travel.

    Raises:
        BadBatch: anything does not fit together, or a value is not of its field's kind.
    """
    try:
        return _unpack(header, msgspec.msgpack.decode(document, type=_Body), random_parts)
    except BadBatch:
        raise
    except UNFIT as error:
        raise BadBatch(code="batch_malformed") from error


def _unpack(header: BatchHeader, body: _Body, random_parts: bytes) -> Batch:
    count, times, readings, authors, group_numbers, groups = body
    if count != header.last - header.first + 1 or not 0 < count <= MAX_ROWS or len(groups) > count:
        raise BadBatch(code="batch_malformed")
    room = Room()
    table = unpack_ids(times, random_parts, room)
    reader = _Reader(
        header, table, unpack(readings, count, room), pick(table, unpack(authors, count, room)), room
    )
    places: dict[int, list[int]] = {number: [] for number in range(len(groups))}
    for at, number in enumerate(unpack(group_numbers, count, room)):
        places[number].append(at)
    return reader.read(groups, list(places.values()))


class _Reader:
    """Turns packed groups back into rows."""

    def __init__(
        self,
        header: BatchHeader,
        table: list[bytes],
        readings: list[int],
        authors: list[bytes | None],
        room: Room,
    ) -> None:
        self._header = header
        self._room = room
        self._table = table
        self._stamps = [make_stamp(reading, header.device) for reading in readings]
        self._authors = [None if author == _NOBODY else author for author in authors]

    def read(self, groups: list[_Group], places: list[list[int]]) -> Batch:
        inserts: list[InsertGroup] = []
        updates: list[Change] = []
        for (entity, is_insert, packed_names, row_ids, columns), at in zip(groups, places, strict=True):
            if not is_entity_name(entity):
                raise BadBatch(code="batch_malformed")
            names = known_names(entity, names_in(packed_names, MAX_NAMES, self._room))
            ids = pick(self._table, unpack(row_ids, len(at), self._room))
            if None in ids or (is_insert and len(set(ids)) != len(ids)):
                raise BadBatch(code="batch_malformed")
            if is_insert:
                new = msgspec.msgpack.decode(columns, type=Columns)
                inserts.append(self._inserts(entity, tuple(names), ids, new, at))
            else:
                edited = msgspec.msgpack.decode(columns, type=_EditedColumns)
                updates.extend(self._updates(entity, names, ids, edited, at))
        updates.sort(key=lambda change: change.sequence)
        return Batch(self._header, inserts, updates)

    def _inserts(
        self, entity: str, names: tuple[str, ...], ids: list[bytes], columns: list[msgspec.Raw], at: list[int]
    ) -> InsertGroup:
        first = self._header.first
        return InsertGroup(
            entity,
            names,
            [first + place for place in at],
            ids,
            [self._stamps[place] for place in at],
            [self._authors[place] for place in at],
            [
                self._values(entity, name, column, len(at))
                for name, column in zip(names, columns, strict=True)
            ],
        )

    def _values(self, entity: str, name: str, column: msgspec.Raw, count: int) -> list[Any]:
        field = shape_of(entity).by_name.get(name)
        values = unpack(column, count, self._room)
        return pick(self._table, values) if field is not None and field.by_number else values

    def _updates(
        self, entity: str, names: list[str], ids: list[bytes], columns: list[_Edited], at: list[int]
    ) -> list[Change]:
        edits: list[dict[str, FieldEdit]] = [{} for _ in at]
        for name, (values, replaced, before) in zip(names, columns, strict=True):
            if policy_of(entity, name) is Policy.FIXED:
                raise BadBatch(code="fixed_field", entity=entity, field=name)
            new = self._values(entity, name, values, len(at))
            old = self._values(entity, name, before, len(at))
            for row, stamps in enumerate(unpack(replaced, len(at), self._room)):
                edits[row][name] = FieldEdit(new[row], _split_stamps(stamps, self._room), old[row])
        return [
            Change(
                self._header.first + place,
                entity,
                row_id,
                self._stamps[place],
                self._authors[place],
                None,
                edit,
            )
            for place, row_id, edit in zip(at, ids, edits, strict=True)
        ]


def known_names(entity: str, names: list[str]) -> list[str]:
    """The names of fields as this program calls them; those it does not know stay as they travel."""
    by_wire = shape_of(entity).by_wire
    found = [by_wire[name].name if name in by_wire else name for name in names]
    if len({strange_name(name)[0] for name in found}) != len(found):
        raise BadBatch(code="batch_malformed")
    return found


def policy_of(entity: str, name: str) -> Policy:
    """How two edits of a field come together, of one this program does not know by what its name says."""
    known = POLICIES[entity].get(name) if entity in POLICIES else None
    return strange_name(name)[1] if known is None else known


def _split_stamps(joined: bytes, room: Room) -> tuple[bytes, ...]:
    if not isinstance(joined, bytes) or len(joined) % STAMP_BYTES:
        raise BadBatch(code="batch_malformed")
    room.take(len(joined) // STAMP_BYTES)
    return tuple(joined[at : at + STAMP_BYTES] for at in range(0, len(joined), STAMP_BYTES))

"""The rows of a batch as one packed document: an id table, then one group of columns a table.

Ids travel once, in order of appearance; every reference is a number into that table. The random part
of the ids cannot be compressed and stays outside the compressed body (see ``envelope``).

``[count, id times, readings, authors, group numbers, groups]`` where an insert group is
``[entity, 1, names, row ids, columns]`` and an update group is
``[entity, 0, names, row ids, [value, replaced stamps, value before] for each field]``.
"""

from typing import Any, Final

import msgspec

from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, FieldEdit, InsertGroup
from tarahum_desktop.sync.clock import STAMP_BYTES, make_stamp, stamp_reading
from tarahum_desktop.sync.codec.columns import pack, pack_steps, unpack
from tarahum_desktop.sync.errors import BadBatch
from tarahum_desktop.sync.shapes import Kind, shapes

ID_BYTES: Final = 16
RANDOM_BYTES: Final = 10
_STEPPED: Final = frozenset({Kind.DAY, Kind.MOMENT})
MAX_ROWS: Final = 100_000
_NOBODY: Final = b"\x00" * ID_BYTES
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


class IdTable:
    """The id table of a batch while it is written."""

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}

    def column(self, ids: list[Any]) -> list[Any]:
        """A packed column of references, None allowed."""
        numbers = self.numbers
        dense = [None if i is None else numbers.setdefault(i, len(numbers)) for i in ids]
        return pack(dense, steps=True)

    def dense(self, ids: list[bytes]) -> list[Any]:
        """A packed column of ids, none missing."""
        numbers = self.numbers
        return pack([numbers.setdefault(i, len(numbers)) for i in ids], steps=True)

    def pack(self) -> tuple[list[Any], bytes]:
        """The times as a column, and the random parts joined."""
        table = list(self.numbers)
        times = [int.from_bytes(i[:6], "big") for i in table]
        return pack(times, steps=True) if times else [0, None], b"".join([i[6:] for i in table])


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
        pack_values(known[name].kind, column, ids)
        for name, column in zip(group.names, group.columns, strict=True)
    ]
    return [group.entity, 1, list(group.names), row_ids, columns]


def pack_values(kind: Kind, column: list[Any], ids: IdTable) -> list[Any]:
    """A column of one field, packed in the way of its kind."""
    if kind is Kind.ID:
        return ids.column(column)
    return pack(column, steps=kind in _STEPPED)


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
        kind = known[name].kind
        edits = [change.edits[name] for change in changes]
        columns.append(
            [
                pack_values(kind, [edit.value for edit in edits], ids),
                pack([b"".join(edit.replaces) for edit in edits]),
                pack_values(kind, [edit.before for edit in edits], ids),
            ]
        )
    return [entity, 0, list(names), row_ids, columns]


class UnknownEntity(BadBatch):
    """The batch speaks of a table this program does not have: it waits for an upgrade."""

    code = "schema_newer"


def unpack_body(header: BatchHeader, document: bytes, random_parts: bytes) -> Batch:
    """The rows of a batch.

    Raises:
        BadBatch: anything does not fit together, or a value is not of its field's kind.
        UnknownEntity: a table of a newer program.
    """
    try:
        return _unpack(header, msgspec.msgpack.decode(document), random_parts)
    except BadBatch:
        raise
    except UNFIT as error:
        raise BadBatch(code="batch_malformed") from error


def _unpack(header: BatchHeader, body: Any, random_parts: bytes) -> Batch:
    count, times, readings, authors, group_numbers, groups = body
    if count != header.last - header.first + 1 or not 0 < count <= MAX_ROWS:
        raise BadBatch(code="batch_malformed")
    table = unpack_ids(times, random_parts)
    reader = _Reader(header, table, unpack(readings, count), pick(table, unpack(authors, count)))
    places: dict[int, list[int]] = {number: [] for number in range(len(groups))}
    for at, number in enumerate(unpack(group_numbers, count)):
        places[number].append(at)
    return reader.read(groups, list(places.values()))


def unpack_ids(times: Any, random_parts: bytes) -> list[bytes]:
    """The id table."""
    count, rest = divmod(len(random_parts), RANDOM_BYTES)
    if rest:
        raise BadBatch(code="batch_malformed")
    if not count:
        return []
    try:
        return [
            time.to_bytes(6, "big") + random_parts[at : at + RANDOM_BYTES]
            for at, time in zip(range(0, len(random_parts), RANDOM_BYTES), unpack(times, count), strict=True)
        ]
    except (AttributeError, OverflowError, TypeError) as error:
        raise BadBatch(code="batch_malformed") from error


def pick(table: list[bytes], numbers: list[Any]) -> list[Any]:
    """Ids by their numbers in the table; a negative number would read from the end and is refused."""
    try:
        if any(number is not None and number < 0 for number in numbers):
            raise BadBatch(code="batch_malformed")
        return [None if number is None else table[number] for number in numbers]
    except (IndexError, TypeError) as error:
        raise BadBatch(code="batch_malformed") from error


class _Reader:
    """Turns packed groups back into rows."""

    def __init__(
        self, header: BatchHeader, table: list[bytes], readings: list[int], authors: list[bytes | None]
    ) -> None:
        self._header = header
        self._table = table
        self._stamps = [make_stamp(reading, header.device) for reading in readings]
        self._authors = [None if author == _NOBODY else author for author in authors]

    def read(self, groups: list[Any], places: list[list[int]]) -> Batch:
        inserts: list[InsertGroup] = []
        updates: list[Change] = []
        for (entity, is_insert, names, row_ids, columns), at in zip(groups, places, strict=True):
            if entity not in POLICIES:
                raise UnknownEntity(entity=str(entity)[:64])
            if not all(isinstance(name, str) for name in names) or len(names) != len(columns):
                raise BadBatch(code="batch_malformed")
            ids = pick(self._table, unpack(row_ids, len(at)))
            if None in ids or (is_insert and len(set(ids)) != len(ids)):
                raise BadBatch(code="batch_malformed")
            if is_insert:
                inserts.append(self._inserts(entity, tuple(names), ids, columns, at))
            else:
                updates.extend(self._updates(entity, names, ids, columns, at))
        updates.sort(key=lambda change: change.sequence)
        return Batch(self._header, inserts, updates)

    def _inserts(
        self, entity: str, names: tuple[str, ...], ids: list[bytes], columns: list[Any], at: list[int]
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

    def _values(self, entity: str, name: str, column: Any, count: int) -> list[Any]:
        field = shapes()[entity].by_name.get(name)
        values = unpack(column, count)
        if field is None or field.kind is not Kind.ID:
            return values
        return pick(self._table, values)

    def _updates(
        self, entity: str, names: list[str], ids: list[bytes], columns: list[Any], at: list[int]
    ) -> list[Change]:
        edits: list[dict[str, FieldEdit]] = [{} for _ in at]
        for name, (values, replaced, before) in zip(names, columns, strict=True):
            if POLICIES[entity].get(name) is Policy.FIXED:
                raise BadBatch(code="fixed_field", entity=entity, field=name)
            new = self._values(entity, name, values, len(at))
            old = self._values(entity, name, before, len(at))
            for row, stamps in enumerate(unpack(replaced, len(at))):
                edits[row][name] = FieldEdit(new[row], _split_stamps(stamps), old[row])
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


def _split_stamps(joined: bytes) -> tuple[bytes, ...]:
    if not isinstance(joined, bytes) or len(joined) % STAMP_BYTES:
        raise BadBatch(code="batch_malformed")
    return tuple(joined[at : at + STAMP_BYTES] for at in range(0, len(joined), STAMP_BYTES))

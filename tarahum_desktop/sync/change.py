"""A change: what one flush did to one row, before it is put in columns or after it came out of them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One edited field: its new wire value, the stamps it replaces and, for reviewed fields, the value before."""

    value: Any
    replaces: tuple[bytes, ...]
    before: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row's patch.

    An insert has ``values`` (all fields), an update has ``edits``. ``sequence`` counts the device's changes
    in the scope; ``stamp`` is 12 bytes; ``row_id`` and ``author`` are 16.
    """

    sequence: int
    entity: str
    row_id: bytes
    stamp: bytes
    author: bytes | None
    values: dict[str, Any] | None = None
    edits: dict[str, FieldEdit] = field(default_factory=dict)


@dataclass(slots=True)
class InsertGroup:
    """New rows of one table as columns: ``columns[i][j]`` is field ``names[i]`` of row ``row_ids[j]``."""

    entity: str
    names: tuple[str, ...]
    sequences: list[int]
    row_ids: list[bytes]
    stamps: list[bytes]
    authors: list[bytes | None]
    columns: list[list[Any]]

    def skip(self, count: int) -> "InsertGroup":
        """The group without its first ``count`` rows."""
        return InsertGroup(
            self.entity,
            self.names,
            self.sequences[count:],
            self.row_ids[count:],
            self.stamps[count:],
            self.authors[count:],
            [column[count:] for column in self.columns],
        )


@dataclass(slots=True)
class BatchHeader:
    """What a receiver must know before it reads the rows.

    ``needs`` names, for each other device, the sequence the maker had applied when it sealed the batch:
    the receiver waits until it has as much (causal delivery).
    """

    schema: int
    scope: str
    device: int
    first: int
    last: int
    needs: dict[int, int]


@dataclass(slots=True)
class Batch:
    """Consecutive changes of one device in one scope: inserts as columns, updates one by one."""

    header: BatchHeader
    inserts: list[InsertGroup]
    updates: list[Change]

    @property
    def rows(self) -> int:
        """How many changes the batch carries."""
        return self.header.last - self.header.first + 1

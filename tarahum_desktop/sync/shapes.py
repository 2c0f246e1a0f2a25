"""The shape of each replicated table: its fields, their kinds, and how values travel.

A *wire* value is what a batch carries: ids are 16 bytes, days are proleptic ordinals, instants are
milliseconds, documents are canonical JSON text. A *stored* value is what the database driver takes and
gives. Bulk paths move between the two without the ORM.

A field or table that came after the first format travels so that a program which does not know it loses nothing of
it: under a name that tells its merge policy, and with its ids written out.
"""

import datetime as dt
import functools
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Date, Integer, LargeBinary, Table, Text

from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.models import Base, Replicated, StrangeRow, replicated_entities
from tarahum_desktop.models.types import (
    JsonText,
    RowId,
    UtcTime,
    canonical_json,
    from_milliseconds,
    to_milliseconds,
)
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.documents import is_document

_LETTERS: Final = {Policy.MERGE: "m", Policy.REVIEW: "r", Policy.APPEND: "a", Policy.FIXED: "f"}
_BY_LETTER: Final = {letter: policy for policy, letter in _LETTERS.items()}
_ENTITY_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


class Kind(StrEnum):
    """How the values of a field travel."""

    ID = "id"
    TEXT = "text"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    DOCUMENT = "document"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Field:
    """One replicated field; ``optional`` says whether it may be empty, ``least`` and ``most`` bound a number.

    ``wire`` is its name in batches and pages; ``by_number`` says whether ids travel as numbers into the id table.
    """

    name: str
    kind: Kind
    optional: bool
    least: int = 0
    most: int = 0
    wire: str = ""
    by_number: bool = False


@dataclass(frozen=True)
class Shape:
    """One replicated table: entity name, model, table and fields in the order they travel."""

    entity: str
    model: type[Base]
    table: Table
    fields: tuple[Field, ...]

    @functools.cached_property
    def by_wire(self) -> dict[str, Field]:
        """Fields by the name under which they travel."""
        return {field.wire: field for field in self.fields}

    @functools.cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """Field names in the order they travel."""
        return tuple(field.name for field in self.fields)


@functools.cache
def shapes() -> dict[str, Shape]:
    """Every replicated table by entity name."""
    return {name: _shape(name, model) for name, model in replicated_entities().items()}


@functools.lru_cache(maxsize=1024)
def shape_of(entity: str) -> Shape:
    """The shape of a table; one that this program does not know has no fields, so that all of them are carried."""
    known = shapes().get(entity)
    if known is not None:
        return known
    table = StrangeRow.__table__
    assert isinstance(table, Table)
    return Shape(entity, StrangeRow, table, ())


def is_entity_name(name: object) -> bool:
    """Whether this can be the name of a table, known or not."""
    return isinstance(name, str) and _ENTITY_NAME.fullmatch(name) is not None


@functools.cache
def _first_fields() -> dict[str, frozenset[str]]:
    """The fields of the first format, by table; the list never changes."""
    kept = json.loads(resource("sync", "first-fields.json").read_text("utf-8"))
    return {entity: frozenset(names) for entity, names in kept.items()}


def strange_name(wire: str) -> tuple[str, Policy]:
    """Name and policy of a field this program does not know, from the name under which it travels."""
    name, _, letter = wire.partition(":")
    return name, _BY_LETTER.get(letter, Policy.MERGE)


def _shape(entity: str, model: type[Replicated]) -> Shape:
    table = model.__table__
    assert isinstance(table, Table)
    first = _first_fields().get(entity, frozenset())
    fields = tuple(
        _travelling(_field(column.name, column.type, optional=bool(column.nullable)), entity, first)
        for column in table.columns
        if column.name not in Replicated.BOOKKEEPING
    )
    return Shape(entity, model, table, fields)


def _travelling(field: Field, entity: str, first: frozenset[str]) -> Field:
    if field.name in first:
        return replace(field, wire=field.name, by_number=field.kind is Kind.ID)
    return replace(field, wire=f"{field.name}:{_LETTERS[POLICIES[entity][field.name]]}")


def _field(name: str, column_type: Any, *, optional: bool) -> Field:
    kind = _kind_of(column_type)
    if kind is Kind.DAY:
        return Field(name, kind, optional, 1, dt.date.max.toordinal())
    if kind is Kind.MOMENT:
        latest = to_milliseconds(dt.datetime.max.replace(tzinfo=dt.UTC))
        return Field(name, kind, optional, to_milliseconds(dt.datetime.min.replace(tzinfo=dt.UTC)), latest)
    if kind is Kind.WHOLE:
        # PostgreSQL refuses what its column cannot hold; every replica must refuse the same.
        reach = 2**63 if isinstance(column_type, BigInteger) else 2**31
        return Field(name, kind, optional, -reach, reach - 1)
    return Field(name, kind, optional)


_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (RowId, Kind.ID),
    (JsonText, Kind.DOCUMENT),
    (UtcTime, Kind.MOMENT),
    (Boolean, Kind.FLAG),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    (BigInteger, Kind.WHOLE),
    (Integer, Kind.WHOLE),
    (Text, Kind.TEXT),
)


def _kind_of(column_type: Any) -> Kind:
    for known, kind in _KINDS:
        if isinstance(column_type, known):
            return kind
    msg = f"no wire kind for {column_type!r}"
    raise TypeError(msg)


def to_wire(kind: Kind, value: Any) -> Any:
    """A model's Python value as it travels."""
    if value is None:
        return None
    convert = _TO_WIRE.get(kind)
    return convert(value) if convert else value


_TO_WIRE: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: lambda value: value.bytes,
    Kind.DAY: lambda value: value.toordinal(),
    Kind.MOMENT: to_milliseconds,
    Kind.DOCUMENT: canonical_json,
    Kind.FLAG: bool,
}

_WIRE_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.ID: (bytes,),
    Kind.TEXT: (str,),
    Kind.WHOLE: (int,),
    Kind.FLAG: (bool,),
    Kind.DAY: (int,),
    Kind.MOMENT: (int,),
    Kind.DOCUMENT: (str,),
    Kind.BYTES: (bytes,),
}


def wire_values_fit(field: Field, values: list[Any]) -> bool:
    """Whether a column that came over the wire has only values this field may hold."""
    types = set(map(type, values))
    if type(None) in types:
        if not field.optional:
            return False
        types.discard(type(None))
        values = [value for value in values if value is not None]
    if not types:
        return True
    if types != set(_WIRE_TYPES[field.kind]):
        return False
    if field.kind is Kind.ID:
        return set(map(len, values)) == {16}
    if field.kind in {Kind.DAY, Kind.WHOLE, Kind.MOMENT}:
        return bool(min(values) >= field.least and max(values) <= field.most)
    if field.kind is Kind.TEXT:
        return not any("\x00" in value for value in values)
    return field.kind is not Kind.DOCUMENT or all(map(is_document, values))


@functools.lru_cache(maxsize=65536)
def _day_text(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


@functools.lru_cache(maxsize=65536)
def _day_ordinal(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def to_stored(kind: Kind, dialect: str) -> Callable[[Any], Any] | None:
    """How to turn wire values into what the driver takes; None when they are the same already."""
    if kind is Kind.DAY:
        return lambda value: None if value is None else _day_text(value)
    if kind is Kind.ID and dialect == "postgresql":
        return lambda value: None if value is None else value.hex()
    return None


def from_stored(kind: Kind, dialect: str) -> Callable[[Any], Any] | None:
    """How to turn what the driver gives into wire values; None when they are the same already."""
    if kind is Kind.DAY:
        if dialect == "postgresql":
            return lambda value: None if value is None else value.toordinal()
        return lambda value: None if value is None else _day_ordinal(value)
    if kind is Kind.FLAG and dialect != "postgresql":
        return lambda value: None if value is None else bool(value)
    if kind is Kind.ID and dialect == "postgresql":
        return lambda value: None if value is None else value.bytes
    return None


def stored_id(value: bytes, dialect: str) -> Any:
    """A row id as the driver takes it."""
    return uuid.UUID(bytes=value) if dialect == "postgresql" else value


def from_wire(kind: Kind, value: Any) -> Any:
    """A wire value as a model's Python value."""
    if value is None:
        return None
    convert = _FROM_WIRE.get(kind)
    return convert(value) if convert else value


_FROM_WIRE: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: lambda value: uuid.UUID(bytes=value),
    Kind.DAY: dt.date.fromordinal,
    Kind.MOMENT: from_milliseconds,
    Kind.DOCUMENT: json.loads,
}

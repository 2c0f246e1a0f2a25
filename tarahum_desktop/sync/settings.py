"""Named values of this replica, kept in its own database."""

import functools
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import LocalSetting

_TABLE: Any = LocalSetting.__table__


def read_setting(connection: Connection, key: str, *, lock: bool = False) -> Any:
    """The value of a key, None when it was never set; ``lock`` holds it until the transaction ends."""
    packed = connection.execute(_query(lock=lock), {"of_key": key}).scalar_one_or_none()
    return None if packed is None else msgspec.msgpack.decode(packed)


def write_setting(connection: Connection, key: str, value: Any) -> None:
    """Set a key; None removes it."""
    if value is None:
        connection.execute(delete(_TABLE).where(_TABLE.c.key == key))
        return
    connection.execute(_upsert(connection.dialect.name, raises=False), _packed(key, value))


def raise_setting(connection: Connection, key: str, value: int) -> None:
    """Set a key to a number unless another writer set a higher one (packed whole numbers compare as they count)."""
    connection.execute(_upsert(connection.dialect.name, raises=True), _packed(key, value))


def _packed(key: str, value: Any) -> dict[str, Any]:
    return {"key": key, "value": msgspec.msgpack.encode(value)}


@functools.cache
def _query(*, lock: bool) -> Any:
    query = select(_TABLE.c.value).where(_TABLE.c.key == bindparam("of_key"))
    return query.with_for_update() if lock else query


@functools.cache
def _upsert(dialect: str, *, raises: bool) -> Any:
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert(_TABLE)
    value = insert.excluded.value
    return insert.on_conflict_do_update(
        index_elements=["key"], set_={"value": value}, where=_TABLE.c.value < value if raises else None
    )

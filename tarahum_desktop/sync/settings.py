"""Named values of this replica, kept in its own database."""

from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from tarahum_desktop.models import LocalSetting

_TABLE: Any = LocalSetting.__table__


def read_setting(connection: Connection, key: str, *, lock: bool = False) -> Any:
    """The value of a key, None when it was never set; ``lock`` holds it until the transaction ends."""
    query = select(_TABLE.c.value).where(_TABLE.c.key == key)
    packed = connection.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    return None if packed is None else msgspec.msgpack.decode(packed)


def write_setting(connection: Connection, key: str, value: Any) -> None:
    """Set a key; None removes it."""
    if value is None:
        connection.execute(delete(_TABLE).where(_TABLE.c.key == key))
        return
    statement = _insert(connection, key, value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )


def raise_setting(connection: Connection, key: str, value: int) -> None:
    """Set a key to a number unless another writer set a higher one (packed whole numbers compare as they count)."""
    statement = _insert(connection, key, value)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"value": statement.excluded.value},
            where=_TABLE.c.value < statement.excluded.value,
        )
    )


def _insert(connection: Connection, key: str, value: Any) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(_TABLE).values(key=key, value=msgspec.msgpack.encode(value))

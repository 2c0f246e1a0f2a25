"""Column types that mean the same on SQLCipher, SQLite and PostgreSQL.

Every replicated column uses one of these, so the row codec knows how to carry each value between
replicas. Money is whole halalas, instants are UTC milliseconds, and a document is canonical JSON text
(PostgreSQL's own JSON type would reorder keys and so break the signatures over it).
"""

import datetime as dt
import json
import uuid
from typing import Annotated, Any

from sqlalchemy import BigInteger, Boolean, Date, Dialect, Integer, LargeBinary, Text, Uuid
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine


class RowId(TypeDecorator[uuid.UUID]):
    """A UUID: 16 bytes on SQLite, the native type on PostgreSQL."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the narrowest storage of each database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        """Give SQLite the 16 bytes and PostgreSQL the UUID itself."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        """Read either storage back as a UUID."""
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]  # psycopg hands out UUID objects
        return uuid.UUID(bytes=bytes(value))


class UtcTime(TypeDecorator[dt.datetime]):
    """An aware UTC instant, stored as milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse naive times: a local clock must not slip into a shared record."""
        return None if value is None else to_milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Milliseconds back to an aware instant."""
        return None if value is None else from_milliseconds(value)


class JsonText(TypeDecorator[Any]):
    """A JSON document kept as canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Serialise with sorted keys and no spaces."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Parse the stored text."""
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no spaces, letters kept as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)


def to_milliseconds(moment: dt.datetime) -> int:
    """Milliseconds since 1970 of an aware instant; raises ValueError on a naive one."""
    if moment.tzinfo is None:
        msg = "naive_time"
        raise ValueError(msg)
    return (moment - EPOCH) // _MILLISECOND


def from_milliseconds(value: int) -> dt.datetime:
    """The aware UTC instant of milliseconds since 1970."""
    return EPOCH + value * _MILLISECOND


# ``Key``, ``KeyDay`` and ``Reference`` are looked up by and have an index; ``Code``, ``Day`` and ``Link`` have none.
Reference = Annotated[uuid.UUID, mapped_column(RowId(), index=True)]
OptionalReference = Annotated[uuid.UUID | None, mapped_column(RowId(), index=True)]
Link = Annotated[uuid.UUID, mapped_column(RowId())]
OptionalLink = Annotated[uuid.UUID | None, mapped_column(RowId())]
Code = Annotated[str, mapped_column(Text())]
OptionalCode = Annotated[str | None, mapped_column(Text())]
Key = Annotated[str, mapped_column(Text(), index=True)]
OptionalKey = Annotated[str | None, mapped_column(Text(), index=True)]
Words = Annotated[str, mapped_column(Text())]
OptionalWords = Annotated[str | None, mapped_column(Text())]
Whole = Annotated[int, mapped_column(Integer())]
OptionalWhole = Annotated[int | None, mapped_column(Integer())]
Halalas = Annotated[int, mapped_column(BigInteger())]
OptionalHalalas = Annotated[int | None, mapped_column(BigInteger())]
Flag = Annotated[bool, mapped_column(Boolean(create_constraint=False))]
OptionalFlag = Annotated[bool | None, mapped_column(Boolean(create_constraint=False))]
Day = Annotated[dt.date, mapped_column(Date())]
OptionalDay = Annotated[dt.date | None, mapped_column(Date())]
KeyDay = Annotated[dt.date, mapped_column(Date(), index=True)]
OptionalKeyDay = Annotated[dt.date | None, mapped_column(Date(), index=True)]
Moment = Annotated[dt.datetime, mapped_column(UtcTime())]
OptionalMoment = Annotated[dt.datetime | None, mapped_column(UtcTime())]
Document = Annotated[Any, mapped_column(JsonText())]
OptionalDocument = Annotated[Any | None, mapped_column(JsonText(), nullable=True)]
Bytes = Annotated[bytes, mapped_column(LargeBinary())]
OptionalBytes = Annotated[bytes | None, mapped_column(LargeBinary())]

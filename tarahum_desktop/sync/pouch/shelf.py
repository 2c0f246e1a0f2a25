"""The pouches that were written and read here: their numbers, what became of them, and what is still to be handed on."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from tarahum_desktop.models import Device, Pouch
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.pouch.header import Header
from tarahum_desktop.sync.pouch.manifest import Head

OUT: Final = "out"
IN: Final = "in"
WRITING: Final = "writing"
WRITTEN: Final = "written"
ANSWERED: Final = "answered"
EXPIRED: Final = "expired"
READ: Final = "read"
CARRIED: Final = "carried"
RELAYED: Final = "relayed"
OWN: Final = "own"
"""In the summary of one that went out: ``{scope: the last own change that went along}``."""
LIFE: Final = dt.timedelta(days=90)
MOST_OPEN: Final = 100
_ABOVE: Final = ("office", "centre")
_POUCH: Any = Pouch.__table__
_DEVICE: Any = Device.__table__
_NAMES: Final = uuid.UUID("8a0c51f2-2f83-5d5f-9c7b-706f75636865")


def begin_out(connection: Connection, maker: int, peer: int, now_ms: int) -> tuple[uuid.UUID, int]:
    """Give out the next number for a receiver, in a row that counts for nothing until the file is whole."""
    of_peer = (_POUCH.c.direction == OUT, _POUCH.c.maker == maker, _POUCH.c.peer == peer)
    highest = connection.execute(select(func.max(_POUCH.c.number)).where(*of_peer)).scalar()
    row, now, number = new_id(now_ms), from_milliseconds(now_ms), (highest or 0) + 1
    connection.execute(
        insert(_POUCH).values(
            id=row, direction=OUT, maker=maker, peer=peer, number=number, fingerprint=b"", state=WRITING,
            made_at=now, expires_at=now + LIFE, handled_at=now, summary={}, content=None,
        )
    )  # fmt: skip
    return row, number


def finish_out(
    connection: Connection, row: uuid.UUID, header: Header, summary: Mapping[str, Any], now_ms: int
) -> None:
    """The file is whole and was read back."""
    connection.execute(
        update(_POUCH)
        .where(_POUCH.c.id == row)
        .values(
            state=WRITTEN,
            fingerprint=header.fingerprint,
            handled_at=from_milliseconds(now_ms),
            summary=dict(summary),
        )
    )


def open_numbers(connection: Connection, maker: int, peer: int) -> list[int]:
    """Numbers of whole pouches for a receiver that were not answered."""
    query = (
        select(_POUCH.c.number)
        .where(
            _POUCH.c.direction == OUT,
            _POUCH.c.maker == maker,
            _POUCH.c.peer == peer,
            _POUCH.c.state == WRITTEN,
        )
        .order_by(_POUCH.c.number.desc())
        .limit(MOST_OPEN)
    )
    return sorted(connection.scalars(query))


def carried_up(connection: Connection, now: dt.datetime) -> dict[str, int]:
    """The last own change of each scope that lies in a whole pouch on its way to an office or the centre, unanswered."""
    query = (
        select(_POUCH.c.summary)
        .join(_DEVICE, _DEVICE.c.number == _POUCH.c.peer)
        .where(
            _POUCH.c.direction == OUT,
            _POUCH.c.state == WRITTEN,
            _POUCH.c.expires_at > now,
            _DEVICE.c.kind.in_(_ABOVE),
        )
    )
    found: dict[str, int] = {}
    for summary in connection.scalars(query):
        for scope, sequence in (summary or {}).get(OWN, {}).items():
            found[scope] = max(found.get(scope, 0), int(sequence))
    return found


def made_at(connection: Connection, maker: int, peer: int, number: int) -> int | None:
    """When one of ours was made, in UTC milliseconds by this machine's clock of then; None for no such one."""
    query = select(_POUCH.c.made_at).where(
        _POUCH.c.direction == OUT, _POUCH.c.maker == maker, _POUCH.c.peer == peer, _POUCH.c.number == number
    )
    found: dt.datetime | None = connection.scalar(query.limit(1))
    return None if found is None else round(found.timestamp() * 1000)


def note_answer(connection: Connection, maker: int, peer: int, number: int, now_ms: int) -> None:
    """The receiver answered one of ours, which stands for those before it."""
    connection.execute(
        update(_POUCH)
        .where(
            _POUCH.c.direction == OUT,
            _POUCH.c.maker == maker,
            _POUCH.c.peer == peer,
            _POUCH.c.number <= number,
            _POUCH.c.state == WRITTEN,
        )
        .values(state=ANSWERED, handled_at=from_milliseconds(now_ms))
    )


def read_id(header: Header) -> uuid.UUID:
    """The same for the same file wherever it is met."""
    return uuid.uuid5(_NAMES, f"{header.maker}:{header.number}:{header.fingerprint.hex()}")


def find_read(connection: Connection, header: Header) -> Any:
    """The row of a pouch that was read before; None."""
    return connection.execute(select(_POUCH).where(_POUCH.c.id == read_id(header))).one_or_none()


def keep_read(
    connection: Connection,
    header: Header,
    state: str,
    times: tuple[int, int],
    summary: Mapping[str, Any],
    now_ms: int,
    content: bytes | None = None,
) -> None:
    """Record that a pouch was read, or taken along for somebody else; again for the same one it is brought up to date."""
    values = {
        "state": state,
        "summary": dict(summary),
        "handled_at": from_milliseconds(now_ms),
        "content": content,
    }
    if find_read(connection, header) is not None:
        connection.execute(update(_POUCH).where(_POUCH.c.id == read_id(header)).values(values))
        return
    connection.execute(
        insert(_POUCH).values(
            id=read_id(header), direction=IN, maker=header.maker, peer=header.receivers[0],
            number=header.number, fingerprint=header.fingerprint, made_at=from_milliseconds(times[0]),
            expires_at=from_milliseconds(times[1]), **values,
        )
    )  # fmt: skip


def numbers_read(connection: Connection, maker: int) -> set[int]:
    """Numbers of a maker's pouches that were read here."""
    query = select(_POUCH.c.number).where(_POUCH.c.direction == IN, _POUCH.c.maker == maker)
    return set(connection.scalars(query))


def last_head(connection: Connection, maker: int) -> Head | None:
    """The head of the highest-numbered pouch that came from a device."""
    query = (
        select(_POUCH.c.summary)
        .where(
            _POUCH.c.direction == IN, _POUCH.c.maker == maker, _POUCH.c.state.in_((READ, CARRIED, RELAYED))
        )
        .order_by(_POUCH.c.number.desc())
        .limit(1)
    )
    kept = (connection.scalar(query) or {}).get("head")
    return msgspec.msgpack.decode(bytes.fromhex(kept), type=Head) if kept else None


def packed_head(head: Head) -> str:
    """A head as a row keeps it."""
    return msgspec.msgpack.encode(head).hex()

"""What an office hands on to the centre as it is: pouches it may not judge or open, and requests to join.

A pouch goes over the line in pieces and is resumed where it stopped. The centre opens it with its own key and checks
every batch as if its maker had sent it; what it has to say to the maker comes back as a sealed pouch to be carried.
"""

from io import BytesIO
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, insert, or_, select, update

from tarahum_desktop.models import Pouch
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.enrol import read_enrolment
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.header import Header, read_header
from tarahum_desktop.sync.pouch.newcomer import MOST_REQUEST_BYTES, peek_welcome, read_request, request_name
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.resuming import CentreResuming

PIECE_BYTES: Final = 128 * 1024
OK: Final = "ok"
ASKED: Final = "asked"
ADMITTED: Final = "admitted"
REFUSED: Final = "refused"
_POUCH: Any = Pouch.__table__


class PouchPiece(msgspec.Struct, array_like=True, frozen=True):
    """Some bytes of a pouch file of ``size`` bytes whose SHA-256 is ``name``, from offset ``at`` on; none asks how far it is there."""

    name: bytes
    size: int
    at: int
    content: bytes


class PouchTaken(msgspec.Struct, array_like=True, frozen=True):
    """How much of the file is there. Once all is: ``code`` says how it was taken, ``answer`` is a pouch for its maker."""

    held: int
    code: str = ""
    changes: int = 0
    held_batches: int = 0
    answer: bytes = b""


class JoinFile(msgspec.Struct, array_like=True, frozen=True):
    """A request to join, as the new machine wrote it."""

    content: bytes


class JoinAnswer(msgspec.Struct, array_like=True, frozen=True):
    """The centre's welcome, or the code of why there is none."""

    code: str
    welcome: bytes = b""


POUCH: Final = Call("pouch", PouchPiece, PouchTaken, PIECE_BYTES + 1024)
JOIN: Final = Call("join-file", JoinFile, JoinAnswer, MOST_REQUEST_BYTES + 256)


def forward_all(replica: Replica, carrier: Carrier) -> int:
    """Hand on everything that waits; returns how much the centre took. Call it at the beginning of an exchange.

    Raises:
        LineFailed: the line broke; the rest goes next time, from where it stopped.
    """
    with replica.engine.execution_options(read_only=True).connect() as connection:
        enrolment = read_enrolment(connection)
        if enrolment is None:
            return 0
        upwards = (_POUCH.c.state == shelf.CARRIED) & (_POUCH.c.maker != enrolment.centre_device)
        query = select(_POUCH.c.id, _POUCH.c.state).where(
            _POUCH.c.direction == shelf.IN,
            _POUCH.c.content.is_not(None),
            or_(_POUCH.c.state == ASKED, upwards),
        )
        waiting = connection.execute(query.order_by(_POUCH.c.id)).all()
    done = 0
    for found in waiting:
        done += (_ask if found.state == ASKED else _upload)(replica, carrier, found.id)
    return done


def _row(replica: Replica, row_id: Any) -> Any:
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return connection.execute(select(_POUCH).where(_POUCH.c.id == row_id)).one()


def _upload(replica: Replica, carrier: Carrier, row_id: Any) -> bool:
    row = _row(replica, row_id)
    content, name = row.content, request_name(row.content)
    said = carrier.ask(POUCH, PouchPiece(name, len(content), 0, b""))
    while not said.code:
        piece = content[said.held : said.held + PIECE_BYTES]
        before, said = said.held, carrier.ask(POUCH, PouchPiece(name, len(content), said.held, piece))
        if not said.code and said.held <= before:
            return False  # another office sends the same file at this moment
    taken = said.code == OK
    summary = {
        **row.summary,
        "centre": said.code,
        "left_over": 0 if taken else row.summary.get("left_over", 0),
    }
    with replica.engine.begin() as connection:
        _settle(connection, row_id, shelf.RELAYED if taken else REFUSED, summary, None, replica.now())
        if said.answer:
            keep_answer(connection, replica, said.answer)
    return taken


def keep_answer(connection: Connection, replica: Replica, content: bytes) -> None:
    """Keep a pouch of the centre for somebody else, to be put on the next stick."""
    header = parse_header(content)
    now = replica.now()
    life = round(shelf.LIFE.total_seconds() * 1000)
    shelf.keep_read(connection, header, shelf.CARRIED, (now, now + life), {}, now, content)


def parse_header(content: bytes) -> Header:
    """The header of a pouch in memory."""
    return read_header(BytesIO(content))


def keep_request(connection: Connection, replica: Replica, content: bytes) -> bool:
    """Keep a request to join until the centre can be asked; False when it is here already. Raises RequestRefused."""
    request = read_request(content)
    name = request_name(content)
    if connection.execute(select(_POUCH.c.id).where(_POUCH.c.fingerprint == name)).first() is not None:
        return False
    now = from_milliseconds(replica.now())
    connection.execute(
        insert(_POUCH).values(
            id=new_id(replica.now()), direction=shelf.IN, maker=0, peer=replica.device, number=0,
            fingerprint=name, state=ASKED, made_at=now, expires_at=now + shelf.LIFE, handled_at=now,
            summary={"name": request.name, "login": request.login}, content=content,
        )
    )  # fmt: skip
    return True


def _ask(replica: Replica, carrier: Carrier, row_id: Any) -> bool:
    row = _row(replica, row_id)
    said = carrier.ask(JOIN, JoinFile(row.content))
    if said.code == CentreResuming.code:
        return False  # it admits nobody yet; asked again at the next exchange
    with replica.engine.begin() as connection:
        if said.code != OK:
            _settle(connection, row_id, REFUSED, {**row.summary, "centre": said.code}, None, replica.now())
            return False
        welcome = peek_welcome(said.welcome)
        summary = {**row.summary, "device": welcome.reply.device}
        _settle(connection, row_id, ADMITTED, summary, said.welcome, replica.now())
    return True


def _settle(
    connection: Connection,
    row_id: Any,
    state: str,
    summary: dict[str, Any],
    content: bytes | None,
    now_ms: int,
) -> None:
    values = {
        "state": state,
        "summary": summary,
        "content": content,
        "handled_at": from_milliseconds(now_ms),
    }
    connection.execute(update(_POUCH).where(_POUCH.c.id == row_id).values(values))


def waiting_welcomes(connection: Connection) -> list[Any]:
    """Newcomers whom the centre admitted and who have not been written to yet."""
    query = select(_POUCH).where(_POUCH.c.direction == shelf.IN, _POUCH.c.state == ADMITTED)
    return list(connection.execute(query.order_by(_POUCH.c.id)))


def carried_for(connection: Connection, device: int) -> list[Any]:
    """Pouches of the centre that lie here for a device."""
    query = select(_POUCH).where(
        _POUCH.c.direction == shelf.IN, _POUCH.c.state == shelf.CARRIED, _POUCH.c.peer == device
    )
    return list(connection.execute(query.order_by(_POUCH.c.number)))


def mark(connection: Connection, row_id: Any, state: str, now_ms: int) -> None:
    """Set what became of a kept pouch or request, and let its content go."""
    connection.execute(
        update(_POUCH)
        .where(_POUCH.c.id == row_id)
        .values(state=state, content=None, handled_at=from_milliseconds(now_ms))
    )

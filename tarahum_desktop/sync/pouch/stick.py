"""A stick that was registered carries a small file, signed by an office, that says which committee it serves."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection

from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.errors import UnknownDevice
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.pouch.disk import plain_disk_errors, write_whole
from tarahum_desktop.sync.pouch.errors import StickForeign, StickUnregistered
from tarahum_desktop.sync.signatures import verify

MARKER: Final = "tarahum-stick"
_CONTEXT: Final = b"tarahum stick 1\x00"
_MOST_BYTES: Final = 4096


class StickSaid(msgspec.Struct, array_like=True, frozen=True):
    """What the marker says; ``registered_at`` in UTC milliseconds, ``device`` the office that signed it."""

    id: bytes
    name: str
    committee: str
    registered_at: int
    device: int


@dataclass(frozen=True, slots=True)
class Stick:
    """A registered stick at a folder."""

    folder: Path
    said: StickSaid

    @property
    def id(self) -> uuid.UUID:
        """Its number among sticks."""
        return uuid.UUID(bytes=self.said.id)


def mark_stick(folder: Path, said: StickSaid, signer: Signer) -> Stick:
    """Write the marker.

    Raises:
        StickFull, StickReadOnly, StickGone, StickUnfaithful.
    """
    body = msgspec.msgpack.encode(said)
    content = msgspec.msgpack.encode((body, signer.sign(_CONTEXT + body)))

    write_whole(folder / MARKER, content)
    return Stick(folder, said)


def read_stick(folder: Path) -> tuple[Stick, bytes, bytes]:
    """The stick at a folder with its signed bytes and signature, nothing verified; raises StickUnregistered, StickGone."""
    path = folder / MARKER
    with plain_disk_errors():
        if not folder.is_dir():
            raise FileNotFoundError
        if not path.is_file():
            raise StickUnregistered
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    try:
        body, signature = msgspec.msgpack.decode(content, type=tuple[bytes, bytes])
        said = msgspec.msgpack.decode(body, type=StickSaid)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise StickUnregistered from error
    if len(said.id) != 16:
        raise StickUnregistered
    return Stick(folder, said), body, signature


def check_stick(connection: Connection, folder: Path, committee: str) -> Stick:
    """The stick at a folder if an office of this committee registered it.

    Raises:
        StickUnregistered, StickForeign, StickGone.
    """
    stick, body, signature = read_stick(folder)
    if stick.said.committee != committee:
        raise StickForeign
    try:
        device = find_device(connection, stick.said.device)
    except UnknownDevice as error:
        raise StickUnregistered from error
    if device.committee != committee or not verify(device.signing_key, signature, _CONTEXT + body):
        raise StickUnregistered
    return stick

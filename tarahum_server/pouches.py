"""Pouches at the centre by the administrator's hand: read one, answer a device, admit a newcomer, without any office."""

from pathlib import Path
from typing import Final

from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.errors import RequestRefused
from tarahum_desktop.sync.pouch.forwarded import admit, centre_reader
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.newcomer import MOST_REQUEST_BYTES, peek_welcome
from tarahum_desktop.sync.pouch.read import PouchRead
from tarahum_desktop.sync.pouch.write import Addressed, Written, write_pouch
from tarahum_server.centre import Centre
from tarahum_server.relocations import settle

PROGRAM: Final = "centre"


def read_file(centre: Centre, file: Path) -> PouchRead:
    """Take a pouch in, each batch checked as if its maker had sent it. Raises PouchError and its kinds."""
    with file.open("rb") as opened:
        read = centre_reader(centre.replica).read(opened, lambda _taken: None)
    settle(centre.replica)
    return read


def answer_device(centre: Centre, number: int, folder: Path) -> Written:
    """Write a device its next pouch from the centre: what it lacks, and the centre's word on what it sent.

    Raises:
        UnknownDevice, NoReceiver, and the errors of sticks.
    """
    with centre.engine.connect() as connection:
        peer = Peer(find_device(connection, number), shelf.last_head(connection, number))
    return write_pouch(centre.replica, Addressed(peer, program=PROGRAM), folder, lambda _size: None)


def admit_newcomer(centre: Centre, request: Path, folder: Path) -> Written:
    """Admit the machine of a request file and write its welcome with all its records.

    Raises:
        RequestRefused, BadInvitation, and the errors of sticks.
    """
    content = request.read_bytes()
    if len(content) > MOST_REQUEST_BYTES:
        raise RequestRefused
    welcome = admit(centre.replica, _itself(centre), content)
    with centre.engine.connect() as connection:
        peer = Peer(find_device(connection, peek_welcome(welcome).reply.device))
    addressed = Addressed(peer, welcome=welcome, program=PROGRAM)
    return write_pouch(centre.replica, addressed, folder, lambda _size: None)


def _itself(centre: Centre) -> KnownDevice:
    with centre.engine.connect() as connection:
        return find_device(connection, centre.replica.device)

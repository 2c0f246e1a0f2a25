"""The answering half of forwarding: what the centre does with a pouch or a request that an office hands on."""

import io
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.store_errors import DatabaseAway, DatabaseBusy
from tarahum_desktop.models import Invitation
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.store import append_bytes, drop_blob, held_bytes, is_whole, read_blob
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.enrol import BadInvitation, answer_enrol
from tarahum_desktop.sync.exchange.messages import EnrolRequest
from tarahum_desktop.sync.pouch.forward import (
    OK,
    JoinAnswer,
    JoinFile,
    PouchPiece,
    PouchTaken,
)
from tarahum_desktop.sync.pouch.layout import CENTRE, Peer
from tarahum_desktop.sync.pouch.newcomer import (
    JoinRequest,
    Welcome,
    proves,
    read_request,
    request_name,
    sign_welcome,
)
from tarahum_desktop.sync.pouch.read import PouchRead, Reader
from tarahum_desktop.sync.pouch.take import Trusted
from tarahum_desktop.sync.pouch.write import Addressed, write_pouch_into
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting

AUTHORITY_KEY: Final = "authority"
_MOST_ANSWER_BYTES: Final = 8 * 1024 * 1024
_INVITATION: Any = Invitation.__table__


def centre_reader(replica: Replica) -> Reader:
    """Where the centre reads pouches; raises SyncError ``not_the_centre`` anywhere else."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        me = find_device(connection, replica.device)
    if me.kind != CENTRE or not replica.sealing_private:
        raise SyncError("not_the_centre")
    return Reader(
        replica,
        replica.sealing_private,
        Trusted(replica.device, me.signing_key, frozenset(), is_centre=True),
    )


def answer_pouch(replica: Replica, device: KnownDevice, piece: PouchPiece) -> PouchTaken:
    """Keep a piece of a pouch file; with the last one the pouch is taken in, and answered when it was for the centre alone."""
    del device  # it only carries: who made what is proven inside
    reader = centre_reader(replica)
    now = from_milliseconds(replica.wall())
    with replica.engine.begin() as connection:
        if not (piece.content or is_whole(connection, piece.name)):
            return PouchTaken(held_bytes(connection, piece.name, replica.at_rest))
        state = append_bytes(
            connection, piece.name, piece.size, piece.at, piece.content, now, replica.at_rest
        )
        content = read_blob(connection, piece.name, replica.at_rest) if state.whole else None
    if content is None:
        return PouchTaken(state.held)
    code, read, answer = OK, None, b""
    try:
        read = reader.read(io.BytesIO(content), lambda _taken: None)
        answer = _answer(replica, read)
    except (DatabaseAway, DatabaseBusy):
        raise  # nothing is wrong with the pouch: its last piece comes again
    except TarahumError as error:
        code = error.code
    with replica.engine.begin() as connection:
        drop_blob(connection, piece.name)
    taken = read.taken if read else None
    return PouchTaken(piece.size, code, taken.changes if taken else 0, taken.held if taken else 0, answer)


def _answer(replica: Replica, read: PouchRead) -> bytes:
    if read.header.receivers[0] != replica.device:
        return b""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        peer = Peer(find_device(connection, read.header.maker), read.head)
    if peer.device.revoked:
        return b""
    file = io.BytesIO()
    write_pouch_into(replica, Addressed(peer, file_bytes=_MOST_ANSWER_BYTES), file)
    return file.getvalue()


def answer_join(replica: Replica, device: KnownDevice, request: JoinFile) -> JoinAnswer:
    """Admit a newcomer whose request an office hands on, and name that office to it."""
    try:
        return JoinAnswer(OK, admit(replica, device, request.content))
    except (BadInvitation, SyncError) as error:
        return JoinAnswer(error.code)


def admit(replica: Replica, office: KnownDevice, content: bytes) -> bytes:
    """The signed welcome for a request; the same request gives the same number again.

    Raises:
        RequestRefused, BadInvitation, SyncError ``user_unknown`` or ``not_the_centre``.
    """
    request = read_request(content)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        me = find_device(connection, replica.device)
        authority: str = read_setting(connection, AUTHORITY_KEY) or ""
    if me.kind != CENTRE:
        raise SyncError("not_the_centre")
    asked = EnrolRequest(
        "", request.name, request.login, request.signing_key, request.sealing_key, request.made_at
    )
    reply = answer_enrol(
        replica, asked, me.signing_key, authority, lambda connection: _proven(connection, request)
    )
    welcome = Welcome(
        request_name(content), reply, office.number, office.name, office.kind, office.committee,
        office.signing_key, office.sealing_key, sorted(office.scopes),
    )  # fmt: skip
    return sign_welcome(welcome, replica.signer)


def _proven(connection: Connection, request: JoinRequest) -> Any:
    """The invitation whose code the request proves to know; raises BadInvitation."""
    for known_hash in connection.scalars(select(_INVITATION.c.code_hash)).all():
        if proves(request, known_hash):
            query = select(_INVITATION).where(_INVITATION.c.code_hash == known_hash)
            return connection.execute(query.with_for_update()).one()
    raise BadInvitation

"""How a new device joins: it shows a one-time code and its public keys, and is given a number, scopes and whom to trust.

Both halves, and what the new device must keep of the answer. The code is Crockford base32, read whatever its case
and with O, I and L taken for the digits they look like; the centre keeps only its SHA-256.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import msgspec
from sqlalchemy import Connection, Engine, func, select, update

from tarahum_desktop.models import Device, Invitation, User
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.adopt import adopt_after_upgrade
from tarahum_desktop.sync.capture import CapturedSession, captured_session
from tarahum_desktop.sync.carriers.trust import PIN_BYTES, Trust
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.messages import EnrolReply, EnrolRequest
from tarahum_desktop.sync.publish import publish
from tarahum_desktop.sync.replica import Replica, RowIndex, WallClock
from tarahum_desktop.sync.resuming import refuse_resuming
from tarahum_desktop.sync.scope_book import open_scope
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.signatures import KEY_BYTES

NATIONAL: Final = "national"
CODE_SYMBOLS: Final = 20  # 100 bits
MAX_NAME_LETTERS: Final = 100
_ENROLMENT_KEY: Final = "enrolment"
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES: Final = str.maketrans("OIL", "011")
_MAX_CODE_LETTERS: Final = 120
_PIN_SYMBOLS: Final = -(-PIN_BYTES * 8 // 5)
_DEVICE: Any = Device.__table__
_INVITATION: Any = Invitation.__table__
_USER: Any = User.__table__


class BadInvitation(SyncError):
    """The code is not one the centre gave out, was used already, or has expired."""

    code = "invitation_refused"


FindInvitation = Callable[[Connection], Any]


class NewKeys(Signer, Protocol):
    """The keys a device made for itself."""

    @property
    def signing_public(self) -> bytes:
        """32 bytes, Ed25519."""

    @property
    def sealing_public(self) -> bytes:
        """32 bytes, X25519."""


class EnrolLine(Protocol):
    """A carrier over which a code can be shown."""

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Ask the centre."""


class Enrolment(msgspec.Struct, array_like=True, frozen=True):
    """What an enrolled device knows of itself and of its centre, kept in its own database."""

    device: int
    user: bytes
    scopes: list[str]
    committee: str
    address: str
    centre_device: int
    centre_key: bytes
    authority: str
    device_name: str

    @property
    def trust(self) -> Trust:
        """Whom later calls believe."""
        return Trust(authority=self.authority)


def write_symbols(value: bytes, count: int) -> str:
    """The first ``count`` Crockford base32 symbols of some bytes, in groups of four."""
    bits = int.from_bytes(value, "big") << (-len(value) * 8 % 5)
    length = -(-len(value) * 8 // 5)
    symbols = "".join(_ALPHABET[bits >> 5 * at & 31] for at in range(length - 1, -1, -1))[:count]
    return "-".join(symbols[at : at + 4] for at in range(0, count, 4))


def write_invitation(secret: bytes, fingerprint: bytes) -> str:
    """What a person types: the code, and behind a slash the pin of the centre's certificate where it needs one."""
    code = write_symbols(secret, CODE_SYMBOLS)
    return f"{code}/{write_symbols(fingerprint[:PIN_BYTES], _PIN_SYMBOLS)}" if fingerprint else code


def write_stick_invitation(secret: bytes, key_pin: bytes) -> str:
    """The same for a machine that joins by a stick: behind two slashes the pin of the centre's signing key."""
    return f"{write_symbols(secret, CODE_SYMBOLS)}//{write_symbols(key_pin[:PIN_BYTES], _PIN_SYMBOLS)}"


def read_stick_invitation(typed: str) -> tuple[str, bytes]:
    """``(code, pin of the centre's key)``; raises BadInvitation where no such pin was typed."""
    code, slashes, pin = typed[:_MAX_CODE_LETTERS].partition("//")
    if not slashes:
        raise BadInvitation
    return _symbols(code, CODE_SYMBOLS), _bytes_of(_symbols(pin, _PIN_SYMBOLS))


def read_invitation(typed: str) -> tuple[str, Trust]:
    """``(code, trust for the first call)`` of what a person typed; raises BadInvitation.

    An invitation for a stick works over a line too, where the machine trusts the centre's certificate anyway.
    """
    if len(typed) > _MAX_CODE_LETTERS:
        raise BadInvitation
    if "//" in typed:
        return read_stick_invitation(typed)[0], Trust()
    code, slash, pin = typed.partition("/")
    return _symbols(code, CODE_SYMBOLS), Trust(pin=_bytes_of(_symbols(pin, _PIN_SYMBOLS)) if slash else b"")


def _symbols(typed: str, count: int) -> str:
    symbols = "".join(typed.split()).replace("-", "").upper().translate(_LOOK_ALIKES)
    if len(symbols) != count or not set(symbols) <= set(_ALPHABET):
        raise BadInvitation
    return symbols


def _bytes_of(symbols: str) -> bytes:
    bits = 0
    for symbol in symbols:
        bits = bits << 5 | _ALPHABET.index(symbol)
    return (bits >> (len(symbols) * 5 - PIN_BYTES * 8)).to_bytes(PIN_BYTES, "big")


def code_hash(code: str) -> bytes:
    """The 32 bytes by which the centre knows a code."""
    return hashlib.sha256(_symbols(code, CODE_SYMBOLS).encode("ascii")).digest()


def enrol(line: EnrolLine, code: str, name: str, login: str, keys: NewKeys, now_ms: int) -> EnrolReply:
    """Join: show the code and the public keys.

    Raises:
        BadInvitation: before anything is sent when the code cannot be one.
        SyncError: ``invitation_refused`` or another of the centre's codes.
        LineFailed: the line broke; if the centre had answered, the code is used up and another is needed.
    """
    symbols, _ = read_invitation(code)
    return line.enrol(EnrolRequest(symbols, name, login, keys.signing_public, keys.sealing_public, now_ms))


def keep_enrolment(connection: Connection, reply: EnrolReply, address: str, name: str) -> None:
    """Keep the centre's answer."""
    kept = Enrolment(
        reply.device, reply.user, list(reply.scopes), reply.committee, address,
        reply.centre_device, reply.centre_key, reply.authority, name,
    )  # fmt: skip
    write_setting(connection, _ENROLMENT_KEY, msgspec.msgpack.encode(kept))


def read_enrolment(connection: Connection) -> Enrolment | None:
    """What was kept; None on a device that has not joined."""
    packed = read_setting(connection, _ENROLMENT_KEY)
    return None if packed is None else msgspec.msgpack.decode(packed, type=Enrolment)


def load_replica(
    engine: Engine, signer: Signer, wall: WallClock, indexes: Sequence[RowIndex] = ()
) -> tuple[Replica, Enrolment]:
    """The replica of an enrolled device with its clock resumed; raises SyncError ``not_enrolled``."""
    with engine.execution_options(read_only=True).connect() as connection:
        enrolment = read_enrolment(connection)
    if enrolment is None:
        raise SyncError("not_enrolled")
    replica = Replica(engine, enrolment.device, signer, wall, indexes=tuple(indexes), keeps_history=True)
    adopt_after_upgrade(replica.load())
    return replica, enrolment


def answer_enrol(
    replica: Replica,
    request: EnrolRequest,
    centre_key: bytes,
    authority: str = "",
    find: FindInvitation | None = None,
) -> EnrolReply:
    """Use the code up, give the device the next number and tell every replica of it, in one transaction.

    The caller has checked that the request is signed with the key it names. Asking again with the same code and key
    gives the same answer: the first one may have been lost on the line. ``find`` finds the invitation where the
    request does not name its code. Raises BadInvitation, CentreResuming.
    """
    _refuse_odd(request)
    refuse_resuming(replica)  # newcomers' numbers may be taken by devices that it has forgotten
    with captured_session(replica, None) as session:
        connection = session.connection()
        open_scope(connection, NATIONAL)  # two newcomers at once get their numbers one after the other
        invitation = find(connection) if find else _invitation(connection, request.code)
        user = _first_user(connection, request.login)  # after the code: strangers learn no user names here
        number = _number_of(connection, request) if invitation.used_at is not None else None
        if number is None:
            number = _admit(session, invitation, request)
            publish(connection, replica)
            session.commit()
    return EnrolReply(
        number,
        user,
        invitation.scopes,
        invitation.committee_code or "",
        replica.device,
        centre_key,
        replica.wall(),
        authority,
    )


def _admit(session: CapturedSession, invitation: Any, request: EnrolRequest) -> int:
    connection, now_ms = session.connection(), session.replica.wall()
    now = from_milliseconds(now_ms)
    if invitation.used_at is not None or invitation.expires_at <= now:
        raise BadInvitation
    used = update(_INVITATION).where(_INVITATION.c.code_hash == invitation.code_hash).values(used_at=now)
    connection.execute(used)
    highest = connection.execute(select(func.max(_DEVICE.c.number))).scalar()
    number: int = (highest or session.replica.device) + 1
    session.add(
        Device(
            scope=NATIONAL,
            number=number,
            name=request.name or invitation.device_name,
            kind=invitation.device_kind,
            committee_code=invitation.committee_code,
            signing_key=request.signing_key,
            sealing_key=request.sealing_key,
            scopes=invitation.scopes,
            enrolled_at=now,
        )
    )
    session.flush()
    return number


def _first_user(connection: Connection, login: str) -> bytes:
    """The id of the user a new vault is for; the code is not used up on a name nobody has."""
    query = select(_USER.c.id).where(
        _USER.c.login == login, _USER.c.active.is_(True), _USER.c.removed_at.is_(None)
    )
    found: uuid.UUID | None = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise SyncError("user_unknown")
    return found.bytes


def _refuse_odd(request: EnrolRequest) -> None:
    keys_fit = len(request.signing_key) == len(request.sealing_key) == KEY_BYTES
    names_fit = max(len(request.name), len(request.login)) <= MAX_NAME_LETTERS and request.name.isprintable()
    if not (keys_fit and names_fit):
        raise SyncError("message_malformed")


def _invitation(connection: Connection, code: str) -> Any:
    query = select(_INVITATION).where(_INVITATION.c.code_hash == code_hash(code)).with_for_update()
    found = connection.execute(query).one_or_none()
    if found is None:
        raise BadInvitation
    return found


def _number_of(connection: Connection, request: EnrolRequest) -> int | None:
    """The number given when this code was used, if it was this key that used it."""
    query = select(_DEVICE.c.number, _DEVICE.c.sealing_key, _DEVICE.c.revoked_at).where(
        _DEVICE.c.signing_key == request.signing_key
    )
    found = connection.execute(query).one_or_none()
    if found is None or found.sealing_key != request.sealing_key or found.revoked_at is not None:
        return None
    number: int = found.number
    return number

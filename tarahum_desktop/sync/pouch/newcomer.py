"""How a machine joins that never meets a network: a request file goes out on a stick, the centre's welcome comes back.

The one-time code itself never travels. The request carries a proof of it (HMAC-SHA-256, RFC 2104, under the hash by
which the centre knows the code) that is bound to the new machine's keys, so whoever finds the stick can do nothing
with it. What is printed beside the code is the beginning of the hash of the centre's key: by it the newcomer knows
the welcome for genuine, and the welcome names the office whose snapshot follows.
"""

import hashlib
import hmac
from typing import Final

import msgspec

from tarahum_desktop.sync.carriers.trust import PIN_BYTES
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.enrol import MAX_NAME_LETTERS, NewKeys, code_hash
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.pouch.errors import PouchTampered, RequestRefused
from tarahum_desktop.sync.signatures import KEY_BYTES, verify

REQUEST_SUFFIX: Final = ".tarahum-request"
MOST_REQUEST_BYTES: Final = 4096
_REQUEST: Final = b"tarahum join request 1\x00"
_WELCOME: Final = b"tarahum welcome 1\x00"
_PROOF: Final = b"tarahum code proof 1\x00"


class JoinRequest(msgspec.Struct, array_like=True, frozen=True):
    """What a new machine says of itself; ``proof`` that its user was given a code, ``made_at`` by its own clock."""

    name: str
    login: str
    signing_key: bytes
    sealing_key: bytes
    made_at: int
    proof: bytes = b""

    def proven_bytes(self) -> bytes:
        """What the proof covers."""
        return _PROOF + msgspec.msgpack.encode(
            (self.name, self.login, self.signing_key, self.sealing_key, self.made_at)
        )


class Welcome(msgspec.Struct, array_like=True, frozen=True):
    """The centre's answer for one request: the newcomer's number and scopes, and the office that brings it the rest."""

    request: bytes
    reply: EnrolReply
    office: int
    office_name: str
    office_kind: str
    office_committee: str
    office_key: bytes
    office_sealing_key: bytes
    office_scopes: list[str]

    def introduced(self) -> KnownDevice:
        """The office as a device one may believe before the list of devices has arrived."""
        return KnownDevice(
            self.office,
            self.office_name,
            self.office_key,
            frozenset(self.office_scopes),
            revoked=False,
            kind=self.office_kind,
            committee=self.office_committee,
            sealing_key=self.office_sealing_key,
        )


def make_request(code: str, name: str, login: str, keys: NewKeys, now_ms: int) -> bytes:
    """The request file; raises BadInvitation when the code cannot be one."""
    bare = JoinRequest(name, login, keys.signing_public, keys.sealing_public, now_ms)
    proof = hmac.digest(code_hash(code), bare.proven_bytes(), "sha256")
    body = msgspec.msgpack.encode(msgspec.structs.replace(bare, proof=proof))
    return msgspec.msgpack.encode((body, keys.sign(_REQUEST + body)))


def read_request(content: bytes) -> JoinRequest:
    """A request whose signature fits its own key; raises RequestRefused."""
    try:
        body, signature = msgspec.msgpack.decode(content[:MOST_REQUEST_BYTES], type=tuple[bytes, bytes])
        request = msgspec.msgpack.decode(body, type=JoinRequest)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise RequestRefused from error
    names_fit = max(len(request.name), len(request.login)) <= MAX_NAME_LETTERS and request.name.isprintable()
    keys_fit = len(request.signing_key) == len(request.sealing_key) == KEY_BYTES
    if not (names_fit and keys_fit and verify(request.signing_key, signature, _REQUEST + body)):
        raise RequestRefused
    return request


def request_name(content: bytes) -> bytes:
    """The SHA-256 by which a welcome names the request it answers."""
    return hashlib.sha256(content).digest()


def proves(request: JoinRequest, known_hash: bytes) -> bool:
    """Whether the request was made by somebody who had the code of this hash."""
    wanted = hmac.digest(known_hash, request.proven_bytes(), "sha256")
    return hmac.compare_digest(request.proof, wanted)


def sign_welcome(welcome: Welcome, signer: Signer) -> bytes:
    """The welcome with the centre's signature."""
    body = msgspec.msgpack.encode(welcome)
    return msgspec.msgpack.encode((body, signer.sign(_WELCOME + body)))


def read_welcome(signed: bytes, pin: bytes, request: bytes) -> Welcome:
    """The welcome for a request, if it is by the centre whose key the pin begins; raises PouchTampered."""
    try:
        body, signature = msgspec.msgpack.decode(signed, type=tuple[bytes, bytes])
        welcome = msgspec.msgpack.decode(body, type=Welcome)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise PouchTampered from error
    key = welcome.reply.centre_key
    if key_pin(key) != pin or not verify(key, signature, _WELCOME + body):
        raise PouchTampered
    if welcome.request != request_name(request):
        raise PouchTampered
    return welcome


def peek_welcome(signed: bytes) -> Welcome:
    """A welcome as it came from the centre over a line that proved to be it; raises PouchTampered."""
    try:
        return msgspec.msgpack.decode(
            msgspec.msgpack.decode(signed, type=tuple[bytes, bytes])[0], type=Welcome
        )
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise PouchTampered from error


def key_pin(key: bytes) -> bytes:
    """What is printed of the centre's key: 96 bits of its SHA-256."""
    return hashlib.sha256(key).digest()[:PIN_BYTES]

"""What a pouch says of itself, under its maker's signature: its head comes first, its tail last.

The head tells whom it is from and for, and what its maker has, so that the answer knows what to bring. The tail
covers everything between, so that content can be written as it is read from the database.
"""

import hashlib
from typing import Final, TypeVar

import msgspec

from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.pouch.errors import PouchTampered
from tarahum_desktop.sync.signatures import verify

_HEAD_CONTEXT: Final = b"tarahum pouch head 1\x00"
_TAIL_CONTEXT: Final = b"tarahum pouch tail 1\x00"
MOST_WANTED: Final = 500


class ScopeHere(msgspec.Struct, array_like=True, frozen=True):
    """What the maker has of a scope: what it applied of each device, its own last change, digest and row count.

    ``position`` is how far it has the centre's log, by itself or through others; ``wants`` whether it may read.
    """

    vector: dict[int, int]
    sequence: int
    acknowledged: int
    position: int
    digest: bytes
    rows: int
    complete: bool
    wants: bool = True


class Head(msgspec.Struct, array_like=True, frozen=True):
    """The first part of every pouch. Times are UTC milliseconds by the maker's clock.

    ``answers`` is the number of the receiver's pouch that this one answers (0: none), ``open`` are the numbers of
    earlier pouches for the same receiver that were not answered yet; ``wanted`` are the SHA-256 of contents of
    attachments that the maker lacks, ``unconfirmed`` those it has and of which it does not know whether the centre has
    them. ``welcome`` is the centre's signed word that admits a newcomer.
    """

    number: int
    maker: int
    receivers: list[int]
    made_at: int
    expires_at: int
    schema: int
    program: str
    scopes: dict[str, ScopeHere]
    answers: int = 0
    answers_made_at: int = 0
    open: list[int] = []
    wanted: list[bytes] = []
    welcome: bytes = b""
    address: str = ""
    unconfirmed: list[bytes] = []


class ScopeCount(msgspec.Struct, array_like=True, frozen=True):
    """What a pouch carries of a scope: changes in batches, rows in snapshot pages."""

    changes: int = 0
    rows: int = 0


class Tail(msgspec.Struct, array_like=True, frozen=True):
    """The last part: the SHA-256 of all parts before it as they stand in the pouch, and what was counted."""

    content: bytes
    parts: int
    scopes: dict[str, ScopeCount]
    files: int = 0
    file_bytes: int = 0
    receipts: int = 0


Said = TypeVar("Said", Head, Tail)


def sign_head(head: Head, signer: Signer) -> bytes:
    """The head with its signature."""
    return _sign(_HEAD_CONTEXT, head, signer)


def sign_tail(tail: Tail, signer: Signer) -> bytes:
    """The tail with its signature."""
    return _sign(_TAIL_CONTEXT, tail, signer)


def _sign(context: bytes, said: msgspec.Struct, signer: Signer) -> bytes:
    body = msgspec.msgpack.encode(said)
    return msgspec.msgpack.encode((body, signer.sign(context + hashlib.sha256(body).digest())))


def read_head(signed: bytes) -> Head:
    """The head, nothing verified yet: it names whose key it must fit."""
    return _read(signed, Head)


def check_head(signed: bytes, key: bytes) -> None:
    """Raises PouchTampered unless the maker signed the head."""
    _check(_HEAD_CONTEXT, signed, key)


def read_tail(signed: bytes, key: bytes) -> Tail:
    """The tail, verified; raises PouchTampered."""
    _check(_TAIL_CONTEXT, signed, key)
    return _read(signed, Tail)


def _parts(signed: bytes) -> tuple[bytes, bytes]:
    try:
        body, signature = msgspec.msgpack.decode(signed, type=tuple[bytes, bytes])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise PouchTampered from error
    return body, signature


def _read(signed: bytes, kind: type[Said]) -> Said:
    try:
        return msgspec.msgpack.decode(_parts(signed)[0], type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise PouchTampered from error


def _check(context: bytes, signed: bytes, key: bytes) -> None:
    body, signature = _parts(signed)
    if not verify(key, signature, context + hashlib.sha256(body).digest()):
        raise PouchTampered

"""One encrypted file of named contents, written and read as a stream: what a backup of a centre is.

``TARAHUM-BACKUP 1``, a length, a key, and an age stream (age-encryption.org/v1). A recipient's key opens the stream
itself; for a passphrase the stream is sealed to a key made for it, which stands in front under the passphrase. Inside
are records, each four bytes of length and a MessagePack array: a name begins a content, pieces follow, its SHA-256
ends it, and the last record counts the contents. Age notices a changed or missing byte; the counts notice the rest.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Protocol

import msgspec
import pyrage

from tarahum_desktop.domain.errors import TarahumError

_MAGIC: Final = b"TARAHUM-BACKUP 1\n"
_LENGTH: Final = 4
_MOST_KEY_BYTES: Final = 4096
_MOST_RECORD: Final = 2 * 1024 * 1024
PIECE: Final = 512 * 1024
Content = tuple[str, Iterable[bytes]]


class BackupUnreadable(TarahumError):
    """Not a backup, changed, cut short, or sealed to another secret. Fact ``what``."""

    code = "backup_unreadable"


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a backup: a passphrase, or an age key (``age1…`` to write, ``AGE-SECRET-KEY-1…`` to read)."""

    text: str

    @property
    def is_key(self) -> bool:
        """Whether it is a key rather than a passphrase."""
        return self.text.startswith(("age1", "AGE-SECRET-KEY-1"))


class Taker(Protocol):
    """Who takes the contents of a backup as they come."""

    def begin(self, name: str) -> None:
        """A content begins."""

    def piece(self, data: bytes) -> None:
        """A piece of it."""

    def end(self) -> None:
        """It is whole, and is what was put in."""


def write_sealed(path: Path, contents: Iterable[Content], secret: Secret) -> None:
    """Write a backup beside its place and put it there when it is whole and on the disk.

    Raises:
        FileExistsError: something is there already.
        BackupUnreadable: ``key``, when the recipient's key cannot be read.
        OSError: the disk failed or is full; nothing is left behind.
    """
    if path.exists():
        raise FileExistsError(path)
    front, recipient = _sealing(secret)
    half = path.with_name(f"{path.name}.part")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC + len(front).to_bytes(_LENGTH, "big") + front)
            writer = _Remembering(file.write)
            try:
                pyrage.encrypt_io(_Reader(_records(contents)), writer, [recipient])
            except pyrage.EncryptError as error:
                raise writer.failure or OSError(str(error)) from error
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        with suppress(OSError):
            half.unlink()
        raise


def _sealing(secret: Secret) -> tuple[bytes, Any]:
    if not secret.is_key:
        made = pyrage.x25519.Identity.generate()
        return pyrage.passphrase.encrypt(str(made).encode(), secret.text), made.to_public()
    try:
        return b"", pyrage.x25519.Recipient.from_str(secret.text)
    except pyrage.RecipientError as error:
        raise BackupUnreadable(what="key") from error


def _records(contents: Iterable[Content]) -> Iterator[bytes]:
    count = 0
    for name, pieces in contents:
        yield _record("begin", name)
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield _record("piece", piece)
        yield _record("end", digest.digest())
        count += 1
    yield _record("done", count)


def _record(kind: str, value: object) -> bytes:
    packed = msgspec.msgpack.encode((kind, value))
    return len(packed).to_bytes(_LENGTH, "big") + packed


@dataclass
class _Reader:
    """Gives the encryption as many bytes as it asks for."""

    source: Iterator[bytes]
    left: bytearray = field(default_factory=bytearray)

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.left) < size:
            piece = next(self.source, None)
            if piece is None:
                break
            self.left += piece
        size = len(self.left) if size < 0 else size
        out = bytes(self.left[:size])
        del self.left[:size]
        return out


@dataclass
class _Remembering:
    """Keeps the first failure of whoever writes, because the encryption tells only its words."""

    take: Callable[[bytes], Any]
    failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self.take(bytes(data))
        except BaseException as error:
            self.failure = self.failure or error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back here."""


def read_sealed(path: Path, secret: Secret, taker: Taker) -> None:
    """Give a backup's contents to a taker; what it took counts only if this returns.

    Raises:
        BackupUnreadable: ``foreign`` (no backup of ours), ``secret`` (another passphrase or key), ``changed`` or ``short``.
    """
    with path.open("rb") as file:
        identity = _opening(file, secret)
        records = _Records(taker)
        writer = _Remembering(records.take)
        try:
            pyrage.decrypt_io(file, writer, [identity])
        except (pyrage.DecryptError, OSError) as error:
            raise writer.failure or BackupUnreadable(what=_why(error, records)) from error
        if not records.done:
            raise BackupUnreadable(what="short")


def _why(error: Exception, records: "_Records") -> str:
    if not records.any and "No matching keys" in str(error):
        return "secret"
    return "changed"


def _opening(file: IO[bytes], secret: Secret) -> Any:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise BackupUnreadable(what="foreign")
    length = int.from_bytes(file.read(_LENGTH), "big")
    if length > _MOST_KEY_BYTES:
        raise BackupUnreadable(what="foreign")
    front = file.read(length)
    if bool(front) == secret.is_key:
        raise BackupUnreadable(what="secret")
    try:
        text = secret.text if secret.is_key else pyrage.passphrase.decrypt(front, secret.text).decode("ascii")
        return pyrage.x25519.Identity.from_str(text)
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BackupUnreadable(what="secret") from error


class _Records:
    """Takes the stream apart into records as it comes."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._left = bytearray()
        self._digest: Any = None
        self._count = 0
        self.any = self.done = False

    def take(self, data: bytes) -> None:
        """The next bytes of the stream."""
        self._left += data
        self.any = True
        while len(self._left) >= _LENGTH:
            length = int.from_bytes(self._left[:_LENGTH], "big")
            if length > _MOST_RECORD:
                raise BackupUnreadable(what="changed")
            if len(self._left) < _LENGTH + length:
                return
            packed = bytes(self._left[_LENGTH : _LENGTH + length])
            del self._left[: _LENGTH + length]
            self._one(packed)

    def _one(self, packed: bytes) -> None:
        try:
            kind, value = msgspec.msgpack.decode(packed, type=tuple[str, Any])
        except (msgspec.DecodeError, ValueError) as error:
            raise BackupUnreadable(what="changed") from error
        if kind == "begin" and isinstance(value, str) and self._digest is None:
            self._digest = hashlib.sha256()
            self._taker.begin(value)
        elif kind == "piece" and isinstance(value, bytes) and self._digest is not None:
            self._digest.update(value)
            self._taker.piece(value)
        elif kind == "end" and self._digest is not None and value == self._digest.digest():
            self._digest = None
            self._count += 1
            self._taker.end()
        elif kind == "done" and value == self._count and self._digest is None and not self.done:
            self.done = True
        else:
            raise BackupUnreadable(what="changed")

"""Sealing to X25519 keys by age (age-encryption.org/v1): the one place that calls the library.

Keys are 32 raw bytes everywhere else. Content flows through in pieces; a whole pouch is never in memory.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import pyrage
from pyrage import x25519

from tarahum_desktop.sync.pouch.bech32 import read_bech32, write_bech32
from tarahum_desktop.sync.pouch.errors import PouchDamaged, PouchForeign, PouchTampered

KEY_BYTES: Final = 32
_PUBLIC: Final = "age"
_PRIVATE: Final = "age-secret-key-"
_NO_KEY: Final = "No matching keys found"


class Source(Protocol):
    """Gives bytes; an empty piece is the end."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""


class Sink(Protocol):
    """Takes bytes."""

    def write(self, piece: bytes, /) -> int:
        """Take all of a piece; returns its length."""


def new_sealing_key() -> bytes:
    """A fresh private key."""
    return read_bech32(_PRIVATE, str(x25519.Identity.generate()))


def public_of(private: bytes) -> bytes:
    """The public key of a private one."""
    return read_bech32(_PUBLIC, str(_identity(private).to_public()))


def is_sealing_key(public: bytes) -> bool:
    """Whether something can be sealed to these bytes at all."""
    return len(public) == KEY_BYTES and any(public)


def seal_stream(source: Source, sink: Sink, receivers: Sequence[bytes]) -> None:
    """Seal everything a source gives, for each of the receivers' public keys.

    What the source or the sink raises comes out as it was raised.
    """
    recipients = [x25519.Recipient.from_str(write_bech32(_PUBLIC, key)) for key in receivers]
    reader, writer = _Reader(source), _Writer(sink)
    try:
        pyrage.encrypt_io(reader, writer, recipients)
    except (pyrage.EncryptError, OSError):
        _raise_first(reader, writer)
        raise


def open_stream(source: Source, sink: Sink, private: bytes) -> None:
    """Open a sealed stream; each piece was authenticated before the sink gets it.

    Raises:
        PouchForeign: sealed to other keys.
        PouchDamaged, PouchTampered: not sealed content, or changed.
    """
    reader, writer = _Reader(source), _Writer(sink)
    try:
        pyrage.decrypt_io(reader, writer, [_identity(private)])
    except pyrage.DecryptError as error:
        _raise_first(reader, writer)
        raise (PouchForeign if _NO_KEY in str(error) else PouchDamaged) from error
    except OSError as error:
        _raise_first(reader, writer)
        raise PouchTampered from error


def _identity(private: bytes) -> Any:
    return x25519.Identity.from_str(write_bech32(_PRIVATE, private).upper())


class _Reader:
    """The library turns an error of a reader into text; this keeps the error itself."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = error
            raise


class _Writer:
    """The same for what is written."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.error: BaseException | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._sink.write(bytes(piece))
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Nothing waits here."""


def _raise_first(reader: _Reader, writer: _Writer) -> None:
    for side in (reader, writer):
        if side.error is not None:
            raise side.error

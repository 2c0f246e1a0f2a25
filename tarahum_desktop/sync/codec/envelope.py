"""A batch as it travels: header, id randomness and compressed rows under the maker's signature.

``[b"TRH1", header, random id parts, zstd frame, signature]`` in MessagePack. The signature (Ed25519,
RFC 8032) covers everything before it. The compressor starts from a dictionary shipped with the program,
because a day's batch on a bad line is too small to teach it our field's words.
"""

import functools
from collections.abc import Callable
from typing import Annotated, Any, Final, Protocol

import msgspec
import zstandard

from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.codec.body import pack_body, unpack_body
from tarahum_desktop.sync.errors import BadBatch

MAGIC: Final = b"TRH1"
MAX_PAYLOAD_BYTES: Final = 8 * 1024 * 1024
MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_SIGNING_CONTEXT: Final = b"tarahum batch 1\x00"
_LEVEL: Final = 9
_MAX_SCOPE_LETTERS: Final = 64
_MAX_NEEDS: Final = 100_000
_Needs = Annotated[dict[int, int], msgspec.Meta(max_length=_MAX_NEEDS)]

PublicKeyOf = Callable[[int], bytes]
Verify = Callable[[bytes, bytes, bytes], bool]


class Signer(Protocol):
    """Whoever holds the device's signing key."""

    def sign(self, data: bytes) -> bytes:
        """A 64-byte Ed25519 signature."""


@functools.cache
def dictionary() -> zstandard.ZstdCompressionDict:
    """The shipped dictionary; its number travels in each frame, so a later one can stand beside it."""
    return zstandard.ZstdCompressionDict(resource("sync", "batch-1.zdict").read_bytes())


def compress(document: bytes) -> bytes:
    """A zstd frame that names its size and dictionary; no checksum, the signature is one."""
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=dictionary(), write_checksum=False).compress(
        document
    )


def seal_batch(batch: Batch, signer: Signer) -> bytes:
    """Encode, compress and sign a batch."""
    document, random_parts = pack_body(batch)
    head = batch.header
    header = msgspec.msgpack.encode([head.schema, head.scope, head.device, head.first, head.last, head.needs])
    frame = compress(document)
    signature = signer.sign(_signed_bytes(header, random_parts, frame))
    return msgspec.msgpack.encode([MAGIC, header, random_parts, frame, signature])


def _signed_bytes(header: bytes, random_parts: bytes, frame: bytes) -> bytes:
    return b"".join(
        [
            _SIGNING_CONTEXT,
            len(header).to_bytes(4, "big"),
            header,
            len(random_parts).to_bytes(4, "big"),
            random_parts,
            frame,
        ]
    )


class Envelope(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """The five parts of a sealed batch."""

    magic: bytes
    header: bytes
    random_parts: bytes
    frame: bytes
    signature: bytes


def read_header(payload: bytes) -> tuple[Envelope, BatchHeader]:
    """The envelope and header of a sealed batch, nothing verified yet but sizes and types.

    Raises:
        BadBatch: too large, or not a batch.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise BadBatch(code="batch_too_large")
    try:
        envelope = msgspec.msgpack.decode(payload, type=Envelope)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch from error
    if envelope.magic != MAGIC:
        raise BadBatch
    return envelope, parse_header(envelope.header)


def parse_header(packed: bytes) -> BatchHeader:
    """The header of a batch from its bytes; raises BadBatch."""
    try:
        header = BatchHeader(*msgspec.msgpack.decode(packed, type=tuple[int, str, int, int, int, _Needs]))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch from error
    if (
        not 0 < len(header.scope) <= _MAX_SCOPE_LETTERS
        or not 0 < header.device < 2**32
        or not 0 < header.first <= header.last < 2**62
    ):
        raise BadBatch
    return header


def open_batch(payload: bytes, public_key_of: PublicKeyOf, verify: Verify) -> Batch:
    """Verify and decode a sealed batch.

    Raises:
        BadBatch: not a batch, or ``batch_signature`` when the signature is not the named device's.
        UnknownDevice: by ``public_key_of``.
    """
    envelope, header = read_header(payload)
    signed = _signed_bytes(envelope.header, envelope.random_parts, envelope.frame)
    if not verify(public_key_of(header.device), envelope.signature, signed):
        raise BadBatch(code="batch_signature", device=header.device)
    return unpack_body(header, decompress(envelope.frame), envelope.random_parts)


def decompress(frame: bytes) -> bytes:
    """Decompress under a size limit taken before any memory is."""
    try:
        size = zstandard.frame_content_size(frame)
        if not 0 <= size <= MAX_BODY_BYTES:
            raise BadBatch(code="batch_too_large")
        body: Any = zstandard.ZstdDecompressor(dict_data=dictionary()).decompress(
            frame, max_output_size=size, allow_extra_data=False
        )
    except zstandard.ZstdError as error:
        raise BadBatch(code="batch_malformed") from error
    if not isinstance(body, bytes) or len(body) != size:
        raise BadBatch(code="batch_malformed")
    return body

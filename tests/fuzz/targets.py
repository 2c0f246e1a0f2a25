"""Every decoder that meets bytes of strangers, each with what it may answer: what it read, or a typed refusal.

Anything but a ``TarahumError`` is a finding, and so is reading something else than what was signed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import msgspec
from starlette.datastructures import Headers

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.change import BatchHeader
from tarahum_desktop.sync.codec.body import UNFIT, unpack_body
from tarahum_desktop.sync.codec.columns import unpack
from tarahum_desktop.sync.codec.envelope import compress, decompress, open_batch
from tarahum_desktop.sync.codec.page import open_page, unpack_losers
from tarahum_desktop.sync.codec.room import Room
from tarahum_desktop.sync.errors import BadBatch, UnknownDevice
from tarahum_desktop.sync.exchange import messages
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_desktop.sync.exchange.enrol import read_invitation
from tarahum_desktop.sync.row_state import unpack_carried, unpack_marks, unpack_value
from tarahum_desktop.sync.shapes import Field, Kind, from_wire, wire_values_fit
from tarahum_desktop.sync.signatures import verify
from tarahum_server.auth import read_proof
from tests.fuzz import seeds, strangers
from tests.fuzz.least import least

SERVER_MESSAGES: Final = ("HelloRequest", "PullRequest", "SnapshotRequest", "EnrolRequest")
CLIENT_MESSAGES: Final = ("HelloReply", "PushReply", "PullReply", "SnapshotReply", "EnrolReply", "Receipt")


@dataclass(frozen=True)
class Target:
    """One decoder: what to spoil, and how to read it."""

    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], Any]


def judged(target: Target, data: bytes) -> bool:
    """Whether the decoder took the data; raises what no decoder may raise."""
    try:
        target.read(data)
    except TarahumError:
        return False
    return True


def _two(data: bytes) -> tuple[bytes, Any]:
    """``[bytes, anything]`` as the seeds are; what is not of that form is nothing to try."""
    try:
        first, rest = msgspec.msgpack.decode(data, type=tuple[bytes, msgspec.Raw])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch from error
    return first, bytes(rest)


def _document(data: bytes) -> None:
    """A document under a good signature, which any enrolled device could make."""
    random_parts, document = _two(data)
    rows = document[1] if len(document) > 1 else 1  # as many as the document says, in a small number
    unpack_body(BatchHeader(1, "ryd", 7, 1, max(1, rows), {}), document, random_parts)


def _page(data: bytes) -> None:
    random_parts, document = _two(data)
    header = msgspec.msgpack.encode(["ryd", "person"])
    frame = compress(document)
    sealed = msgspec.msgpack.encode([b"TRS1", header, random_parts, frame, bytes(64)])
    page = open_page(sealed, b"", lambda *_: True)
    for (marks, carried), losers in zip(page.kept, page.losers, strict=True):
        unpack_marks(marks)
        unpack_carried(carried)
        unpack_losers(losers)


def _column(data: bytes) -> None:
    try:
        count, packed = msgspec.msgpack.decode(data, type=tuple[int, msgspec.Raw])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadBatch from error
    if count > 10_000:
        return
    assert len(unpack(packed, count, Room())) == count


def _key_of(device: int) -> bytes:
    for name in seeds.batches():
        if seeds.vector(name)["device"] == device:
            return bytes.fromhex(seeds.vector(name)["public_key"])
    raise UnknownDevice(device=device)


def _sealed(data: bytes) -> None:
    """Whatever is taken under a good signature must say what one of the true batches says."""
    batch = open_batch(data, _key_of, verify)
    true = [open_batch(payload, _key_of, verify) for payload in seeds.payloads()]
    assert any(
        (batch.header, batch.inserts, batch.updates) == (one.header, one.inserts, one.updates) for one in true
    )


def _sealed_page(data: bytes) -> None:
    key = bytes.fromhex(seeds.vector("page")["public_key"])
    true = open_page(seeds.hexed("page", "payload")[0], key, verify)
    assert open_page(data, key, verify) == true


def _row_state(read: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """These are read inside of pages, where whatever is unfit refuses the page."""

    def reading(data: bytes) -> None:
        try:
            read(data)
        except UNFIT as error:
            raise BadBatch from error

    return reading


def _message(kind: type[Any]) -> Callable[[bytes], Any]:
    def reading(data: bytes) -> None:
        message = messages.decode(data, kind)
        assert messages.decode(messages.encode(message), kind) == message or "nan" in repr(message)

    return reading


def _headers(data: bytes) -> None:
    lines = data.split(b"\n")
    names = ("X-Tarahum-Device", "X-Tarahum-Time", "X-Tarahum-Nonce", "X-Tarahum-Signature")
    found = Headers(raw=[(name.lower().encode(), line) for name, line in zip(names, lines, strict=False)])
    proof = read_proof(found, "POST", "/v1/hello", b"")
    assert len(proof.nonce) == 16
    assert len(proof.signature) == 64
    assert not proof.signed_by(bytes(32)) or proof.signature == bytes(64)


def _invitation(data: bytes) -> None:
    code, trust = read_invitation(data.decode("utf-8", "replace"))
    assert len(code) == 20
    assert len(trust.pin) in {0, 12}


def _text_of_document(data: bytes) -> None:
    """A JSON document that a field takes is one that every replica can read."""
    text = data.decode("utf-8", "replace")
    if wire_values_fit(Field("birth", Kind.DOCUMENT, optional=True), [text]):
        from_wire(Kind.DOCUMENT, text)


def _targets() -> dict[str, Target]:
    found = {
        "batch": Target(seeds.payloads, _sealed),
        "batch_document": Target(seeds.documents, _document),
        "page": Target(lambda: seeds.hexed("page", "payload"), _sealed_page),
        "page_document": Target(seeds.pages, _page),
        "frame": Target(lambda: [f for name in seeds.batches() for f in seeds.hexed(name, "frame")], decompress),
        "column": Target(seeds.columns, _column),
        "marks": Target(lambda: seeds.row_states("marks"), _row_state(unpack_marks)),
        "carried": Target(lambda: seeds.row_states("carried"), _row_state(unpack_carried)),
        "losers": Target(lambda: seeds.row_states("losers"), _row_state(unpack_losers)),
        "value": Target(lambda: [b"\xaa1900000033", b"\xc0", b"\x05"], _row_state(unpack_value)),
        "invitation": Target(
            lambda: [seeds.vector("invitation")[name].encode() for name in ("with_pin", "without_pin")],
            _invitation,
        ),
        "headers": Target(_signed_headers, _headers),
        "json": Target(lambda: [b'{"a":[1,2.5,"x\\u00e9"]}', b"[[[[]]]]", b'"\\ud83d\\ude00"'], _text_of_document),
    }  # fmt: skip
    for kind in (*SERVER_MESSAGES, *CLIENT_MESSAGES):
        found[kind] = Target(
            lambda kind=kind: seeds.said(kind) or _receipts(), _message(getattr(messages, kind))
        )
    for name, answer in ANSWERS.items():
        for side, kind in (("request", answer.call.asks), ("reply", answer.call.answers)):
            found[f"{name}_{side}"] = Target(lambda kind=kind: [least(kind)], _message(kind))
    for name, (true, read) in strangers.readers().items():
        found[name] = Target(true, read)
    return found


def _receipts() -> list[bytes]:
    return seeds.hexed("receipt", "message")


def _signed_headers() -> list[bytes]:
    case = seeds.vector("request")
    return [f"{case['device']}\n{case['time']}\n{case['nonce']}\n{case['signature']}".encode()]


TARGETS: Final[Mapping[str, Target]] = MappingProxyType(_targets())

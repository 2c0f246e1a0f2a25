"""What arrives on sticks and from hubs: pouches and their parts, requests to join, welcomes, cards, re-packs."""

import hashlib
import io
from collections.abc import Callable
from typing import Any, Final

import msgspec

from tarahum_desktop.sync.codec.pack import open_pack, seal_pack
from tarahum_desktop.sync.exchange.hub_card import read_card, sign_card
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.pouch.errors import PouchTampered
from tarahum_desktop.sync.pouch.frames import FrameSink, Kind, Part
from tarahum_desktop.sync.pouch.header import Header, check_whole, read_header
from tarahum_desktop.sync.pouch.manifest import (
    Head,
    ScopeCount,
    ScopeHere,
    Tail,
    check_head,
    read_head,
    read_tail,
    sign_head,
    sign_tail,
)
from tarahum_desktop.sync.pouch.newcomer import (
    JoinRequest,
    Welcome,
    peek_welcome,
    read_request,
    sign_welcome,
)
from tarahum_desktop.sync.signatures import SigningKey, verify
from tests.fuzz import seeds
from tests.fuzz.least import least

Reader = tuple[Callable[[], list[bytes]], Callable[[bytes], Any]]
_KEY: Final = SigningKey(bytes([7]) * 32)


def _head() -> Head:
    here = ScopeHere({7: 3, 12: 1}, 3, 0, 9, bytes(8), 3, complete=True)
    return Head(
        5, 7, [12, 1], 1_795_000_000_000, 1_802_000_000_000, 3, "0.1.0", {"ryd": here}, wanted=[bytes(32)]
    )


def _pouch() -> list[bytes]:
    content = b"sealed content"
    header = Header(5, 7, (12, 1), len(content), hashlib.sha256(content).digest())
    return [header.pack() + content]


def _read_pouch(data: bytes) -> None:
    file = io.BytesIO(data)
    check_whole(file, read_header(file))


def _frames() -> list[bytes]:
    parts = [Part(Kind.HEAD, sign_head(_head(), _KEY)), Part(Kind.BATCH, seeds.payloads()[0], "ryd")]
    parts += [Part(Kind.FILE, b"x" * 40, "", bytes(32), 0, 40), Part(99, b"to come")]
    return [b"".join(part.frame() for part in parts)]


def _read_frames(data: bytes) -> None:
    """In pieces of any size the same parts come out."""
    found: list[list[Part]] = []
    for size in (7, len(data) or 1):
        parts: list[Part] = []
        sink = FrameSink(lambda part, _before, parts=parts: parts.append(part))
        for at in range(0, len(data), size):
            sink.write(data[at : at + size])
        sink.end()
        found.append(parts)
    assert found[0] == found[1]


def _read_head(data: bytes) -> None:
    """Whatever is taken as signed is what was signed."""
    head = read_head(data)
    try:
        check_head(data, _KEY.public)
    except PouchTampered:
        return
    assert head == _head()


def _tail() -> Tail:
    return Tail(bytes(32), 3, {"ryd": ScopeCount(3, 0)}, 1, 40, 0)


def _read_tail(data: bytes) -> None:
    assert read_tail(data, _KEY.public) == _tail()


def _request() -> list[bytes]:
    body = msgspec.msgpack.encode(JoinRequest("laptop", "ryd.officer1", _KEY.public, bytes(32), 5, bytes(32)))
    return [msgspec.msgpack.encode((body, _KEY.sign(b"tarahum join request 1\x00" + body)))]


def _welcome() -> list[bytes]:
    reply = msgspec.msgpack.decode(least(EnrolReply), type=EnrolReply)
    return [
        sign_welcome(Welcome(bytes(32), reply, 12, "o", "office", "ryd", bytes(32), bytes(32), ["ryd"]), _KEY)
    ]


def _packs() -> list[bytes]:
    payloads = [seeds.hexed(name, "payload")[0] for name in ("batch_insert", "batch_update")]
    return [seal_pack("ryd", 1, 2, payloads, _KEY)]


def _read_pack(data: bytes) -> None:
    pack = open_pack(data, _KEY.public, verify)
    true = open_pack(_packs()[0], _KEY.public, verify)
    assert pack == true


def _loose_pack(data: bytes) -> None:
    pack = open_pack(data, b"any", lambda *_: True)
    for place in range(len(pack.heads)):
        pack.batch(place)


def readers() -> dict[str, Reader]:
    """True data and reader, by name."""
    return {
        "pouch_file": (_pouch, _read_pouch),
        "pouch_frames": (_frames, _read_frames),
        "pouch_head": (lambda: [sign_head(_head(), _KEY)], _read_head),
        "pouch_tail": (lambda: [sign_tail(_tail(), _KEY)], _read_tail),
        "join_request": (_request, read_request),
        "welcome": (_welcome, peek_welcome),
        "hub_card": (lambda: [sign_card(12, bytes(32), 5, _KEY)], read_card),
        "pack": (_packs, _read_pack),
        "pack_of_anybody": (_packs, _loose_pack),
    }

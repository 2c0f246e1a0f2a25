"""The vectors of what is signed beside batches and pages: receipts, cards, heads and tails of pouches, requests to join."""

import hashlib
from typing import Any

import msgspec

from tarahum_desktop.sync.blobs.words import BlobReceipt
from tarahum_desktop.sync.exchange.enrol import code_hash
from tarahum_desktop.sync.exchange.hub_card import HubCard
from tarahum_desktop.sync.exchange.messages import EnrolReply
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.pouch.header import Header
from tarahum_desktop.sync.pouch.manifest import Head, ScopeCount, ScopeHere, Tail, sign_head, sign_tail
from tarahum_desktop.sync.pouch.newcomer import Welcome, key_pin, make_request, request_name, sign_welcome
from tests.vectors.sync.story import AUTHOR, CENTRE, LAPTOP, OFFICE, SCOPE, TIME_MS, key

CODE = "Y3RZ5WZMYQVFFY7SZBXZ"


class _Keys:
    """A newcomer's keys."""

    signing_public = key(9).public
    sealing_public = bytes(range(32))
    sign = staticmethod(key(9).sign)


def words_vector() -> dict[str, Any]:
    """Each with the bytes that are signed, where they stand for themselves."""
    content = hashlib.sha256(b"a picture").digest()
    receipts: list[tuple[int, Any]] = [
        (
            CENTRE,
            VectorReceipt(
                SCOPE, {OFFICE: 3, LAPTOP: 5}, 4, bytes.fromhex("00ff00ff00ff00ff"), 3, TIME_MS, CENTRE
            ),
        ),
        (CENTRE, BlobReceipt(content, 9, CENTRE, TIME_MS)),
        (OFFICE, HubCard(OFFICE, hashlib.sha256(b"a certificate").digest(), TIME_MS)),
    ]
    return {"signed": [_signed(device, word) for device, word in receipts]}


def _signed(device: int, word: Any) -> dict[str, Any]:
    signature = key(device).sign(word.signed_bytes())
    return {
        "kind": type(word).__name__,
        "public_key": key(device).public.hex(),
        "signed": word.signed_bytes().hex(),
        "signature": signature.hex(),
        "bytes": msgspec.msgpack.encode(msgspec.structs.replace(word, signature=signature)).hex(),
    }


def pouch_vector() -> dict[str, Any]:
    """The clear beginning, head and tail; what is sealed differs each time."""
    here = ScopeHere({OFFICE: 3, LAPTOP: 5}, 5, 3, 4, bytes(8), 3, complete=True)
    head = Head(
        17,
        LAPTOP,
        [OFFICE, CENTRE],
        TIME_MS,
        TIME_MS + 90 * 86_400_000,
        3,
        "0.1.0",
        {SCOPE: here},
        open=[15, 16],
    )
    tail = Tail(hashlib.sha256(b"parts").digest(), 2, {SCOPE: ScopeCount(2, 0)}, 1, 9, 0)
    sealed = b"age-encryption.org/v1 ..."
    header = Header(17, LAPTOP, (OFFICE, CENTRE), len(sealed), hashlib.sha256(sealed).digest())
    return {
        "public_key": key(LAPTOP).public.hex(),
        "header": header.pack().hex(),
        "file_name": header.file_name,
        "head": sign_head(head, key(LAPTOP)).hex(),
        "tail": sign_tail(tail, key(LAPTOP)).hex(),
    }


def joining_vector() -> dict[str, Any]:
    """A request to join by file and the centre's welcome."""
    request = make_request(CODE, "prison-1", "ryd.clerk", _Keys(), TIME_MS)
    reply = EnrolReply(9, AUTHOR, ["national", SCOPE], SCOPE, CENTRE, key(CENTRE).public, TIME_MS)
    office = (OFFICE, "office", "office", SCOPE, key(OFFICE).public, bytes(range(32)), ["national", SCOPE])
    welcome = sign_welcome(Welcome(request_name(request), reply, *office), key(CENTRE))
    return {
        "code": CODE,
        "code_hash": code_hash(CODE).hex(),
        "request": request.hex(),
        "welcome": welcome.hex(),
        "pin": key_pin(key(CENTRE).public).hex(),
    }

"""The vectors of what stands alone: keys, stamps, columns, hashes, receipts, codes and messages."""

import hashlib
import uuid
from typing import Any

import msgspec

from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.carriers.signed_request import signed_text
from tarahum_desktop.sync.clock import HybridClock, make_stamp
from tarahum_desktop.sync.codec.columns import pack
from tarahum_desktop.sync.departure_ids import departure_id
from tarahum_desktop.sync.exchange import messages
from tarahum_desktop.sync.exchange.enrol import code_hash, read_invitation, write_invitation
from tarahum_desktop.sync.exchange.push import sign_receipt
from tarahum_desktop.sync.merge_rows import conflict_id
from tests.vectors.sync.story import (
    AUTHOR,
    CENTRE,
    HOME,
    ID_NUMBER,
    LAPTOP,
    MOBILE,
    OFFICE,
    PERSON,
    SCOPE,
    SECOND,
    TIME_MS,
    key,
    stamp,
    told,
)


def digest_vector() -> dict[str, Any]:
    cases = [
        ("person", SECOND, stamp(2), {}, []),
        ("household", HOME, stamp(1), {"rooms": stamp(5)}, []),
        ("person", PERSON, stamp(1), {MOBILE: stamp(6, OFFICE), ID_NUMBER: stamp(6, OFFICE)}, [(ID_NUMBER, stamp(4))]),
    ]  # fmt: skip
    total = sum(digest.row_hash(*case) for case in cases) % digest.MODULUS
    return {
        "rows": [
            {
                "entity": entity,
                "row_id": row.hex(),
                "stamp": made.hex(),
                "field_stamps": {name: one.hex() for name, one in marks.items()},
                "open": [[name, one.hex()] for name, one in heads],
                "hash": f"{digest.row_hash(entity, row, made, marks, heads):016x}",
            }
            for entity, row, made, marks, heads in cases
        ],
        "digest": f"{total:016x}",
    }


def stamps_vector() -> dict[str, Any]:
    clock = HybridClock()
    walls = [TIME_MS, TIME_MS, TIME_MS + 5, TIME_MS - 1000, TIME_MS + 6]
    return {
        "stamps": [
            {
                "milliseconds": (reading >> 16),
                "counter": reading & 0xFFFF,
                "device": device,
                "stamp": make_stamp(reading, device).hex(),
            }
            for reading, device in (
                (0, 1),
                (TIME_MS << 16, 7),
                (TIME_MS << 16 | 0xFFFF, 2**32 - 1),
                (2**64 - 1, 12),
            )
        ],
        "clock": [{"wall": wall, "reading": str(clock.tick(wall))} for wall in walls],
    }


def columns_vector() -> dict[str, Any]:
    cases: list[tuple[str, list[Any], bool]] = [
        ("every value the same", ["SA"] * 5, False),
        ("nothing at all", [None] * 3, False),
        ("some missing", [None, "x", None, "yy", None, None, None, None, "z"], False),
        ("flags", [True, False, False], False),
        ("few different texts", ["a", "b", "a", "a", "b", "b"], False),
        ("whole numbers", [5, 300, 7, -2], False),
        ("whole numbers of every width", [0, 2**63 - 1], False),
        ("differences", [1000, 1001, 1003, 1002, 1002], True),
        ("texts that count", ["RYD-00017", "RYD-00018", "RYD-00100"], False),
        ("texts", ["نورة", "سالم", "a longer one"], False),
        ("byte strings of one size", [b"\x00" * 12, b"\x01" * 12], False),
        ("byte strings of any size", [b"", b"ab", b"\xff"], False),
        ("empty", [], False),
    ]
    return {
        "columns": [
            {
                "about": about,
                "values": [told(value) for value in values],
                "prefers_steps": steps,
                "packed": msgspec.msgpack.encode(pack(values, steps=steps)).hex(),
            }
            for about, values, steps in cases
        ]
    }


def request_vector() -> dict[str, Any]:
    body = messages.encode(messages.PullRequest(SCOPE, 3, 4096))
    nonce = bytes(range(16))
    text = signed_text("POST", "/v1/pull", LAPTOP, TIME_MS, nonce, body)
    return {
        "method": "POST",
        "path": "/v1/pull",
        "device": LAPTOP,
        "time": TIME_MS,
        "nonce": nonce.hex(),
        "body": body.hex(),
        "text": text.decode("ascii"),
        "signature": key(LAPTOP).sign(text).hex(),
        "public_key": key(LAPTOP).public.hex(),
    }


class _Centre:
    signer = key(CENTRE)


def receipt_vector() -> dict[str, Any]:
    centre: Any = _Centre()
    receipt = sign_receipt(centre, messages.Receipt(SCOPE, LAPTOP, 5, TIME_MS))
    return {
        "scope": SCOPE,
        "device": LAPTOP,
        "sequence": 5,
        "time": TIME_MS,
        "signed": receipt.signed_bytes().hex(),
        "signature": receipt.signature.hex(),
        "message": messages.encode(receipt).hex(),
        "public_key": key(CENTRE).public.hex(),
    }


def invitation_vector() -> dict[str, Any]:
    secret, fingerprint = bytes(range(240, 253)), hashlib.sha256(b"a certificate").digest()
    plain, pinned = write_invitation(secret, b""), write_invitation(secret, fingerprint)
    typed = [pinned.lower(), pinned.replace("-", " "), pinned.replace("0", "o").replace("1", "l")]
    code, trust = read_invitation(pinned)
    return {
        "secret": secret.hex(),
        "fingerprint": fingerprint.hex(),
        "without_pin": plain,
        "with_pin": pinned,
        "typed": typed,
        "code": code,
        "pin": trust.pin.hex(),
        "code_hash": code_hash(code).hex(),
        "refused": ["", plain[:-1], plain + "0", plain.replace(plain[0], "U"), pinned + "/", "٠" * 20],
    }


def messages_vector() -> dict[str, Any]:
    m = messages
    have = m.ScopeHave(4, 5, bytes(8), 3)
    made = [
        m.HelloRequest(1, 2, 1, TIME_MS, {SCOPE: have}, "0.1.0"),
        m.HelloReply(2, 1, TIME_MS, TIME_MS + 1, {SCOPE: m.ScopeOffer(5, 9, bytes(8), 3, 0, "full", 2, 400)}),
        m.PullRequest(SCOPE, 4, 65_536),
        m.PullReply([m.LogEntry(5, b"TRH1...")], 5, 9),
        m.SnapshotRequest(SCOPE, b"", 200),
        m.SnapshotReply(b"TRS1...", b"cursor", 9, {LAPTOP: 5}),
        m.PushReply("ok", m.Receipt(SCOPE, LAPTOP, 5, TIME_MS, bytes(64))),
        m.EnrolRequest("0" * 20, "laptop", "ryd.officer1", bytes(32), bytes(32), TIME_MS),
        m.EnrolReply(7, AUTHOR, ["national", SCOPE], SCOPE, CENTRE, bytes(32), TIME_MS, ""),
    ]
    return {
        "messages": [
            {
                "kind": type(message).__name__,
                "fields": list(type(message).__struct_fields__),
                "bytes": m.encode(message).hex(),
            }
            for message in made
        ]
    }


def ids_vector() -> dict[str, Any]:
    return {
        "departure": {
            "scope": SCOPE,
            "row_id": PERSON.hex(),
            "id": departure_id(SCOPE, PERSON).hex,
        },
        "conflict": {
            "row_id": PERSON.hex(),
            "field": ID_NUMBER,
            "stamp": stamp(4).hex(),
            "id": conflict_id(PERSON, ID_NUMBER, stamp(4)).hex,
        },
        "conflict_namespace": str(uuid.UUID("4b1d2f0e-8f52-5b43-9d0e-636f6e666c69")),
    }


def canonical_vector() -> dict[str, Any]:
    values: list[Any] = [
        {"b": 1, "a": [True, None, "x"]},
        {"name": "نورة", "tab": "a\tb", "quote": '"', "slash": "/", "del": "\x7f"},
        [],
        "",
        -5,
        0.5,
        {"nested": {"z": {}, "A": 1, "ا": 2}},
    ]
    return {"values": [{"value": value, "text": canonical_json(value)} for value in values]}


def keys_vector() -> dict[str, Any]:
    message = b"tarahum"
    return {
        "keys": [
            {
                "device": device,
                "private": key(device).private.hex(),
                "public": key(device).public.hex(),
                "message": message.hex(),
                "signature": key(device).sign(message).hex(),
            }
            for device in (CENTRE, LAPTOP, OFFICE)
        ]
    }

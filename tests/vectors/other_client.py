"""Another client: reads and writes the sync format with nothing of this program, from docs/sync-format.md alone.

It knows MessagePack, zstd, Ed25519, BLAKE2b and HTTP. It is small, slow and strict, and shows that the page is complete.
"""

import hashlib
import secrets
import time
import urllib.request
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec.msgpack import decode, encode

TYPE = "application/vnd.tarahum+msgpack"
_DICTIONARY = Path(__file__).parents[2] / "resources" / "sync" / "batch-1.zdict"


def verified(public: bytes, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(_DICTIONARY.read_bytes())


def inflated(frame: bytes) -> bytes:
    size = zstandard.frame_content_size(frame)
    assert 0 <= size <= 64 * 1024 * 1024
    return zstandard.ZstdDecompressor(dict_data=dictionary()).decompress(frame, max_output_size=size)


def column(packed: list[Any], count: int) -> list[Any]:
    """Section 10."""
    match packed:
        case [0, value]:
            return [value] * count
        case [1, mask, inner]:
            bits = int.from_bytes(mask, "little")
            there = iter(column(inner, bits.bit_count()))
            return [next(there) if bits >> at & 1 else None for at in range(count)]
        case [2, values, indexes]:
            return [values[index] for index in indexes]
        case [3, base, width, raw]:
            parts = [raw[at : at + width] for at in range(0, len(raw), width)]
            return [base + int.from_bytes(part, "little") for part in parts]
        case [4, first, inner]:
            numbers = [first]
            for folded in column(inner, count - 1):
                numbers.append(numbers[-1] + (folded >> 1 if folded % 2 == 0 else -(folded + 1 >> 1)))
            return numbers
        case [5, prefix, digits, inner]:
            return [prefix + str(number).zfill(digits) for number in column(inner, count)]
        case [6, values]:
            return list(values)
        case [7, size, raw]:
            return [raw[at : at + size] for at in range(0, len(raw), size)]
    raise ValueError(packed)


def id_table(times: list[Any], random_parts: bytes) -> list[bytes]:
    count = len(random_parts) // 10
    found = column(times, count) if count else []
    return [time.to_bytes(6, "big") + random_parts[10 * at : 10 * at + 10] for at, time in enumerate(found)]


@dataclass
class Tables:
    """Which fields of which tables hold ids, by docs/sync-tables.md."""

    ids: dict[str, set[str]]

    @classmethod
    def read(cls, page: str) -> "Tables":
        found: dict[str, set[str]] = {}
        for part in page.split("\n## ")[1:]:
            entity, _, fields = part.partition("\n\n")
            told = [field.split() for field in fields.strip().split(", ")]
            found[entity] = {
                name.strip("`") for name, kind, *_ in told if kind.rstrip("?") == "id" and ":" not in name
            }
        return cls(found)

    def values(self, entity: str, name: str, packed: list[Any], count: int, table: list[bytes]) -> list[Any]:
        values = column(packed, count)
        if name not in self.ids.get(entity, set()):
            return values
        return [None if number is None else table[number] for number in values]


def signed_part(context: bytes, header: bytes, random_parts: bytes, frame: bytes) -> bytes:
    size, other = len(header).to_bytes(4, "big"), len(random_parts).to_bytes(4, "big")
    if context.startswith(b"tarahum batch"):
        return context + size + header + other + random_parts + frame
    return context + size + other + header + random_parts + frame


def open_batch(payload: bytes, public: bytes, tables: Tables) -> tuple[list[Any], list[dict[str, Any]]]:
    """Header and rows of a batch; section 9."""
    magic, header, random_parts, frame, signature = decode(payload)
    assert magic == b"TRH1"
    assert verified(public, signature, signed_part(b"tarahum batch 1\x00", header, random_parts, frame)), (
        "signature"
    )
    head = decode(header)
    _, _, device, first, last, _ = head
    count, times, readings, authors, numbers, groups = decode(inflated(frame))
    assert count == last - first + 1
    table = id_table(times, random_parts)
    stamps = [reading.to_bytes(8, "big") + device.to_bytes(4, "big") for reading in column(readings, count)]
    made_by = [table[number] for number in column(authors, count)]
    of_group = column(numbers, count)
    rows: list[dict[str, Any]] = []
    for number, (entity, is_insert, names, row_ids, columns) in enumerate(groups):
        at = [place for place in range(count) if of_group[place] == number]
        ids = [table[one] for one in column(row_ids, len(at))]
        found = [
            {
                "sequence": first + place,
                "entity": entity,
                "row_id": ids[row],
                "stamp": stamps[place],
                "author": made_by[place] if any(made_by[place]) else None,
                ("values" if is_insert else "edits"): {},
            }
            for row, place in enumerate(at)
        ]
        for name, packed in zip(names, columns, strict=True):
            if is_insert:
                for row, value in zip(
                    found, tables.values(entity, name, packed, len(at), table), strict=True
                ):
                    row["values"][name] = value
                continue
            new = tables.values(entity, name, packed[0], len(at), table)
            replaced = column(packed[1], len(at))
            before = tables.values(entity, name, packed[2], len(at), table)
            for row, value, joined, old in zip(found, new, replaced, before, strict=True):
                stamps_of = [joined[at : at + 12] for at in range(0, len(joined), 12)]
                row["edits"][name] = {"value": value, "replaces": stamps_of, "before": old}
        rows += found
    return head, sorted(rows, key=lambda row: row["sequence"])


def open_page(payload: bytes, public: bytes, tables: Tables) -> tuple[str, str, list[dict[str, Any]]]:
    """Scope, table and rows of a page; section 11."""
    magic, header, random_parts, frame, signature = decode(payload)
    assert magic == b"TRS1"
    assert verified(public, signature, signed_part(b"tarahum snapshot 1\x00", header, random_parts, frame)), (
        "signature"
    )
    scope, entity = decode(header)
    count, times, ids, readings, devices, authors, marks, carried, losers, names, columns = decode(
        inflated(frame)
    )
    table = id_table(times, random_parts)
    parts = [column(part, count) for part in (ids, readings, devices, authors, marks, carried, losers)]
    rows = [
        {
            "row_id": table[row_id],
            "stamp": reading.to_bytes(8, "big") + device.to_bytes(4, "big"),
            "author": None if author is None else table[author],
            "marks": decode(mark) if mark else {},
            "carried": decode(strange) if strange else {},
            "losers": decode(losing) if losing else [],
            "values": {},
        }
        for row_id, reading, device, author, mark, strange, losing in zip(*parts, strict=True)
    ]
    for name, packed in zip(names, columns, strict=True):
        for row, value in zip(rows, tables.values(entity, name, packed, count, table), strict=True):
            row["values"][name] = value
    return scope, entity, rows


def row_hash(
    entity: str, row_id: bytes, stamp: bytes, marks: dict[str, bytes], heads: list[tuple[str, bytes]]
) -> int:
    """Section 8."""
    told = entity.encode() + b"\x00" + row_id + stamp
    for name in sorted(marks):
        told += name.encode() + b"\x00" + marks[name]
    for name, losing in sorted(heads):
        told += b"!" + name.encode() + b"\x00" + losing
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big")


def hash_of(entity: str, row: dict[str, Any]) -> int:
    """Of a row as a page brings it."""
    marks = {name: stamp for name, (stamp, _) in row["marks"].items()}
    return row_hash(
        entity, row["row_id"], row["stamp"], marks, [(name, one) for name, one, *_ in row["losers"]]
    )


def seal_insert(
    key: Ed25519PrivateKey,
    header: list[Any],
    entity: str,
    row_id: bytes,
    author: bytes,
    values: dict[str, Any],
) -> bytes:
    """A batch of one new row, with nothing cleverer than equal values; section 9."""
    table = [row_id, author]
    reading = time.time_ns() // 1_000_000 << 16
    times = [int.from_bytes(one[:6], "big") for one in table]
    steps = [2 * (b - a) if b >= a else -2 * (b - a) - 1 for a, b in pairwise(times)]
    group = [entity, 1, list(values), [0, 0], [[0, value] for value in values.values()]]
    document = encode([1, [4, times[0], [0, steps[0]]], [0, reading], [0, 1], [0, 0], [group]])
    random_parts = b"".join(one[6:] for one in table)
    frame = zstandard.ZstdCompressor(dict_data=dictionary(), write_checksum=False).compress(document)
    packed = encode(header)
    signature = key.sign(signed_part(b"tarahum batch 1\x00", packed, random_parts, frame))
    return encode([b"TRH1", packed, random_parts, frame, signature])


def signed_headers(key: Ed25519PrivateKey, device: int, path: str, body: bytes, time_ms: int, nonce: bytes) -> dict[str, str]:  # fmt: skip
    """Section 14."""
    lines = ["tarahum request 1", "POST", path, str(device), str(time_ms), nonce.hex()]
    text = "\n".join([*lines, hashlib.sha256(body).hexdigest()]).encode("ascii")
    return {
        "Content-Type": TYPE,
        "X-Tarahum-Device": str(device),
        "X-Tarahum-Time": str(time_ms),
        "X-Tarahum-Nonce": nonce.hex(),
        "X-Tarahum-Signature": key.sign(text).hex(),
    }


@dataclass
class Client:
    """One device on a line to a centre; section 13 and 14. ``opener`` decides whom it trusts."""

    address: str
    key: Ed25519PrivateKey
    opener: urllib.request.OpenerDirector
    device: int = 0

    def ask(self, call: str, body: bytes) -> Any:
        path = f"/v1/{call}"
        headers = signed_headers(
            self.key, self.device, path, body, time.time_ns() // 1_000_000, secrets.token_bytes(16)
        )
        request = urllib.request.Request(self.address + path, body, headers, method="POST")  # noqa: S310 - the test's own centre
        with self.opener.open(request, timeout=20) as answer:
            assert answer.headers["Content-Type"] == TYPE
            return decode(answer.read())

    def enrol(self, code: str, name: str, login: str) -> Any:
        """Section 15: the code as it was typed, without its pin."""
        symbols = code.partition("/")[0].replace("-", "").replace(" ", "").upper()
        symbols = symbols.translate(str.maketrans("OIL", "011"))
        public = self.key.public_key().public_bytes_raw()
        reply = self.ask("enrol", encode([symbols, name, login, public, secrets.token_bytes(32), 0]))
        self.device = reply[0]
        return reply

    def snapshot(self, scope: str, centre_key: bytes, tables: Tables) -> tuple[int, int]:
        """Digest and number of rows of a whole scope."""
        cursor, total, count = b"", 0, 0
        while True:
            page, cursor, *_ = self.ask("snapshot", encode([scope, cursor, 500]))
            if page:
                _, entity, rows = open_page(page, centre_key, tables)
                total += sum(hash_of(entity, row) for row in rows)
                count += len(rows)
            if not cursor:
                return total % 2**64, count

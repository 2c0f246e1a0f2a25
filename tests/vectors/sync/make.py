"""Makes the vectors of the sync format that do not exist yet: ``python -m tests.vectors.sync.make``.

A vector that exists is never written again: it says what programs out there read and write. Whoever changes the format
gives it a new number and adds vectors beside the old ones. Bytes are hexadecimal.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tarahum_desktop.sync import digest
from tarahum_desktop.sync.change import Batch, InsertGroup
from tarahum_desktop.sync.codec.body import pack_body
from tarahum_desktop.sync.codec.columns import pack
from tarahum_desktop.sync.codec.envelope import seal_batch
from tarahum_desktop.sync.codec.page import Page, seal_page
from tarahum_desktop.sync.merge_rows import conflict_id
from tarahum_desktop.sync.row_state import FieldMark, pack_carried, pack_marks, pack_value
from tests.vectors.sync import small, words
from tests.vectors.sync.story import (
    AUTHOR,
    CENTRE,
    ID_NUMBER,
    LAPTOP,
    MOBILE,
    OFFICE,
    PERSON,
    SCOPE,
    concurrent_batch,
    insert_batch,
    key,
    people,
    resolving_batch,
    stamp,
    told,
    update_batch,
)

FOLDER = Path(__file__).parent


def _rows(batch: Batch) -> list[dict[str, Any]]:
    found = [
        {
            "sequence": group.sequences[at],
            "entity": group.entity,
            "row_id": group.row_ids[at].hex(),
            "stamp": group.stamps[at].hex(),
            "author": told(group.authors[at]),
            "values": {
                name: told(column[at]) for name, column in zip(group.names, group.columns, strict=True)
            },
        }
        for group in batch.inserts
        for at in range(len(group.row_ids))
    ]
    found += [
        {
            "sequence": change.sequence,
            "entity": change.entity,
            "row_id": change.row_id.hex(),
            "stamp": change.stamp.hex(),
            "author": told(change.author),
            "edits": {
                name: {
                    "value": told(edit.value),
                    "replaces": [one.hex() for one in edit.replaces],
                    "before": told(edit.before),
                }
                for name, edit in change.edits.items()
            },
        }
        for change in batch.updates
    ]
    return sorted(found, key=lambda row: row["sequence"])


def _batch(about: str, batch: Batch) -> dict[str, Any]:
    document, random_parts = pack_body(batch)
    return _sealed(about, seal_batch(batch, key(batch.header.device)), document, random_parts) | {
        "device": batch.header.device,
        "public_key": key(batch.header.device).public.hex(),
        "header_fields": {
            "schema": batch.header.schema,
            "scope": batch.header.scope,
            "device": batch.header.device,
            "first": batch.header.first,
            "last": batch.header.last,
            "needs": {str(device): sequence for device, sequence in batch.header.needs.items()},
        },
        "rows": _rows(batch),
    }


def _sealed(about: str, payload: bytes, document: bytes, random_parts: bytes) -> dict[str, Any]:
    _, header, ids, frame, signature = msgspec.msgpack.decode(payload)
    assert ids == random_parts
    return {
        "about": about,
        "payload": payload.hex(),
        "header": header.hex(),
        "random_parts": ids.hex(),
        "document": document.hex(),
        "frame": frame.hex(),
        "signature": signature.hex(),
    }


def _strange_field() -> dict[str, Any]:
    """What a program one release newer writes: a field of person that the first format does not have."""
    made = _batch("one new row with a field that a reader of the first format does not know", insert_batch())
    document = msgspec.msgpack.decode(bytes.fromhex(made["document"]))
    person = document[5][0]
    person[2].append("favourite_tree")
    person[4].append(pack(["نخلة", "سدر"]))
    packed = msgspec.msgpack.encode(document)
    return made | {
        "payload": reseal(made, packed, LAPTOP).hex(),
        "document": packed.hex(),
        "frame": None,
        "signature": None,
        "strange": {
            "favourite_tree": ["نخلة", "سدر"],
        },
    }


def reseal(made: dict[str, Any], document: bytes, device: int) -> bytes:
    """A batch around another document."""
    from tarahum_desktop.sync.codec.envelope import _signed_bytes, compress

    header, ids = bytes.fromhex(made["header"]), bytes.fromhex(made["random_parts"])
    frame = compress(document)
    signature = key(device).sign(_signed_bytes(header, ids, frame))
    return msgspec.msgpack.encode([b"TRH1", header, ids, frame, signature])


def _page() -> dict[str, Any]:
    marks = {
        ID_NUMBER: FieldMark(stamp(6, OFFICE), AUTHOR),
        MOBILE: FieldMark(stamp(6, OFFICE), AUTHOR),
    }
    loser = (ID_NUMBER, stamp(4), pack_value("1900000033"), AUTHOR, pack_value("1900000017"))
    rows = people()
    rows.columns[rows.names.index(ID_NUMBER)][0] = "1900000041"
    rows.columns[rows.names.index(MOBILE)][0] = "0500000006"
    page = Page(
        SCOPE,
        InsertGroup("person", rows.names, [], rows.row_ids, rows.stamps, rows.authors, rows.columns),
        [(pack_marks(marks), pack_carried({"favourite_tree": ("نخلة", stamp(1))})), (None, None)],
        [msgspec.msgpack.encode([loser]), None],
    )
    payload = seal_page(page, key(CENTRE))
    import zstandard

    from tarahum_desktop.sync.codec.envelope import dictionary

    frame = msgspec.msgpack.decode(payload)[3]
    document = zstandard.ZstdDecompressor(dict_data=dictionary()).decompress(frame)
    made = _sealed(
        "two persons as a snapshot brings them", payload, document, msgspec.msgpack.decode(payload)[2]
    )
    group = page.group
    return made | {
        "public_key": key(CENTRE).public.hex(),
        "scope": SCOPE,
        "entity": "person",
        "rows": [
            {
                "row_id": group.row_ids[at].hex(),
                "stamp": group.stamps[at].hex(),
                "author": told(group.authors[at]),
                "marks": told(page.kept[at][0]),
                "carried": told(page.kept[at][1]),
                "losers": told(page.losers[at]),
                "values": {
                    name: told(column[at]) for name, column in zip(group.names, group.columns, strict=True)
                },
            }
            for at in range(2)
        ],
    }


def _conflict() -> dict[str, Any]:
    marks = {ID_NUMBER: stamp(6, OFFICE), MOBILE: stamp(6, OFFICE)}
    losers = [(ID_NUMBER, stamp(4))]
    settled = {ID_NUMBER: stamp(8, OFFICE), MOBILE: stamp(6, OFFICE)}
    return {
        "about": "device 7's batch 1-3, then 4-5, and device 12's 2 in either order, then 12's 3 which decides",
        "row_id": PERSON.hex(),
        "shown": {ID_NUMBER: "1900000041", MOBILE: "0500000006"},
        "conflict": {
            "id": conflict_id(PERSON, ID_NUMBER, stamp(4)).hex,
            "field": ID_NUMBER,
            "stamp": stamp(4).hex(),
            "value": "1900000033",
            "before": "1900000017",
            "author": AUTHOR.hex(),
        },
        "hash_with_conflict": f"{digest.row_hash('person', PERSON, stamp(1), marks, losers):016x}",
        "decided": {"shown": "1900000033"},
        "hash_decided": f"{digest.row_hash('person', PERSON, stamp(1), settled, ()):016x}",
    }


VECTORS: dict[str, Callable[[], dict[str, Any]]] = {
    "keys": small.keys_vector,
    "stamps": small.stamps_vector,
    "canonical_json": small.canonical_vector,
    "ids": small.ids_vector,
    "columns": small.columns_vector,
    "digest": small.digest_vector,
    "batch_insert": lambda: _batch("three new rows of two tables", insert_batch()),
    "batch_update": lambda: _batch("two edits", update_batch()),
    "batch_concurrent": lambda: _batch("an edit by somebody who had not seen the other", concurrent_batch()),
    "batch_resolving": lambda: _batch("a decision between the two", resolving_batch()),
    "batch_strange_field": _strange_field,
    "conflict": _conflict,
    "page": _page,
    "words": words.words_vector,
    "pouch": words.pouch_vector,
    "joining": words.joining_vector,
    "request": small.request_vector,
    "receipt": small.receipt_vector,
    "invitation": small.invitation_vector,
    "messages": small.messages_vector,
}


def main() -> None:
    """Write what is missing."""
    for name, make in VECTORS.items():
        path = FOLDER / f"{name}.json"
        if not path.exists():
            path.write_text(json.dumps(make(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()

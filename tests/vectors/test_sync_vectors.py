"""The frozen vectors of the sync format, read and written again: what programs out there wrote is read for ever."""

import json
from pathlib import Path

import msgspec
import pytest

from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.sync import digest
from tarahum_desktop.sync.carriers.signed_request import signed_text
from tarahum_desktop.sync.clock import HybridClock, make_stamp, stamp_device, stamp_reading
from tarahum_desktop.sync.codec.body import pack_body
from tarahum_desktop.sync.codec.columns import pack, unpack
from tarahum_desktop.sync.codec.envelope import decompress, open_batch
from tarahum_desktop.sync.codec.page import open_page, seal_page
from tarahum_desktop.sync.codec.room import Room
from tarahum_desktop.sync.departure_ids import departure_id
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange import messages
from tarahum_desktop.sync.exchange.enrol import code_hash, read_invitation, write_invitation
from tarahum_desktop.sync.merge_rows import conflict_id
from tarahum_desktop.sync.signatures import SigningKey, verify
from tests.sync.worlds import World, conflicts_of
from tests.vectors.sync.make import VECTORS, told

FOLDER = Path(__file__).parent / "sync"
BATCHES = sorted(path.stem for path in FOLDER.glob("batch_*.json"))


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def hexed(value):
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


def opened(vector):
    return open_batch(
        bytes.fromhex(vector["payload"]), lambda _device: bytes.fromhex(vector["public_key"]), verify
    )


def test_every_vector_there_is_a_maker_for_is_kept():
    assert {path.stem for path in FOLDER.glob("*.json")} >= set(VECTORS)


def test_keys_sign_as_they_did():
    for case in read("keys")["keys"]:
        key = SigningKey(bytes.fromhex(case["private"]))
        message, signature = bytes.fromhex(case["message"]), bytes.fromhex(case["signature"])
        assert key.public.hex() == case["public"]
        assert key.sign(message) == signature
        assert verify(key.public, signature, message)
        assert not verify(key.public, signature, message + b"x")


def test_stamps_and_the_clock_read_and_write_the_same():
    vector = read("stamps")
    for case in vector["stamps"]:
        stamp = bytes.fromhex(case["stamp"])
        reading = case["milliseconds"] << 16 | case["counter"]
        assert make_stamp(reading, case["device"]) == stamp
        assert (stamp_reading(stamp), stamp_device(stamp)) == (reading, case["device"])
    clock = HybridClock()
    assert [str(clock.tick(case["wall"])) for case in vector["clock"]] == [
        case["reading"] for case in vector["clock"]
    ]


def test_documents_have_one_text():
    for case in read("canonical_json")["values"]:
        assert canonical_json(case["value"]) == case["text"]
        assert json.loads(case["text"]) == case["value"]


def test_ids_are_worked_out_the_same():
    vector = read("ids")
    gone, losing = vector["departure"], vector["conflict"]
    assert departure_id(gone["scope"], bytes.fromhex(gone["row_id"])).hex == gone["id"]
    stamp = bytes.fromhex(losing["stamp"])
    assert conflict_id(bytes.fromhex(losing["row_id"]), losing["field"], stamp).hex == losing["id"]


def test_columns_read_and_write_the_same():
    for case in read("columns")["columns"]:
        values, packed = [hexed(value) for value in case["values"]], bytes.fromhex(case["packed"])
        assert unpack(packed, len(values), Room()) == values, case["about"]
        assert msgspec.msgpack.encode(pack(values, steps=case["prefers_steps"])) == packed, case["about"]


def test_rows_hash_the_same():
    vector = read("digest")
    total = bytes(8)
    for case in vector["rows"]:
        marks = {name: bytes.fromhex(stamp) for name, stamp in case["field_stamps"].items()}
        heads = [(name, bytes.fromhex(stamp)) for name, stamp in case["open"]]
        row, stamp = bytes.fromhex(case["row_id"]), bytes.fromhex(case["stamp"])
        hashed = digest.row_hash(case["entity"], row, stamp, marks, heads)
        assert f"{hashed:016x}" == case["hash"]
        total = digest.add(total, hashed)
        if not marks:
            assert digest.new_rows_hash(case["entity"], [row], [stamp]) == hashed
    assert total.hex() == vector["digest"]


def rows_of(batch):
    from tests.vectors.sync.make import _rows

    return _rows(batch)


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_is_read_as_it_was_meant(name):
    vector = read(name)
    batch = opened(vector)
    rows = rows_of(batch)
    for field, values in vector.get("strange", {}).items():
        people = [row for row in rows if row["entity"] == "person"]
        assert [row["values"].pop(field) for row in people] == values
    assert rows == vector["rows"]
    head = vector["header_fields"]
    assert {str(device): sequence for device, sequence in batch.header.needs.items()} == head["needs"]
    for field in ("schema", "scope", "device", "first", "last"):
        assert getattr(batch.header, field) == head[field]


@pytest.mark.parametrize("name", [name for name in BATCHES if "strange" not in name])
def test_a_batch_is_written_as_it_was(name):
    """Document and signature are the same bytes; the compressed frame is another library's business."""
    vector = read(name)
    document, random_parts = pack_body(opened(vector))
    assert document.hex() == vector["document"]
    assert random_parts.hex() == vector["random_parts"]
    frame = bytes.fromhex(vector["frame"])
    assert decompress(frame) == document
    signed = b"".join(
        (
            b"tarahum batch 1\x00",
            (len(vector["header"]) // 2).to_bytes(4, "big") + bytes.fromhex(vector["header"]),
            len(random_parts).to_bytes(4, "big") + random_parts,
            frame,
        )
    )
    key = SigningKey(bytes([vector["device"]]) * 32)
    assert key.sign(signed).hex() == vector["signature"]


def test_a_page_is_read_and_written_as_it_was():
    vector = read("page")
    page = open_page(bytes.fromhex(vector["payload"]), bytes.fromhex(vector["public_key"]), verify)
    assert (page.scope, page.group.entity) == (vector["scope"], vector["entity"])
    for at, row in enumerate(vector["rows"]):
        assert page.group.row_ids[at].hex() == row["row_id"]
        assert page.group.stamps[at].hex() == row["stamp"]
        assert told(page.group.authors[at]) == row["author"]
        assert (told(page.kept[at][0]), told(page.kept[at][1])) == (row["marks"], row["carried"])
        assert told(page.losers[at]) == row["losers"]
        values = {
            name: told(column[at]) for name, column in zip(page.group.names, page.group.columns, strict=True)
        }
        assert values == row["values"]
    again = msgspec.msgpack.decode(seal_page(page, SigningKey(bytes([1]) * 32)))
    assert decompress(again[3]).hex() == vector["document"]
    assert (again[1].hex(), again[2].hex()) == (vector["header"], vector["random_parts"])


@pytest.mark.parametrize(
    "order", [["batch_update", "batch_concurrent"], ["batch_concurrent", "batch_update"]]
)
def test_two_edits_of_one_field_end_the_same_in_either_order_and_a_decision_ends_them(tmp_path, order):
    vector = read("conflict")
    world = World(tmp_path)
    reader = world.replica(3)
    for device in (7, 12):
        world.keys[device] = SigningKey(bytes([device]) * 32).public
    reader.wall.now = 1_795_000_000_000
    receive(world, reader, "batch_insert")
    with reader.engine.begin() as connection:  # the office's first change is of no matter here
        connection.exec_driver_sql("INSERT INTO applied_vector VALUES ('ryd', 12, 1)")
    for name in order:
        receive(world, reader, name)
    shown, hashed = state(reader, vector["row_id"])
    assert shown == vector["shown"]
    assert hashed == vector["hash_with_conflict"]
    ((field, stamp, value),) = conflicts_of(reader)
    told_of = vector["conflict"]
    assert (field, stamp.hex(), msgspec.msgpack.decode(value)) == (
        told_of["field"],
        told_of["stamp"],
        told_of["value"],
    )
    receive(world, reader, "batch_resolving")
    shown, hashed = state(reader, vector["row_id"])
    assert shown["id_number"] == vector["decided"]["shown"]
    assert hashed == vector["hash_decided"]
    assert conflicts_of(reader) == set()


def receive(world, reader, name):
    world.receive(reader, bytes.fromhex(read(name)["payload"]))


def state(reader, row_id):
    """What is shown of the vectors' person, and the hash of the row."""
    from tarahum_desktop.sync.page_rows import state_hash
    from tarahum_desktop.sync.relocate import losers_of
    from tarahum_desktop.sync.row_store import read_rows

    key = bytes.fromhex(row_id)
    with reader.engine.connect() as connection:
        row = read_rows(connection, "person", [key])[key]
        losers = losers_of(connection, [key]).get(key)
    hashed = state_hash("person", key, row.stamp, row.field_stamps, losers)
    return {name: row.values[name] for name in ("id_number", "mobile")}, f"{hashed:016x}"


def test_a_request_is_signed_the_same():
    case = read("request")
    text = signed_text(
        case["method"],
        case["path"],
        case["device"],
        case["time"],
        bytes.fromhex(case["nonce"]),
        bytes.fromhex(case["body"]),
    )
    assert text.decode("ascii") == case["text"]
    assert SigningKey(bytes([7]) * 32).sign(text).hex() == case["signature"]


def test_a_receipt_is_read_and_signed_the_same():
    case = read("receipt")
    receipt = messages.decode(bytes.fromhex(case["message"]), messages.Receipt)
    assert (receipt.scope, receipt.device, receipt.sequence, receipt.time) == (
        case["scope"],
        case["device"],
        case["sequence"],
        case["time"],
    )
    assert receipt.signed_bytes().hex() == case["signed"]
    assert SigningKey(bytes([1]) * 32).sign(receipt.signed_bytes()) == receipt.signature
    assert verify(bytes.fromhex(case["public_key"]), receipt.signature, receipt.signed_bytes())


def test_a_code_is_written_the_same_and_read_however_it_is_typed():
    case = read("invitation")
    secret, fingerprint = bytes.fromhex(case["secret"]), bytes.fromhex(case["fingerprint"])
    assert write_invitation(secret, b"") == case["without_pin"]
    assert write_invitation(secret, fingerprint) == case["with_pin"]
    for typed in (case["with_pin"], *case["typed"]):
        code, trust = read_invitation(typed)
        assert (code, trust.pin.hex()) == (case["code"], case["pin"])
    assert code_hash(case["code"]).hex() == case["code_hash"]
    for typed in case["refused"]:
        with pytest.raises(SyncError):
            read_invitation(typed)


def test_messages_are_read_the_same_with_fields_to_come_and_without_those_that_came_later():
    for case in read("messages")["messages"]:
        kind = getattr(messages, case["kind"])
        data = bytes.fromhex(case["bytes"])
        message = messages.decode(data, kind)
        known = case["fields"]
        assert list(kind.__struct_fields__)[: len(known)] == known, "fields are only ever added at the end"
        if list(kind.__struct_fields__) == known:
            assert messages.encode(message) == data
        parts = msgspec.msgpack.decode(data)
        now = msgspec.msgpack.decode(messages.encode(message))
        newer = messages.decode(msgspec.msgpack.encode([*now, "to come", 5]), kind)
        assert newer == message
        least = sum(1 for field in msgspec.structs.fields(kind) if field.required)
        older = messages.decode(msgspec.msgpack.encode(parts[:least]), kind)
        assert [getattr(older, name) for name in known[:least]] == [
            getattr(message, name) for name in known[:least]
        ]

"""Whatever bytes arrive, the answer is a typed refusal: no crash, no half-applied batch, no flood of memory."""

import contextlib
import random
import tracemalloc

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.change import Batch, BatchHeader
from tarahum_desktop.sync.codec.body import pack_body
from tarahum_desktop.sync.codec.envelope import (
    MAX_BODY_BYTES,
    MAX_PAYLOAD_BYTES,
    compress,
    decompress,
    dictionary,
    open_batch,
    seal_batch,
)
from tarahum_desktop.sync.codec.page import open_page, seal_page
from tarahum_desktop.sync.errors import BadBatch, BatchTooEarly, SyncError, UnknownDevice
from tarahum_desktop.sync.exchange import messages
from tarahum_desktop.sync.signatures import SigningKey, verify
from tarahum_desktop.sync.snapshot import next_page
from tests.convergence.profiles import share
from tests.sync.lines import GATE, MemoryLine, enrol
from tests.sync.proofs import all_rows, prove_whole
from tests.sync.worlds import SCOPE, World, a_household, a_person, send, writing

SEED = 20261123


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def laptop(world):
    laptop = world.replica(2)
    with writing(laptop) as session:
        person = a_person(id_number="1900000017")
        session.add_all(
            [person, a_household(head_person_id=person.id, rooms=3), a_household(file_number="RYD-2")]
        )
        session.commit()
        person.mobile = "0500000000"
        person.id_number = "1900000025"
        session.commit()
    return laptop


@pytest.fixture(scope="module")
def payload(laptop):
    return send(laptop)


@pytest.fixture(scope="module")
def batch(world, payload):
    return open_batch(payload, world.keys.__getitem__, verify)


@pytest.fixture(scope="module")
def page(laptop):
    with laptop.engine.connect() as connection:
        made, _ = next_page(connection, SCOPE, b"", 100)
    return made


@pytest.fixture(scope="module")
def centre(world):
    return world.replica(1)


def read(world, payload):
    return open_batch(payload, world.keys.__getitem__, verify)


def test_every_flipped_byte_is_refused(world, payload):
    for at in range(len(payload)):
        torn = bytearray(payload)
        torn[at] ^= 0xFF
        with pytest.raises((SyncError, KeyError)):  # KeyError is this test's own book of keys
            read(world, bytes(torn))


def test_every_truncation_is_refused(world, payload):
    for size in range(len(payload)):
        with pytest.raises(SyncError):
            read(world, payload[:size])


def test_a_payload_above_the_limit_is_refused_before_it_is_read(world):
    with pytest.raises(BadBatch) as refused:
        read(world, bytes(MAX_PAYLOAD_BYTES + 1))
    assert refused.value.code == "batch_too_large"


@settings(max_examples=share(300, 20_000), deadline=None)
@given(noise=st.binary(max_size=400))
def test_noise_is_refused_by_every_reader(noise):
    key = SigningKey.generate()
    with pytest.raises(SyncError):
        open_batch(noise, lambda _device: key.public, verify)
    with pytest.raises(SyncError):
        open_page(noise, key.public, verify)
    with pytest.raises(SyncError):
        decompress(noise)
    for kind in (messages.HelloRequest, messages.PushReply, messages.PullReply, messages.SnapshotRequest):
        with pytest.raises(SyncError):
            messages.decode(b"\x95" + noise + b"\xc1", kind)


@pytest.mark.parametrize("claimed", [None, 2**40, 10])
def test_a_bomb_takes_no_memory(claimed):
    """128 MiB of zeros in a few KiB; the frame says its size, or lies about it, or is silent."""
    bomb = zstandard.ZstdCompressor(level=3, dict_data=dictionary()).compress(bytes(2 * MAX_BODY_BYTES))
    bomb = bytearray(bomb)
    assert zstandard.get_frame_parameters(bytes(bomb)).content_size == 2 * MAX_BODY_BYTES
    if claimed is not None:
        size = (2 * MAX_BODY_BYTES).to_bytes(4, "little")
        at = bytes(bomb).index(size)
        bomb[at : at + 4] = min(claimed, 2**32 - 1).to_bytes(4, "little")
    tracemalloc.start()
    try:
        with pytest.raises(BadBatch):
            decompress(bytes(bomb))
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_frame_that_hides_its_size_is_refused():
    silent = zstandard.ZstdCompressor(write_content_size=False, dict_data=dictionary()).compress(b"x" * 1000)
    with pytest.raises(BadBatch):
        decompress(silent)


def resealed(document, random_parts, header: BatchHeader, key: SigningKey) -> bytes:
    """A batch of any document at all under a good signature: what a broken or hostile device can make."""
    head = msgspec.msgpack.encode(
        [header.schema, header.scope, header.device, header.first, header.last, header.needs]
    )
    frame = compress(msgspec.msgpack.encode(document))
    sizes = (len(head).to_bytes(4, "big"), head, len(random_parts).to_bytes(4, "big"), random_parts, frame)
    signature = key.sign(b"".join([b"tarahum batch 1\x00", *sizes]))
    return msgspec.msgpack.encode([b"TRH1", head, random_parts, frame, signature])


ODD = [
    None,
    True,
    -1,
    2**63,
    1.5,
    "x",
    "a\x00b",
    b"",
    b"x" * 12,
    [],
    [1],
    {},
    {"a": 1},
    [0, None],
    [6, ["x"]],
    [7, 1, b"zz"],
]


def places_in(value, path=()):
    yield path
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from places_in(item, (*path, at))


def replaced(value, path, odd):
    if not path:
        return odd
    copy = list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], odd)
    return copy


def test_any_part_of_a_signed_batch_replaced_by_anything_never_crashes_or_half_applies(centre, batch):
    key = SigningKey.generate()
    document, random_parts = pack_body(batch)
    document = msgspec.msgpack.decode(document)
    chance = random.Random(SEED)
    cases = [(path, odd) for path in places_in(document) for odd in ODD]
    refused = applied = 0
    for path, odd in chance.sample(cases, min(len(cases), share(2_500, len(cases)))):
        payload = resealed(replaced(document, path, odd), random_parts, batch.header, key)
        with centre.engine.connect() as connection:
            try:
                made = open_batch(payload, lambda _device: key.public, verify)
                apply_batch(connection, centre, made, payload)
                applied += 1
            except SyncError:
                refused += 1
            connection.rollback()
    assert refused > applied
    assert not all_rows(centre)
    prove_whole(centre)


def test_a_signed_page_replaced_anywhere_by_anything_never_crashes(world, page):
    reader = world.replica(8)
    key = SigningKey.generate()
    envelope = msgspec.msgpack.decode(seal_page(page, key))
    body = msgspec.msgpack.decode(decompress(envelope[3]))
    chance = random.Random(SEED)
    cases = [(path, odd) for path in places_in(body) for odd in ODD]
    for path, odd in chance.sample(cases, min(len(cases), share(1_000, len(cases)))):
        frame = compress(msgspec.msgpack.encode(replaced(body, path, odd)))
        _, header, ids, _, _ = envelope
        sizes = len(header).to_bytes(4, "big") + len(ids).to_bytes(4, "big")
        signature = key.sign(b"".join([b"tarahum snapshot 1\x00", sizes, header, ids, frame]))
        payload = msgspec.msgpack.encode([b"TRS1", header, ids, frame, signature])
        with reader.engine.connect() as connection:
            with contextlib.suppress(SyncError):
                apply_page(connection, reader, open_page(payload, key.public, verify))
            connection.rollback()
    assert not all_rows(reader)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "a\x00b"),
        ("first_name", 5),
        ("first_name", None),
        ("id_seen", 1),
        ("birth_first", 0),
        ("birth_first", 4_000_000),
        ("removed_at", 2**62),
    ],
)
def test_a_value_its_field_cannot_hold_is_refused_whole(centre, batch, field, value):
    group = next(group for group in batch.inserts if group.entity == "person")
    names, columns = list(group.names), [list(column) for column in group.columns]
    if field not in names:
        names.append(field)
        columns.append([None])
    columns[names.index(field)] = [value]
    others = [other for other in batch.inserts if other is not group]
    bad = type(group)(
        group.entity, tuple(names), group.sequences, group.row_ids, group.stamps, group.authors, columns
    )
    with centre.engine.connect() as connection:
        with pytest.raises(BadBatch) as refused:
            apply_batch(connection, centre, Batch(batch.header, [*others, bad], []), b"")
        connection.rollback()
    assert refused.value.code == "value_unfit"
    assert refused.value.facts["field"] == field
    assert not all_rows(centre)


def test_a_batch_of_a_device_nobody_enrolled_is_refused_and_leaves_nothing(tmp_path):
    world = World(tmp_path)
    centre, stranger = world.replica(1), world.replica(9)
    world.replica(2)
    enrol(world, centre, 1)
    enrol(world, centre, 2)
    with writing(stranger) as session:
        session.add(a_household())
        session.commit()
    with centre.engine.connect() as connection:
        key_of = GATE.key_of
        with pytest.raises(UnknownDevice):
            open_batch(send(stranger), lambda device: key_of(connection, device), verify)
    line = MemoryLine(centre, 2)
    with writing(stranger) as session:
        session.add(a_household())
        session.commit()
    assert line.push(send(stranger)).code in {"device_unknown", "device_foreign"}
    assert not all_rows(centre)


def test_batches_in_the_wrong_order_twice_and_replayed_change_nothing_in_the_end(tmp_path):
    world = World(tmp_path)
    laptop, centre = world.replica(2), world.replica(1)
    payloads = []
    for number in range(6):
        with writing(laptop) as session:
            session.add(a_household(file_number=f"RYD-{number}"))
            session.commit()
        payloads.append(send(laptop))
    chance = random.Random(SEED)
    waiting = payloads * 3
    while waiting:
        payload = waiting.pop(chance.randrange(len(waiting)))
        try:
            world.receive(centre, payload)
        except BatchTooEarly:
            waiting.append(payload)
        prove_whole(centre)
    assert all_rows(centre) == all_rows(laptop)


def test_a_batch_sealed_by_one_key_in_the_name_of_another_device_is_refused(world, batch):
    with pytest.raises(BadBatch) as refused:
        read(world, seal_batch(batch, SigningKey.generate()))
    assert refused.value.code == "batch_signature"

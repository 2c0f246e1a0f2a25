"""Re-packs: many entries of the centre's log as one, with every change, stamp and sequence kept."""

import json
from pathlib import Path

import msgspec
import pytest
import zstandard

from tarahum_desktop.models import Household
from tarahum_desktop.sync.codec.envelope import dictionary, open_batch
from tarahum_desktop.sync.codec.pack import MAGIC, is_pack, open_pack, read_pack_header, seal_pack
from tarahum_desktop.sync.errors import BadBatch, SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.messages import PullRequest
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.repack import receive_entry
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey, verify
from tests.sync.lines import enrol, meet
from tests.sync.long_log import add_homes, busy_days, edit, entries_in, newcomer, pack, packs_in, payloads_of
from tests.sync.proofs import prove_same, prove_whole
from tests.sync.worlds import SCOPE, World

VECTOR = Path(__file__).parents[1] / "vectors" / "sync"


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def centre(world):
    centre = world.replica(1)
    enrol(world, centre, 1)
    return centre


@pytest.fixture
def busy(world, centre):
    """Two laptops that wrote for some days, and one that has been here from the beginning and saw none of it."""
    a, b, away = (newcomer(world, centre, number) for number in (2, 3, 4))
    meet(world, away, centre)
    busy_days(world, centre, a, b)
    return a, b, away


def taken_by(world, replica):
    gate = Gate(lambda _connection, number: world.keys[number], lambda _c, _b: None, centre_key=world.keys[1])

    def take(payload):
        with replica.engine.begin() as connection:
            return receive_entry(connection, replica, payload, gate)

    return take


@pytest.mark.usefixtures("busy")
def test_a_pack_keeps_every_change_of_its_batches(world, centre):
    payloads = payloads_of(centre)
    sealed = seal_pack(SCOPE, 1, len(payloads), payloads, centre.signer)
    opened = open_pack(sealed, world.keys[1], verify)
    batches = [open_batch(payload, world.keys.__getitem__, verify) for payload in payloads]
    assert [opened.batch(at) for at in range(len(payloads))] == batches
    assert opened.rows == sum(batch.rows for batch in batches)


@pytest.mark.usefixtures("busy")
def test_small_batches_shrink_to_less_than_two_thirds(centre):
    done = pack(centre)
    assert done.entries > 8
    assert done.bytes_after < done.bytes_before * 0.67


def test_taking_a_pack_equals_taking_its_batches_one_after_another(world, centre, busy):
    a, b, away = busy
    pack(centre)
    assert packs_in(centre) == entries_in(centre) == 1
    for replica in (a, b, away):
        outcome, line = meet(world, replica, centre)
        assert outcome.proven == {SCOPE, "national"}
        assert "snapshot" not in line.calls
    prove_same([centre, a, b, away])
    assert packs_in(away) == 1


def test_a_reader_in_the_middle_of_what_was_packed_goes_on_with_the_pack(world, centre):
    a, b, away = (newcomer(world, centre, number) for number in (2, 3, 4))
    meet(world, away, centre)
    busy_days(world, centre, a, b, days=5)
    meet(world, away, centre)
    busy_days(world, centre, a, b, days=5)
    pack(centre)
    with away.engine.connect() as connection:
        assert 0 < read_scopes(connection)[SCOPE].remote_position < 20
    outcome, line = meet(world, away, centre)
    assert outcome.proven == {SCOPE, "national"}
    assert "snapshot" not in line.calls
    meet(world, a, centre)
    meet(world, b, centre)
    prove_same([centre, a, b, away])


def test_what_is_packed_later_follows_the_first_pack(world, centre, busy):
    a, b, away = busy
    pack(centre)
    busy_days(world, centre, a, b, days=4)
    pack(centre)
    assert packs_in(centre) == 2
    for replica in (a, b, away):
        meet(world, replica, centre)
    prove_same([centre, a, b, away])


@pytest.mark.usefixtures("busy")
def test_a_new_device_starts_from_rows_and_needs_no_pack(world, centre):
    pack(centre)
    late = newcomer(world, centre, 5)
    outcome, line = meet(world, late, centre)
    assert outcome.proven == {SCOPE, "national"}
    assert "snapshot" in line.calls
    assert packs_in(late) == 0


def test_an_unsent_edit_of_a_packed_row_meets_it_with_its_conflict(world, centre, busy):
    a, b, away = busy
    meet(world, away, centre)
    (home,) = add_homes(a, 1, "both")
    meet(world, a, centre)
    meet(world, away, centre)
    edit(away, Household, home, rooms=9, district="العليا")
    edit(a, Household, home, rooms=4)
    busy_days(world, centre, a, b, days=4)
    pack(centre)
    for replica in (away, a, b):
        meet(world, replica, centre)
    prove_same([centre, a, b, away])


@pytest.mark.usefixtures("busy")
def test_a_pack_twice_or_overlapping_another_changes_nothing(world, centre):
    payloads = payloads_of(centre)
    replica = world.replica(7)
    take = taken_by(world, replica)
    first = seal_pack(SCOPE, 1, 6, payloads[:6], centre.signer)
    second = seal_pack(SCOPE, 4, 10, payloads[3:10], centre.signer)
    counted = [take(sealed).changes for sealed in (first, second, first, second)]
    assert counted[0] > 0
    assert counted[1] > 0
    assert counted[2:] == [0, 0]
    for payload in payloads:
        take(payload)
    prove_whole(replica)
    assert packs_in(replica) == 2


@pytest.mark.parametrize("signer", ["stranger", "device"])
def test_a_pack_counts_only_under_the_centres_key(world, centre, busy, signer):
    payloads = payloads_of(centre)
    made_by = SigningKey.generate() if signer == "stranger" else busy[0].signer
    forged = seal_pack(SCOPE, 1, len(payloads), payloads, made_by)
    with pytest.raises(BadBatch, match="batch_signature"):
        taken_by(world, world.replica(7))(forged)


@pytest.mark.usefixtures("busy")
def test_without_a_centres_key_no_pack_is_believed(centre):
    payloads = payloads_of(centre)
    sealed = seal_pack(SCOPE, 1, len(payloads), payloads, centre.signer)
    with pytest.raises(BadBatch):
        open_pack(sealed, b"", verify)


@pytest.mark.usefixtures("busy")
def test_any_flipped_bit_of_a_pack_is_refused(world, centre):
    sealed = seal_pack(SCOPE, 1, 6, payloads_of(centre)[:6], centre.signer)
    for at in range(0, len(sealed), 7):
        torn = bytearray(sealed)
        torn[at] ^= 0x10
        with pytest.raises(BadBatch):
            open_pack(bytes(torn), world.keys[1], verify)
    open_pack(sealed, world.keys[1], verify)


def sealed_content(centre, content, header=(SCOPE, 1, 2, 2)):
    """A pack of any content under the centre's true signature: even the centre is not trusted to be without faults."""
    frame = zstandard.ZstdCompressor(dict_data=dictionary(), write_checksum=False).compress(
        content if isinstance(content, bytes) else msgspec.msgpack.encode(content)
    )
    packed = msgspec.msgpack.encode(header)
    signed = b"tarahum pack 1\x00" + len(packed).to_bytes(4, "big") + packed + frame
    return msgspec.msgpack.encode([MAGIC, packed, frame, centre.signer.sign(signed)])


def test_a_pack_whose_parts_do_not_fit_is_refused(world, centre):
    head = msgspec.msgpack.encode([1, SCOPE, 2, 1, 1, {}])
    foreign = msgspec.msgpack.encode([1, "jed", 2, 1, 1, {}])
    for content in (
        b"",
        b"\xc1",
        [],
        [[head], [b""], [0], b""],
        [[head, head], [b""], [0, 0], b""],
        [[head, head], [b"", b""], [0, 11], b"0123456789"],
        [[head, head], [b"", b""], [-1, 1], b""],
        [[head, foreign], [b"", b""], [0, 0], b""],
        [[head, b"junk"], [b"", b""], [0, 0], b""],
        bytes(65 * 1024 * 1024),
    ):
        with pytest.raises(BadBatch):
            open_pack(sealed_content(centre, content), world.keys[1], verify)
    for header in (
        (SCOPE, 2, 1, 1),
        (SCOPE, 0, 1, 1),
        (SCOPE, 1, 9_999, 2_001),
        (SCOPE, 1, 2, 3),
        (1, 1, 1, 1),
    ):
        with pytest.raises(BadBatch):
            open_pack(sealed_content(centre, [[head], [b""], [0], b""], header), world.keys[1], verify)


@pytest.mark.usefixtures("busy")
def test_a_caller_that_cannot_read_packs_is_told_so_and_gets_nothing_else(centre):
    pack(centre)
    with centre.engine.connect() as connection:
        device = find_device(connection, 4)
        with pytest.raises(SyncError, match="version_unknown"):
            answer_pull(connection, device, PullRequest(SCOPE, 0, 1_000_000))
        reply = answer_pull(connection, device, PullRequest(SCOPE, 0, 1_000_000, packs=True))
    assert [is_pack(entry.payload) for entry in reply.entries] == [True]
    assert reply.position == reply.head == 10


def test_the_frozen_pack_still_reads_the_same():
    told = json.loads((VECTOR / "pack-1.json").read_text("utf-8"))
    sealed = (VECTOR / "pack-1.bin").read_bytes()
    header = read_pack_header(sealed)
    assert [header.scope, header.first, header.last, header.count] == told["header"]
    opened = open_pack(sealed, bytes.fromhex(told["centre_key"]), verify)
    found = []
    for at, head in enumerate(opened.heads):
        batch = opened.batch(at)
        found.append(
            {
                "device": head.device,
                "first": head.first,
                "last": head.last,
                "needs": {str(device): sequence for device, sequence in head.needs.items()},
                "document": opened.documents[at].hex(),
                "random": opened.random_parts[at].hex(),
                "inserts": {
                    group.entity: [row_id.hex() for row_id in group.row_ids] for group in batch.inserts
                },
                "updates": [[change.sequence, change.entity, change.stamp.hex()] for change in batch.updates],
            }
        )
    assert found == told["batches"]

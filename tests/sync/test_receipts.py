"""The centre's signed word: whose it must be, what it confirms, and that nothing is ever lowered by it."""

import functools
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.vector import VectorReceipt, VectorRequest, answer_vector
from tarahum_desktop.sync.handing import read_batches, seal_unsent
from tarahum_desktop.sync.log import unsent_counts
from tarahum_desktop.sync.receipts import newest_receipt, take_receipt
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_desktop.sync.signatures import SigningKey, verify
from tests.sync.proofs import prove_whole
from tests.sync.worlds import SCOPE, World, a_household, writing

CENTRE = SigningKey(b"c" * 32)
WRITTEN = 6


def word(scope: str = SCOPE, key: SigningKey = CENTRE, time: int = 1, **vector: int) -> VectorReceipt:
    told = {int(name[1:]): sequence for name, sequence in vector.items()}
    return sign(VectorReceipt(scope, told, sum(told.values()), bytes(8), 0, time, 1), key)


def sign(receipt: VectorReceipt, key: SigningKey = CENTRE) -> VectorReceipt:
    return msgspec.structs.replace(receipt, signature=key.sign(receipt.signed_bytes()))


@functools.cache
def prepared() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        replica = world.replica(2)
        with writing(replica) as session:
            session.add_all(a_household(file_number=f"RYD-{n}") for n in range(WRITTEN))
            session.commit()
        with replica.engine.connect() as connection:
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        replica.engine.dispose()
        return world.path(2).read_bytes()


def desktop(folder: Path) -> Replica:
    return World(folder, template=prepared()).replica(2).load()


@pytest.fixture
def replica(tmp_path):
    return desktop(tmp_path)


def take(replica: Replica, receipt: VectorReceipt) -> int:
    with replica.engine.begin() as connection:
        return take_receipt(connection, replica, receipt, CENTRE.public)


def acknowledged(replica: Replica) -> int:
    with replica.engine.connect() as connection:
        return read_scopes(connection)[SCOPE].acknowledged


def kept(replica: Replica) -> VectorReceipt | None:
    with replica.engine.connect() as connection:
        return newest_receipt(connection, SCOPE)


def test_what_the_centre_covers_leaves_the_outbox_and_lies_in_the_log(replica):
    assert take(replica, word(d2=4)) == 4
    with replica.engine.connect() as connection:
        assert unsent_counts(connection) == {SCOPE: WRITTEN - 4}
        assert [(batch.first, batch.last) for batch in read_batches(connection, SCOPE, 0)] == [(1, 4)]
    prove_whole(replica)


def test_what_was_sealed_for_handing_over_is_not_sealed_again(replica):
    seal_unsent(replica, SCOPE, rows_a_batch=4)
    seal_unsent(replica, SCOPE, rows_a_batch=4)
    with replica.engine.connect() as connection:
        before = read_batches(connection, SCOPE, 0)
    assert [(batch.first, batch.last) for batch in before] == [(1, 4), (5, 6)]
    assert take(replica, word(d2=6)) == 6
    with replica.engine.connect() as connection:
        assert read_batches(connection, SCOPE, 0) == before
        assert unsent_counts(connection) == {}
    prove_whole(replica)


def test_a_word_that_the_centre_did_not_sign_changes_nothing(replica):
    forged = word(key=SigningKey(b"x" * 32), d2=6)
    raised = msgspec.structs.replace(word(d2=1), vector={2: 6})
    for false in (forged, raised, msgspec.structs.replace(word(d2=6), signature=b"")):
        with pytest.raises(SyncError) as refused:
            take(replica, false)
        assert refused.value.code == "receipt_signature"
    assert acknowledged(replica) == 0
    assert kept(replica) is None


def test_a_word_on_a_scope_that_is_not_here_is_refused_and_makes_no_scope(replica):
    with pytest.raises(SyncError) as refused:
        take(replica, word(scope="jed", d2=6))
    assert refused.value.code == "receipt_foreign"
    with replica.engine.connect() as connection:
        assert set(read_scopes(connection)) == {SCOPE}


def test_a_word_that_names_more_than_was_made_here_confirms_only_what_was(replica):
    assert take(replica, word(d2=99)) == WRITTEN
    assert acknowledged(replica) == WRITTEN
    prove_whole(replica)


def test_the_later_word_of_a_centre_that_was_set_back_is_kept_and_lowers_nothing(replica):
    take(replica, word(d2=6, d3=9, time=5))
    take(replica, word(d2=2, d3=3, time=9))
    assert kept(replica).vector == {2: 2, 3: 3}
    assert acknowledged(replica) == 6


def test_a_word_by_a_clock_that_was_set_back_is_kept_when_it_covers_more(replica):
    take(replica, word(d2=2, time=9))
    take(replica, word(d2=4, time=3))
    assert kept(replica).vector == {2: 4}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, WRITTEN + 2), st.integers(0, 5), st.booleans()),
        max_size=8,
    )
)
def test_words_in_any_order_confirm_the_most_and_lower_nothing(words):
    with tempfile.TemporaryDirectory() as folder:
        replica = desktop(Path(folder))
        most = 0
        for time, own, other, seals in words:
            if seals:
                seal_unsent(replica, SCOPE, rows_a_batch=2)
            take(replica, word(d2=own, d3=other, time=time))
            most = max(most, min(own, WRITTEN))
            assert acknowledged(replica) == most
        last = word(d2=3, d3=2, time=9)
        take(replica, last)
        for time, own, other, _ in words:
            if own <= 3 and other <= 2:  # no more than the last, and earlier
                take(replica, word(d2=own, d3=other, time=time))
        assert kept(replica) == last
        assert acknowledged(replica) == max(most, 3)
        prove_whole(replica)
        replica.engine.dispose()


def a_device(number: int = 2, **rights) -> KnownDevice:
    return KnownDevice(number, "d", b"", frozenset(), revoked=False, **rights)


def test_the_vector_is_told_to_readers_and_only_their_own_part_to_those_who_may_only_send(replica):
    reader = KnownDevice(5, "d", b"", frozenset({SCOPE}), revoked=False)
    told = answer_vector(replica, reader, VectorRequest(SCOPE))
    assert (told.vector, told.rows, told.device) == ({2: WRITTEN}, WRITTEN, 2)
    assert verify(replica.signer.public, told.signature, told.signed_bytes())
    sender = a_device(5, write_scopes=frozenset({SCOPE}))
    told = answer_vector(replica, sender, VectorRequest(SCOPE))
    assert (told.vector, told.rows, told.position, told.digest) == ({5: 0}, 0, 0, bytes(8))
    with pytest.raises(SyncError) as refused:
        answer_vector(replica, a_device(5), VectorRequest(SCOPE))
    assert refused.value.code == "scope_denied"

from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.domain.funds import EntryKind, Promise, balance_of, next_part

AMOUNTS = st.integers(-(10**12), 10**12)
ENTRIES = st.lists(st.tuples(st.sampled_from(EntryKind), AMOUNTS), max_size=30)


@given(ENTRIES, st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_balance_never_loses_a_halala(entries, given_out, reserved):
    found = balance_of(entries, given_out, reserved)
    assert found.balance == sum(halalas for _, halalas in entries) - given_out
    assert found.free == found.balance - reserved


@given(st.integers(1, 24), st.integers(0, 10**9), st.integers(0, 12))
def test_the_parts_of_a_promise_add_up_to_it_and_end(quantity, amount, parts):
    promise = Promise(quantity, amount, parts=parts)
    for _ in range(max(quantity, parts) + 1):
        if promise.kept:
            break
        count, halalas = next_part(promise)
        assert promise.allows(count, halalas)
        promise = Promise(
            quantity, amount, promise.given_quantity + count, promise.given_amount + halalas, parts
        )
    assert promise.kept
    assert (promise.given_quantity, promise.given_amount) == (quantity, amount)


@given(st.integers(1, 24), st.integers(0, 10**9), st.integers(0, 24), st.integers(0, 10**9))
def test_the_next_part_is_never_more_than_what_is_left(quantity, amount, had, paid):
    promise = Promise(quantity, amount, min(had, quantity), min(paid, amount))
    count, halalas = next_part(promise)
    assert count <= promise.left_quantity
    assert halalas <= promise.left_amount


def test_twelve_cards_are_given_one_by_one():
    assert next_part(Promise(12, 360_000)) == (1, 30_000)
    assert next_part(Promise(12, 360_000, 11, 330_000)) == (1, 30_000)


def test_more_than_was_approved_is_not_allowed():
    promise = Promise(2, 10_000, 1, 5_000)
    assert promise.allows(1, 5_000)
    assert not promise.allows(2, 5_000)
    assert not promise.allows(1, 5_001)
    assert not promise.allows(0, 0)
    assert not promise.allows(-1, 5_000)

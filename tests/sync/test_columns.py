"""Columns come out as they went in, whatever values they hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.msgpack import encode

from tarahum_desktop.sync import digest
from tarahum_desktop.sync.clock import MAX_AHEAD_MS, HybridClock, make_stamp, stamp_device, stamp_reading
from tarahum_desktop.sync.codec.columns import pack, unpack
from tarahum_desktop.sync.codec.room import Room
from tarahum_desktop.sync.errors import BadBatch, ClockAhead

KINDS = [
    st.integers(-(2**63), 2**63 - 1),
    st.integers(0, 9),
    st.booleans(),
    st.text(max_size=12),
    st.from_regex(r"RYD-[0-9]{5}", fullmatch=True),
    st.from_regex(r"[0-9]{10}", fullmatch=True),
    st.binary(max_size=20),
    st.binary(min_size=12, max_size=12),
]
COLUMN = st.sampled_from(KINDS).flatmap(lambda kind: st.lists(st.none() | kind, max_size=40))


@settings(deadline=None)
@given(column=COLUMN, steps=st.booleans())
def test_any_column_comes_out_as_it_went_in(column, steps):
    assert unpack(encode(pack(column, steps=steps)), len(column), Room()) == column


@settings(deadline=None)
@given(column=COLUMN, wrong=st.integers(0, 60))
def test_a_dense_column_of_another_length_is_refused_unless_all_its_values_are_equal(column, wrong):
    packed = pack(column)
    if wrong == len(column) or packed[0] in {0, 1}:
        return
    with pytest.raises(BadBatch):
        unpack(encode(packed), wrong, Room())


ROW = st.tuples(st.binary(min_size=16, max_size=16), st.binary(min_size=12, max_size=12))


@given(rows=st.lists(ROW, unique=True, max_size=20), data=st.data())
def test_a_digest_does_not_care_for_order_and_forgets_what_is_taken_out(rows, data):
    mixed = data.draw(st.permutations(rows))
    whole = digest.new_rows_hash("person", [r for r, _ in rows], [s for _, s in rows])
    one_by_one = bytes(8)
    for row_id, stamp in mixed:
        one_by_one = digest.add(one_by_one, digest.row_hash("person", row_id, stamp, {}, ()))
    assert one_by_one == digest.add(bytes(8), whole)
    for row_id, stamp in rows:
        one_by_one = digest.add(one_by_one, -digest.row_hash("person", row_id, stamp, {}, ()))
    assert one_by_one == bytes(8)


@given(walls=st.lists(st.integers(0, 2**40), min_size=1, max_size=50))
def test_a_clock_only_ever_goes_forward_and_its_stamps_sort_as_bytes(walls):
    clock = HybridClock()
    readings = [clock.tick(wall) for wall in walls]
    assert readings == sorted(set(readings))
    stamps = [make_stamp(reading, 7) for reading in readings]
    assert stamps == sorted(stamps)
    assert [(stamp_reading(stamp), stamp_device(stamp)) for stamp in stamps] == [(r, 7) for r in readings]


@given(wall=st.integers(0, 2**40), ahead=st.integers(-(2**39), 2**39))
def test_a_reading_from_the_future_never_moves_the_clock(wall, ahead):
    clock = HybridClock()
    before = clock.tick(wall)
    reading = max(0, wall + ahead) << 16
    if (reading >> 16) - wall > MAX_AHEAD_MS:
        with pytest.raises(ClockAhead):
            clock.observe(reading, wall)
        assert clock.last_reading == before
    else:
        clock.observe(reading, wall)
        assert clock.tick(wall) > max(before, reading)

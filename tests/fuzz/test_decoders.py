"""Whatever bytes arrive, every decoder reads them or refuses them in its own words; quickly, and the same each time."""

from random import Random

import msgspec
import pytest

from tarahum_desktop.sync.exchange.messages import decode, encode
from tarahum_desktop.sync.exchange.ranges import RangesReply, RangeSum
from tarahum_desktop.sync.pouch.errors import RequestRefused
from tarahum_desktop.sync.pouch.newcomer import JoinRequest, read_request
from tests.convergence.profiles import share
from tests.fuzz.mutate import spoiled
from tests.fuzz.targets import TARGETS, judged

SEED = 20261123
PIECES = share(400, 20_000)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_true_is_read_and_what_is_spoiled_is_read_or_refused(name):
    target = TARGETS[name]
    true = target.seeds()
    chance = Random(f"{SEED}:{name}")
    assert true, "there is nothing to spoil"
    for _ in range(PIECES):
        judged(target, spoiled(chance.choice(true), chance))


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_true_is_taken(name):
    assert all(judged(TARGETS[name], data) for data in TARGETS[name].seeds())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_nesting_without_end_is_refused_wherever_it_stands(name):
    """Also in a field to come, which a reader passes over."""
    deep = b"\x91" * 3000 + b"\xc0"
    for true in TARGETS[name].seeds():
        longer = bytes([true[0] + 1]) + true[1:] + deep if 0x90 <= true[0] < 0x9F else deep
        for data in (deep, longer, *(true[:at] + deep + true[at:] for at in range(min(len(true), 60)))):
            judged(TARGETS[name], data)


def test_a_request_to_join_with_endless_nesting_in_a_field_to_come_is_refused():
    body = msgspec.msgpack.encode(JoinRequest("laptop", "ryd.officer1", bytes(32), bytes(32), 5, bytes(32)))
    longer = b"\x97" + body[1:] + b"\x91" * 3000 + b"\xc0"
    with pytest.raises(RequestRefused):
        read_request(msgspec.msgpack.encode((longer, bytes(64))))


def test_a_sum_of_hashes_may_be_as_large_as_it_is():
    said = RangesReply([RangeSum(2, 2**64 - 1)])
    assert decode(encode(said), RangesReply) == said

"""Sending goes on while receipts are written down; a cut costs no receipt."""

import pytest

from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.pace import BOLD_BYTES, Pace
from tarahum_desktop.sync.log import unsent_counts
from tests.sync.lines import MemoryLine, enrol, meet
from tests.sync.worlds import SCOPE, World, a_household, writing

FIRST_BATCH = Pace(BOLD_BYTES).rows


def test_a_receipt_is_written_down_though_the_line_breaks_with_the_next_batch(tmp_path):
    world = World(tmp_path)
    centre, laptop = world.replica(1), world.replica(2)
    enrol(world, centre, 1)
    enrol(world, centre, 2)
    meet(world, laptop, centre)
    with writing(laptop) as session:
        session.add_all(a_household(file_number=f"RYD-{n}") for n in range(2 * FIRST_BATCH))
        session.commit()
    with pytest.raises(LineFailed):
        meet(world, laptop, centre, breaks_after=2)  # hello and the first batch pass, the second does not
    with laptop.engine.connect() as connection:
        assert 0 < unsent_counts(connection)[SCOPE] < 2 * FIRST_BATCH


def test_what_arrived_though_its_receipt_was_lost_is_not_sent_again(tmp_path):
    world = World(tmp_path)
    centre, laptop = world.replica(1), world.replica(2)
    enrol(world, centre, 1)
    enrol(world, centre, 2)
    meet(world, laptop, centre)
    with writing(laptop) as session:
        session.add_all(a_household(file_number=f"RYD-{n}") for n in range(5))
        session.commit()
    line = LosesReceipts(centre, laptop.device)
    with pytest.raises(LineFailed):
        exchange(laptop, line, world.keys[1], 1, lambda _progress: None)
    assert line.calls[-1] == "push"
    outcome, line = meet(world, laptop, centre)
    assert "push" not in line.calls
    assert outcome.pushed == 5
    assert SCOPE in outcome.proven
    with laptop.engine.connect() as connection:
        assert unsent_counts(connection) == {}


class LosesReceipts(MemoryLine):
    """Every batch arrives, and no receipt comes back."""

    def push(self, payload):
        super().push(payload)
        raise LineFailed

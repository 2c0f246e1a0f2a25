"""Sending goes on while receipts are written down; a cut costs no receipt."""

import pytest

from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.log import unsent_counts
from tests.sync.lines import enrol, meet
from tests.sync.worlds import SCOPE, World, a_household, writing

FIRST_BATCH = 40  # rows, at the least size and the size of a row that is assumed before any was sent


def test_a_receipt_is_written_down_though_the_line_breaks_with_the_next_batch(tmp_path):
    world = World(tmp_path)
    centre, laptop = world.replica(1), world.replica(2)
    enrol(world, centre, 1)
    enrol(world, centre, 2)
    meet(world, laptop, centre)
    with writing(laptop) as session:
        session.add_all(a_household(file_number=f"RYD-{n}") for n in range(100))
        session.commit()
    with pytest.raises(LineFailed):
        meet(world, laptop, centre, breaks_after=2)  # hello and the first batch pass, the second does not
    with laptop.engine.connect() as connection:
        assert unsent_counts(connection) == {SCOPE: 100 - FIRST_BATCH}

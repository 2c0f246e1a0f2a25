"""The arithmetic below the year: shares that sum, tables that meet their margins."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.synthetic.assign import deal, double, people
from tarahum_desktop.synthetic.errors import MarginsImpossible, ScaleOutOfRange
from tarahum_desktop.synthetic.margins import cells
from tarahum_desktop.synthetic.rounding import capped_shares, largest_remainder
from tarahum_desktop.synthetic.transport import Margins, complete
from tarahum_desktop.synthetic.world import World


def _stream(seed: int) -> Random:
    return Random(seed)


counts = st.lists(st.integers(0, 1000), min_size=1, max_size=30)


@given(counts, st.integers(0, 100_000))
def test_shares_sum_to_the_total_and_stay_within_one_of_the_quota(weights: list[int], total: int) -> None:
    shares = largest_remainder(weights, total)
    if sum(weights) == 0:
        assert shares == [0] * len(weights)
    else:
        assert sum(shares) == total
        for weight, share in zip(weights, shares, strict=True):
            assert abs(Fraction(weight * total, sum(weights)) - share) < 1


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=20),
    st.integers(0, 3000),
)
def test_capped_shares_fill_what_room_there_is(places: list[tuple[int, int]], total: int) -> None:
    weights, caps = [weight for weight, _ in places], [cap for _, cap in places]
    shares = capped_shares(weights, total, caps)
    assert sum(shares) == min(total, sum(caps))
    assert all(0 <= share <= cap for share, cap in zip(shares, caps, strict=True))


@given(st.data())
def test_a_table_that_exists_is_found_from_any_start(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    cell = st.integers(0, 6)
    lines = st.lists(st.lists(cell, min_size=width, max_size=width), min_size=height, max_size=height)
    hidden, spare, start = data.draw(lines), data.draw(lines), data.draw(lines)
    caps = [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(hidden, spare, strict=True)]
    rows, columns = [sum(line) for line in hidden], [sum(column) for column in zip(*hidden, strict=True)]
    table = complete(start, Margins(rows, columns, caps), [[0.0] * width] * height)
    assert [sum(line) for line in table] == rows
    assert [sum(column) for column in zip(*table, strict=True)] == columns
    assert all(
        0 <= v <= cap
        for line, limits in zip(table, caps, strict=True)
        for v, cap in zip(line, limits, strict=True)
    )


def test_a_table_that_cannot_be_is_refused() -> None:
    with pytest.raises(MarginsImpossible):
        complete([[0, 0]], Margins([2], [1, 1], [[2, 0]]), [[0.0, 0.0]])


@pytest.mark.parametrize("scale", ["0.001", "0.0037", "0.01", "0.1", "0.33", "2.5", "10"])
def test_every_scale_meets_its_own_totals(world: World, scale: str) -> None:
    size = Fraction(scale)
    found = cells(world, size)
    slots = [(cell, service, count) for cell in found for service, count in enumerate(cell.services)]
    assert sum(cell.persons for cell in found) == round(40_000 * size)
    assert sum(count for _c, _s, count in slots) == round(59_000 * size)
    tracks = Counter[str]()
    for cell, service, count in slots:
        assert count == 0 or world.services[service].kinds[cell.kind]
        tracks[world.services[service].code[:2]] += count
    for track, full in {"BC": 34_220, "FC": 10_030, "CD": 14_750}.items():
        assert abs(tracks[track] - full * size) < 1
    for kind, full in enumerate((10_800, 4_400, 24_800)):
        assert abs(sum(cell.persons for cell in found if cell.kind == kind) - full * size) < 1
    for place, committee in enumerate(world.committees):
        persons = sum(cell.persons for cell in found if cell.committee == place)
        assert abs(persons - sum(committee.persons_by_kind) * size) < 1


@pytest.mark.parametrize("scale", ["0.0009", "0", "10.001", "-1"])
def test_other_scales_are_refused(world: World, scale: str) -> None:
    with pytest.raises(ScaleOutOfRange):
        cells(world, Fraction(scale))


@pytest.mark.parametrize("seed", range(5))
def test_dealing_keeps_degrees_and_counts_and_gives_nothing_twice(world: World, seed: int) -> None:
    for cell in cells(world, Fraction("0.01")):
        dealt = deal(cell, _stream(seed))
        assert Counter(len(services) for services in dealt) == Counter(
            {k: count for k, count in enumerate(cell.degrees) if count}
        )
        given_out = Counter(service for services in dealt for service in services)
        assert all(given_out[service] == count for service, count in enumerate(cell.services))
        assert all(len(set(services)) == len(services) for services in dealt)


def test_doubling_changes_no_total(world: World) -> None:
    before = people(cells(world, Fraction("0.05")), _stream(3))
    after = people(cells(world, Fraction("0.05")), _stream(3))
    assert double(after, 12, _stream(4)) == 12

    def by_committee(committees: list[list[object]]) -> list[Counter[int]]:
        return [Counter(s for slot in slots for s in slot.services) for slots in committees]  # type: ignore[attr-defined]  # slots are Slot; object keeps the helper short

    assert by_committee(after) == by_committee(before)  # type: ignore[arg-type]  # as above
    totals = [Counter[int](), Counter[int]()]
    for total, committees in zip(totals, (before, after), strict=True):
        for slot in (slot for slots in committees for slot in slots):
            total[slot.number] += len(slot.services)
    assert totals[0] == totals[1]

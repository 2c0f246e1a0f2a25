"""How many: whole-number totals of the year, by committee, kind and service, at any scale.

At scale 1 the given margins hold exactly. At other scales the national totals, tracks, services, kinds and
committees are each rounded by largest remainder and met exactly; the cells stay as near as whole numbers allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tarahum_desktop.synthetic.errors import ScaleOutOfRange
from tarahum_desktop.synthetic.rounding import capped_shares, largest_remainder
from tarahum_desktop.synthetic.transport import Margins, Table, complete
from tarahum_desktop.synthetic.world import KINDS, CommitteeFacts, World

SMALLEST, LARGEST = Fraction(1, 1000), Fraction(10)
MOST_SERVICES = 6
_SERVICES_A_PERSON = (Fraction(122, 100), Fraction(160, 100))  # prisoners, released; families take the rest
_FITTING_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """One committee's persons of one kind: how many have how many services, and which services.

    ``degrees[k]`` counts the persons with ``k`` services; ``services`` follows the world's service order.
    """

    committee: int
    kind: int
    degrees: tuple[int, ...]
    services: tuple[int, ...]

    @property
    def persons(self) -> int:
        """Persons of the cell."""
        return sum(self.degrees)


def cells(world: World, scale: Fraction) -> list[Cell]:
    """Every committee and kind, committee by committee in the world's order.

    Raises:
        ScaleOutOfRange: the scale is not within 0.001 to 10.
    """
    if not SMALLEST <= scale <= LARGEST:
        raise ScaleOutOfRange
    full = [_by_kind(world, committee) for committee in world.committees]
    persons = _persons(world, scale)
    total = _scaled(world.delivered, scale)
    full_extras = [
        sum(line) - count
        for table, committee in zip(full, world.committees, strict=True)
        for line, count in zip(table, committee.persons_by_kind, strict=True)
    ]
    extras = capped_shares(full_extras, total - sum(persons), persons)
    slots = [count + extra for count, extra in zip(persons, extras, strict=True)]
    tables = _services_of_cells(world, full, persons, slots, scale)
    bundles = _bundles(world, extras, persons, scale)
    return [
        Cell(place // len(KINDS), place % len(KINDS), tuple(bundles[place]), tuple(tables[place]))
        for place in range(len(persons))
    ]


def _scaled(count: int, scale: Fraction) -> int:
    return int(count * scale + Fraction(1, 2))


def _by_kind(world: World, committee: CommitteeFacts) -> Table:
    """One committee's services split over the kinds that may have them, at full scale."""
    allowed = [[service.kinds[kind] for service in world.services] for kind in range(len(KINDS))]
    rows = [int(committee.persons_by_kind[kind] * mean) for kind, mean in enumerate(_SERVICES_A_PERSON)]
    rows.append(sum(committee.services) - sum(rows))
    fitted = _fit(allowed, committee.persons_by_kind, rows, committee.services)
    caps = [
        [committee.persons_by_kind[kind] if place else 0 for place in allowed[kind]]
        for kind in range(len(KINDS))
    ]
    start = [[int(value) for value in line] for line in fitted]
    liking = [[value - int(value) for value in line] for line in fitted]
    return complete(start, Margins(rows, committee.services, caps), liking)


def _fit(
    allowed: Sequence[Sequence[bool]], weights: Sequence[int], rows: Sequence[int], columns: Sequence[int]
) -> list[list[float]]:
    """Iterative proportional fitting (Deming and Stephan 1940) of a table with impossible places."""
    table = [
        [float(weight) if place else 0.0 for place in line]
        for line, weight in zip(allowed, weights, strict=True)
    ]
    for _ in range(_FITTING_ROUNDS):
        table = [[value * need / sum(line) for value in line] for line, need in zip(table, rows, strict=True)]
        sums = [sum(line[c] for line in table) or 1.0 for c in range(len(columns))]
        table = [[v * columns[c] / sums[c] for c, v in enumerate(line)] for line in table]
    return table


def _persons(world: World, scale: Fraction) -> list[int]:
    """Persons of each committee and kind, flat; both margins by largest remainder."""
    full = [list(committee.persons_by_kind) for committee in world.committees]
    total = _scaled(world.persons, scale)
    rows = largest_remainder([sum(line) for line in full], total)
    columns = largest_remainder([sum(line[k] for line in full) for k in range(len(KINDS))], total)
    start = [[int(value * scale) for value in line] for line in full]
    liking = [[float(value * scale % 1) for value in line] for line in full]
    caps = [[total] * len(KINDS)] * len(full)
    table = complete(start, Margins(rows, columns, caps), liking)
    return [count for line in table for count in line]


def _services_of_cells(
    world: World, full: list[Table], persons: list[int], slots: list[int], scale: Fraction
) -> Table:
    flat = [line for table in full for line in table]
    columns = _service_totals(world, sum(slots))
    caps = [
        [persons[place] if service.kinds[place % len(KINDS)] else 0 for service in world.services]
        for place in range(len(flat))
    ]
    start = [[int(value * scale) for value in line] for line in flat]
    liking = [[float(value * scale % 1) for value in line] for line in flat]
    return complete(start, Margins(slots, columns, caps), liking)


def _service_totals(world: World, total: int) -> list[int]:
    """National counts of each service: tracks first, then the services of each track."""
    full = [sum(committee.services[s] for committee in world.committees) for s in range(len(world.services))]
    tracks = sorted({service.track for service in world.services})
    members = [[s for s, service in enumerate(world.services) if service.track == track] for track in tracks]
    found = [0] * len(full)
    shares = largest_remainder([sum(full[s] for s in group) for group in members], total)
    for group, share in zip(members, shares, strict=True):
        for s, count in zip(group, largest_remainder([full[s] for s in group], share), strict=True):
            found[s] = count
    return found


def _bundles(world: World, extras: list[int], persons: list[int], scale: Fraction) -> list[list[int]]:
    """Who has more than one service: persons by number of services for each cell.

    A person with k services uses k-1 extras of the cell. The big ones are shared out first; every extra
    that is left makes a person with two. Where a tiny cell cannot hold a big one, a smaller one takes its place.
    """
    left = list(extras)
    degrees = [[0] * (MOST_SERVICES + 1) for _ in persons]
    owed = 0
    for services in range(MOST_SERVICES, 2, -1):
        size = services - 1
        wanted = _scaled(world.year["services_per_person"][str(services)], scale) + owed
        room = [rest // size for rest in left]
        shares = capped_shares(
            [rest if fits else 0 for rest, fits in zip(left, room, strict=True)], wanted, room
        )
        owed = wanted - sum(shares)
        for place, count in enumerate(shares):
            degrees[place][services] = count
            left[place] -= count * size
    for place, rest in enumerate(left):
        degrees[place][2] = rest
        degrees[place][1] = persons[place] - sum(degrees[place])
    return degrees

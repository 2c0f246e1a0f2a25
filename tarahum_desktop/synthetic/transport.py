"""Whole-number tables with given row and column sums (a transportation problem).

The year's tables must stay whole at every scale while both margins are met and impossible places stay empty.
A first table is completed along shortest augmenting paths (Ford and Fulkerson), which finds a filling whenever
one exists.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from tarahum_desktop.synthetic.errors import MarginsImpossible

Table = list[list[int]]


@dataclass(frozen=True, slots=True)
class Margins:
    """What a table must meet: sums of its rows and columns, and the most each place may hold."""

    rows: Sequence[int]
    columns: Sequence[int]
    caps: Sequence[Sequence[int]]


def complete(start: Table, wanted: Margins, liking: Sequence[Sequence[float]]) -> Table:
    """Return a table that meets ``wanted``, close to ``start``; spare units go first where ``liking`` is high.

    Raises:
        MarginsImpossible: no whole table meets the margins within the caps.
    """
    table = [
        [min(value, cap) for value, cap in zip(line, caps, strict=True)]
        for line, caps in zip(start, wanted.caps, strict=True)
    ]
    _trim(table, wanted)
    rows = [need - sum(line) for need, line in zip(wanted.rows, table, strict=True)]
    columns = [need - sum(line[c] for line in table) for c, need in enumerate(wanted.columns)]
    _spread(table, wanted, liking, rows, columns)
    for row, missing in enumerate(rows):
        for _ in range(missing):
            _augment(table, wanted, row, columns)
    return table


def _trim(table: Table, wanted: Margins) -> None:
    """Take units from the fullest places of rows and columns that hold too much."""
    for row, line in enumerate(table):
        while sum(line) > wanted.rows[row]:
            line[line.index(max(line))] -= 1
    for column, need in enumerate(wanted.columns):
        while sum(line[column] for line in table) > need:
            fullest = max(range(len(table)), key=lambda row: table[row][column])
            table[fullest][column] -= 1


def _spread(
    table: Table, wanted: Margins, liking: Sequence[Sequence[float]], rows: list[int], columns: list[int]
) -> None:
    """Give spare units directly, best liked places first, one unit a place and round."""
    places = sorted(
        ((row, column) for row in range(len(rows)) for column in range(len(columns))),
        key=lambda place: (-liking[place[0]][place[1]], place),
    )
    for row, column in places:
        if rows[row] and columns[column] and table[row][column] < wanted.caps[row][column]:
            table[row][column] += 1
            rows[row] -= 1
            columns[column] -= 1


def _augment(table: Table, wanted: Margins, start: int, columns: list[int]) -> None:
    """Add one unit to row ``start``, moving other rows' units aside along a shortest path."""
    came_from: dict[int, tuple[int, int | None]] = {}  # column -> (row that enters it, column the row left)
    reached: dict[int, int | None] = {start: None}
    queue = deque([start])
    while queue:
        row = queue.popleft()
        for column in range(len(columns)):
            if column in came_from or table[row][column] >= wanted.caps[row][column]:
                continue
            came_from[column] = (row, reached[row])
            if columns[column]:
                columns[column] -= 1
                _shift(table, came_from, column)
                return
            for other in range(len(table)):
                if other not in reached and table[other][column]:
                    reached[other] = column
                    queue.append(other)
    raise MarginsImpossible


def _shift(table: Table, came_from: dict[int, tuple[int, int | None]], last: int) -> None:
    column: int | None = last
    while column is not None:
        row, left = came_from[column]
        table[row][column] += 1
        if left is not None:
            table[row][left] -= 1
        column = left

"""The whole check of a register in short steps: rows read, households put together, everybody looked for on record.

Nothing is written. ``check_register`` yields its progress and at last what it found.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.imports.checked import (
    Checked,
    CheckedHome,
    CheckedMember,
    CheckedRow,
    Choices,
    Fate,
    Progress,
    Stage,
    Steps,
)
from tarahum_desktop.casework.imports.decide import decide_inside, decide_on_record, settle_home
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.homes_on_record import (
    folded_codes,
    homes_by_head,
    homes_by_number,
    homes_of,
    kept_file_number,
)
from tarahum_desktop.casework.imports.households import ReadHousehold, households
from tarahum_desktop.casework.imports.likeness import (
    Likeness,
    NameBlocks,
    RecordSearch,
    alike_inside,
    known_person,
)
from tarahum_desktop.casework.imports.mapping import Matching, require_matching
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.casework.imports.row_reading import Lookups, ReadRow, read_row
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Facility, Place

_ROWS_A_STEP: Final = 400
_FACILITY: Any = Facility.__table__
_PLACE: Any = Place.__table__


def check_register(desk: Desk, file: RegisterFile, matching: Matching, choices: Choices) -> Steps:
    """Check a register; raises NotAllowed, or ImportRefused when its columns do not suffice."""
    desk.require(Action.IMPORT_REGISTER, choices.scope)
    require_matching(file, matching)
    rows: list[ReadRow] = []
    yield from _read(desk, file, matching, rows)
    homes = [CheckedHome(home) for home in households(rows, matching.layout)]
    for home in homes:
        home.members = [CheckedMember(one) for one in home.household.members]
    _find_homes(desk, homes, choices)
    members = [one for home in homes for one in home.members]
    yield from _compare(desk, homes, members, choices)
    for home in homes:
        settle_home(home)
    yield Checked(file, matching, choices, tuple(_shown(rows, homes)), tuple(homes))


def finished(steps: Steps) -> Checked:
    """Run a check to its end."""
    for found in steps:
        if isinstance(found, Checked):
            return found
    raise ImportRefused  # a check that was closed has no result


def _read(desk: Desk, file: RegisterFile, matching: Matching, rows: list[ReadRow]) -> Iterator[Progress]:
    with desk.reading() as connection:
        lookups = Lookups(folded_codes(connection, _PLACE), folded_codes(connection, _FACILITY), desk.today())
    total = len(file.rows)
    for at in range(0, total, _ROWS_A_STEP):
        rows += [read_row(row, matching, lookups) for row in file.rows[at : at + _ROWS_A_STEP]]
        yield Progress(Stage.READING, len(rows), total)


def _find_homes(desk: Desk, homes: list[CheckedHome], choices: Choices) -> None:
    """The household on record of each, only where this person may import."""
    committee = committee_of(choices.scope)
    numbers = {id(home): kept_file_number(committee, home.household.file_key) for home in homes}
    with desk.reading() as connection:
        by_number = homes_by_number(connection, (one for one in numbers.values() if one))
        heads = {id(home): _head_id(home.household) for home in homes}
        by_head = homes_by_head(connection, (one for one in heads.values() if one))
    for home in homes:
        found = by_number.get(numbers[id(home)]) or by_head.get(heads[id(home)])
        if found is not None and desk.may(Action.IMPORT_REGISTER, found.scope):
            home.known = found


def _head_id(home: ReadHousehold) -> str:
    if home.head is not None and home.head.id_number:
        return home.head.id_number
    return home.key.removeprefix("head:") if home.key.startswith("head:") else ""


def _compare(
    desk: Desk, homes: list[CheckedHome], members: list[CheckedMember], choices: Choices
) -> Iterator[Progress]:
    total = len(members)
    home_of = {id(one): home for home in homes for one in home.members}
    people, blocks = [], []
    names = NameBlocks()
    for at, one in enumerate(members):
        people.append(known_person(one.member))
        blocks.append(names.of(one.member.name.first, one.member.name.father, one.member.name.family))
        if at % _ROWS_A_STEP == 0:
            yield Progress(Stage.COMPARING, at, total)
    places = {id(home): str(at).encode() for at, home in enumerate(homes)}
    together = [
        replace(person, households=frozenset({places[id(home_of[id(one)])]}))
        for person, one in zip(people, members, strict=True)
    ]
    decide_inside(members, together, alike_inside(together, blocks), choices)
    yield Progress(Stage.COMPARING, total, total)
    here = [
        replace(
            person,
            households=frozenset({known.id.bytes}) if (known := home_of[id(one)].known) else frozenset(),
        )
        for person, one in zip(people, members, strict=True)
    ]
    yield from _search(desk, home_of, members, RecordSearch(desk.reading, _seen(desk), [one.member for one in members], here, names), choices)  # fmt: skip


def _seen(desk: Desk) -> frozenset[str]:
    with desk.reading() as connection:
        return frozenset(desk.scopes_for(Action.SEARCH, connection))


def _search(
    desk: Desk,
    home_of: dict[int, CheckedHome],
    members: list[CheckedMember],
    search: RecordSearch,
    choices: Choices,
) -> Iterator[Progress]:
    total = len(members)
    for done in search.gather():
        yield Progress(Stage.SEARCHING, done, 0)
    for start in range(0, total, _ROWS_A_STEP):
        end = min(start + _ROWS_A_STEP, total)
        found: dict[int, list[Likeness]] = search.best(start, end)
        records = {one.record.id for near in found.values() for one in near[:1] if one.record}
        with desk.reading() as connection:
            their_homes = homes_of(connection, sorted(records))
        for at, near in found.items():
            decide_on_record(members[at], near[0], home_of[id(members[at])].known, their_homes, choices)
        yield Progress(Stage.DECIDING, end, total)


def _shown(rows: list[ReadRow], homes: list[CheckedHome]) -> Iterator[CheckedRow]:
    by_row = {id(one.member.row): (one, home) for home in homes for one in home.members if one.member.main}
    for row in rows:
        one, home = by_row.get(id(row), (None, None))
        if one is None or row.errors:
            yield CheckedRow(row, Fate.REFUSED, one.member.person if one else row.people[0])
            continue
        number = home.known.file_number if home is not None and home.known is not None else ""
        yield CheckedRow(row, one.fate, one.member.person, number)

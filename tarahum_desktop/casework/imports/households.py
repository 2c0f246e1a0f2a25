"""Rows put together into households: who is the head, who is named twice, where the prisoner of a row belongs."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from tarahum_desktop.casework.imports.cells import Note
from tarahum_desktop.casework.imports.row_reading import ReadPerson, ReadRow
from tarahum_desktop.domain.import_columns import Layout
from tarahum_desktop.domain.import_words import HEAD
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names


@dataclass
class ReadMember:
    """A person of a household and the row that told of them; ``main`` is False for a prisoner named beside another."""

    row: ReadRow
    person: ReadPerson
    main: bool = True

    @property
    def name(self) -> NameParts:
        """The four parts."""
        return name_of(self.person)

    @property
    def id_number(self) -> str:
        """As normalised, empty for none."""
        return str(self.person.entered.get("id_number") or "")


@dataclass
class ReadHousehold:
    """Rows of one family; ``head`` is None where no row says who it is."""

    key: str
    rows: list[ReadRow] = field(default_factory=list)
    members: list[ReadMember] = field(default_factory=list)
    head: ReadMember | None = None

    @property
    def file_key(self) -> str:
        """The number of the paper file."""
        return next((row.file_key for row in self.rows if row.file_key), "")

    @property
    def home(self) -> dict[str, Any]:
        """``Household`` column names: the head's row first, then what others add."""
        rows = [self.head.row, *self.rows] if self.head else self.rows
        found: dict[str, Any] = {}
        for row in rows:
            found = {**row.home, **found}
        return found


def households(rows: Iterable[ReadRow], layout: Layout) -> list[ReadHousehold]:
    """All households in the order of the sheet; rows without a key, where one is needed, are in none."""
    made = list(_grouped(rows, layout))
    for home in made:
        _gather(home)
        _choose_head(home)
    return made


def name_of(person: ReadPerson) -> NameParts:
    """The four parts of a name."""
    entered = person.entered
    return NameParts(
        entered.get("first_name", ""), entered.get("father_name", ""), entered.get("grandfather_name", ""),
        entered.get("family_name", ""),
    )  # fmt: skip


def _grouped(rows: Iterable[ReadRow], layout: Layout) -> Iterable[ReadHousehold]:
    if layout is Layout.BY_KEY:
        by_key: dict[str, ReadHousehold] = {}
        for row in rows:
            if row.key:
                by_key.setdefault(row.key, ReadHousehold(row.key)).rows.append(row)
        return by_key.values()
    made: list[ReadHousehold] = []
    for row in rows:
        if layout is Layout.BY_ROW or row.is_head or not made:
            made.append(ReadHousehold(row.key))
        made[-1].rows.append(row)
    return made


def _gather(home: ReadHousehold) -> None:
    """Persons of all rows; a prisoner who has a row of their own, or is named in several, is one person."""
    home.members = [ReadMember(row, row.people[0]) for row in home.rows]
    for row in home.rows:
        for prisoner in row.people[1:]:
            same = next((one for one in home.members if _is_same(one, prisoner)), None)
            if same is None:
                home.members.append(ReadMember(row, prisoner, main=False))
            elif same.person.stay is None:
                inside = prisoner.stay is not None and "release" not in prisoner.stay
                same.person = replace(same.person, stay=prisoner.stay, resident=not inside)


def _is_same(one: ReadMember, prisoner: ReadPerson) -> bool:
    number = str(prisoner.entered.get("id_number") or "")
    if number and one.id_number:
        return number == one.id_number
    return compare_names(one.name, name_of(prisoner)) is NameMatch.MATCH


def _choose_head(home: ReadHousehold) -> None:
    heads = [one for one in home.members if one.main and one.row.is_head]
    for other in heads[1:]:
        other.row.errors.append(Note(-1, "import_two_heads", row=heads[0].row.number))
    silent = [one for one in home.members if one.main and not one.person.relation]
    home.head = next(iter(heads or silent), None)
    for one in home.members:
        if one is home.head:
            one.person = replace(one.person, relation=HEAD)
        elif not one.person.relation:
            one.person = replace(one.person, relation="other")
            if one.main:
                one.row.warnings.append(Note(-1, "import_relation_missing"))

"""Persons of a register compared with each other and with those on record: the pair score, asked of few pairs.

Candidates share a number, a mobile or a whole name. For a large register the names on record are read once from end to
end, a few thousand at a time, because asking for each name alone would take longer than that.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection

from tarahum_desktop.casework.duplicates.candidates import MOST, candidate_ids
from tarahum_desktop.casework.duplicates.known import Candidate, birth_of, read_people
from tarahum_desktop.casework.imports.households import ReadMember
from tarahum_desktop.domain.names import NameParts, name_key
from tarahum_desktop.domain.pair_score import SHOWN, KnownPerson, rank, score_pair
from tarahum_desktop.domain.record_match import RecordFacts, RecordMatch, read_record

SCAN_FROM: Final = 400
"""Persons in a register from which reading all names is quicker than asking for each."""
NAMES_A_READ: Final = 20_000
_IDS_A_QUERY: Final = 400
_LARGEST_BLOCK: Final = 40
_MOST_CANDIDATES: Final = 80
_FAMILY_MARK: Final = "آل"
_NAMES: Final = (
    "SELECT rowid, id, first_name, father_name, family_name FROM person WHERE rowid > ? AND removed_at IS NULL "  # noqa: S608 - our own number
    f"AND merged_into IS NULL ORDER BY rowid LIMIT {NAMES_A_READ}"
)
_NUMBERED: Final = frozenset({"national_id", "iqama"})
NameBlock = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who may be the same person: a record, or an earlier person of the sheet by its place."""

    match: RecordMatch
    record: Candidate | None = None
    earlier: int = -1


def known_person(member: ReadMember, home: bytes = b"") -> KnownPerson:
    """A person of the sheet as the pair score takes them."""
    entered = member.person.entered
    number = member.id_number if entered.get("id_kind") in _NUMBERED else ""
    facts = RecordFacts(
        member.name, number, birth_of(entered.get("birth")), str(entered.get("mother_name") or ""),
        str(entered.get("mobile") or ""),
    )  # fmt: skip
    homes = frozenset({home}) if home else frozenset()
    return KnownPerson(read_record(facts), str(entered.get("gender") or ""), homes)


class NameBlocks:
    """The key under which names are looked for; remembers parts, because a few thousand serve a country."""

    def __init__(self) -> None:
        self._firsts: dict[str, str] = {}
        self._families: dict[str, str] = {}

    def of(self, first: str, father: str, family: str) -> NameBlock:
        """First, father's and family name, each in its normal form."""
        return self._first(first), self._first(father), self._family(family)

    def _first(self, text: str) -> str:
        found = self._firsts.get(text)
        if found is None:
            found = self._firsts[text] = name_key(NameParts(text)).first if text else ""
        return found

    def _family(self, text: str) -> str:
        found = self._families.get(text)
        if found is None:
            plain = name_key(NameParts("", family=text)).family if text else ""
            found = self._families[text] = plain.removeprefix(_FAMILY_MARK)
        return found


def alike_inside(people: Sequence[KnownPerson], blocks: Sequence[NameBlock]) -> dict[int, Likeness]:
    """For each place in the sheet the most alike earlier one; pairs with two valid ids are left to the ids."""
    keyed: dict[tuple[str, ...], list[int]] = {}
    for at, (person, block) in enumerate(zip(people, blocks, strict=True)):
        if block[0]:
            keyed.setdefault(block, []).append(at)
        if person.record.mobile and person.record.born:
            keyed.setdefault((person.record.mobile, person.record.born.first.isoformat()), []).append(at)
    found: dict[int, Likeness] = {}
    for places in keyed.values():
        if len(places) <= _LARGEST_BLOCK:
            _compare(people, places, found)
    return found


def _compare(people: Sequence[KnownPerson], places: Sequence[int], found: dict[int, Likeness]) -> None:
    for index, later in enumerate(places):
        for earlier in places[:index]:
            if people[later].record.id_is_valid and people[earlier].record.id_is_valid:
                continue
            match = score_pair(people[earlier], people[later])
            known = found.get(later)
            if match.decision in SHOWN and (known is None or rank(match) > rank(known.match)):
                found[later] = Likeness(match, earlier=earlier)


class RecordSearch:
    """Who on record may be somebody of the sheet. Call ``gather`` until it is through, then ``best``."""

    def __init__(
        self,
        reading: Callable[[], Any],
        scopes: frozenset[str],
        members: Sequence[ReadMember],
        people: Sequence[KnownPerson],
        blocks: NameBlocks,
    ) -> None:
        self._reading, self._scopes, self._members, self._people = reading, scopes, members, people
        self._blocks = blocks
        self._candidates: list[dict[UUID, None]] = [{} for _ in members]

    def gather(self) -> Iterator[int]:
        """Collect candidates; yields how many persons of the sheet, or thousands of records, are done."""
        if len(self._members) < SCAN_FROM:
            yield from self._one_by_one()
            return
        with self._reading() as connection:
            self._by_column(connection, "id_number", [one.record.id_number for one in self._people])
            self._by_column(connection, "mobile", [one.record.mobile for one in self._people])
        yield 0
        yield from self._by_names()

    def best(self, start: int, end: int) -> dict[int, list[Likeness]]:
        """The likenesses of persons ``start`` to ``end`` of the sheet, the surest first."""
        wanted = {one for found in self._candidates[start:end] for one in found}
        with self._reading() as connection:
            records = read_people(connection, wanted)
        made: dict[int, list[Likeness]] = {}
        for at in range(start, end):
            near = [records[one] for one in self._candidates[at] if one in records]
            scored = [
                Likeness(score_pair(self._people[at], one.known), one)
                for one in near
                if one.scope in self._scopes
            ]
            shown = [one for one in scored if one.match.decision in SHOWN]
            if shown:
                made[at] = sorted(
                    shown, key=lambda one: (-rank(one.match), one.record.id.bytes if one.record else b"")
                )
        return made

    def _one_by_one(self) -> Iterator[int]:
        for at, (member, person) in enumerate(zip(self._members, self._people, strict=True)):
            with self._reading() as connection:
                self._candidates[at].update(dict.fromkeys(candidate_ids(connection, person, member.name)))
            if at % 20 == 0:
                yield at

    def _by_column(self, connection: Connection, column: str, values: Sequence[str]) -> None:
        places: dict[str, list[int]] = {}
        for at, value in enumerate(values):
            if value:
                places.setdefault(value, []).append(at)
        wanted = list(places)
        for begin in range(0, len(wanted), _IDS_A_QUERY):
            some = tuple(wanted[begin : begin + _IDS_A_QUERY])
            marks = ",".join("?" * len(some))
            query = f"SELECT {column}, id FROM person WHERE {column} IN ({marks})"  # noqa: S608 - our own column names
            found: dict[str, list[UUID]] = {}
            for value, person in connection.exec_driver_sql(query, some):
                found.setdefault(value, []).append(UUID(bytes=bytes(person)))
            for value, ids in found.items():
                for at in places[value]:
                    self._candidates[at].update(dict.fromkeys(ids[:MOST]))

    def _by_names(self) -> Iterator[int]:
        whole, fatherless = self._wanted_names()
        last = 0
        while True:
            with self._reading() as connection:
                rows = connection.exec_driver_sql(_NAMES, (last,)).all()
            for _no, person, first, father, family in rows:
                block = self._blocks.of(first or "", father or "", family or "")
                # A father who is not written down contradicts nobody.
                places = (*whole.get(block, ()), *fatherless.get((block[0], "", block[2]), ()))
                for at in places:
                    if len(self._candidates[at]) < _MOST_CANDIDATES:
                        self._candidates[at][UUID(bytes=bytes(person))] = None
            if len(rows) < NAMES_A_READ:
                return
            last = rows[-1][0]
            yield last

    def _wanted_names(self) -> tuple[Mapping[NameBlock, list[int]], Mapping[NameBlock, list[int]]]:
        whole: dict[NameBlock, list[int]] = {}
        fatherless: dict[NameBlock, list[int]] = {}
        for at, member in enumerate(self._members):
            name = member.name
            block = self._blocks.of(name.first, name.father, name.family)
            if not (block[0] and (block[1] or block[2])):
                continue
            if block[1]:
                whole.setdefault(block, []).append(at)
                whole.setdefault((block[0], "", block[2]), []).append(at)
            else:
                fatherless.setdefault(block, []).append(at)
        return whole, fatherless

"""Asking, while a row is typed, whether its person is on record: by the whole number, by three parts of a name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tarahum_desktop.casework.prison.arrival_people import KnownPerson
from tarahum_desktop.casework.prison.arrival_row import read_name
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.ui.prison.arrival_rows import ArrivalRow
from tarahum_desktop.ui.prison.ports import ArrivalPorts
from tarahum_desktop.ui.worker import Background, Failed

ID_DIGITS = 10
NAMES_ENOUGH = 3
_ROWS_AT_ONCE = 8


@dataclass(frozen=True)
class _Wanted:
    """One row's question; ``words`` is what it was asked with, so that an answer to older words is dropped."""

    row: ArrivalRow
    words: str
    asked: tuple[NameParts, str, str]


class ArrivalLookups:
    """Fills rows with whom they may be about; an answer to what is no longer typed is dropped."""

    def __init__(
        self, ports: ArrivalPorts, background: Background, told: Callable[[ArrivalRow], None], failed: Failed
    ) -> None:
        self._ports, self._background, self._told, self._failed = ports, background, told, failed

    def by_number(self, row: ArrivalRow) -> None:
        """Ask for a number once it is whole; a number that changed forgets whom it named."""
        number = check_person_id(row.cells.get("id", "")).value
        if number == row.asked_id:
            return
        row.asked_id = number
        if row.known is not None:
            row.known, row.same, row.another = None, None, False
            row.drop_filled()
        if len(number) == ID_DIGITS:
            self._background.query(
                lambda: self._ports.known([number]),
                lambda found: self._found(row, number, found),
                self._failed,
            )

    def by_numbers(self, rows: Sequence[ArrivalRow], today: date) -> None:
        """Ask for the numbers of a pasted block at once, then for the names of those who were not found."""
        numbers = {row.id: check_person_id(row.cells.get("id", "")).value for row in rows}

        def found(people: Mapping[str, KnownPerson]) -> None:
            for row in rows:
                if numbers[row.id] in people:
                    row.asked_id = numbers[row.id]
                    self._found(row, row.asked_id, people)
                else:
                    row.asked_id = numbers[row.id]
            self.by_names([row for row in rows if row.known is None], today)

        self._background.query(lambda: self._ports.known(list(numbers.values())), found, self._failed)

    def by_name(self, row: ArrivalRow, today: date) -> None:
        """Ask who has a like name, once it has three parts."""
        wanted = self._wanted(row, today)
        if wanted is not None:
            self._background.query(
                lambda: self._ports.alike(*wanted.asked),
                lambda found: self._alike(wanted, found),
                self._failed,
                replaces=f"alike {row.id}",
            )

    def by_names(self, rows: Sequence[ArrivalRow], today: date) -> None:
        """Ask for a pasted block, a few rows at a time, so that what is typed meanwhile need not wait for all of it."""
        some, rest = rows[:_ROWS_AT_ONCE], rows[_ROWS_AT_ONCE:]
        asked = [wanted for row in some if (wanted := self._wanted(row, today)) is not None]

        def found(answers: Sequence[Sequence[KnownPerson]]) -> None:
            for wanted, people in zip(asked, answers, strict=True):
                self._alike(wanted, people)
            if rest:
                self.by_names(rest, today)

        if rows:
            self._background.query(
                lambda: [self._ports.alike(*wanted.asked) for wanted in asked], found, self._failed
            )

    def _wanted(self, row: ArrivalRow, today: date) -> "_Wanted | None":
        """What to ask for a row; None while its name is short, known, or asked for already."""
        name = read_name(row.cells.get("name", ""))
        words = f"{name} {row.cells.get('birth', '')}"
        if row.step != "typing" or row.known is not None or words == row.asked_name:
            return None
        row.asked_name, row.alike = words, ()
        row.same, row.another = None, False
        if sum(map(bool, (name.first, name.father, name.grandfather, name.family))) < NAMES_ENOUGH:
            return None
        birth = row.read(today).birth
        return _Wanted(row, words, (name, row.asked_id, birth.to_code() if birth else ""))

    def _alike(self, wanted: "_Wanted", people: Sequence[KnownPerson]) -> None:
        row = wanted.row
        if row.step == "typing" and row.asked_name == wanted.words:
            row.alike = tuple(people)
            self._told(row)

    def _found(self, row: ArrivalRow, number: str, found: Mapping[str, KnownPerson]) -> None:
        if row.step != "typing" or row.asked_id != number or number not in found:
            return
        row.known = found[number]
        if not row.cells.get("name"):
            row.cells["name"] = row.filled = row.known.name
        self._told(row)

"""Asking, while a row is typed, whether its person is on record: by the whole number, by three parts of a name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from tarahum_desktop.casework.prison.arrival_people import KnownPerson
from tarahum_desktop.casework.prison.arrival_row import read_name
from tarahum_desktop.domain.identifiers import check_person_id
from tarahum_desktop.ui.prison.arrival_rows import ArrivalRow
from tarahum_desktop.ui.prison.ports import ArrivalPorts
from tarahum_desktop.ui.worker import Background, Failed

ID_DIGITS = 10
NAMES_ENOUGH = 3


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

    def by_numbers(self, rows: Sequence[ArrivalRow]) -> None:
        """Ask for the numbers of a pasted block at once."""
        numbers = {row.id: check_person_id(row.cells.get("id", "")).value for row in rows}

        def found(people: Mapping[str, KnownPerson]) -> None:
            for row in rows:
                if numbers[row.id] in people:
                    row.asked_id = numbers[row.id]
                    self._found(row, row.asked_id, people)

        self._background.query(lambda: self._ports.known(list(numbers.values())), found, self._failed)

    def by_name(self, row: ArrivalRow, today: date) -> None:
        """Ask who has the same name, once it has three parts."""
        name = read_name(row.cells.get("name", ""))
        asked = f"{name} {row.cells.get('birth', '')}"
        if row.known is not None or asked == row.asked_name:
            return
        row.asked_name, row.alike = asked, ()
        row.same, row.another = None, False
        if sum(map(bool, (name.first, name.father, name.grandfather, name.family))) < NAMES_ENOUGH:
            return
        birth = row.read(today).birth
        number, code = row.asked_id, birth.to_code() if birth else ""

        def found(people: Sequence[KnownPerson]) -> None:
            if row.step == "typing" and row.asked_name == asked:
                row.alike = tuple(people)
                self._told(row)

        self._background.query(
            lambda: self._ports.alike(name, number, code), found, self._failed, replaces=f"alike {row.id}"
        )

    def _found(self, row: ArrivalRow, number: str, found: Mapping[str, KnownPerson]) -> None:
        if row.step != "typing" or row.asked_id != number or number not in found:
            return
        row.known = found[number]
        if not row.cells.get("name"):
            row.cells["name"] = row.filled = row.known.name
        self._told(row)

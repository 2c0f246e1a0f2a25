"""What is known of a register before anything is saved: each row as it will become, and everything wrong with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tarahum_desktop.casework.imports.homes_on_record import KnownHome
from tarahum_desktop.casework.imports.households import ReadHousehold, ReadMember
from tarahum_desktop.casework.imports.mapping import Matching
from tarahum_desktop.casework.imports.register_file import RegisterFile
from tarahum_desktop.casework.imports.row_reading import ReadPerson, ReadRow


class Fate(StrEnum):
    """What becomes of a row."""

    SAVE = "save"
    ON_RECORD = "on_record"
    """The person is in this household on record already; nothing is to be done."""
    HELD = "held"
    """Looks like somebody on record or in the sheet, and waits for a person's eye."""
    REFUSED = "refused"


class Stage(StrEnum):
    """What is being done."""

    READING = "reading"
    COMPARING = "comparing"
    SEARCHING = "searching"
    DECIDING = "deciding"
    SAVING = "saving"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` rows; ``total`` 0 where it is not known."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the families go, and whether doubtful rows wait, but for those ``accepted`` by their numbers in the sheet."""

    scope: str
    hold_doubtful: bool = True
    accepted: frozenset[int] = frozenset()


@dataclass
class CheckedMember:
    """A person of a household; ``person_id`` names the record that is joined instead of a new one."""

    member: ReadMember
    fate: Fate = Fate.SAVE
    person_id: UUID | None = None


@dataclass
class CheckedHome:
    """A household; ``known`` is the one on record that its new members join."""

    household: ReadHousehold
    known: KnownHome | None = None
    members: list[CheckedMember] = field(default_factory=list)

    @property
    def to_save(self) -> list[CheckedMember]:
        """The members that will be saved."""
        return [one for one in self.members if one.fate is Fate.SAVE]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row for the preview."""

    row: ReadRow
    fate: Fate
    person: ReadPerson
    file_number: str = ""


@dataclass(frozen=True)
class Checked:
    """A whole register, checked."""

    file: RegisterFile
    matching: Matching
    choices: Choices
    rows: tuple[CheckedRow, ...]
    homes: tuple[CheckedHome, ...]

    def count(self, fate: Fate) -> int:
        """How many rows have this fate."""
        return self._fates[fate]

    @property
    def doubtful(self) -> int:
        """Rows that will be saved with a warning."""
        return sum(1 for one in self.rows if one.fate is Fate.SAVE and one.row.warnings)

    @property
    def new_homes(self) -> int:
        """Households that will be registered."""
        return sum(1 for home in self.homes if home.known is None and home.to_save)

    @property
    def joined_homes(self) -> int:
        """Households on record that somebody joins."""
        return sum(1 for home in self.homes if home.known is not None and home.to_save)

    @property
    def _fates(self) -> Counter[Fate]:
        return Counter(one.fate for one in self.rows)


Steps = Iterator[Progress | Checked]
"""Progress again and again, and at the end the result: each step is short, so that others can work between two."""

"""One row of the arrivals grid between the first key and the record: what it holds and how it is shown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tarahum_desktop.casework.prison.arrival_drafts import KeptRow
from tarahum_desktop.casework.prison.arrival_people import KnownPerson
from tarahum_desktop.casework.prison.arrival_row import ReadArrival, read_arrival, read_name
from tarahum_desktop.casework.prison.arrivals import Arrival
from tarahum_desktop.casework.prison.desk_place import PrisonPlace
from tarahum_desktop.domain.names import NameMatch, compare_names
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note

STATE = "state"
_QUIET = frozenset({"arrival_id_missing", "arrival_name_missing", "arrival_status_missing"})

Step = Literal["typing", "sending", "done"]


@dataclass
class ArrivalRow:
    """A row as the presenter keeps it.

    Attributes:
        cells: as typed; ``reason`` is there when there is no document.
        known: who has the identity number.
        alike: who has the same name.
        same: whom the clerk said it is; ``another`` that it is none of those found.
        said: what the last try to record answered.
    """

    id: str
    place: int
    cells: dict[str, str] = field(default_factory=dict)
    known: KnownPerson | None = None
    alike: tuple[KnownPerson, ...] = ()
    same: KnownPerson | None = None
    another: bool = False
    step: Step = "typing"
    said: Note | None = None
    tried: bool = False
    result: str = ""
    asked_id: str = ""
    asked_name: str = ""
    filled: str = ""

    def drop_filled(self) -> None:
        """Take away a name that was filled for somebody it is not."""
        if self.filled and self.cells.get("name") == self.filled:
            self.cells["name"] = self.filled = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.cells.values())

    @property
    def person(self) -> KnownPerson | None:
        """Who the row is about, as far as is decided."""
        if self.another:
            return None
        if self.same is not None:
            return self.same
        return self.known if self.known is not None and not self.name_differs else None

    @property
    def name_differs(self) -> bool:
        """Whether the number is on record under another name and nobody decided."""
        typed = self.cells.get("name", "")
        if self.known is None or self.same is not None or self.another or not typed.strip():
            return False
        return compare_names(self.known.parts, read_name(typed)) is NameMatch.NO_MATCH

    @property
    def undecided(self) -> KnownPerson | None:
        """Who the clerk should say yes or no to; None when nobody is in question."""
        if self.another or self.same is not None:
            return None
        if self.known is not None:
            return self.known if self.name_differs else None
        return self.alike[0] if self.alike else None

    def must_decide(self) -> bool:
        """Whether the row cannot be handed over before that."""
        found = self.undecided
        return found is not None and (self.name_differs or found.same_birth)

    def read(self, today: date) -> ReadArrival:
        """The row as understood now."""
        return read_arrival(self.cells, today, name_known=self.person is not None)

    def ready(self, today: date) -> bool:
        """Whether it can be handed over without a question."""
        inside = self.person is not None and self.person.inside
        return not self.blank and not self.must_decide() and not inside and not self.read(today).errors

    def kept(self) -> KeptRow:
        """The row as a draft."""
        return KeptRow(uuid.UUID(self.id), self.place, dict(self.cells))

    def arrival(self, place: PrisonPlace) -> Arrival:
        """The row as casework takes it."""
        facility = place.facility
        assert facility is not None
        person = self.person
        return Arrival(
            uuid.UUID(self.id), dict(self.cells), place.scope, facility.code, facility.gender,
            person.person_id if person else None, self.another,
        )  # fmt: skip


def shown(row: ArrivalRow, kit: Kit, today: date, reasons: Mapping[str, str], here: str) -> GridRow:
    """A row for the grid; nobody is told off about the cell they stand in (``here``) or have not come to."""
    notes: dict[str, Note] = {}
    if row.step == "typing" and not row.blank:
        read = row.read(today)
        for column, code in read.errors.items():
            if row.tried or (code not in _QUIET and column != here):
                notes[column] = Note(code_sentence(kit.words, code), "danger")
        for column, code in read.warnings.items():
            if column != here:
                notes[column] = Note(code_sentence(kit.words, code), "attention")
    state = state_note(row, kit)
    cells = dict(row.cells)
    if reason := cells.get("reason"):
        cells["id"] = kit.words.t("No document: {reason}").format(reason=reasons.get(reason, reason))
    if state is not None:
        notes[STATE], cells[STATE] = state, state.sentence
    return GridRow(row.id, cells, notes, row.step == "typing")


def state_note(row: ArrivalRow, kit: Kit) -> Note | None:
    """The few words in the row's last cell."""
    words = kit.words
    if row.step == "done":
        return Note(row.result, "accent")
    if row.step == "sending":
        return Note(words.t("Saving…"), "soft")
    if row.said is not None:
        return Note(words.t("Not saved"), "danger")
    if row.name_differs:
        return Note(words.t("Another name on record"), "danger")
    if row.person is not None:
        if row.person.inside:
            return Note(words.t("Inside already"), "danger")
        return Note(words.t("On record") if row.person.last_release is None else words.t("Returns"), "info")
    if (found := row.undecided) is not None:
        probable = words.t("Probably on record") if found.same_birth else words.t("Same name on record")
        return Note(probable, "attention")
    return None


def sentence_of(row: ArrivalRow, kit: Kit, column: str, note: Note | None) -> Note | None:
    """The whole sentence under the grid for the cell the person stands in."""
    words = kit.words
    if row.said is not None:
        return row.said
    if row.name_differs and row.known is not None:
        sentence = words.t(
            "This number is on record for {name}. F6 the same person, F7 another, F2 opens the file."
        )
        return Note(sentence.format(name=row.known.name), "danger")
    if (person := row.person) is not None:
        return _about(person, kit)
    if (found := row.undecided) is not None:
        sentence = words.t("{name} is on record{file}. F6 the same person, F7 another, F2 opens the file.")
        return Note(sentence.format(name=found.name, file=_file(found, kit)), "attention")
    return note if note is not None and column != STATE else None


def _about(person: KnownPerson, kit: Kit) -> Note:
    words = kit.words
    if person.inside:
        since = kit.formats.date(person.inside_since) if person.inside_since else "–"
        sentence = words.t(
            "{name} is still inside on record since {date}. Record the release or the transfer first."
        )
        return Note(sentence.format(name=person.name, date=since), "danger")
    if person.last_release is not None:
        sentence = words.t(
            "{name} was released on {date}: this is a return, and the case opens again. F2 opens the file."
        )
        return Note(sentence.format(name=person.name, date=kit.formats.date(person.last_release)), "info")
    sentence = words.t("{name} is on record{file}. F2 opens the file.")
    return Note(sentence.format(name=person.name, file=_file(person, kit)), "info")


def _file(person: KnownPerson, kit: Kit) -> str:
    return f" ({kit.formats.code(person.file_number)})" if person.file_number else ""

"""Who leaves, without widgets: one key says how, Enter says today."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tarahum_desktop.casework.prison.leaving import InsideLine, day_code
from tarahum_desktop.domain.dates import DateError
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.short_dates import read_entry_day
from tarahum_desktop.domain.text import clean
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.ports import LeavingPorts
from tarahum_desktop.ui.prison.show_cells import short_day
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.worker import Background

MOVED = "moved"
NOT_NEEDED = "–"
CHANGED = frozenset({"custody_episode", "custody_move"})


class LeavingScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_lines(self, rows: Sequence[GridRow], *, searched: bool) -> None:
        """These people are inside."""

    def show_row(self, row: GridRow) -> None:
        """One row as it is now."""

    def stand(self, row_id: str, key: str) -> None:
        """The keyboard belongs there."""

    def say(self, note: Note | None) -> None:
        """A sentence under the grid."""

    def show_error(self, sentence: str) -> None:
        """The list could not be read."""


@dataclass
class _Leaving:
    line: InsideLine
    cells: dict[str, str] = field(default_factory=dict)
    said: Note | None = None
    done: bool = False


class LeavingPresenter:
    """The list of who leaves soon, or of who was searched for."""

    def __init__(self, ports: LeavingPorts, background: Background, kit: Kit, screen: LeavingScreen) -> None:
        self._ports, self._background, self._kit, self._screen = ports, background, kit, screen
        self._around: Surroundings | None = None
        self._rows: dict[str, _Leaving] = {}
        self.typed = ""

    @property
    def around(self) -> Surroundings:
        """Where the desk stands."""
        assert self._around is not None
        return self._around

    def open(self, around: Surroundings) -> None:
        """Read the list of this facility."""
        self._around = around
        self.search(self.typed)

    def search(self, typed: str) -> None:
        """Look for somebody inside; nothing typed lists who leaves soon."""
        self.typed = clean(typed[:100])
        asked, facility = self.typed, self.around.place.facility
        code = facility.code if facility else ""
        self._background.query(
            lambda: self._ports.find(asked) if asked else self._ports.soon(code),
            self._read, self._failed, replaces="inside",
        )  # fmt: skip

    def edited(self, row_id: str, key: str, text: str) -> None:
        """A cell was written in."""
        row = self._rows[row_id]
        row.cells[key], row.said = text, None
        if key == "how":
            row.cells["to"] = "" if text == MOVED else NOT_NEEDED
        self._show(row)

    def stood(self, row_id: str, key: str) -> None:
        """Say what the keys of a cell mean."""
        row = self._rows.get(row_id)
        if row is not None:
            self._screen.say(row.said or self._hint(row, key))

    def finished(self, row_id: str) -> None:
        """Record how a person left, or say what is missing."""
        row = self._rows[row_id]
        how = row.cells.get("how", "")
        if row.done or not how:
            return
        try:
            day = read_entry_day(row.cells.get("day", ""), self.around.today()).range().last
        except DateError as error:
            row.said = Note(error_sentence(self._kit.words, error), "danger")
            self._show(row)
            self._screen.stand(row_id, "day")
            self._screen.say(row.said)
            return
        stay, to = row.line.episode_id, row.cells.get("to", "")
        if how == MOVED and not to:
            self._screen.stand(row_id, "to")
            return
        code = day_code(day)
        self._background.command(
            (lambda: self._ports.move(stay, to, day)) if how == MOVED else (lambda: self._ports.release(stay, code, how)),
            lambda _summary: self._done(row),
            lambda error: self._refused(row, error),
        )  # fmt: skip

    def person_of(self, row_id: str) -> uuid.UUID | None:
        """Whose row it is."""
        row = self._rows.get(row_id)
        return row.line.person_id if row else None

    def facility_marks(self) -> Mapping[str, str]:
        """A digit for each facility somebody can be moved to."""
        place = self.around.place
        own = place.facility.code if place.facility else ""
        others = [item.code for item in place.choices if item.code != own][:9]
        digits = [(str(at), code) for at, code in enumerate(others, start=1)]
        return dict(digits) | {chr(ord("٠") + int(digit)): code for digit, code in digits}

    def facility_words(self, code: str) -> str:
        """A facility's name in the reader's language."""
        item = next((item for item in self.around.place.choices if item.code == code), None)
        if item is None:
            return code
        return item.name_en if self._kit.words.language == "en" else item.name_ar

    def _read(self, lines: Sequence[InsideLine]) -> None:
        kept = {key: row for key, row in self._rows.items() if row.cells and not row.done}
        self._rows = {str(line.episode_id): kept.get(str(line.episode_id), _Leaving(line)) for line in lines}
        self._screen.show_lines(
            [self._grid_row(row) for row in self._rows.values()], searched=bool(self.typed)
        )

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _done(self, row: _Leaving) -> None:
        row.done = True
        self._show(row)
        self._screen.say(Note(self._kit.words.t("Saved: {name}").format(name=row.line.person_name), "accent"))
        self.around.changed(CHANGED)

    def _refused(self, row: _Leaving, error: TarahumError) -> None:
        row.said = Note(error_sentence(self._kit.words, error), "danger")
        self._show(row)
        self._screen.say(row.said)

    def _show(self, row: _Leaving) -> None:
        self._screen.show_row(self._grid_row(row))

    def _hint(self, row: _Leaving, key: str) -> Note | None:
        if key != "to" or row.cells.get("how") != MOVED:
            return None
        marks = [(digit, code) for digit, code in self.facility_marks().items() if digit.isascii()]
        listed = " · ".join(
            f"{self._kit.formats.number(int(digit))} {self.facility_words(code)}" for digit, code in marks
        )
        return Note(listed, "info")

    def _grid_row(self, row: _Leaving) -> GridRow:
        line = row.line
        days = "" if line.days is None else self._days(line.days)
        shown = {
            "number": line.inmate_number, "name": line.person_name,
            "entry": short_day(self._kit, line.entry_day) if line.entry_day else "", "expected": days, **row.cells,
        }  # fmt: skip
        notes = {"how": row.said} if row.said else {}
        if line.days is not None and line.days < 0 and not row.done:
            notes["expected"] = Note(
                self._kit.words.t("The expected day has passed and no release is recorded."), "attention"
            )
        return GridRow(str(line.episode_id), shown, notes, not row.done)

    def _days(self, days: int) -> str:
        words, number = self._kit.words, self._kit.formats.number(abs(days))
        if days == 0:
            return words.t("Today")
        if days < 0:
            return words.n("{count} day ago", "{count} days ago", -days).format(count=number)
        return words.n("in {count} day", "in {count} days", days).format(count=number)

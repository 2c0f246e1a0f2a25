"""The arrivals grid without widgets: rows are looked up while they are typed and handed over one by one."""

import itertools
import uuid
from collections.abc import Iterator

from tarahum_desktop.casework.prison.arrival_drafts import KeptArrivals
from tarahum_desktop.casework.prison.arrival_row import NO_ID_REASONS
from tarahum_desktop.casework.prison.arrivals import ArrivalNotReady, Recorded
from tarahum_desktop.casework.prison.name_hints import NameHints
from tarahum_desktop.casework.prison.pasted import PasteRefused, read_block
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrival_lookups import ArrivalLookups
from tarahum_desktop.ui.prison.arrival_rows import ArrivalRow, sentence_of, shown
from tarahum_desktop.ui.prison.arrivals_screen import ArrivalsScreen, Surroundings
from tarahum_desktop.ui.prison.ports import ArrivalPorts
from tarahum_desktop.ui.widgets.entry_grid_model import GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.worker import Background

CHANGED = frozenset({"custody_episode", "person", "case_file"})


class ArrivalsPresenter:
    """Call ``open`` once the facility is known."""

    def __init__(self, ports: ArrivalPorts, background: Background, kit: Kit, screen: ArrivalsScreen) -> None:
        self._ports, self._background, self._kit, self._screen = ports, background, kit, screen
        self.rows: dict[str, ArrivalRow] = {}
        self.hints = NameHints(((), (), ()))
        self.saved = 0
        self._lookups = ArrivalLookups(ports, background, self._looked, self._failed)
        self._around: Surroundings | None = None
        self._draft: uuid.UUID | None = None
        self._dirty: set[str] = set()
        self._places: Iterator[int] = itertools.count(1)
        self._here = ("", "")

    @property
    def around(self) -> Surroundings:
        """Where the desk stands."""
        assert self._around is not None
        return self._around

    def open(self, around: Surroundings) -> None:
        """Read what was left unfinished at this facility."""
        facility = around.place.facility
        assert facility is not None
        self._around = around
        code = facility.code
        self._background.query(lambda: self._ports.kept(code), self._opened, self._failed, replaces="kept")
        self._background.query(self._ports.hints, self._hinted, lambda _error: None, replaces="hints")

    def edited(self, row_id: str, key: str, text: str) -> None:
        """A cell was written in."""
        row = self.rows[row_id]
        if row.step != "typing":
            return
        if key == "id" and row.cells.pop("reason", ""):
            text = "".join(char for char in text if char.isdigit())
        row.cells[key] = text
        row.said = None
        self._dirty.add(row_id)
        if key == "id":
            self._lookups.by_number(row)
        elif key in {"name", "birth"}:
            self._lookups.by_name(row, self.around.today())
        self._show(row)

    def stood(self, row_id: str, key: str) -> None:
        """Another cell is current: what was typed before is kept."""
        before, self._here = self._here, (row_id, key)
        if before[0] in self.rows:
            self._show(self.rows[before[0]])
        self.keep()
        self._say()
        self._count()

    def finished(self, row_id: str) -> None:
        """Hand a row over, or stand where it still needs something."""
        row = self.rows.get(row_id)
        if row is None or row.step != "typing":
            self._go_to_blank()
            return
        if row.blank:
            return
        row.tried = True
        read = row.read(self.around.today())
        person = row.person
        if read.errors:
            self._show(row)
            self._screen.stand(row_id, next(iter(read.errors)))
        elif row.must_decide() or (person is not None and person.inside):
            self._show(row)
        else:
            self._send(row)
            self._go_to_blank()
        self._say()

    def rest_of_name(self, typed: str) -> str:
        """What is left to write of a common name."""
        return self.hints.rest(typed)

    def record_ready(self) -> None:
        """Hand over every row that leaves no question, such as those pasted."""
        today = self.around.today()
        ready = [row for row in self.rows.values() if row.step == "typing" and row.ready(today)]
        for row in ready:
            self._send(row)
        self._go_to_blank()

    def same(self) -> None:
        """The current row is about the person found."""
        row = self._current()
        if row is not None and (found := row.undecided or row.known) is not None:
            row.same, row.another = found, False
            if not row.cells.get("name"):
                row.cells["name"] = found.name
            self._decided(row)

    def different(self) -> None:
        """The current row is about somebody else than whom was found."""
        row = self._current()
        if row is not None and (row.known or row.alike):
            row.same, row.another = None, True
            row.drop_filled()
            self._decided(row)

    def no_document(self) -> None:
        """There is no document; each press names the next reason."""
        row = self._current()
        if row is None:
            return
        reasons = (*NO_ID_REASONS, "")
        now = row.cells.get("reason", "")
        row.cells["reason"] = (
            reasons[(reasons.index(now) + 1) % len(reasons)] if now in reasons else reasons[0]
        )
        row.cells["id"], row.known, row.said = "", None, None
        self._dirty.add(row.id)
        self._show(row)

    def open_file(self) -> None:
        """Open the file of whom the row is about."""
        row = self._current() or self.rows.get(self._here[0])
        found = (row.person or row.undecided or row.same) if row else None
        if found is not None and found.household_id is not None:
            self.around.open_file(str(found.household_id))

    def pasted(self, text: str) -> None:
        """Put a copied block in as rows to be confirmed."""
        try:
            block = read_block(text)
        except PasteRefused as error:
            self._screen.say(Note(error_sentence(self._kit.words, error), "danger"))
            return
        for row in [row for row in self.rows.values() if row.blank]:
            self._forget(row.id)
        made = [ArrivalRow(str(new_id()), next(self._places), dict(cells)) for cells in block.rows]
        self.rows |= {row.id: row for row in made}
        self._dirty |= {row.id for row in made}
        self._screen.add_rows([self._grid_row(row) for row in made])
        self._add_blank()
        self._screen.stand(made[0].id)
        self.keep()
        self._lookups.by_numbers(made, self.around.today())
        words = self._kit.words
        told = words.n(
            "{count} row was pasted. Ctrl+S records what is ready.",
            "{count} rows were pasted. Ctrl+S records what is ready.",
            len(made),
        )
        self._screen.say(Note(told.format(count=self._kit.formats.number(len(made))), "info"))

    def dropped(self, row_id: str) -> None:
        """Take a row out that was not recorded."""
        row = self.rows.get(row_id)
        if row is None or row.step != "typing":
            return
        self._forget(row_id)
        if draft := self._draft:
            self._background.command(
                lambda: self._ports.discard(draft, [row_id]), lambda _none: None, self._failed
            )
        self._go_to_blank()

    def keep(self) -> None:
        """Keep what was typed; called by each pause and each step to another cell."""
        draft = self._draft
        rows = [
            self.rows[key].kept()
            for key in self._dirty
            if key in self.rows and self.rows[key].step == "typing"
        ]
        if draft is None or not rows:
            return
        self._dirty.clear()
        self._background.command(lambda: self._ports.keep(draft, rows), lambda _none: None, self._failed)

    def _opened(self, kept: KeptArrivals) -> None:
        self._draft = kept.draft_id
        self.rows = {
            str(row.row_id): ArrivalRow(str(row.row_id), row.place, dict(row.cells)) for row in kept.rows
        }
        self._places = itertools.count(max((row.place for row in kept.rows), default=0) + 1)
        self._screen.show_rows([self._grid_row(row) for row in self.rows.values()])
        for row in self.rows.values():
            self._lookups.by_number(row)
        self._add_blank()
        self._screen.stand(next(iter(self.rows)))
        self._count()

    def _hinted(self, hints: NameHints) -> None:
        self.hints = hints

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _looked(self, row: ArrivalRow) -> None:
        """A look-up answered."""
        self._dirty.add(row.id)
        self._show(row)
        self._say()

    def _decided(self, row: ArrivalRow) -> None:
        row.said = None
        self._looked(row)

    def _send(self, row: ArrivalRow) -> None:
        draft, arrival = self._draft, row.arrival(self.around.place)
        assert draft is not None
        row.step = "sending"
        self._show(row)
        self._background.command(
            lambda: self._ports.record(arrival, draft),
            lambda done: self._recorded(row, done),
            lambda error: self._refused(row, error),
        )

    def _recorded(self, row: ArrivalRow, done: Recorded) -> None:
        words = self._kit.words
        row.step = "done"
        row.cells["entry"] = row.cells.get("entry") or self.around.today().isoformat()
        row.result = words.t("Saved: a return") if done.returned else words.t("Saved")
        if done.temporary_key:
            row.result = words.t("Saved: {key}").format(key=self._kit.formats.code(done.temporary_key))
        self.saved += 1
        self._show(row)
        self._count()
        self.around.changed(CHANGED)

    def _refused(self, row: ArrivalRow, error: TarahumError) -> None:
        """The row stays with everything typed; a column that is wrong is marked."""
        row.step, row.tried = "typing", True
        told = Note(error_sentence(self._kit.words, error), "danger")
        row.said = None if isinstance(error, ArrivalNotReady) else told
        self._dirty.add(row.id)
        self._show(row)
        self._screen.say(row.said)

    def _current(self) -> ArrivalRow | None:
        row = self.rows.get(self._here[0])
        return row if row is not None and row.step == "typing" else None

    def _grid_row(self, row: ArrivalRow) -> GridRow:
        here = self._here[1] if self._here[0] == row.id else ""
        return shown(row, self._kit, self.around.today(), self.around.reasons, here)

    def _show(self, row: ArrivalRow) -> None:
        self._screen.show_row(self._grid_row(row))

    def _say(self) -> None:
        row = self.rows.get(self._here[0])
        if row is not None:
            note = self._grid_row(row).notes.get(self._here[1])
            self._screen.say(sentence_of(row, self._kit, self._here[1], note))

    def _count(self) -> None:
        waiting = sum(row.step == "typing" and not row.blank for row in self.rows.values())
        self._screen.show_counts(self.saved, waiting)

    def _go_to_blank(self) -> None:
        blank = next(
            (row for row in reversed(self.rows.values()) if row.blank and row.step == "typing"), None
        )
        self._screen.stand(blank.id if blank else self._add_blank())

    def _add_blank(self) -> str:
        row = ArrivalRow(str(new_id()), next(self._places))
        self.rows[row.id] = row
        self._screen.add_rows([self._grid_row(row)])
        return row.id

    def _forget(self, row_id: str) -> None:
        del self.rows[row_id]
        self._dirty.discard(row_id)
        self._screen.drop_row(row_id)

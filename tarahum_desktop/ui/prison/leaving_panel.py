"""Releases and transfers: a list where one key and Enter record how somebody left."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.prison.leaving import RELEASE_TYPES
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.leaving_presenter import MOVED, NOT_NEEDED, LeavingPresenter
from tarahum_desktop.ui.prison.ports import LeavingPorts
from tarahum_desktop.ui.prison.show_cells import entry_day
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.entry_grid import EntryGrid
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.worker import Background


class LeavingPanel(QWidget):
    """A search line, the grid, and what the keys mean."""

    def __init__(self, kit: Kit, ports: LeavingPorts, background: Background) -> None:
        super().__init__()
        self.kit = kit
        self.presenter = LeavingPresenter(ports, background, kit, self)
        self.line = LineField(
            kit, placeholder=kit.words.t("Find somebody inside: name, identity or inmate number")
        )
        self.line.edit.textChanged.connect(self._search)
        self.grid = EntryGrid(kit, [], kit.words.t("Releases and transfers"))
        self.words = Banner(kit)
        self.legend = label("", size="caption", tone="soft", wraps=True)
        self._types: Mapping[str, str] = {}
        self._ready = False
        self._arriving = False
        self._lay_out()
        self.grid.edited.connect(self.presenter.edited)
        self.grid.stood.connect(self.presenter.stood)
        self.grid.finished.connect(self.presenter.finished)
        self.line.edit.returnPressed.connect(self.take_focus)

    def open(self, around: Surroundings, release_types: Mapping[str, str]) -> None:
        """Show who leaves soon."""
        self._types, self._ready, self._arriving = release_types, True, True
        self.panel.show_loading()
        self.presenter.open(around)
        self.grid.set_columns(self._columns())
        number = self.kit.formats.number
        keys = [f"{number(at)} {self._how(code)}" for at, code in enumerate(RELEASE_TYPES, start=1)]
        self.legend.setText(" · ".join([*keys, f"{number(len(RELEASE_TYPES) + 1)} {self._how(MOVED)}"]))

    def take_focus(self) -> None:
        """Stand in the list, or in the line above an empty one."""
        if self.grid.grid.rows and self.panel.state == "content":
            self.grid.take_focus()
        else:
            self.line.edit.setFocus()

    def stand_in_search(self) -> None:
        """Stand in the line above the list."""
        self.line.edit.setFocus()
        self.line.edit.selectAll()

    def show_lines(self, rows: Sequence[GridRow], *, searched: bool) -> None:
        """These people are inside."""
        self.grid.set_rows(rows)
        words = self.kit.words
        arrived, self._arriving = self._arriving, False
        if rows:
            self.panel.show_content()
            if arrived and self.isVisible():
                self.take_focus()
        elif searched:
            self.panel.show_empty(
                words.t("Nobody inside fits"),
                words.t("Check the spelling, or record the arrival first."),
                icon="search",
            )
        else:
            self.panel.show_empty(
                words.t("Nobody is expected to leave soon"),
                words.t("Who leaves earlier is found by the line above."),
                icon="release",
            )

    def show_row(self, row: GridRow) -> None:
        """One row as it is now."""
        self.grid.show_row(row)

    def stand(self, row_id: str, key: str) -> None:
        """The keyboard belongs there."""
        self.grid.stand(row_id, key)

    def say(self, note: Note | None) -> None:
        """A sentence under the grid."""
        if note is None:
            self.words.clear()
        else:
            self.words.say(note.sentence, note.tone)

    def show_error(self, sentence: str) -> None:
        """The list could not be read."""
        self.panel.show_error(sentence, lambda: self.presenter.search(self.presenter.typed))

    def _search(self, typed: str) -> None:
        if self._ready:
            self.presenter.search(typed)

    def _how(self, code: str) -> str:
        if code == MOVED:
            return self.kit.words.t("Transfer to another facility")
        return self._types.get(code, code)

    def _columns(self) -> list[GridColumn]:
        words, presenter = self.kit.words, self.presenter
        marks = {str(at): code for at, code in enumerate(RELEASE_TYPES, start=1)} | {
            str(len(RELEASE_TYPES) + 1): MOVED
        }
        marks |= {chr(ord("٠") + int(digit)): code for digit, code in marks.items()}
        return [
            GridColumn("number", words.t("Inmate number"), 4, writable=False, code=True),
            GridColumn("name", words.t("Name"), 8, writable=False),
            GridColumn("entry", words.t("Entry"), 7, writable=False),
            GridColumn("expected", words.t("Expected release"), 4, writable=False),
            GridColumn("how", words.t("How"), 5, marks=marks, show=self._how),
            GridColumn("day", words.t("Day"), 5, hint=words.t("Today"), limit=40,
                       show=lambda text: entry_day(self.kit, text, presenter.around.today())),
            GridColumn("to", words.t("To facility"), 5, marks=presenter.facility_marks(),
                       show=lambda text: NOT_NEEDED if text == NOT_NEEDED else presenter.facility_words(text)),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        sizes = self.kit.look.sizes
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_2)
        down.addWidget(self.grid, 1)
        down.addWidget(self.words)
        down.addWidget(self.legend)
        self.panel = StatePanel(self.kit, content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_3)
        box.addWidget(self.line)
        box.addWidget(self.panel, 1)

"""The arrivals of the day, typed or pasted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.i18n.digits import shown_digits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrival_rows import STATE
from tarahum_desktop.ui.prison.arrivals_presenter import ArrivalsPresenter
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.ports import ArrivalPorts
from tarahum_desktop.ui.prison.show_cells import entry_day, status_words
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.entry_grid import EntryGrid
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.worker import Background

KEEP_AFTER_MILLISECONDS = 300
STATUS_MARKS = {
    "1": "detained", "١": "detained", "و": "detained", "d": "detained",
    "2": "convicted", "٢": "convicted", "ح": "convicted", "c": "convicted",
}  # fmt: skip


class ArrivalsPanel(QWidget):
    """The grid with one line of words below it."""

    def __init__(self, kit: Kit, ports: ArrivalPorts, background: Background) -> None:
        super().__init__()
        self.kit = kit
        self.presenter = ArrivalsPresenter(ports, background, kit, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER_MILLISECONDS)
        self._pause.timeout.connect(self.presenter.keep)
        self._statuses: Mapping[str, str] = {}
        self.grid = EntryGrid(kit, self._columns(), kit.words.t("Arrivals"))
        self.line = Banner(kit)
        self.counts = label("", tone="soft")
        self._lay_out()
        self.grid.edited.connect(self._edited)
        self.grid.finished.connect(self.presenter.finished)
        self.grid.stood.connect(self.presenter.stood)
        self.grid.block.connect(self.presenter.pasted)
        self.grid.dropped.connect(self.presenter.dropped)

    def open(self, around: Surroundings, statuses: Mapping[str, str]) -> None:
        """Show the rows of this desk."""
        self._statuses = statuses
        self.panel.show_loading(self.kit.words.t("What you left unfinished is being read…"))
        self.presenter.open(around)

    def take_focus(self) -> None:
        """Stand in the grid."""
        self.grid.take_focus()

    def leave(self) -> None:
        """Keep what was typed last."""
        self._pause.stop()
        self.presenter.keep()

    def show_rows(self, rows: Sequence[GridRow]) -> None:
        """All rows anew."""
        self.panel.show_content()
        self.grid.set_rows(rows)

    def add_rows(self, rows: Sequence[GridRow]) -> None:
        """Rows at the end."""
        self.grid.grid.append(rows)

    def show_row(self, row: GridRow) -> None:
        """One row as it is now."""
        self.grid.show_row(row)

    def drop_row(self, row_id: str) -> None:
        """A row went."""
        self.grid.grid.remove(row_id)

    def stand(self, row_id: str, key: str = "") -> None:
        """The keyboard belongs there."""
        self.grid.stand(row_id, key)

    def say(self, note: Note | None) -> None:
        """A sentence under the grid."""
        if note is None:
            self.line.clear()
        else:
            self.line.say(note.sentence, note.tone)

    def show_counts(self, saved: int, open_rows: int) -> None:
        """How many rows were recorded, and how many wait."""
        words, number = self.kit.words, self.kit.formats.number
        done = words.n("{count} row recorded", "{count} rows recorded", saved).format(count=number(saved))
        left = words.n("{count} row unfinished", "{count} rows unfinished", open_rows).format(
            count=number(open_rows)
        )
        self.counts.setText(f"{done} · {left}")

    def show_error(self, sentence: str) -> None:
        """Something could not be read or kept; what was typed stays in the grid."""
        if self.presenter.rows:
            self.line.say(sentence, "danger")
        else:
            self.panel.show_error(sentence, lambda: self.presenter.open(self.presenter.around))

    def _edited(self, row_id: str, key: str, text: str) -> None:
        self.presenter.edited(row_id, key, text)
        self._pause.start()

    def _columns(self) -> list[GridColumn]:
        words = self.kit.words
        return [
            GridColumn("id", words.t("Identity number"), 5, code=True, limit=40),
            GridColumn("name", words.t("Full name"), 7, rest=self.presenter.rest_of_name),
            GridColumn("entry", words.t("Entry"), 5, hint=words.t("Today"), by_tab=True, limit=40,
                       show=lambda text: entry_day(self.kit, text, self.presenter.around.today())),
            GridColumn("status", words.t("Status"), 6, marks=STATUS_MARKS,
                       hint=shown_digits(words.t("1 detained · 2 convicted"), self.kit.formats.digits),
                       show=lambda text: status_words(text, self._statuses)),
            GridColumn("number", words.t("Inmate number"), 3, code=True, limit=40),
            GridColumn("birth", words.t("Birth"), 3, by_tab=True, limit=40),
            GridColumn(STATE, words.t("Remark"), 6, writable=False),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        sizes, words = self.kit.look.sizes, self.kit.words
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_2)
        down.addWidget(self.grid, 1)
        down.addWidget(self.line)
        below = QHBoxLayout()
        below.addWidget(
            label(
                words.t(
                    "Enter goes on · Tab stops at every cell · Ctrl+V pastes rows of a sheet · F8 no document"
                ),
                size="caption",
                tone="soft",
                wraps=True,
            ),
            1,
        )
        below.addWidget(self.counts)
        down.addLayout(below)
        self.panel = StatePanel(self.kit, content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)

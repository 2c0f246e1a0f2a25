"""The requests: a row for a new one above the list of those that wait."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.prison.requests import ANSWERED, IN_HAND, REFUSED
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.arrivals_screen import Surroundings
from tarahum_desktop.ui.prison.ports import RequestPorts
from tarahum_desktop.ui.prison.requests_presenter import KIND_WORDS, STATE_WORDS, RequestsPresenter
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.entry_grid import EntryGrid
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridRow
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.worker import Background

_VERDICTS = {"1": ANSWERED, "2": REFUSED, "3": IN_HAND, "١": ANSWERED, "٢": REFUSED, "٣": IN_HAND}


class RequestsPanel(QWidget):
    """Two grids, one keyboard."""

    def __init__(self, kit: Kit, ports: RequestPorts, background: Background) -> None:
        super().__init__()
        self.kit = kit
        self._arriving = False
        words = kit.words
        self._kinds = {code: words.t(text) for code, text in KIND_WORDS}
        self._states = {code: words.t(text) for code, text in STATE_WORDS}
        self.presenter = RequestsPresenter(ports, background, kit, self)
        self.new = EntryGrid(kit, self._new_columns(), words.t("A new request"))
        self.new.setFixedHeight(2 * kit.look.sizes.row_height + kit.look.px(6))
        self.grid = EntryGrid(kit, self._columns(), words.t("Requests"))
        self.words = Banner(kit)
        self._lay_out()
        self.new.edited.connect(self.presenter.new_edited)
        self.new.finished.connect(self.presenter.new_finished)
        self.grid.edited.connect(self.presenter.edited)
        self.grid.finished.connect(self.presenter.finished)

    def open(self, around: Surroundings) -> None:
        """Show what waits."""
        self.panel.show_loading()
        self._arriving = True
        self.presenter.open(around)

    def take_focus(self) -> None:
        """Stand in the first waiting request, else in the new one."""
        (self.grid if self.grid.grid.rows and self.panel.state == "content" else self.new).take_focus()

    def write_new(self) -> None:
        """Stand in the new request."""
        self.new.take_focus()

    def show_new(self, row: GridRow, *, fresh: bool) -> None:
        """The row of a new request."""
        if fresh or not self.new.grid.rows:
            stands = self.new.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self.new.set_rows([row])
            if stands:
                self.new.stand(row.id)
        else:
            self.new.show_row(row)

    def show_lines(self, rows: Sequence[GridRow], *, settled: bool) -> None:
        """These requests wait, or were settled."""
        words = self.kit.words
        self.title.setText(
            words.t("Settled in the last year") if settled else words.t("Waiting, the oldest first")
        )
        self.grid.set_rows(rows)
        arrived, self._arriving = self._arriving, False
        if rows:
            self.panel.show_content()
            if arrived and self.isVisible():
                self.take_focus()
        elif settled:
            self.panel.show_empty(words.t("No request was settled yet"), words.t("F9 shows those that wait."))
        else:
            self.panel.show_empty(
                words.t("No request waits"), words.t("A new one is written in the row above.")
            )

    def show_line(self, row: GridRow) -> None:
        """One request as it is now."""
        self.grid.show_row(row)

    def say(self, note: Note | None) -> None:
        """A sentence under the lists."""
        if note is None:
            self.words.clear()
        else:
            self.words.say(note.sentence, note.tone)

    def show_error(self, sentence: str) -> None:
        """The list could not be read."""
        self.panel.show_error(sentence, self.presenter.read)

    def _new_columns(self) -> list[GridColumn]:
        words = self.kit.words
        marks = {str(at): code for at, (code, _) in enumerate(KIND_WORDS, start=1)}
        marks |= {chr(ord("٠") + int(digit)): code for digit, code in marks.items()}
        number = self.kit.formats.number
        hint = " · ".join(
            f"{number(at)} {self._kinds[code]}" for at, (code, _) in enumerate(KIND_WORDS, start=1)
        )
        return [
            GridColumn("number", words.t("Inmate or identity number"), 3, code=True, limit=20),
            GridColumn("name", words.t("Name"), 5, writable=False),
            GridColumn("kind", words.t("Asks for"), 7, marks=marks, show=lambda code: self._kinds.get(code, code), hint=hint),
            GridColumn("wording", words.t("In the prisoner's words"), 6, limit=400),
        ]  # fmt: skip

    def _columns(self) -> list[GridColumn]:
        words = self.kit.words
        return [
            GridColumn("age", words.t("Waits"), 3, writable=False),
            GridColumn("name", words.t("Name"), 8, writable=False),
            GridColumn("kind", words.t("Asks for"), 5, writable=False, show=lambda code: self._kinds.get(code, code)),
            GridColumn("wording", words.t("In the prisoner's words"), 7, writable=False),
            GridColumn("answer", words.t("Answer, or why not"), 4, limit=400),
            GridColumn("verdict", words.t("Verdict"), 3, marks=_VERDICTS, show=lambda code: self._states.get(code, code)),
            GridColumn("by", words.t("In whose hands"), 4, writable=False),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        sizes, words, number = self.kit.look.sizes, self.kit.words, self.kit.formats.number
        self.panel = StatePanel(self.kit, self.grid)
        self.title = label("", size="strong")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(sizes.space_2)
        box.addWidget(label(words.t("A new request"), size="strong"))
        box.addWidget(self.new)
        box.addWidget(self.words)
        box.addWidget(self.title)
        box.addWidget(self.panel, 1)
        box.addWidget(
            label(
                words.t(
                    "Verdict: {answered} answered, {refused} refused, {in_hand} in hand · Ctrl+N a new one · F9 settled ones · F2 the family"
                ).format(answered=number(1), refused=number(2), in_hand=number(3)),
                size="caption",
                tone="soft",
            )
        )

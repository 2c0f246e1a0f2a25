"""The beginning: what to do, an import that was cut short, and the imports made before."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.imports.runs import ImportLine
from tarahum_desktop.casework.imports.undo import KeptFamily
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.imports.ports import ImportBoard
from tarahum_desktop.ui.imports.presenter import ImportPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import Navigate
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

_MOST_KEPT_SHOWN = 6


class StartPanel(QWidget):
    """One button that begins, and below it what was done."""

    def __init__(self, kit: Kit, presenter: ImportPresenter, navigate: Navigate) -> None:
        super().__init__()
        self.kit, self._presenter, self._navigate = kit, presenter, navigate
        self.setProperty("paper", "clear")
        t = kit.words.t
        self.choose = button(kit, t("Choose a file"), presenter.choose, role="primary", icon="file")
        self.table = self._table()
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.states = StatePanel(kit, self.table)
        self.states.setMinimumHeight(kit.look.px(140))
        self.waiting = Card(kit, t("An import was cut short"), icon="warning")
        self._waits = label("", wraps=True)
        self.kept = Card(kit, t("These families stay"), icon="info")
        self._kept_table = self._families()
        self._asked: ImportLine | None = None
        self._question = label("", wraps=True)
        self._lay_out()
        self.states.show_loading()

    def show_board(self, board: ImportBoard) -> None:
        """Show where things stand."""
        t, number = self.kit.words.t, self.kit.formats.number
        self.waiting.setVisible(board.waiting is not None)
        if board.waiting is not None:
            title, at = board.waiting
            told = t("“{file}”: {done} of {total} rows are saved. Nothing is saved twice when it goes on.")
            self._waits.setText(
                told.format(file=isolate(title), done=number(at.done), total=number(at.total))
            )
        self.choose.setEnabled(board.waiting is None and bool(board.scopes))
        self._ask(None)
        self.table.set_rows(board.lines)
        self._undo_line.setVisible(bool(board.lines))
        self.undo_button.setEnabled(self.can_undo())
        if board.lines:
            self.states.show_content()
        elif board.scopes:
            self.states.show_empty(
                t("No register was imported yet"), t("What you import is listed here and can be undone as a whole."),
                icon="inbox",
            )  # fmt: skip
        else:
            self.states.show_empty(
                t("You may not import registers"),
                t("The office administrator of the committee may."),
                icon="lock",
            )

    def show_kept(self, kept: tuple[KeptFamily, ...]) -> None:
        """List the families that an undoing left."""
        self.kept.setVisible(bool(kept))
        self._kept_table.set_rows(kept)
        rows = min(len(kept), _MOST_KEPT_SHOWN) + 1
        self._kept_table.setFixedHeight((rows + 1) * self.kit.look.sizes.row_height)

    def ask_undo(self) -> None:
        """Ask once, saying what is lost."""
        line = self.table.current_row()
        if line is not None and self.can_undo():
            self._ask(line)

    def can_undo(self) -> bool:
        """Whether the import stood on was made here and still stands."""
        line = self.table.current_row()
        return line is not None and line.here and line.undone_at is None

    def _ask(self, line: ImportLine | None) -> None:
        self._asked = line
        self._confirm.setVisible(line is not None)
        if line is not None:
            told = self.kit.words.t(
                "All rows of “{file}” are set aside. Families on which work has gone on stay, and are listed."
            )
            self._question.setText(told.format(file=isolate(line.title)))

    def _undo(self) -> None:
        line, self._asked = self._asked, None
        self._confirm.setVisible(False)
        if line is not None:
            self._presenter.undo(line)

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        first = Card(kit, t("Bring in an existing register"), icon="inbox")
        about = t(
            "Choose an XLSX or CSV file: one row a person, or one row a family. Its columns are matched, every row is "
            "checked and compared with who is on record, and nothing is saved before you say so."
        )
        first.add(label(about, tone="soft", wraps=True))
        line = Reflow(kit, 300)
        line.add(self.choose)
        line.row.addStretch(1)
        first.add(line)
        self.waiting.add(self._waits)
        going = Reflow(kit, 400)
        going.add(button(kit, t("Continue the import"), self._presenter.go_on, role="primary", icon="next"))
        going.add(button(kit, t("End it here"), self._presenter.stop, role="quiet"))
        going.row.addStretch(1)
        self.waiting.add(going)
        done = Card(kit, t("Imports made"), icon="clock")
        done.add(self.states, 1)
        self._confirm = Reflow(kit, 500)
        self._confirm.add(self._question, 1)
        self._confirm.add(button(kit, t("Undo it"), self._undo, role="danger", icon="undo"))
        self._confirm.add(button(kit, t("Keep the import"), lambda: self._ask(None), role="quiet"))
        done.add(self._confirm)
        self._undo_line = Reflow(kit, 300)
        self.undo_button = button(kit, t("Undo this import"), self.ask_undo, icon="undo")
        self._undo_line.add(self.undo_button)
        self._undo_line.hide()
        self._undo_line.row.addStretch(1)
        done.add(self._undo_line)
        self.kept.add(self._kept_table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        for widget in (first, self.waiting, self.kept):
            box.addWidget(widget)
        box.addWidget(done, 1)
        self.waiting.hide()
        self.kept.hide()
        self._confirm.hide()
        self.table.moved.connect(lambda _row: self._stood())

    def _stood(self) -> None:
        self._ask(None)
        self.undo_button.setEnabled(self.can_undo())

    def _table(self) -> DataTable:
        t, formats = self.kit.words.t, self.kit.formats
        return DataTable(
            self.kit,
            [
                Column[ImportLine](t("File"), lambda one: one.title, 5),
                Column[ImportLine](t("Imported"), lambda one: formats.date(one.made_at.date()), 6),
                Column[ImportLine](t("By"), self._author, 3),
                Column[ImportLine](t("Rows"), lambda one: formats.number(one.rows), 2),
                Column[ImportLine](t("Saved"), lambda one: formats.number(one.accepted), 2),
                Column[ImportLine](t("State"), self._state, 4, self._tone),
            ],
            t("Imports made"),
        )

    def _families(self) -> DataTable:
        t, formats = self.kit.words.t, self.kit.formats
        table = DataTable(
            self.kit,
            [
                Column[KeptFamily](t("File number"), lambda one: formats.code(one.file_number), 3),
                Column[KeptFamily](t("Head"), lambda one: one.head_name or "—", 5),
                Column[KeptFamily](t("Why"), self._why, 6),
            ],
            t("These families stay"),
        )
        table.opened.connect(lambda one: self._navigate("family", {"household": str(one.household_id)}))
        return table

    def _why(self, one: KeptFamily) -> str:
        t = self.kit.words.t
        return t("Its data was changed since") if one.edited else t("Work was recorded for it since")

    def _author(self, one: ImportLine) -> str:
        return (one.made_by_ar if self.kit.words.language == "ar" else one.made_by_en) or "—"

    def _state(self, one: ImportLine) -> str:
        t = self.kit.words.t
        if one.undone_at is not None:
            return t("Undone")
        return t("Kept") if one.here else t("Kept; made on another machine")

    def _tone(self, one: Any) -> Tone:
        return "soft" if one.undone_at is not None else "text"

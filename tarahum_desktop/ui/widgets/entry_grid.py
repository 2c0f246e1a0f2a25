"""A grid that is filled by keyboard alone: Enter goes on to what is still needed, a row that is whole is handed over.

Used wherever many short rows are typed one after another: arrivals, attendance, releases, requests, previews.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.entry_grid_editor import CellDelegate, CellEdit
from tarahum_desktop.ui.widgets.entry_grid_model import GridColumn, GridModel, GridRow
from tarahum_desktop.ui.widgets.shared_width import share_width

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_STEPS: Mapping[int, int] = MappingProxyType({Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1})
LONGEST_BLOCK = 2_100_000


class EntryGrid(QTableView):
    """Cells are written with each key; the owner answers ``edited`` and shows rows as they then are.

    Keys: Enter goes to the next cell of the row that is empty, and past the last of them tells ``finished``; Tab goes
    cell by cell; up and down walk; the forward arrow takes an offered word; Ctrl+V hands over a copied block;
    Ctrl+Delete asks to take the row out. A column with marks takes one key a cell.

    Args:
        kit: words and look.
        columns: as data.
        name: for screen readers.
        downwards: after a mark, and on Enter, the next row rather than the next cell (attendance).

    Signals:
        edited(row id, column key, text): a cell was written in.
        finished(row id): Enter in a row that has nothing more to ask for.
        stood(row id, column key): another cell is current.
        block(text): several cells were pasted.
        dropped(row id): the row shall go.
    """

    edited = Signal(str, str, str)
    finished = Signal(str)
    stood = Signal(str, str)
    block = Signal(str)
    dropped = Signal(str)

    def __init__(
        self,
        kit: Kit,
        columns: Sequence[GridColumn],
        name: str,
        *,
        downwards: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kit, self._downwards = kit, downwards
        self._writing = False
        self._resetting = False
        self.grid = GridModel(kit, columns)
        self.setModel(self.grid)
        self.setItemDelegate(CellDelegate(kit, self._typed, self.take_key, self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.look.sizes.row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(kit.look.px(44))
        self.clicked.connect(lambda _index: self._open_editor())
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._tell_place())

    def set_columns(self, columns: Sequence[GridColumn]) -> None:
        """Show other columns, such as one session more."""
        row_id, key = self.standing()
        self._resetting = True
        self.grid.set_columns(columns)
        self._share_width()
        self._stand_again(row_id, key)

    def set_rows(self, rows: Sequence[GridRow]) -> None:
        """Show these rows instead; who stood in one of them stays there."""
        row_id, key = self.standing()
        self._resetting = True
        self.grid.set_rows(rows)
        self._stand_again(row_id, key)

    def take_focus(self) -> None:
        """Have the keyboard, in the cell that was current or the first to write in."""
        if not self.currentIndex().isValid() and self.grid.rows:
            self.stand(self.grid.rows[0].id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open_editor()

    def show_row(self, row: GridRow) -> None:
        """Show a row as it is now; a cell filled by the answer is passed by if nothing was typed in it."""
        at, here = self.grid.place_of(row.id), self.currentIndex()
        filled = (
            not self._writing
            and here.isValid()
            and here.row() == at
            and not self.grid.text(at, here.column())
            and bool(row.cells.get(self.grid.columns[here.column()].key))
        )
        self.grid.replace_row(row)
        if here.isValid() and here.row() == at:
            if not row.open:
                self._close_editor()
            elif filled:
                self.go_on()

    def standing(self) -> tuple[str, str]:
        """Row id and column key of the current cell; empty for none."""
        here = self.currentIndex()
        if not here.isValid() or here.row() >= len(self.grid.rows):
            return "", ""
        return self.grid.rows[here.row()].id, self.grid.columns[here.column()].key

    def stand(self, row_id: str, key: str = "") -> None:
        """Make a cell current; without a key the first that can be written in."""
        at = self.grid.place_of(row_id)
        column = self.grid.column_at(key) if key else self._next_writable(-1, 1)
        if at >= 0 and column >= 0:
            self._go(at, column)

    def go_on(self) -> None:
        """Go to the next cell of the row that needs something, or hand the row over."""
        here = self.currentIndex()
        row = self.grid.rows[here.row()]
        for at in range(here.column() + 1, len(self.grid.columns)):
            column = self.grid.columns[at]
            if column.writable and not column.by_tab and not row.cells.get(column.key):
                self._go(here.row(), at)
                return
        self.finished.emit(row.id)

    def take_key(self, event: QKeyEvent) -> bool:
        """Carry out a key of the grid; False when it is for the cell."""
        here = self.currentIndex()
        if not here.isValid():
            return False
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._paste()
        key, held = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _ENTER:
            self._enter(here, at_once=bool(held))
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._tab(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key in _STEPS:
            self._go(here.row() + _STEPS[key], here.column())
        elif key == Qt.Key.Key_Delete and held:
            self.dropped.emit(self.grid.rows[here.row()].id)
        elif key == self._forward():
            editor = self._editor()
            return editor is not None and editor.take_offer()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of cells that have no line to type in."""
        if not self.take_key(event) and not self._mark(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand ready to type."""
        super().focusInEvent(event)
        if self._resetting:  # the editor that goes gives the focus back before the new rows are there
            return
        if not self.currentIndex().isValid() and self.grid.rows:
            self.stand(self.grid.rows[0].id)
        elif self._editor() is None:
            self._open_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def _tell_place(self) -> None:
        row_id, key = self.standing()
        if row_id:
            self.stood.emit(row_id, key)

    def _write(self, row_id: str, key: str, text: str) -> None:
        """Tell a cell's text; the row shown in answer is the person's own writing and not an answer to pass by."""
        self._writing = True
        try:
            self.edited.emit(row_id, key, text)
        finally:
            self._writing = False

    def _stand_again(self, row_id: str, key: str) -> None:
        """After a reset: the same cell, else the first where the grid has the keyboard."""
        self._resetting = False
        if row_id and self.grid.place_of(row_id) >= 0 and self.grid.column_at(key) >= 0:
            self.stand(row_id, key)
        elif self.hasFocus() and self.grid.rows:
            self.stand(self.grid.rows[0].id)

    def _go(self, at: int, column: int) -> None:
        if 0 <= at < len(self.grid.rows) and 0 <= column < len(self.grid.columns):
            index = self.grid.index(at, column)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
            self._open_editor()

    def _open_editor(self) -> None:
        here = self.currentIndex()
        if (editor := self._editor()) is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif here.isValid() and here.flags() & Qt.ItemFlag.ItemIsEditable and self.isVisible():
            self.edit(here)
        elif not self.hasFocus() and self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _editor(self) -> CellEdit | None:
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, CellEdit) else None

    def _close_editor(self) -> None:
        if (editor := self._editor()) is not None:
            self.closeEditor(editor, self.itemDelegate().EndEditHint.NoHint)

    def _typed(self, text: str) -> None:
        row_id, key = self.standing()
        self._write(row_id, key, text)

    def _enter(self, here: QModelIndex, *, at_once: bool) -> None:
        if (editor := self._editor()) is not None:
            editor.drop_offer()
        if at_once:
            self.finished.emit(self.grid.rows[here.row()].id)
        elif self._downwards:
            self._go(here.row() + 1, here.column())
        else:
            self.go_on()

    def _tab(self, step: int) -> None:
        here = self.currentIndex()
        column = self._next_writable(here.column(), step)
        if column >= 0:
            self._go(here.row(), column)
        else:
            self._go(here.row() + step, self._next_writable(-1 if step > 0 else len(self.grid.columns), step))

    def _next_writable(self, column: int, step: int) -> int:
        """The next column to write in, -1 at the end of the row."""
        at = column + step
        while 0 <= at < len(self.grid.columns):
            if self.grid.columns[at].writable:
                return at
            at += step
        return -1

    def _mark(self, event: QKeyEvent) -> bool:
        """Write a one-key cell and go on; False when the key means nothing here."""
        here = self.currentIndex()
        if not here.isValid():
            return False
        column, row = self.grid.columns[here.column()], self.grid.rows[here.row()]
        if not column.marks or not column.writable or not row.open:
            return False
        if event.key() in _CLEARS:
            self._write(row.id, column.key, "")
            return True
        meant = column.marks.get(event.text())
        if meant is None:
            return False
        self._write(row.id, column.key, meant)
        if self._downwards:
            self._go(here.row() + 1, here.column())
        else:
            self.go_on()
        return True

    def _paste(self) -> bool:
        text = QGuiApplication.clipboard().text()[:LONGEST_BLOCK]
        if "\t" not in text and "\n" not in text.strip():
            return False
        self.block.emit(text)
        return True

    def _forward(self) -> Qt.Key:
        return Qt.Key.Key_Left if self.kit.look.right_to_left else Qt.Key.Key_Right

    def _share_width(self) -> None:
        share_width(self, [column.share for column in self.grid.columns])

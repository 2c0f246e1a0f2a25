"""A list on which decisions are typed: one key a row, by the letters of either keyboard or by 1 to 4."""

from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.ui.widgets.table import DataTable

KEYS: Final = MappingProxyType(
    {
        **dict.fromkeys("aAشا1١", Verdict.APPROVE),
        **dict.fromkeys("rRقر2٢", Verdict.REFUSE),
        **dict.fromkeys("bBلع3٣", Verdict.RETURN),
        **dict.fromkeys("pPحج4٤", Verdict.POSTPONE),
    }
)
"""The key of each decision: Latin letter, the Arabic letter on that key, the first of the Arabic word, a digit."""
_LAM_ALEF: Final = "\u0644\u0627"  # what the B key types on an Arabic keyboard


class DecisionTable(DataTable):
    """Emits ``decided(row, verdict)``; Backspace emits it with None."""

    decided = Signal(object, object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A decision's key decides on the row stood on."""
        row, text = self.current_row(), event.text()
        verdict = Verdict.RETURN if text == _LAM_ALEF else KEYS.get(text)
        if row is not None and verdict is not None:
            self.decided.emit(row, verdict)
        elif row is not None and text == "\b":
            self.decided.emit(row, None)
        else:
            super().keyPressEvent(event)

    def put_row(self, at: int, row: Any) -> None:
        """Show a changed row in its place."""
        model = self.rows_model
        model.rows[at] = row
        model.dataChanged.emit(model.index(at, 0), model.index(at, len(model.columns) - 1))
        self.fit()

    def stand_at(self, at: int) -> None:
        """Go to a row, if there is one."""
        if 0 <= at < len(self.rows_model.rows):
            self.setCurrentIndex(self.rows_model.index(at, 0))

    def stand_on_id(self, name: str, value: object, otherwise: int = 0) -> None:
        """Go to the row whose attribute ``name`` has this value, or to a place near where it was."""
        rows = self.rows_model.rows
        at = next((n for n, row in enumerate(rows) if getattr(row, name) == value), None)
        self.stand_at(min(otherwise, len(rows) - 1) if at is None else at)

"""What happened before: exchanges by every way, and differences that were found and mended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.listing import Listing
from tarahum_desktop.ui.sync_centre.shown import HealRow, HistoryRow, SyncView
from tarahum_desktop.ui.widgets.table import Column

MOST_ROWS = 12


class HistoryPanel(QWidget):
    """Two lists."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        words = kit.words
        exchanges = [
            Column[HistoryRow](words.t("When"), lambda row: row.when, 7),
            Column[HistoryRow](words.t("Sent"), lambda row: row.sent, 2),
            Column[HistoryRow](words.t("Received"), lambda row: row.received, 2),
            Column[HistoryRow](words.t("Size"), lambda row: row.size, 2),
            Column[HistoryRow](words.t("How it ended"), lambda row: row.result, 6, lambda row: row.tone),
            Column[HistoryRow](words.t("By way of"), lambda row: row.way, 3),
        ]
        none = words.t("No exchange yet"), words.t("Each exchange will be listed here with what it carried.")
        self.exchanges = Listing(kit, words.t("Exchanges so far"), "clock", exchanges, none, MOST_ROWS)
        heals = [
            Column[HealRow](words.t("When"), lambda row: row.when, 4),
            Column[HealRow](words.t("Records of"), lambda row: row.name, 3),
            Column[HealRow](words.t("Compared with"), lambda row: row.other, 2),
            Column[HealRow](words.t("What was done"), lambda row: row.result, 6, lambda row: row.tone),
        ]
        equal = (
            words.t("No difference was ever found"),
            words.t("Should both sides differ, what differed and what was mended is listed here."),
        )
        self.heals = Listing(kit, words.t("Differences that were mended"), "success", heals, equal)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_4)
        down.addWidget(self.exchanges)
        down.addWidget(self.heals)
        down.addStretch(1)

    def show_view(self, view: SyncView) -> None:
        """Fill both."""
        self.exchanges.fill(view.history)
        self.heals.fill(view.heals)

    def take_focus(self) -> None:
        """Stand in the first list."""
        self.exchanges.table.setFocus(Qt.FocusReason.OtherFocusReason)

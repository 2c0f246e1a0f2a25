"""The sync centre on the screen: the exchange, warnings, how whole each scope is, and what happened before."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.sync_centre.exchange_card import ExchangeCard
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.presenter import (
    HistoryRow,
    RunView,
    Said,
    ScopeRow,
    SyncPresenter,
    SyncView,
)
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

LOOKS_EVERY_MS = 200
MOST_ROWS_HIGH = 8


def spec(ports: SyncPorts) -> ScreenSpec:
    """The screen as the window takes it."""
    return ScreenSpec("sync", msgid("Sync centre"), "sync", lambda context: SyncScreenView(context, ports))


class SyncScreenView(Screen):
    """Everything about exchange on one page."""

    def __init__(self, context: ScreenContext, ports: SyncPorts) -> None:
        super().__init__(context)
        self._centre = ports.centre
        self._arriving = False
        self.presenter = SyncPresenter(ports, context.background, self.kit, self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Read the books anew."""
        del params
        self._arriving = True
        self.presenter.open()

    def leave(self) -> bool:
        """What is read after this no longer takes the keyboard."""
        self._arriving = False
        return True

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """Exchange, stop, read again."""
        group = msgid("Sync centre")
        return (
            Action(
                "sync.exchange", msgid("Exchange now"), self.presenter.exchange, "Ctrl+E", "sync",
                lambda: self.presenter.may_exchange, group,
            ),
            Action(
                "sync.stop", msgid("Stop the exchange"), self.presenter.cancel, "", "close",
                lambda: self.presenter.may_cancel, group,
            ),
            Action("sync.again", msgid("Read again"), self.presenter.open, "F5", "sync", group=group),
        )  # fmt: skip

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.panel.show_loading()

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.panel.show_error(sentence, self.presenter.open)

    def show_state(self, view: SyncView) -> None:
        """Fill the page."""
        self.card.show_state(view)
        self.card.exchange.setEnabled(self.presenter.may_exchange)
        self._warn(view.warnings)
        _fill(self.scopes, self.scopes_panel, view.scopes, self._no_scopes)
        _fill(self.history, self.history_panel, view.history, self._no_history)
        self.panel.show_content()
        if self._arriving and self.card.exchange.isEnabled():
            self._arriving = False
            self.card.exchange.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_running(self, run: RunView) -> None:
        """Show the exchange, and look again soon."""
        self.card.show_run(run)
        self.card.be_running(running=True)
        self.card.cancel.setEnabled(self.presenter.may_cancel)

    def show_ended(self, said: Said, *, asked: bool) -> None:
        """Say how it ended, here or, to somebody who asked for it and went on elsewhere, at the lower edge."""
        self.card.be_running(running=False)
        self.card.exchange.setEnabled(self.presenter.may_exchange)
        self.card.say(said)
        if asked and not self.isVisible():
            self.context.announce(*said)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the exchange from now on, also at one that begins by itself."""
        super().showEvent(event)
        self._timer.start()

    def _look(self) -> None:
        self.presenter.tick()
        if not self.isVisible() and not self.presenter.following:
            self._timer.stop()

    def _warn(self, warnings: Sequence[Said]) -> None:
        clear_layout(self._warnings)
        for sentence, tone in warnings:
            banner = Banner(self.kit)
            banner.say(sentence, tone)
            self._warnings.addWidget(banner)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit)
        at = (
            words.t("Centre: {address}").format(address=kit.formats.code(self._centre))
            if self._centre
            else ""
        )
        page.add(PageHeader(kit, words.t("Sync centre"), at))
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_4)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(kit.look.sizes.space_2)
        down.addLayout(self._warnings)
        self.card = ExchangeCard(kit, self.presenter.exchange, self.presenter.cancel)
        down.addWidget(self.card)
        self.scopes, self.scopes_panel = self._scope_table(down)
        self.history, self.history_panel = self._history_table(down)
        down.addStretch(1)
        self.panel = StatePanel(kit, content)
        page.add(self.panel, 1)
        self.box.addWidget(page)

    def _scope_table(self, down: QVBoxLayout) -> tuple[DataTable, StatePanel]:
        words = self.kit.words
        columns = [
            Column[ScopeRow](words.t("Records of"), lambda row: row.name, 3),
            Column[ScopeRow](words.t("Records here"), lambda row: row.rows, 1),
            Column[ScopeRow](words.t("Complete?"), lambda row: row.state, 4, lambda row: row.tone),
        ]
        return self._table(down, words.t("What is on this machine"), "device", columns)

    def _history_table(self, down: QVBoxLayout) -> tuple[DataTable, StatePanel]:
        words = self.kit.words
        columns = [
            Column[HistoryRow](words.t("When"), lambda row: row.when, 7),
            Column[HistoryRow](words.t("Sent"), lambda row: row.sent, 2),
            Column[HistoryRow](words.t("Received"), lambda row: row.received, 2),
            Column[HistoryRow](words.t("Size"), lambda row: row.size, 2),
            Column[HistoryRow](words.t("How it ended"), lambda row: row.result, 6, lambda row: row.tone),
        ]
        return self._table(down, words.t("Exchanges so far"), "clock", columns)

    def _table(
        self,
        down: QVBoxLayout,
        title: str,
        icon: str,
        columns: Sequence[Column[ScopeRow] | Column[HistoryRow]],
    ) -> tuple[DataTable, StatePanel]:
        table = DataTable(self.kit, columns, title)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        panel = StatePanel(self.kit, table)
        card = Card(self.kit, title, icon=icon)
        card.add(panel)
        down.addWidget(card)
        return table, panel

    def _no_scopes(self) -> None:
        words = self.kit.words
        self.scopes_panel.show_empty(
            words.t("No records have arrived yet"), words.t("Press “Exchange now” to receive those of your office."),
            icon="device",
        )  # fmt: skip

    def _no_history(self) -> None:
        words = self.kit.words
        self.history_panel.show_empty(
            words.t("No exchange yet"),
            words.t("Each exchange will be listed here with what it carried."),
            icon="clock",
        )


def _fill(
    table: DataTable,
    panel: StatePanel,
    rows: Sequence[ScopeRow] | Sequence[HistoryRow],
    empty: Callable[[], None],
) -> None:
    """Show the rows at their full height up to a limit; the page scrolls rather than the table."""
    if not rows:
        panel.setFixedHeight(panel.kit.look.px(150))
        empty()
        return
    table.set_rows(rows)
    row = table.verticalHeader().defaultSectionSize()
    panel.setFixedHeight(
        table.horizontalHeader().sizeHint().height() + row * min(len(rows), MOST_ROWS_HIGH) + 4
    )
    panel.show_content()

"""The exchange on the screen: warnings, the card, what waits, habits, the office's network, and how whole each scope is."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.exchange_habits import ExchangeHabits
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.exchange_card import ExchangeCard
from tarahum_desktop.ui.sync_centre.listing import Listing
from tarahum_desktop.ui.sync_centre.office_card import OfficeCard
from tarahum_desktop.ui.sync_centre.shown import HeldRow, Said, ScopeRow, SyncView
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.table import Column


class HabitsCard(Card):
    """Two boxes: by itself or only when asked; paid by the byte or not."""

    def __init__(self, kit: Kit, on_change: Callable[[ExchangeHabits], None]) -> None:
        super().__init__(kit, kit.words.t("How this machine exchanges"), icon="settings")
        words = kit.words
        self._on_change = on_change
        self.by_itself = CheckField(kit, words.t("By itself, every few minutes while there is a line"))
        self.metered = CheckField(
            kit, words.t("This line is paid for by the byte: large transfers and files only when I ask")
        )
        for field in (self.by_itself, self.metered):
            field.finished.connect(self._changed)
            self.add(field)

    def show_habits(self, habits: ExchangeHabits) -> None:
        """Tick what holds."""
        self.by_itself.set_value(not habits.paused)
        self.metered.set_value(habits.metered)

    def _changed(self) -> None:
        self._on_change(ExchangeHabits(not self.by_itself.value(), self.metered.value()))


class ExchangePanel(QWidget):
    """One column; what needs nobody's attention is not shown."""

    def __init__(self, kit: Kit, card: ExchangeCard, habits: HabitsCard, office: OfficeCard) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self._kit, self.card, self.habits, self.office = kit, card, habits, office
        sizes, words = kit.look.sizes, kit.words
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_4)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(sizes.space_2)
        self.waits = Card(kit, words.t("What else waits"), icon="clock")
        self._waits = QVBoxLayout()
        self._waits.setSpacing(sizes.space_2)
        self.waits.body.addLayout(self._waits)
        self.held = self._make_held()
        self.scopes = self._make_scopes()
        down.addLayout(self._warnings)
        for widget in (card, self.waits, self.held, self.scopes, office, habits):
            down.addWidget(widget)
        down.addStretch(1)

    def show_view(self, view: SyncView) -> None:
        """Fill everything."""
        self.card.show_state(view)
        self._warn(view.warnings)
        clear_layout(self._waits)
        for sentence, tone in view.waits:
            self._waits.addWidget(label(sentence, tone="text" if tone == "soft" else tone, wraps=True))
        self.waits.setVisible(bool(view.waits))
        self.held.setVisible(bool(view.held))
        if view.held:
            self.held.fill(view.held)
        self.scopes.fill(view.scopes)
        self.habits.show_habits(view.habits)

    def _warn(self, warnings: Sequence[Said]) -> None:
        clear_layout(self._warnings)
        for sentence, tone in warnings:
            banner = Banner(self._kit, self)
            banner.say(sentence, tone)
            self._warnings.addWidget(banner)

    def _make_scopes(self) -> Listing:
        words = self._kit.words
        columns = [
            Column[ScopeRow](words.t("Records of"), lambda row: row.name, 3),
            Column[ScopeRow](words.t("Records here"), lambda row: row.rows, 1),
            Column[ScopeRow](words.t("Complete?"), lambda row: row.state, 4, lambda row: row.tone),
        ]
        empty = (
            words.t("No records have arrived yet"),
            words.t("Press “Exchange now” to receive those of your office."),
        )
        return Listing(self._kit, words.t("What is on this machine"), "device", columns, empty)

    def _make_held(self) -> Listing:
        words = self._kit.words
        columns = [
            Column[HeldRow](words.t("Since"), lambda row: row.since, 4),
            Column[HeldRow](words.t("Records of"), lambda row: row.name, 3),
            Column[HeldRow](words.t("From"), lambda row: row.maker, 2),
            Column[HeldRow](words.t("Changes"), lambda row: row.changes, 1),
            Column[HeldRow](words.t("Why it waits"), lambda row: row.reason, 6, lambda _row: "attention"),
        ]
        return Listing(self._kit, words.t("Held here until they can be taken"), "warning", columns, ("", ""))

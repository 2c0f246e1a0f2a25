"""The card with the one big button, the four counts, and the exchange while it runs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.shown import RunView, Said, SyncView
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import hold_to_start, label


class ExchangeCard(Card):
    """Signals nothing: it is handed what its two buttons do."""

    def __init__(
        self,
        kit: Kit,
        on_exchange: Callable[[], None],
        on_cancel: Callable[[], None],
        on_check: Callable[[], None],
    ) -> None:
        super().__init__(kit)
        words, sizes = kit.words, kit.look.sizes
        self.state = label("", size="title", wraps=True)
        self.line = label("", tone="soft", wraps=True)
        self.exchange = button(kit, words.t("Exchange now"), on_exchange, role="primary", icon="sync")
        self.cancel = button(kit, words.t("Stop the exchange"), on_cancel, icon="close")
        self.check = button(kit, words.t("Check first"), on_check, role="quiet", icon="search")
        self.check.setToolTip(words.t("Say what would move, how much and how long, before anything moves"))
        upper = QHBoxLayout()
        upper.setSpacing(sizes.space_5)
        said = QVBoxLayout()
        said.setSpacing(sizes.space_1)
        said.addWidget(self.state)
        said.addWidget(self.line)
        upper.addLayout(said, 1)
        upper.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        for made in (self.exchange, self.cancel):
            made.setMinimumWidth(kit.look.px(190))
            made.setMaximumHeight(kit.look.px(56))
            made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
            upper.addWidget(made)
        self.body.addLayout(upper)
        self.forecast = Banner(kit)
        self.add(self.forecast)
        self.running = self._make_running(kit)
        self.add(self.running)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.add(rule)
        self.kept, self.handed, self.confirmed, self.files = (
            hold_to_start(kit, label("", size="page")) for _ in range(4)
        )
        counts = QHBoxLayout()
        counts.setSpacing(sizes.space_5)
        for figure, words_below in (
            (self.kept, words.t("changes kept here only")),
            (self.handed, words.t("handed to an office or a pouch, not at the centre yet")),
            (self.confirmed, words.t("changes confirmed by the centre")),
            (self.files, words.t("files not at the centre yet")),
        ):
            counts.addLayout(_tile(figure, words_below), 1)
        self.body.addLayout(counts)
        self.be_running(running=False)

    def show_state(self, view: SyncView) -> None:
        """Show the counts and the two sentences."""
        self.state.setText(view.state[0])
        restyle(self.state, tone="text" if view.state[1] == "accent" else view.state[1])
        self.say(view.line)
        for figure, text in (
            (self.kept, view.kept),
            (self.handed, view.handed),
            (self.confirmed, view.confirmed),
            (self.files, view.files),
        ):
            figure.setText(text)

    def say(self, said: Said) -> None:
        """Show how the line is and how the last exchange ended."""
        self.line.setText(said[0])
        restyle(self.line, tone=said[1])

    def show_run(self, run: RunView) -> None:
        """Show the running exchange."""
        self.phase.setText(run.phase)
        self.counts.setText(f"{run.counts} · {run.elapsed}")
        self.bar.setRange(0, 1000 if run.share else 0)
        self.bar.setValue(round(run.share * 1000))

    def show_forecast(self, said: Said) -> None:
        """Say what an exchange would move."""
        self.forecast.say(said[0], "info" if said[1] == "soft" else said[1])

    def be_running(self, *, running: bool) -> None:
        """Show the button that makes sense now; the focus stays in this place."""
        before, after = (self.exchange, self.cancel) if running else (self.cancel, self.exchange)
        held = before.hasFocus()
        after.setVisible(True)
        if held:
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        before.setVisible(False)
        self.check.setVisible(not running)
        if running:
            self.forecast.clear()
        self.running.setVisible(running)

    def _make_running(self, kit: Kit) -> QWidget:
        made = QWidget()
        made.setProperty("paper", "clear")
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_2)
        self.phase = label("", size="strong", wraps=True)
        self.counts = label("", tone="soft", wraps=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(kit.words.t("Exchange running"))
        for widget in (self.phase, self.bar, self.counts):
            box.addWidget(widget)
        return made


def _tile(figure: QLabel, words_below: str) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(0)
    made.addWidget(figure)
    made.addWidget(label(words_below, size="caption", tone="soft", wraps=True))
    return made

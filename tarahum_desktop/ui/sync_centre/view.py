"""The sync centre on the screen, in four sections: the exchange, the pouch, the machines, and what happened before."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.sync_centre.exchange_card import ExchangeCard
from tarahum_desktop.ui.sync_centre.exchange_panel import ExchangePanel, HabitsCard
from tarahum_desktop.ui.sync_centre.history_panel import HistoryPanel
from tarahum_desktop.ui.sync_centre.listing import folding
from tarahum_desktop.ui.sync_centre.machines_panel import MachinesPanel
from tarahum_desktop.ui.sync_centre.office_card import OfficeCard
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.pouch_panel import PouchPanel
from tarahum_desktop.ui.sync_centre.presenter import SyncPresenter
from tarahum_desktop.ui.sync_centre.shown import RunView, Said, SyncView
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.section_tabs import SectionTabs, known_section

LOOKS_EVERY_MS = 200
SECTIONS = (
    ("exchange", msgid("Exchange"), "sync"), ("pouch", msgid("Pouch"), "usb"), ("machines", msgid("Machines"), "device"),
    ("history", msgid("History"), "clock"),
)  # fmt: skip
GROUP = msgid("Sync centre")
Panel = TypeVar("Panel", bound=QWidget)


def spec(ports: SyncPorts) -> ScreenSpec:
    """The screen as the window takes it."""
    places = tuple(section for section in SECTIONS if section[0] == "pouch")
    return ScreenSpec("sync", GROUP, "sync", lambda context: SyncScreenView(context, ports), places=places)


class SyncScreenView(Screen):
    """Everything about exchange; a section beside the first is built when it is first opened."""

    def __init__(self, context: ScreenContext, ports: SyncPorts) -> None:
        super().__init__(context)
        self._ports = ports
        self._arriving = False
        self.section = "exchange"
        self._shown: SyncView | None = None
        self._counts = dict.fromkeys((code for code, _, _ in SECTIONS), 0)
        self.presenter = SyncPresenter(ports, context.background, self.kit, self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()

    @cached_property
    def pouch(self) -> PouchPanel:
        """The pouch desk."""
        return self._built(
            PouchPanel(self.kit, self._ports.pouch, self.context.background, partial(self._count, "pouch"))
        )

    @cached_property
    def machines(self) -> MachinesPanel:
        """The committee's machines."""
        made = MachinesPanel(
            self.kit,
            self._ports.machines,
            self._ports.now,
            self.context.background,
            partial(self._count, "machines"),
        )
        return self._built(made)

    @cached_property
    def past(self) -> HistoryPanel:
        """What happened before."""
        made = HistoryPanel(self.kit)
        if self._shown is not None:
            made.show_view(self._shown)
        return self._built(made)

    def open_with(self, params: Params) -> None:
        """Read the books anew; ``section`` names where to stand."""
        self._arriving = True
        self.section = known_section(params.get("section"), SECTIONS, self.section)
        if not self._offered(self.section):
            self.section = "exchange"
        self.presenter.open()
        self.office.open()
        self._show_section()

    def leave(self) -> bool:
        """What is read after this no longer takes the keyboard."""
        self._arriving = False
        return True

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """The sections, and what can be done in them."""
        ask = self.presenter
        sections = [
            Action(
                f"sync.at.{code}",
                title,
                partial(self.open_section, code),
                f"Ctrl+{at}",
                icon,
                partial(self._offered, code),
                GROUP,
            )
            for at, (code, title, icon) in enumerate(SECTIONS, start=1)
        ]
        return (
            Action("sync.exchange", msgid("Exchange now"), ask.exchange, "Ctrl+E", "sync", lambda: ask.may_exchange, GROUP),
            Action("sync.stop", msgid("Stop the exchange"), ask.cancel, "", "close", lambda: ask.may_cancel, GROUP),
            Action("sync.check", msgid("Check first what would move"), ask.check, "Ctrl+F", "search",
                   lambda: ask.may_exchange, GROUP),
            Action("sync.office", msgid("Exchange with the office"), ask.exchange_with_office, "", "place",
                   lambda: ask.may_exchange and not self.office.line.is_office, GROUP),
            *sections,
            Action("sync.write", msgid("Write the pouch"), self._write, "Ctrl+S", "usb",
                   lambda: self._pouch_is(lambda panel: panel.presenter.view.may_write), GROUP),
            Action("sync.read", msgid("Read the pouches"), self._read, "Ctrl+R", "inbox",
                   lambda: self._pouch_is(lambda panel: panel.presenter.view.may_read), GROUP),
            Action("sync.answer", msgid("Write the return pouch"), self._answer, "Ctrl+G", "usb",
                   lambda: self._pouch_is(lambda panel: panel.presenter.view.may_answer), GROUP),
            Action("sync.slip", msgid("Print the pouch slip"), self._print_slip, "Ctrl+P", "print",
                   lambda: self._pouch_is(lambda _panel: True), GROUP),
            Action("sync.again", msgid("Read again"), self._again, "F5", "sync", group=GROUP),
        )  # fmt: skip

    def open_section(self, code: str) -> None:
        """Show another section."""
        self._arriving = True
        self.section = code
        self._show_section()

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.panel.show_loading()

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.panel.show_error(sentence, self.presenter.open)

    def show_state(self, view: SyncView) -> None:
        """Fill the page."""
        self._shown = view
        self.exchanging.show_view(view)
        self._allow()
        if "past" in vars(self):
            self.past.show_view(view)
        self._count("exchange", view.not_there)
        self.panel.show_content()
        self._take_focus()

    def show_running(self, run: RunView) -> None:
        """Show the exchange, and look again soon."""
        self.card.show_run(run)
        self.card.be_running(running=True)
        self.office.be_running(running=True)
        self.card.cancel.setEnabled(self.presenter.may_cancel)

    def show_forecast(self, said: Said) -> None:
        """Say what an exchange would move."""
        self.card.show_forecast(said)
        self.card.check.setEnabled(not self.presenter.checking)

    def show_ended(self, said: Said, *, asked: bool) -> None:
        """Say how it ended, here or, to somebody who asked for it and went on elsewhere, at the lower edge."""
        self.card.be_running(running=False)
        self._allow()
        self.card.say(said)
        self.office.open()
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

    def _write(self) -> None:
        self.pouch.presenter.write()

    def _read(self) -> None:
        self.pouch.presenter.read()

    def _answer(self) -> None:
        self.pouch.presenter.answer()

    def _print_slip(self) -> None:
        self.pouch.print_slip()

    def _again(self) -> None:
        self.presenter.open()
        self._show_section()

    def _allow(self) -> None:
        may = self.presenter.may_exchange
        self.card.exchange.setEnabled(may)
        self.card.check.setEnabled(may and not self.presenter.checking)
        self.office.be_running(running=not may)

    def _offered(self, code: str) -> bool:
        """Machines are for those who watch over them."""
        return code != "machines" or self._ports.watches()

    def _pouch_is(self, able: Callable[[PouchPanel], bool]) -> bool:
        return self.section == "pouch" and "pouch" in vars(self) and able(self.pouch)

    def _count(self, code: str, count: int) -> None:
        self._counts[code] = count
        for at, (known, title, _) in enumerate(SECTIONS, start=1):
            number = f" ({self.kit.formats.number(self._counts[known])})" if self._counts[known] else ""
            self.tabs.rename(known, f"{self.kit.words.t(title)}{number}   Ctrl+{at}")

    def _show_section(self) -> None:
        self.tabs.show_section(self.section)
        if self.section == "pouch":
            self._show(self.pouch)
            self.pouch.open()
        elif self.section == "machines":
            self._show(self.machines)
            self.machines.open()
        else:
            self._show(self.past if self.section == "history" else self.exchanging)
        self._take_focus()

    def _show(self, panel: QWidget) -> None:
        """One section at a time, in the height that one needs; a hidden one takes none."""
        for made in self._panels:
            made.setVisible(made is panel)

    def _take_focus(self) -> None:
        """Whoever arrives stands where the work of the section begins; the pouch desk does so by itself."""
        if not self._arriving or self._shown is None:
            return
        if self.section == "exchange" and self.card.exchange.isEnabled():
            self.card.exchange.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.section == "machines":
            self.machines.take_focus()
        elif self.section == "history":
            self.past.take_focus()
        else:
            return
        self._arriving = False

    def _built(self, panel: Panel) -> Panel:
        self._panels.append(panel)
        self._pages.addWidget(panel)
        return panel

    def _lay_out(self) -> None:
        kit, words, ports = self.kit, self.kit.words, self._ports
        page = Page(kit)
        at = (
            words.t("Centre: {address}").format(address=kit.formats.code(ports.centre))
            if ports.centre
            else ""
        )
        page.add(PageHeader(kit, words.t("Sync centre"), at))
        self.tabs = SectionTabs(
            kit, [(code, words.t(title)) for code, title, _ in SECTIONS], self.open_section
        )
        self.tabs.buttons["machines"].setVisible(self._offered("machines"))
        page.add(self.tabs)
        ask = self.presenter
        self.card = ExchangeCard(kit, ask.exchange, ask.cancel, ask.check)
        self.habits = HabitsCard(kit, ask.keep_habits)
        self.office = OfficeCard(
            kit, ports.office, self.context.background, ports.beside, ask.exchange_with_office
        )
        self.exchanging = ExchangePanel(kit, self.card, self.habits, self.office)
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        self._pages = QVBoxLayout()
        self._pages.addWidget(self.exchanging)
        self._panels: list[QWidget] = [self.exchanging]
        down.addLayout(self._pages)
        down.addStretch(1)
        self.panel = folding(kit, content)
        page.add(self.panel, 1)
        self.box.addWidget(page)
        self._count("exchange", 0)

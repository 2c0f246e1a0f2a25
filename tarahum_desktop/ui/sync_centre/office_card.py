"""The office's own network: one switch at the office, one button and an address at a laptop."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.ports import OfficeLine, OfficePorts
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.worker import Background


class OfficeCard(Card):
    """Reads its state when opened; turning on and searching take seconds and run beside."""

    def __init__(
        self,
        kit: Kit,
        ports: OfficePorts,
        background: Background,
        beside: Background,
        on_exchange: Callable[[], None],
    ) -> None:
        super().__init__(kit, kit.words.t("The office's own network"), icon="place")
        self._kit, self._ports = kit, ports
        self._background, self._beside = background, beside
        words = kit.words
        self.told = label("", wraps=True)
        self.add(self.told)
        self.serve = CheckField(kit, words.t("Let the laptops of this office exchange with this machine"))
        self.serve.finished.connect(self._switch)
        self.add(self.serve)
        self.finding = QWidget()
        self.finding.setProperty("paper", "clear")
        row = QHBoxLayout(self.finding)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(kit.look.sizes.space_3)
        self.address = LineField(kit, placeholder="https://192.168.1.20:8444", left_to_right=True)
        self.address.finished.connect(self._keep)
        row.addWidget(FieldRow(kit, words.t("Address, only if it is not found by itself"), self.address), 1)
        self.search = button(kit, words.t("Search"), self._search, icon="search")
        self.exchange = button(kit, words.t("Exchange with the office"), on_exchange, icon="sync")
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.exchange, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self.finding)
        self.line = OfficeLine()

    def open(self) -> None:
        """Read how it stands."""
        self._background.query(self._ports.state, self.show_line, self._failed, replaces="office")

    def show_line(self, line: OfficeLine) -> None:
        """Show it."""
        self.line = line
        self.serve.setVisible(line.is_office)
        self.serve.setEnabled(line.may_switch)
        self.serve.set_value(line.serving or bool(line.failed))
        self.finding.setVisible(not line.is_office)
        if not self.address.edit.isModified():
            self.address.set_value(line.typed)
        self._say(*_told(self._kit, line))

    def be_running(self, *, running: bool) -> None:
        """One exchange at a time."""
        self.exchange.setEnabled(not running)

    def _switch(self) -> None:
        on = self.serve.value()
        self.serve.setEnabled(False)
        words = self._kit.words
        self._say(words.t("One moment, please…"), "soft")
        self._beside.command(
            lambda: self._ports.switch(on), lambda _none: self.open(), self._failed_to_switch
        )

    def _failed_to_switch(self, error: TarahumError) -> None:
        self.serve.set_value(self.line.serving)
        self.serve.setEnabled(self.line.may_switch)
        self._failed(error)

    def _search(self) -> None:
        self._say(self._kit.words.t("Searching the office's network…"), "soft")
        self.search.setEnabled(False)
        self._beside.command(self._ports.search, self._searched, self._failed)

    def _searched(self, _found: str) -> None:
        self.search.setEnabled(True)
        self.open()

    def _keep(self) -> None:
        address = self.address.value()
        self._background.command(
            lambda: self._ports.keep_address(address), lambda _none: self.open(), self._failed
        )

    def _failed(self, error: TarahumError) -> None:
        self.search.setEnabled(True)
        self._say(error_sentence(self._kit.words, error), "danger")

    def _say(self, sentence: str, tone: Tone) -> None:
        self.told.setText(sentence)
        restyle(self.told, tone="text" if tone == "accent" else tone)


def _told(kit: Kit, line: OfficeLine) -> tuple[str, Tone]:
    words = kit.words
    if line.failed:
        return code_sentence(words, line.failed), "danger"
    if line.is_office:
        return _told_of_serving(kit, line)
    address = line.typed or line.found
    if address:
        told = words.t(
            "The office's machine answers at {address}. It is used when the line to the centre is down."
        )
        return told.format(address=kit.formats.code(address)), "accent"
    return words.t(
        "When the line to the centre is down, this machine exchanges with the office's over the local network, if that one was told to serve."
    ), "soft"


def _told_of_serving(kit: Kit, line: OfficeLine) -> tuple[str, Tone]:
    words = kit.words
    if not line.serving:
        return words.t(
            "Laptops of this office can exchange with this machine when the line to the centre is down."
        ), "soft"
    where = "  ".join(kit.formats.code(address) for address in line.addresses)
    if line.announced:
        told = words.t("Laptops find this machine by themselves. Its address: {address}")
    else:
        told = words.t("Laptops do not find this machine by themselves; type this address there: {address}")
    return told.format(address=where), "accent" if line.announced else "attention"

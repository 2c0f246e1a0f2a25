"""The committee's machines: the longest silent first, and what the one stood on holds."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.devices_heard import DeviceHeard, ScopeHeld
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.listing import Listing, folding
from tarahum_desktop.ui.sync_centre.machine_words import (
    carrier_words,
    heard_words,
    held_name,
    held_words,
    kind_words,
    silent_words,
    whole_words,
)
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.table import Column
from tarahum_desktop.ui.worker import Background

MOST_ROWS = 12


class MachinesPanel(QWidget):
    """Reads when it is opened; what it shows is as old as the last exchange, and says so by its dates."""

    def __init__(
        self,
        kit: Kit,
        read: Callable[[], tuple[DeviceHeard, ...]],
        now: Callable[[], datetime],
        background: Background,
        counted: Callable[[int], None],
    ) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self.kit, self._read, self._now = kit, read, now
        self._background, self._counted = background, counted
        self._carrier = ""
        self._lay_out()

    def open(self) -> None:
        """Read who was heard from."""
        if self.panel.state != "content" or not self.machines.table.rows_model.rows:
            self.panel.show_loading()
        self._background.query(self._read, self.show_machines, self._failed, replaces="machines")

    def take_focus(self) -> None:
        """Stand in the list."""
        self.machines.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_machines(self, found: tuple[DeviceHeard, ...]) -> None:
        """Fill the list; the first one stands open."""
        words = self.kit.words
        silent = sum(one.silent for one in found)
        self._counted(silent)
        if not found:
            self.panel.show_empty(
                words.t("No machine to watch over"),
                words.t("The machines of your committee are listed here for those who look after them."),
                icon="device",
            )
            return
        if silent:
            self.notice.say(silent_words(self.kit, silent), "attention")
        else:
            self.notice.clear()
        self.machines.fill(found)
        self.panel.show_content()
        self._show(self.machines.table.current_row())

    def _failed(self, error: TarahumError) -> None:
        self.panel.show_error(error_sentence(self.kit.words, error), self.open)

    def _show(self, device: DeviceHeard | None) -> None:
        if device is None:
            return
        heard = heard_words(self.kit, device, self._now())[0]
        program = self.kit.formats.code(device.program) if device.program else ""
        told = (
            self.kit.words.t("Program {version}").format(version=program) if program else "",
            carrier_words(self.kit, device.carrier),
            heard,
        )
        self.holds.title.setText(self.kit.words.t("What {name} holds").format(name=device.name))
        self._carrier = device.carrier
        self.about.setText(" · ".join(part for part in told if part))
        self.holds.fill(device.holds)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_4)
        self.notice = Banner(kit)
        self.machines = self._make_machines()
        self.machines.table.moved.connect(self._show)
        self.holds = self._make_holds()
        self.about = label("", tone="soft", wraps=True)
        self.holds.body.insertWidget(0, self.about)
        down.addWidget(self.notice)
        down.addWidget(self.machines)
        down.addWidget(self.holds)
        down.addStretch(1)
        self.panel = folding(kit, content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)
        self.setAccessibleName(words.t("Machines"))

    def _make_machines(self) -> Listing:
        kit, words = self.kit, self.kit.words
        columns = [
            Column[DeviceHeard](words.t("Machine"), lambda one: one.name, 3),
            Column[DeviceHeard](words.t("Kind"), lambda one: kind_words(kit, one.kind), 2),
            Column[DeviceHeard](
                words.t("Last heard from"), lambda one: heard_words(kit, one, self._now())[0], 6,
                lambda one: heard_words(kit, one, self._now())[1],
            ),
            Column[DeviceHeard](words.t("By way of"), lambda one: carrier_words(kit, one.carrier), 3),
            Column[DeviceHeard](
                words.t("Complete?"), lambda one: whole_words(kit, one)[0], 3, lambda one: whole_words(kit, one)[1]
            ),
        ]  # fmt: skip
        empty = words.t("No machine to watch over"), ""
        return Listing(kit, words.t("Machines of the committee"), "device", columns, empty, MOST_ROWS)

    def _make_holds(self) -> Listing:
        kit, words = self.kit, self.kit.words
        columns = [
            Column[ScopeHeld](words.t("Records of"), lambda held: held_name(kit, held), 3),
            Column[ScopeHeld](words.t("Records there"), lambda held: kit.formats.number(held.rows), 1),
            Column[ScopeHeld](words.t("Changes made there"), lambda held: kit.formats.number(held.written), 1),
            Column[ScopeHeld](
                words.t("Complete?"), lambda held: held_words(kit, held, self._carrier)[0], 4,
                lambda held: held_words(kit, held, self._carrier)[1],
            ),
        ]  # fmt: skip
        empty = words.t("Nothing known yet"), words.t("What it holds is told with its next exchange.")
        return Listing(kit, words.t("What it holds"), "file", columns, empty)

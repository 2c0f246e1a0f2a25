"""The pouch desk on the screen: the stick, one button to write, one to read, and what became of earlier pouches."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.casework.pouches.history import PouchLine
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.listing import Listing, folding
from tarahum_desktop.ui.sync_centre.pouch_cards import ReadCard, StickCard, WriteCard
from tarahum_desktop.ui.sync_centre.pouch_ports import PouchPorts
from tarahum_desktop.ui.sync_centre.pouch_presenter import Busy, PouchPresenter, PouchView
from tarahum_desktop.ui.sync_centre.pouch_words import SEPARATOR, amounts, direction_words, history_words
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.table import Column
from tarahum_desktop.ui.worker import Background

LOOKS_EVERY_MS = 2_000
MOVES_EVERY_MS = 200


class PouchPanel(QWidget):
    """Looks for sticks only while it is shown."""

    def __init__(
        self,
        kit: Kit,
        ports: PouchPorts,
        background: Background,
        counted: Callable[[int], None] = lambda _waiting: None,
    ) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self.kit, self._counted = kit, counted
        self._arriving = False
        self._before: Busy = ""
        self.presenter = PouchPresenter(ports, background, kit, self)
        self._sticks, self._moves = QTimer(self), QTimer(self)
        self._sticks.setInterval(LOOKS_EVERY_MS)
        self._sticks.timeout.connect(self._look)
        self._moves.setInterval(MOVES_EVERY_MS)
        self._moves.timeout.connect(self.show_progress)
        self._lay_out()

    def open(self) -> None:
        """Find out everything; the button that makes sense then takes the keyboard."""
        self._arriving = True
        self.presenter.open()
        self._sticks.start()

    def show_loading(self) -> None:
        """Nothing is known yet."""
        self.panel.show_loading()

    def show_error(self, sentence: str) -> None:
        """Nothing can be shown."""
        self.panel.show_error(sentence, self.presenter.open)

    def show_pouches(self, view: PouchView) -> None:
        """Show it all."""
        if not view.rights.may_carry:
            words = self.kit.words
            self.panel.show_empty(
                words.t("You do not carry pouches"),
                words.t("Your supervisor can give you this right."),
                icon="usb",
            )
            return
        self._counted(view.stick.waiting if view.stick is not None else 0)
        self.stick.show_view(view)
        self.stick.stop.setEnabled(not self.presenter.cancelling)
        self.writing.show_view(view)
        self.reading.show_view(view)
        self.history.fill(view.history)
        self._say(view)
        self.panel.show_content()
        if view.busy:
            self._moves.start()
            self.show_progress()
        else:
            self._moves.stop()
        self._take_keyboard(view)

    def show_progress(self) -> None:
        """How far the stick is."""
        presenter = self.presenter
        plan = presenter.view.plan
        self.writing.show_progress(presenter.bytes_done, plan.bytes if plan else 0)
        self.reading.show_progress(presenter.reading.file, presenter.reading.files)

    def print_slip(self) -> None:
        """The paper for the pouch that was written just now, or for the one stood on in the list."""
        written = self.presenter.view.written
        if written:
            self.presenter.print_slip(written[0].fingerprint)
        else:
            self._slip_of(self.history.table.current_row())

    def _slip_of(self, line: PouchLine | None) -> None:
        if line is not None and line.direction == "out" and line.fingerprint:
            self.presenter.print_slip(line.fingerprint)

    def _look(self) -> None:
        if self.isVisible():
            self.presenter.look_again()
        else:
            self._sticks.stop()

    def _say(self, view: PouchView) -> None:
        if view.problem:
            self.notice.say(view.problem, "danger")
        elif view.said:
            self.notice.say(view.said, "accent")
        else:
            self.notice.clear()

    def _take_keyboard(self, view: PouchView) -> None:
        """Reading first where something waits; after writing the paper; after reading the answer."""
        before, self._before = self._before, view.busy
        if view.busy:
            return
        wanted: QWidget | None = None
        if before and self.writing.panels:
            wanted = self.writing.panels[0].print
        elif before == "reading":
            wanted = self.reading.answer if view.may_answer else self.reading.read
        elif before or self._arriving:
            waits = view.stick is not None and view.stick.waiting > 0
            wanted = self.reading.read if waits else self.writing.write
        if wanted is not None and wanted.isEnabled():
            self._arriving = False
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_stick(self, folder: str) -> None:
        """Another of the sticks that are in."""
        self.presenter.choose_stick(Path(folder))

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_4)
        ask = self.presenter
        self.notice = Banner(kit)
        self.stick = StickCard(kit, ask.choose_folder, ask.register, ask.tidy, ask.cancel)
        self.writing = WriteCard(kit, ask.write, ask.choose_receiver, ask.print_slip)
        self.reading = ReadCard(kit, ask.read, ask.answer)
        self.history = self._make_history()
        for widget in (self.stick, self.notice, self.writing, self.reading, self.history):
            down.addWidget(widget)
        down.addStretch(1)
        self.panel = folding(kit, content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)
        self.history.table.opened.connect(self._slip_of)
        self.history.table.setToolTip(words.t("Enter prints the slip of a pouch that was written here"))

    def _make_history(self) -> Listing:
        kit, words = self.kit, self.kit.words
        columns = [
            Column[PouchLine](words.t("When"), lambda line: kit.formats.date_time(line.handled_at), 4),
            Column[PouchLine](words.t("Pouch"), lambda line: direction_words(kit, line), 3),
            Column[PouchLine](words.t("What it carried"), lambda line: _carried(kit, line), 3),
            Column[PouchLine](
                words.t("What became of it"), lambda line: history_words(kit, line)[0], 4,
                lambda line: history_words(kit, line)[1],
            ),
        ]  # fmt: skip
        empty = words.t("No pouch yet"), words.t("Each pouch that is written or read is listed here.")
        return Listing(kit, words.t("Pouches so far"), "clock", columns, empty)


def _carried(kit: Kit, line: PouchLine) -> str:
    if not line.number:
        return ""  # a request to join
    return SEPARATOR.join(amounts(kit, line.changes, line.rows, line.files)) or kit.words.t(
        "Confirmations only"
    )

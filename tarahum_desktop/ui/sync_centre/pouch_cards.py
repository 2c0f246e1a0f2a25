"""The three cards of the pouch desk: the stick, writing, reading."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.casework.pouches.look import StickSeen
from tarahum_desktop.casework.pouches.parties import Receiver
from tarahum_desktop.casework.pouches.write import PouchWritten
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.pouch_presenter import PouchView
from tarahum_desktop.ui.sync_centre.pouch_words import plan_words, stick_words, summary_words, written_words
from tarahum_desktop.ui.theme import clear_layout, restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button, put_icon
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label, picture_label
from tarahum_desktop.ui.widgets.line_field import LineField

MOST_NAME_LETTERS = 60


class StickCard(Card):
    """Which stick is in, why it does not do, and a way to give it a name."""

    def __init__(
        self,
        kit: Kit,
        on_folder: Callable[[], None],
        on_register: Callable[[str], None],
        on_tidy: Callable[[], None],
        on_stop: Callable[[], None],
    ) -> None:
        super().__init__(kit)
        words = kit.words
        self._kit, self._on_register = kit, on_register
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_3)
        self._icon = picture_label(kit, "usb", "soft", 28)
        self.told = label("", size="strong", wraps=True)
        self.tidy = button(kit, words.t("Remove what has arrived"), on_tidy, role="quiet", icon="delete")
        self.folder = button(kit, words.t("Another folder…"), on_folder, role="quiet", icon="file")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.told, 1)
        self.stop = button(kit, words.t("Stop"), on_stop, icon="close")
        row.addWidget(self.stop)
        row.addWidget(self.tidy)
        row.addWidget(self.folder)
        self.body.addLayout(row)
        self.naming = QWidget()
        self.naming.setProperty("paper", "clear")
        across = QHBoxLayout(self.naming)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(kit.look.sizes.space_3)
        self.name = LineField(
            kit, placeholder=words.t("Stick of the central prison"), limit=MOST_NAME_LETTERS
        )
        across.addWidget(FieldRow(kit, words.t("Name of the stick"), self.name), 1)
        self.register = button(
            kit, words.t("Register this stick"), self._register, role="primary", icon="usb"
        )
        across.addWidget(self.register, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(self.naming)

    def show_view(self, view: PouchView) -> None:
        """Say what is in."""
        self.told.setText(_stick(self._kit, view))
        tone = "soft" if view.stick is None else stick_words(self._kit, view.stick)[1]
        self._icon.setPixmap(self._kit.look.picture("usb", tone, 28))
        restyle(self.told, tone="text" if tone in {"accent", "soft"} else tone)
        self.naming.setVisible(view.may_register)
        self.tidy.setVisible(view.stick is not None and not view.stick.code and not view.busy)
        self.folder.setVisible(not view.busy)
        self.stop.setVisible(view.busy in {"writing", "answering", "reading"})

    def _register(self) -> None:
        self._on_register(self.name.value())


def _stick(kit: Kit, view: PouchView) -> str:
    if view.stick is not None:
        return stick_words(kit, view.stick)[0]
    return kit.words.t("Put your office's stick into this machine; it is found by itself.")


class WriteCard(Card):
    """For whom, what goes, one button; then the number, the fingerprint and the slip.

    Attributes:
        panels: one for each pouch that was written just now.
    """

    def __init__(
        self,
        kit: Kit,
        on_write: Callable[[], None],
        on_receiver: Callable[[int], None],
        on_slip: Callable[[str], None],
    ) -> None:
        super().__init__(kit, kit.words.t("Write a pouch"), icon="release")
        self._kit, self._on_receiver, self._on_slip = kit, on_receiver, on_slip
        self._offered: tuple[Receiver, ...] = ()
        self.choice: ChoiceField | None = None
        self._choices = QVBoxLayout()
        self.body.addLayout(self._choices)
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_5)
        said = QVBoxLayout()
        said.setSpacing(kit.look.sizes.space_1)
        self.who, self.what = label("", size="strong", wraps=True), label("", tone="soft", wraps=True)
        said.addWidget(self.who)
        said.addWidget(self.what)
        row.addLayout(said, 1)
        self.write = button(kit, kit.words.t("Write the pouch"), on_write, role="primary", icon="usb")
        self.write.setMinimumWidth(kit.look.px(190))
        row.addWidget(self.write, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(kit.words.t("Writing the pouch"))
        self.add(self.bar)
        self._written: tuple[PouchWritten, ...] = ()
        self.panels: list[DonePanel] = []
        self._done = QVBoxLayout()
        self._done.setSpacing(kit.look.sizes.space_3)
        self.body.addLayout(self._done)

    def show_view(self, view: PouchView) -> None:
        """Show what would go, or what went."""
        self._offer(view)
        if view.plan is not None:
            who, what = plan_words(self._kit, view.plan)
        else:
            who, what = "", view.plan_problem
        self.who.setText(who)
        self.who.setVisible(bool(who) and self.choice is None)
        self.what.setText(what)
        self.write.setEnabled(view.may_write)
        first = not view.may_answer and (view.stick is None or not view.stick.waiting)
        _be_primary(self._kit, self.write, "usb", primary=first)
        self.bar.setVisible(view.busy in {"writing", "answering"})
        self._show_written(view.written)

    def show_progress(self, done: int, expected: int) -> None:
        """How far the writing is; a pouch may grow a little beyond what was expected."""
        most = max(expected, done, 1)
        self.bar.setRange(0, 1000 if done else 0)
        self.bar.setValue(min(999, done * 1000 // most))

    def _offer(self, view: PouchView) -> None:
        if view.rights.receivers != self._offered:
            self._offered = view.rights.receivers
            clear_layout(self._choices)
            self.choice = None
            if self._offered:
                self.choice = self._make_choice()
        if self.choice is not None:
            self.choice.setEnabled(not view.busy)
            if view.to is not None and self.choice.value() != str(view.to):
                self.choice.set_value(str(view.to))

    def _make_choice(self) -> ChoiceField:
        made = ChoiceField(self._kit, [Option(str(one.number), one.name) for one in self._offered])
        made.finished.connect(lambda: self._on_receiver(int(made.value() or self._offered[0].number)))
        self._choices.addWidget(FieldRow(self._kit, self._kit.words.t("For which machine"), made))
        return made

    def _show_written(self, written: tuple[PouchWritten, ...]) -> None:
        if written == self._written:
            return
        self._written = written
        clear_layout(self._done)
        self.panels = [DonePanel(self._kit, one, self._on_slip, self) for one in written]
        for made in self.panels:
            self._done.addWidget(made)


class DonePanel(Banner):
    """A pouch that was just written: what to compare, and the paper for it."""

    def __init__(
        self, kit: Kit, written: PouchWritten, on_slip: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(kit, parent)
        told = written_words(kit, written)
        compare = kit.words.t("Fingerprint: {fingerprint}").format(
            fingerprint=kit.formats.code(written.fingerprint)
        )
        self.say(
            f"{told}\n{compare}",
            "accent",
            kit.words.t("Print the pouch slip"),
            lambda: on_slip(written.fingerprint),
        )

    @property
    def print(self) -> QPushButton:
        """The button that makes the paper."""
        made = self._button
        assert made is not None
        return made


class ReadCard(Card):
    """How many pouches wait, one button, what came of each, and the answer."""

    def __init__(self, kit: Kit, on_read: Callable[[], None], on_answer: Callable[[], None]) -> None:
        super().__init__(kit, kit.words.t("Read pouches"), icon="inbox")
        self._kit = kit
        row = QHBoxLayout()
        row.setSpacing(kit.look.sizes.space_5)
        self.told = label("", wraps=True)
        row.addWidget(self.told, 1)
        self.read = button(kit, kit.words.t("Read the pouches"), on_read, icon="inbox")
        self.read.setMinimumWidth(kit.look.px(190))
        row.addWidget(self.read, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(kit.words.t("Reading the pouches"))
        self.add(self.bar)
        self.results = QVBoxLayout()
        self.results.setSpacing(kit.look.sizes.space_2)
        self.body.addLayout(self.results)
        self.answer = button(
            kit, kit.words.t("Write the return pouch"), on_answer, role="primary", icon="usb"
        )
        self._answering = hold_button(self.answer)
        self.add(self._answering)
        self._shown: object = None

    def show_view(self, view: PouchView) -> None:
        """Say what waits, and what came of the last reading."""
        self.told.setText(_waiting(self._kit, view.stick))
        self.read.setEnabled(view.may_read)
        waits = view.stick is not None and view.stick.waiting > 0
        _be_primary(self._kit, self.read, "inbox", primary=waits)
        self.bar.setVisible(view.busy == "reading")
        self._answering.setVisible(view.may_answer)
        if self._shown is not view.read:
            self._shown = view.read
            clear_layout(self.results)
            for sentence, tone in self._results(view):
                banner = Banner(self._kit, self)
                banner.say(sentence, "info" if tone == "soft" else tone)
                self.results.addWidget(banner)

    def show_progress(self, file: int, files: int) -> None:
        """Which of the files is read."""
        self.bar.setRange(0, files)
        self.bar.setValue(max(0, file - 1))

    def _results(self, view: PouchView) -> list[tuple[str, Tone]]:
        if view.read is None:
            return []
        if not view.read:
            return [(self._kit.words.t("There is nothing to read on this stick."), "info")]
        return [summary_words(self._kit, one) for one in view.read]


def _waiting(kit: Kit, stick: StickSeen | None) -> str:
    words = kit.words
    if stick is None or stick.code:
        return words.t("What lies on the stick is shown here once it is in.")
    if not stick.waiting:
        return words.t("Nothing new waits on this stick.")
    message = words.n(
        "{count} pouch waits on this stick.", "{count} pouches wait on this stick.", stick.waiting
    )
    return message.format(count=kit.formats.number(stick.waiting))


def _be_primary(kit: Kit, made: QPushButton, icon: str, *, primary: bool) -> None:
    """One button stands out: the one that is most likely meant now."""
    restyle(made, role="primary" if primary else "plain")
    put_icon(made, kit.look, icon, kit.look.colours.on_accent if primary else kit.look.ink("soft"))


def hold_button(made: QPushButton) -> QWidget:
    """A button at the side reading begins, no wider than its words."""
    row = QWidget()
    row.setProperty("paper", "clear")
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(made)
    across.addStretch(1)
    return row

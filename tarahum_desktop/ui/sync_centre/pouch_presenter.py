"""The pouch desk without widgets: finds the stick, says what would go, writes, reads, and offers the answer."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from tarahum_desktop.casework.pouches.history import PouchLine
from tarahum_desktop.casework.pouches.look import PouchRights, StickSeen
from tarahum_desktop.casework.pouches.plan import PouchPlan
from tarahum_desktop.casework.pouches.read import CARRIED, READ, REPEATED, REQUEST, PouchProgress
from tarahum_desktop.casework.pouches.write import PouchWritten
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.pouch_ports import PouchPorts, Read
from tarahum_desktop.ui.sync_centre.runner import ExchangeCancelled
from tarahum_desktop.ui.worker import Background

Busy = Literal["", "writing", "reading", "answering", "marking"]
_ANSWERED = frozenset({READ, REPEATED, CARRIED, REQUEST})


@dataclass(frozen=True)
class PouchView:
    """Everything the desk shows.

    ``problem`` is why the last step did not succeed; ``plan_problem`` why nothing can be written to anybody.
    """

    rights: PouchRights = field(default_factory=lambda: PouchRights(False, False, False))
    sticks: tuple[StickSeen, ...] = ()
    stick: StickSeen | None = None
    to: int | None = None
    plan: PouchPlan | None = None
    plan_problem: str = ""
    busy: Busy = ""
    problem: str = ""
    written: tuple[PouchWritten, ...] = ()
    read: Read | None = None
    history: tuple[PouchLine, ...] = ()
    said: str = ""

    @property
    def usable(self) -> bool:
        """Whether a registered stick is in and nothing is running."""
        return self.stick is not None and not self.stick.code and not self.busy

    @property
    def may_write(self) -> bool:
        """Whether the button writes."""
        return self.usable and self.plan is not None

    @property
    def may_read(self) -> bool:
        """Whether the button reads; also where nothing is new, for somebody may want to be sure."""
        return self.usable

    @property
    def may_answer(self) -> bool:
        """Whether what was read can be answered at once."""
        answerable = any(one.state in _ANSWERED for one in self.read or ())
        return self.usable and self.rights.is_office and answerable

    @property
    def may_register(self) -> bool:
        """Whether the stick that is in can be given a name by this person."""
        lacks = self.stick is not None and self.stick.code in {"stick_unregistered", "stick_retired"}
        return lacks and self.rights.may_register and not self.busy


class PouchScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """Nothing is known yet."""

    def show_pouches(self, view: PouchView) -> None:
        """Show it all."""

    def show_error(self, sentence: str) -> None:
        """Nothing can be shown."""


class PouchPresenter:
    """Call ``open`` when the section is shown, and ``look_again`` every few seconds while it is."""

    def __init__(self, ports: PouchPorts, background: Background, kit: Kit, screen: PouchScreen) -> None:
        self._ports, self._background, self.kit, self._screen = ports, background, kit, screen
        self.view = PouchView()
        self.loaded = False
        self.bytes_done = 0
        self.reading = PouchProgress(0, 0)
        self.cancelling = False
        self._by_hand: Path | None = None

    def open(self) -> None:
        """Find out everything."""
        if not self.loaded:
            self._screen.show_loading()
        self._background.query(self._learn, self._learnt, self._failed, replaces="pouches")

    def look_again(self) -> None:
        """Has a stick been put in or pulled out? Nothing else is read."""
        if self.loaded and not self.view.busy:
            self._background.query(self._sticks, self._seen, lambda _error: None, replaces="sticks")

    def choose_folder(self) -> None:
        """Another folder, where the stick was not found by itself."""
        chosen = self._ports.choose()
        if chosen is not None:
            self._by_hand = chosen
            self.open()

    def choose_stick(self, folder: Path) -> None:
        """Another of the sticks that are in."""
        self._by_hand = folder
        self.open()

    def choose_receiver(self, number: int) -> None:
        """For whom the office writes."""
        self.view = replace(self.view, to=number)
        self.open()

    def write(self) -> None:
        """Write the pouch to the stick."""
        stick, to = self.view.stick, self.view.to
        if self.view.may_write and stick is not None:
            self._begin("writing")
            ports = self._ports
            ports.beside.command(
                lambda: (ports.write(stick.folder, to, self._wrote),), self._was_written, self._stopped
            )

    def read(self) -> None:
        """Read whatever waits on the stick."""
        stick = self.view.stick
        if self.view.may_read and stick is not None:
            self._begin("reading")
            ports = self._ports
            ports.beside.command(
                lambda: ports.read(stick.folder, self._has_read), self._was_read, self._stopped
            )

    def answer(self) -> None:
        """Write the return pouches for what was just read."""
        stick, read = self.view.stick, self.view.read
        if self.view.may_answer and stick is not None and read is not None:
            self._begin("answering")
            ports = self._ports
            ports.beside.command(
                lambda: ports.answer(stick.folder, read, self._wrote), self._was_answered, self._stopped
            )

    def register(self, name: str) -> None:
        """Give the stick a name and let it carry pouches."""
        stick = self.view.stick
        if self.view.may_register and stick is not None:
            self._begin("marking")
            self._ports.beside.command(
                lambda: self._ports.register(stick.folder, name), lambda _line: self._settled(), self._stopped
            )

    def tidy(self) -> None:
        """Take from the stick what has arrived."""
        stick = self.view.stick
        if self.view.usable and stick is not None:
            self._begin("marking")
            self._ports.beside.command(lambda: self._ports.tidy(stick.folder), self._tidied, self._stopped)

    def cancel(self) -> None:
        """Stop at the next step; on the stick a pouch is whole or not there, and what was taken in stays."""
        self.cancelling = bool(self.view.busy)
        self._screen.show_pouches(self.view)

    def print_slip(self, fingerprint: str) -> None:
        """The paper for a pouch that was written here."""
        self._background.query(
            lambda: self._ports.slip(fingerprint),
            lambda content: self._save(fingerprint, content),
            self._stopped,
            replaces="slip",
        )

    def _save(self, fingerprint: str, content: bytes) -> None:
        name = self.kit.words.t("Pouch slip {fingerprint}").format(fingerprint=fingerprint.replace(" ", "-"))
        try:
            self._ports.save_slip(f"{name}.pdf", content)
        except TarahumError as error:
            self._stopped(error)

    def _sticks(self) -> tuple[StickSeen, ...]:
        found = self._ports.sticks()
        by_hand = self._by_hand
        if by_hand is None:
            return found
        same = [one for one in found if one.folder == by_hand] or [self._ports.look(by_hand)]
        return (*same, *(one for one in found if one.folder != by_hand))

    def _learn(self) -> PouchView:
        rights = self._ports.rights()
        to = self.view.to
        if to not in {one.number for one in rights.receivers}:
            to = rights.receivers[0].number if rights.receivers else None
        found = replace(self.view, rights=rights, to=to, plan=None, plan_problem="")
        found = replace(found, history=self._ports.history())
        try:
            found = replace(found, plan=self._ports.plan(to))
        except TarahumError as error:
            found = replace(found, plan_problem=error_sentence(self.kit.words, error))
        return replace(found, sticks=self._sticks())

    def _learnt(self, found: PouchView) -> None:
        self.loaded = True
        now = self.view
        self.view = replace(
            found, busy=now.busy, problem=now.problem, written=now.written, read=now.read, said=now.said,
        )  # fmt: skip
        self._seen(found.sticks)

    def _seen(self, sticks: tuple[StickSeen, ...]) -> None:
        stick = sticks[0] if sticks else None
        before = self.view.stick
        if before is not None and (stick is None or stick.folder != before.folder) and not self.view.busy:
            self.view = replace(self.view, problem="")  # it told of a stick that is no longer in
        self.view = replace(self.view, sticks=sticks, stick=stick)
        self._screen.show_pouches(self.view)

    def _failed(self, error: TarahumError) -> None:
        self.loaded = False
        self._screen.show_error(error_sentence(self.kit.words, error))

    def _begin(self, busy: Busy) -> None:
        self.bytes_done, self.reading, self.cancelling = 0, PouchProgress(0, 0), False
        kept = self.view.read if busy == "answering" else None
        self.view = replace(self.view, busy=busy, problem="", said="", written=(), read=kept)
        self._screen.show_pouches(self.view)

    def _wrote(self, count: int) -> None:
        """From the worker's thread."""
        self.bytes_done = count
        self._go_on()

    def _has_read(self, progress: PouchProgress) -> None:
        """From the worker's thread."""
        self.reading = progress
        self._go_on()

    def _go_on(self) -> None:
        if self.cancelling:
            raise ExchangeCancelled

    def _was_written(self, written: tuple[PouchWritten, ...]) -> None:
        self.view = replace(self.view, written=written)
        self._settled()

    def _was_answered(self, written: tuple[PouchWritten, ...]) -> None:
        self.view = replace(self.view, written=written, read=None)
        self._settled()

    def _was_read(self, read: Read) -> None:
        self.view = replace(self.view, read=read)
        self._settled()
        touched = frozenset[str]().union(*(one.touched for one in read))
        self._ports.took(touched | {"exchange_record", "outbox"})

    def _tidied(self, count: int) -> None:
        words = self.kit.words
        said = words.n(
            "{count} file was taken from the stick.", "{count} files were taken from the stick.", count
        )
        self.view = replace(self.view, said=said.format(count=self.kit.formats.number(count)))
        self._settled()

    def _stopped(self, error: TarahumError) -> None:
        if isinstance(error, ExchangeCancelled):
            self.view = replace(self.view, said=self.kit.words.t("Stopped. Nothing is half done."))
        else:
            self.view = replace(self.view, problem=error_sentence(self.kit.words, error))
        self._settled()

    def _settled(self) -> None:
        self.view = replace(self.view, busy="")
        self._screen.show_pouches(self.view)
        self.open()

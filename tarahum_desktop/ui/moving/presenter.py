"""Cases in hand without widgets: reads the lists, carries out what is decided, and says what became of it."""

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from tarahum_desktop.casework.moving.hand_over import HandOver
from tarahum_desktop.casework.moving.in_hand import CaseInHand
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.moving.ports import MovingBoard, MovingPorts
from tarahum_desktop.ui.moving.words import handed_over
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

SHOWN_KINDS = frozenset({
    "case_file", "relocation", "addendum", "assignment", "user_account", "role_grant", "household", "exchange_record",
})  # fmt: skip
Answer = TypeVar("Answer")


class MovingScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The lists are read for the first time."""

    def show_error(self, sentence: str) -> None:
        """The lists could not be read."""

    def show_board(self, board: MovingBoard) -> None:
        """The lists are read."""

    def show_cases(self, cases: Sequence[CaseInHand]) -> None:
        """The cases of the chosen officer."""

    def show_refusal(self, sentence: str) -> None:
        """What was asked could not be done; what was typed stays."""

    def say_done(self, sentence: str, tone: Tone) -> None:
        """It was done; what was typed for it goes."""


class MovingPresenter:
    """Call ``open`` each time the screen is opened."""

    def __init__(
        self,
        ports: MovingPorts,
        background: Background,
        kit: Kit,
        screen: MovingScreen,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self.ports, self._background, self.kit = ports, background, kit
        self._screen, self._changed = screen, changed
        self.board: MovingBoard | None = None
        self.officer: uuid.UUID | None = None

    def open(self) -> None:
        """Read everything anew; what was shown stays until the new is there."""
        if self.board is None:
            self._screen.show_loading()
        self._background.query(self.ports.board, self._read, self._failed, replaces="board")

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.open()

    def choose_officer(self, officer: uuid.UUID | None) -> None:
        """Show an officer's cases."""
        self.officer = officer
        self._background.query(
            lambda: self.ports.cases(officer), self._screen.show_cases, self._failed, replaces="cases"
        )

    def hand_over(self, cases: Sequence[uuid.UUID], officer: uuid.UUID, reason: str) -> None:
        """Give cases to an officer."""

        def done(became: HandOver) -> None:
            tone: Tone = "attention" if became.refused else "accent"
            self._done(handed_over(self.kit, became), tone)

        self._do(lambda: self.ports.hand_over(cases, officer, reason), done)

    def offer(self, households: Sequence[uuid.UUID], committee: str, reason: str) -> None:
        """Offer families to another committee."""
        words, count = self.kit.words, len(households)
        told = words.n(
            "{count} family was offered. It stays and is served here until they accept.",
            "{count} families were offered. They stay and are served here until they accept.",
            count,
        )
        sentence = told.format(count=self.kit.formats.number(count))
        self._do(lambda: self.ports.offer(households, committee, reason), lambda _done: self._done(sentence))

    def restrict(self, cases: Sequence[uuid.UUID], reason: str) -> None:
        """Put cases out of the sight of all without an access of their own."""
        sentence = msgid("The case is restricted. It leaves the other machines with the next exchange.")
        self._tell(lambda: self.ports.restrict(cases, reason), sentence)

    def accept(self, offer: uuid.UUID) -> None:
        """Take a family on."""
        sentence = msgid("The family was accepted. Its file arrives with the next exchange.")
        self._tell(lambda: self.ports.answer(offer, True, ""), sentence)

    def refuse(self, offer: uuid.UUID, reason: str) -> None:
        """Do not take a family on, and say why."""
        sentence = msgid("The family was refused. The other office will read your reason.")
        self._tell(lambda: self.ports.answer(offer, False, reason), sentence)

    def take_back(self, offer: uuid.UUID) -> None:
        """Let the case go on here."""
        self._tell(lambda: self.ports.take_back(offer), msgid("Taken back. The case goes on in this office."))

    def take(self, late: uuid.UUID) -> None:
        """Write a late edit into the record."""
        self._tell(lambda: self.ports.take(late), msgid("The late edit was written into the file."))

    def set_aside(self, late: uuid.UUID) -> None:
        """Leave the record as it is."""
        self._tell(
            lambda: self.ports.set_aside(late), msgid("The late edit was set aside. It stays on record.")
        )

    def _tell(self, work: Callable[[], object], sentence: str) -> None:
        self._do(work, lambda _done: self._done(self.kit.words.t(sentence)))

    def _do(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self._background.command(work, done, self._refused)

    def _done(self, sentence: str, tone: Tone = "accent") -> None:
        self._screen.say_done(sentence, tone)
        self._changed(SHOWN_KINDS)
        self.open()

    def _refused(self, error: TarahumError) -> None:
        self._screen.show_refusal(error_sentence(self.kit.words, error))

    def _read(self, board: MovingBoard) -> None:
        self.board = board
        self._screen.show_board(board)

    def _failed(self, error: TarahumError) -> None:
        self.board = None
        self._screen.show_error(error_sentence(self.kit.words, error))

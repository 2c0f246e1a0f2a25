"""Corrections without widgets: the queue, and one decision at a time."""

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.ui.amending.change_words import ChangeWords, change_words
from tarahum_desktop.ui.amending.ports import AmendingPorts, Correction
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.worker import Background

Shown = tuple[Correction, Sequence[ChangeWords]]


class AmendingScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The queue is being read."""

    def show_corrections(self, shown: Sequence[Shown]) -> None:
        """The corrections, or none."""

    def show_error(self, sentence: str) -> None:
        """They could not be read."""

    def say(self, sentence: str, *, wrong: bool) -> None:
        """What came of a decision."""


class AmendingPresenter:
    """``on_changed`` hears of decisions."""

    def __init__(
        self,
        screen: AmendingScreen,
        ports: AmendingPorts,
        background: Background,
        kit: Kit,
        on_changed: Callable[[], None],
    ) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self._on_changed = on_changed
        self.decided = False
        self._loaded = False

    def open(self) -> None:
        """Read the queue."""
        if not self._loaded:
            self._screen.show_loading()
        read = self._ports.decided if self.decided else self._ports.waiting

        def work() -> list[Shown]:
            return [(one, change_words(self._kit, one, self._ports.named)) for one in read()]

        self._background.query(work, self._arrived, self._failed, replaces="amending")

    def show(self, *, decided: bool) -> None:
        """Show those still to be decided, or those that were."""
        if decided != self.decided:
            self.decided = decided
            self.open()

    def approve(self, amendment: uuid.UUID) -> None:
        """Let a correction count."""
        said = self._kit.words.t("The correction was approved. What was signed is kept beside it.")
        self._decide(lambda: self._ports.approve(amendment), said)

    def reject(self, amendment: uuid.UUID, reason: str) -> None:
        """Turn a correction down; without a reason nothing is asked of anybody."""
        if not reason:
            self._screen.say(code_sentence(self._kit.words, "rejection_reason_missing"), wrong=True)
            return
        said = self._kit.words.t("The correction was rejected. Whoever proposed it can read why.")
        self._decide(lambda: self._ports.reject(amendment, reason), said)

    def _decide(self, work: Callable[[], None], said: str) -> None:
        def done(_nothing: None) -> None:
            self._screen.say(said, wrong=False)
            self._on_changed()
            self.open()

        self._background.command(work, done, self._refused)

    def _arrived(self, shown: list[Shown]) -> None:
        self._loaded = True
        self._screen.show_corrections(shown)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _refused(self, error: TarahumError) -> None:
        self._screen.say(error_sentence(self._kit.words, error), wrong=True)
        self.open()

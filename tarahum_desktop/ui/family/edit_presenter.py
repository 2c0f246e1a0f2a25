"""Facts mended in the file: how to reach a person, where the family lives, who left; without widgets."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Protocol

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.worker import Background


class EditScreen(Protocol):
    """What the presenter tells its panel."""

    def show_kept(self, sentence: str) -> None:
        """It is kept; the sentence says what looks doubtful about it."""

    def show_refused(self, sentence: str) -> None:
        """It was not kept, and why."""


class EditPresenter:
    """One edit at a time."""

    def __init__(
        self,
        screen: EditScreen,
        ports: FamilyPorts,
        background: Background,
        kit: Kit,
        changed: Callable[[], None],
    ) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self._changed = changed
        self.busy = False

    def keep_contact(self, person: uuid.UUID, entered: Mapping[str, str]) -> None:
        """Keep how somebody is reached."""
        self._do(lambda: self._ports.edit_contact(person, entered))

    def keep_address(self, household: uuid.UUID, entered: Mapping[str, str]) -> None:
        """Keep where the family lives."""
        self._do(lambda: self._ports.edit_address(household, entered))

    def end_membership(self, membership: uuid.UUID, last_day: dt.date, reason: str) -> None:
        """Say that somebody left."""

        def end() -> tuple[str, ...]:
            self._ports.end_membership(membership, last_day, reason)
            return ()

        self._do(end)

    def _do(self, work: Callable[[], tuple[str, ...]]) -> None:
        if self.busy:
            return
        self.busy = True
        self._background.command(work, self._kept, self._refused)

    def _kept(self, warnings: tuple[str, ...]) -> None:
        self.busy = False
        words = self._kit.words
        said = " ".join((words.t("Kept."), *(code_sentence(words, code) for code in warnings)))
        self._screen.show_kept(said)
        self._changed()

    def _refused(self, error: TarahumError) -> None:
        self.busy = False
        self._screen.show_refused(error_sentence(self._kit.words, error))

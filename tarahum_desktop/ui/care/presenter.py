"""The care of a case without widgets."""

import uuid
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.case_states import CaseState, ClosureReason
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.care.ports import CareBoard, CarePorts
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

SHOWN_KINDS: Final = frozenset({
    "alert", "case_file", "case_move", "custody_episode", "household", "membership", "person", "plan_item",
    "release_check", "relocation", "role_grant",
})  # fmt: skip


class CareScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The case is read for the first time."""

    def show_board(self, board: CareBoard) -> None:
        """The case is read."""

    def show_error(self, sentence: str) -> None:
        """It could not be read."""


class Announcer(Protocol):
    """Says something at the lower edge."""

    def __call__(self, sentence: str, tone: Tone = ...) -> None:
        """Say it."""


class CarePresenter:
    """Call ``open`` with the household whose case is meant."""

    def __init__(
        self,
        ports: CarePorts,
        background: Background,
        kit: Kit,
        screen: CareScreen,
        navigate: Callable[[str, Mapping[str, str]], None],
        announce: Announcer,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self._ports, self._background, self.kit = ports, background, kit
        self._screen, self._navigate = screen, navigate
        self._announce, self._changed = announce, changed
        self.household: uuid.UUID | None = None
        self.board: CareBoard | None = None

    def open(self, household: uuid.UUID) -> None:
        """Read the case of a household."""
        if household != self.household:
            self.household, self.board = household, None
        self.read()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.read()

    def read(self) -> None:
        """Read the case anew."""
        household = self.household
        if household is None:
            return
        if self.board is None:
            self._screen.show_loading()
        self._background.query(lambda: self._ports.load(household), self._read, self._failed, replaces="care")

    def move(self, target: CaseState, reason: str, closure: ClosureReason | None) -> None:
        """Take a step."""
        if self.board is None:
            return
        case_id = self.board.chain.case_id
        state = case_state_words(self.kit.words, target.value)
        said = self.kit.words.t("The case is now: {state}").format(state=state)
        self._command(lambda: self._ports.move(case_id, target, reason, closure), said)

    def check(self, episode_id: uuid.UUID, item: ReleaseItem, state: CheckState, note: str) -> None:
        """Say how far an item of a release has come."""
        said = self.kit.words.t("Kept.")
        self._command(lambda: self._ports.check(episode_id, item, state, note), said)

    def acknowledge(self, alert_id: uuid.UUID, note: str) -> None:
        """Say that an alert was seen."""
        said = self.kit.words.t("Your name stands under this alert now.")
        self._command(lambda: self._ports.acknowledge(alert_id, note), said)

    def raise_alert(self, kind: AlertKind, note: str) -> None:
        """Raise an alert by hand."""
        if self.board is None:
            return
        case_id = self.board.chain.case_id
        said = self.kit.words.t("The supervisor is alerted at the next exchange. Please tell them today.")

        def done(_alert: uuid.UUID) -> None:
            self._done(frozenset({"alert", "case_file"}), said)

        self._background.command(lambda: self._ports.raise_alert(case_id, kind, note), done, self._refused)

    def open_family(self) -> None:
        """The family's file."""
        if self.household is not None:
            self._navigate("family", {"household": str(self.household)})

    def _command(self, work: Callable[[], ChangeSummary], said: str) -> None:
        self._background.command(
            work, lambda summary: self._done(frozenset(summary.touched), said), self._refused
        )

    def _done(self, kinds: frozenset[str], said: str) -> None:
        self._announce(said)
        self._changed(kinds)
        self.read()

    def _refused(self, error: TarahumError) -> None:
        self._announce(error_sentence(self.kit.words, error), "danger")
        self.read()

    def _read(self, board: CareBoard) -> None:
        self.board = board
        self._screen.show_board(board)

    def _failed(self, error: TarahumError) -> None:
        self.board = None
        self._screen.show_error(error_sentence(self.kit.words, error))

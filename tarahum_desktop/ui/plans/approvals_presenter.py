"""What waits for this person without widgets: the queue by level, what came back, the sittings."""

import uuid
from collections.abc import Sequence
from typing import Protocol

from tarahum_desktop.casework.errors import ReasonMissing
from tarahum_desktop.casework.plans.board import PlanRow
from tarahum_desktop.casework.plans.decide import ItemDecision
from tarahum_desktop.casework.plans.minutes import MinuteSummary
from tarahum_desktop.casework.plans.queue import WaitingItem
from tarahum_desktop.casework.plans.states import NEEDS_REASON, Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.ports import ApprovalsPorts
from tarahum_desktop.ui.worker import Background

CHANGED = frozenset({"plan_item", "case_file", "case_move"})


class ApprovalsScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The lists are being read."""

    def show_queue(self, items: Sequence[WaitingItem], counts: dict[ApprovalLevel, int]) -> None:
        """What waits at the chosen level; how many wait at each."""

    def show_returned(self, rows: Sequence[PlanRow]) -> None:
        """What came back to this person."""

    def show_minutes(self, minutes: Sequence[MinuteSummary], *, may_keep: bool) -> None:
        """The sittings."""

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""

    def ask_reason(self, item: WaitingItem, verdict: Verdict) -> None:
        """This decision needs words first."""

    def show_decided(self, item: WaitingItem, verdict: Verdict) -> None:
        """It is decided."""

    def show_trouble(self, sentence: str) -> None:
        """Something was refused; what was typed stays."""

    def open_minute(self, minute_id: uuid.UUID) -> None:
        """Go to a sitting."""


class ApprovalsPresenter:
    """Holds the queue and the level chosen of it."""

    def __init__(
        self, screen: ApprovalsScreen, ports: ApprovalsPorts, background: Background, kit: Kit
    ) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self.items: tuple[WaitingItem, ...] = ()
        self.level: ApprovalLevel | None = None
        self.loaded = False

    def reload(self) -> None:
        """Read everything again."""
        if not self.loaded:
            self._screen.show_loading()
        ports = self._ports
        self._background.query(
            lambda: (tuple(ports.queue()), tuple(ports.returned()), tuple(ports.minutes()), ports.may_keep()),
            self._loaded, self._failed, replaces="approvals",
        )  # fmt: skip

    def choose_level(self, level: ApprovalLevel | None) -> None:
        """Show one level of the queue, or all."""
        self.level = level
        self._show_queue()

    def decide(
        self, item: WaitingItem, verdict: Verdict | None, reason: str = "", amount: int | None = None
    ) -> None:
        """Decide on an item; a refusal or a return asks for its reason first."""
        if verdict is None:
            return
        if verdict in NEEDS_REASON and not reason.strip():
            self._screen.ask_reason(item, verdict)
            return
        decision = ItemDecision(verdict, reason, amount if verdict is Verdict.APPROVE else None)
        self._background.command(
            lambda: self._ports.decide(item.item_id, decision),
            lambda _done: self._screen.show_decided(item, verdict), self._tell,
        )  # fmt: skip

    def open_minute(self) -> None:
        """Open a sitting of the level shown, or of the one most wait at."""
        level = self.level or self._busiest()
        if level is not None:
            self._background.command(
                lambda: self._ports.open_minute(level), self._screen.open_minute, self._tell
            )

    def reason_missing(self) -> None:
        """Say that words are due."""
        self._tell(ReasonMissing())

    def counts(self) -> dict[ApprovalLevel, int]:
        """How many wait at each level this person reaches."""
        found = {level: sum(item.level is level for item in self.items) for level in ApprovalLevel}
        return {level: count for level, count in found.items() if count}

    def _busiest(self) -> ApprovalLevel | None:
        counts = self.counts()
        return max(counts, key=lambda level: counts[level]) if counts else None

    def _loaded(
        self, found: tuple[tuple[WaitingItem, ...], tuple[PlanRow, ...], tuple[MinuteSummary, ...], bool]
    ) -> None:
        self.items, returned, minutes, may_keep = found
        self.loaded = True
        if self.level is not None and self.level not in self.counts():
            self.level = None
        self._show_queue()
        self._screen.show_returned(returned)
        self._screen.show_minutes(minutes, may_keep=may_keep)

    def _show_queue(self) -> None:
        shown = [item for item in self.items if self.level in {None, item.level}]
        self._screen.show_queue(shown, self.counts())

    def _failed(self, error: TarahumError) -> None:
        self.loaded = False
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _tell(self, error: TarahumError) -> None:
        self._screen.show_trouble(error_sentence(self._kit.words, error))

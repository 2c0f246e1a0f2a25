"""The sync centre without widgets: reads the books, follows the running exchange, says it in words."""

from dataclasses import dataclass
from typing import Protocol

from tarahum_desktop.casework.sync_state import ExchangeLine, ScopeLine, SyncState
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.runner import RunEnd
from tarahum_desktop.ui.sync_centre.words import (
    clock_words,
    end_words,
    line_words,
    phase_words,
    result_words,
    scope_name,
    scope_words,
)
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.sync_words import conflicts_in_words, sync_in_words
from tarahum_desktop.ui.worker import Background

Said = tuple[str, Tone]


@dataclass(frozen=True)
class ScopeRow:
    """A scope as shown."""

    name: str
    rows: str
    state: str
    tone: Tone


@dataclass(frozen=True)
class HistoryRow:
    """An exchange as shown."""

    when: str
    sent: str
    received: str
    size: str
    result: str
    tone: Tone


@dataclass(frozen=True)
class SyncView:
    """Everything the screen shows but the running exchange."""

    kept: str
    sent: str
    confirmed: str
    state: Said
    line: Said
    warnings: tuple[Said, ...]
    scopes: tuple[ScopeRow, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True)
class RunView:
    """The running exchange: what it is doing, what it has done, for how long."""

    phase: str
    counts: str
    elapsed: str


class SyncScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The books are read for the first time."""

    def show_state(self, view: SyncView) -> None:
        """The books are read."""

    def show_error(self, sentence: str) -> None:
        """The books could not be read."""

    def show_running(self, run: RunView) -> None:
        """An exchange runs; told again a few times a second by way of ``tick``."""

    def show_ended(self, said: Said, *, asked: bool) -> None:
        """The exchange that was shown has ended; ``asked`` when the person here began it."""


class SyncPresenter:
    """The sync centre. Call ``open`` on each opening, and ``tick`` a few times a second while shown or following."""

    def __init__(self, ports: SyncPorts, background: Background, kit: Kit, screen: SyncScreen) -> None:
        self._ports, self._background = ports, background
        self.kit, self._screen = kit, screen
        self.following = False
        self.loaded = False
        self._asked = False

    @property
    def may_exchange(self) -> bool:
        """Whether the button can be pressed."""
        return bool(self._ports.centre) and not self._ports.runner.running

    @property
    def may_cancel(self) -> bool:
        """Whether there is something to stop."""
        return self._ports.runner.running and not self._ports.runner.cancelling

    def open(self) -> None:
        """Read the books; join an exchange that is running already."""
        if not self.loaded:
            self._screen.show_loading()
        self._background.query(self._ports.state, self._read, self._failed, replaces="state")
        self.tick()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again: whatever changes here is one more change kept, so every kind counts."""
        if changed:
            self.open()

    def exchange(self) -> None:
        """Begin an exchange."""
        if self.may_exchange and self._ports.runner.start():
            self.following = self._asked = True
            self.tick()

    def cancel(self) -> None:
        """Stop the exchange after its present step."""
        self._ports.runner.cancel()
        self.tick()

    def tick(self) -> None:
        """Look whether an exchange runs, begun here or by the clock, and show where it is."""
        runner = self._ports.runner
        if runner.running:
            self.following = True
            self._screen.show_running(self._run_view())
        elif self.following:
            asked, self.following, self._asked = self._asked, False, False
            if runner.last is not None:
                self._screen.show_ended(end_words(self.kit, runner.last), asked=asked)
            self.open()

    def _run_view(self) -> RunView:
        kit, runner = self.kit, self._ports.runner
        phase = (
            kit.words.t("Stopping after this step…")
            if runner.cancelling
            else phase_words(kit, runner.progress.phase)
        )
        counts = kit.words.t("Sent {sent} · received {received}").format(
            sent=kit.formats.number(runner.progress.pushed),
            received=kit.formats.number(runner.progress.pulled),
        )
        elapsed = kit.words.t("Time so far: {duration}").format(
            duration=kit.formats.duration(int(runner.seconds))
        )
        return RunView(phase, counts, elapsed)

    def _read(self, state: SyncState) -> None:
        self.loaded = True
        self._screen.show_state(self._view(state))

    def _failed(self, error: TarahumError) -> None:
        self.loaded = False
        self._screen.show_error(error_sentence(self.kit.words, error))

    def _view(self, state: SyncState) -> SyncView:
        kit, now = self.kit, self._ports.now()
        number, last = kit.formats.number, self._ports.runner.last
        return SyncView(
            number(state.kept_here), number(state.sent), number(state.confirmed),
            sync_in_words(kit, state.kept_here, state.last_complete_at, now),
            self._line(state, last), self._warnings(state),
            tuple(self._scope_row(row) for row in state.scopes),
            tuple(self._history_row(row) for row in state.history),
        )  # fmt: skip

    def _line(self, state: SyncState, last: RunEnd | None) -> Said:
        if not self._ports.centre:
            return code_sentence(self.kit.words, "not_enrolled"), "attention"
        if last is not None:
            return end_words(self.kit, last)
        return line_words(self.kit, state, self._ports.now()), "soft"

    def _warnings(self, state: SyncState) -> tuple[Said, ...]:
        words, number = self.kit.words, self.kit.formats.number
        found: list[Said] = []
        if state.history and (clock := clock_words(self.kit, state.history[0].clock_error_ms)):
            found.append((clock, "danger"))
        if state.held_batches:
            message = words.n(
                "{count} batch is held until what it needs arrives or your office releases it. Nothing of it is lost.",
                "{count} batches are held until what they need arrives or your office releases them. Nothing of them is lost.",
                state.held_batches,
            )
            found.append((message.format(count=number(state.held_batches)), "attention"))
        if state.open_conflicts:
            found.append((conflicts_in_words(self.kit, state.open_conflicts), "attention"))
        return tuple(found)

    def _scope_row(self, row: ScopeLine) -> ScopeRow:
        text, tone = scope_words(self.kit, row)
        return ScopeRow(scope_name(self.kit, row), self.kit.formats.number(row.rows), text, tone)

    def _history_row(self, row: ExchangeLine) -> HistoryRow:
        formats, (text, tone) = self.kit.formats, result_words(self.kit, row)
        size = formats.bytes(row.bytes_out + row.bytes_in)
        when = formats.date_time(row.started_at)
        return HistoryRow(when, formats.number(row.pushed), formats.number(row.pulled), size, text, tone)

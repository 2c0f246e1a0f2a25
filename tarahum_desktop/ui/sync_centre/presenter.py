"""The sync centre without widgets: reads the books, follows the running exchange, says it in words."""

from typing import Protocol

from tarahum_desktop.casework.exchange_habits import ExchangeHabits
from tarahum_desktop.casework.sync_detail import HealLine, HeldLine, SyncDetail
from tarahum_desktop.casework.sync_state import ExchangeLine, ScopeLine, SyncState
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import code_sentence, error_sentence
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.detail_words import (
    files_words,
    forecast_words,
    heal_words,
    held_words,
    leaving_words,
    name_of,
    speed_of,
    strange_words,
)
from tarahum_desktop.ui.sync_centre.machine_words import carrier_words
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.runner import RunEnd
from tarahum_desktop.ui.sync_centre.shown import (
    HealRow,
    HeldRow,
    HistoryRow,
    RunView,
    Said,
    ScopeRow,
    SyncView,
)
from tarahum_desktop.ui.sync_centre.words import (
    clock_words,
    end_words,
    line_words,
    phase_words,
    result_words,
    scope_name,
    scope_words,
)
from tarahum_desktop.ui.widgets.sync_words import conflicts_in_words, sync_in_words
from tarahum_desktop.ui.worker import Background

_TELLS = 0.02
_SETTLED_SECONDS = 2
OFFICE = "office"
"""The way of an exchange that goes to the office alone."""


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

    def show_forecast(self, said: Said) -> None:
        """What an exchange would move, or that this is being asked."""

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
        self._speed = 0.0
        self.checking = False

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
        self._background.query(self._both, self._read, self._failed, replaces="state")
        self.tick()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again: whatever changes here is one more change kept, so every kind counts."""
        if changed:
            self.open()

    def exchange(self) -> None:
        """Begin an exchange."""
        self._start("")

    def exchange_with_office(self) -> None:
        """Begin one with the office's machine, whether the centre can be reached or not."""
        self._start(OFFICE)

    def check(self) -> None:
        """Ask what an exchange would move; nothing moves yet."""
        if self.may_exchange and not self.checking:
            self.checking = True
            self._screen.show_forecast((self.kit.words.t("Asking the centre…"), "soft"))
            self._ports.beside.command(self._ports.forecast, self._forecast, self._not_forecast)

    def keep_habits(self, habits: ExchangeHabits) -> None:
        """Exchange by itself or not; pay by the byte or not."""
        self._background.command(
            lambda: self._ports.keep_habits(habits), lambda _none: self.open(), self._failed
        )

    def _start(self, way: str) -> None:
        if self.may_exchange and self._ports.runner.start(way):
            self.following = self._asked = True
            self.tick()

    def _forecast(self, forecast: Forecast) -> None:
        self.checking = False
        self._screen.show_forecast(forecast_words(self.kit, forecast, self._speed))

    def _not_forecast(self, error: TarahumError) -> None:
        self.checking = False
        self._screen.show_forecast((error_sentence(self.kit.words, error), "danger"))

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
        progress = runner.progress
        counts = kit.words.t("Sent {sent} · received {received}").format(
            sent=self._of(progress.pushed, progress.expected_out),
            received=self._of(progress.pulled, progress.expected_in),
        )
        elapsed = kit.words.t("Time so far: {duration}").format(
            duration=kit.formats.duration(int(runner.seconds))
        )
        if left := self._left():
            elapsed = f"{elapsed} · {left}"
        return RunView(phase, counts, elapsed, progress.share)

    def _of(self, done: int, expected: int) -> str:
        """What is done of what was expected; a little more may come than was announced."""
        number = self.kit.formats.number
        if expected <= done:
            return number(done)
        return self.kit.words.t("{done} of {expected}").format(done=number(done), expected=number(expected))

    def _left(self) -> str:
        """How long it still takes, once enough is done to tell."""
        share, seconds = self._ports.runner.progress.share, self._ports.runner.seconds
        if not _TELLS <= share < 1 or seconds < _SETTLED_SECONDS:
            return ""
        left = self.kit.formats.duration(max(1, round(seconds * (1 - share) / share)))
        return self.kit.words.t("still about {duration}").format(duration=left)

    def _both(self) -> tuple[SyncState, SyncDetail]:
        return self._ports.state(), self._ports.detail()

    def _read(self, found: tuple[SyncState, SyncDetail]) -> None:
        self.loaded = True
        self._speed = speed_of(found[0].history)
        self._screen.show_state(self._view(*found))

    def _failed(self, error: TarahumError) -> None:
        self.loaded = False
        self._screen.show_error(error_sentence(self.kit.words, error))

    def _view(self, state: SyncState, detail: SyncDetail) -> SyncView:
        kit, now = self.kit, self._ports.now()
        number, last = kit.formats.number, self._ports.runner.last
        waiting = detail.files.waiting_out
        return SyncView(
            number(state.only_here), number(state.handed), number(state.confirmed), number(waiting.files),
            sync_in_words(kit, state.only_here, state.last_complete_at, now, state.handed),
            self._line(state, last), self._warnings(state),
            tuple(self._scope_row(row) for row in state.scopes),
            tuple(self._history_row(row) for row in state.history),
            self._waits(detail),
            tuple(self._heal_row(row) for row in detail.heals),
            tuple(self._held_row(row) for row in detail.held),
            detail.habits, state.kept_here,
        )  # fmt: skip

    def _waits(self, detail: SyncDetail) -> tuple[Said, ...]:
        found = files_words(self.kit, detail)
        found += [leaving_words(self.kit, line) for line in detail.leaving]
        if detail.strange:
            found.append(strange_words(self.kit, detail.strange))
        return tuple(found)

    def _heal_row(self, row: HealLine) -> HealRow:
        result, tone = heal_words(self.kit, row)
        name = name_of(self.kit, row.scope, row.name_ar, row.name_en)
        other = row.other or self.kit.words.t("The centre")
        return HealRow(self.kit.formats.date_time(row.at), name, other, result, tone)

    def _held_row(self, row: HeldLine) -> HeldRow:
        formats, name = self.kit.formats, name_of(self.kit, row.scope, row.name_ar, row.name_en)
        since = formats.ago(row.held_at, self._ports.now())
        maker = row.device_name or formats.number(row.device)
        return HeldRow(since, name, maker, formats.number(row.changes), held_words(self.kit, row))

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
        way = carrier_words(self.kit, row.carrier)
        return HistoryRow(when, formats.number(row.pushed), formats.number(row.pulled), size, text, tone, way)

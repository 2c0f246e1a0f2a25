"""Books of an office and an exchange that does what a test says, step by step."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tarahum_desktop.casework.devices_heard import DeviceHeard
from tarahum_desktop.casework.exchange_habits import ExchangeHabits
from tarahum_desktop.casework.sync_detail import SyncDetail
from tarahum_desktop.casework.sync_state import ExchangeLine, ScopeLine, SyncState
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.blobs.state import Counted, FilesState
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.sync.exchange.outcome import Outcome, Progress
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.sync_centre.ports import OfficeLine, OfficePorts, SyncPorts
from tarahum_desktop.ui.sync_centre.runner import ExchangeRunner, Report
from tarahum_desktop.ui.sync_centre.view import SyncScreenView
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Immediate, run_guarded
from tests.ui.sync_centre.pouch_world import PouchWorld

NOW = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
CENTRE = "https://centre.example.sa:8443"
Answer = TypeVar("Answer")


def exchange_line(number: int, hours: int, result: str = "ok", *, proven: bool = True) -> ExchangeLine:
    began = NOW - timedelta(hours=hours)
    ended = began + timedelta(seconds=7)
    return ExchangeLine(
        uuid.UUID(int=number), began, ended, result, 3 * number, 1207 * number, 912 * number, 40_960, proven
    )


SCOPES = (
    ScopeLine("national", "الكتالوج الوطني", "National catalogue", True, 0, 0, 412, "00" * 8, proven=True),
    ScopeLine(
        "committee:riyadh", "لجنة الرياض", "Riyadh committee", True, 14, 298, 31_840, "01" * 8, proven=True
    ),
    ScopeLine(
        "team:riyadh-women", "القسم النسائي بالرياض", "Riyadh women's section", False, 0, 0, 960, "02" * 8
    ),
)
HISTORY = (
    exchange_line(5, 26),
    exchange_line(4, 50, "line_failed", proven=False),
    exchange_line(3, 74),
    exchange_line(2, 98, "exchange_cancelled", proven=False),
    exchange_line(1, 122),
)
STATE = SyncState(
    kept_here=14, sent=303, confirmed=298, handed=5, last_complete_at=NOW - timedelta(hours=26), scopes=SCOPES, history=HISTORY,
    open_conflicts=0, held_batches=0,
)  # fmt: skip
DETAIL = SyncDetail(FilesState(*(Counted(),) * 5), 0, (), (), (), ExchangeHabits())
NEW_MACHINE = SyncState(0, 0, 0, None, (), (), 0, 0)
ALL_PROVEN = Outcome(
    pushed=14, pulled=203, proven=frozenset(row.scope for row in SCOPES), disputed=frozenset(), clock_error_ms=0,
    lease_until=0,
)  # fmt: skip


class Held:
    """A background that works only when the test says so, as a thread of its own would."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def query(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[TarahumError], None],
        *,
        replaces: str = "",
    ) -> None:
        del replaces
        self.command(work, done, failed)

    def command(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[TarahumError], None],
    ) -> None:
        self.jobs.append(lambda: Immediate().command(lambda: run_guarded(work), done, failed))

    def close(self) -> None:
        self.jobs.clear()

    def work(self) -> None:
        """Do everything that waits."""
        while self.jobs:
            self.jobs.pop(0)()


def told(answer: Answer | TarahumError) -> Answer:
    """The answer, or the error in its place."""
    if isinstance(answer, TarahumError):
        raise answer
    return answer


class World:
    """A sync centre, its runner, and what it told the window."""

    def __init__(self, kit: Kit, state: SyncState | TarahumError = STATE, centre: str = CENTRE) -> None:
        self.state, self.reads = state, 0
        self.outcome: Outcome | TarahumError = ALL_PROVEN
        self.steps: list[tuple[str, int, int]] = [("hello", 0, 0), ("push", 14, 0), ("pull", 14, 203)]
        self.touched: dict[str, set[bytes]] = {"person": {b"1"}, "visit": {b"2"}}
        self.between: Callable[[], None] = lambda: None
        self.exchanges = 0
        self.seconds = 0.0
        self.held = Held()
        self.changed: list[frozenset[str]] = []
        self.announced: list[tuple[str, Tone]] = []
        self.runner = ExchangeRunner(self.exchange, self.held, self.changed.append, lambda: self.seconds)
        self.detail, self.forecast = DETAIL, Forecast()
        self.habits: list[ExchangeHabits] = []
        self.machines: tuple[DeviceHeard, ...] | TarahumError = ()
        self.line = OfficeLine()
        self.switched: list[bool] = []
        self.addresses: list[str] = []
        self.pouches = PouchWorld()
        office = OfficePorts(lambda: self.line, self.switched.append, self.addresses.append, lambda: "")
        self.ports = SyncPorts(
            self.read, self.runner, lambda: NOW, lambda: self.detail, lambda: told(self.forecast), self.keep,
            lambda: told(self.machines), lambda: True, office, self.pouches.ports(), Immediate(), centre,
        )  # fmt: skip
        self.kit = kit
        self.view = SyncScreenView(self.context(), self.ports)

    def context(self) -> ScreenContext:
        return ScreenContext(
            self.kit, Immediate(), lambda _screen, _params=None: None, lambda: None,
            lambda sentence, tone="accent", *_rest: self.announced.append((sentence, tone)), lambda _kinds: None,
        )  # fmt: skip

    def keep(self, habits: ExchangeHabits) -> None:
        self.habits.append(habits)
        self.detail = replace(self.detail, habits=habits)

    def read(self) -> SyncState:
        self.reads += 1
        if isinstance(self.state, TarahumError):
            raise self.state
        return self.state

    def exchange(self, report: Report) -> Outcome:
        self.exchanges += 1
        progress = Progress()
        for progress.phase, progress.pushed, progress.pulled in self.steps:
            progress.touched = self.touched if progress.phase == "pull" else {}
            report(progress)
            self.between()
        if isinstance(self.outcome, TarahumError):
            raise self.outcome
        return self.outcome

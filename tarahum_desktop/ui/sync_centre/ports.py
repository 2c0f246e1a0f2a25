"""What the sync centre needs from the rest of the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tarahum_desktop.casework.devices_heard import DeviceHeard
from tarahum_desktop.casework.exchange_habits import ExchangeHabits
from tarahum_desktop.casework.sync_detail import SyncDetail
from tarahum_desktop.casework.sync_state import SyncState
from tarahum_desktop.sync.exchange.forecast import Forecast
from tarahum_desktop.ui.sync_centre.pouch_ports import PouchPorts
from tarahum_desktop.ui.sync_centre.runner import ExchangeRunner
from tarahum_desktop.ui.worker import Background


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """The office's own network: who serves, and where.

    Attributes:
        is_office: whether this machine may serve others.
        may_switch: whether the person may turn that on and off.
        serving: whether it serves now.
        announced: whether laptops find it by themselves.
        addresses: what is typed at a laptop that does not.
        failed: the code of why it does not serve although it is switched on.
        typed: at a laptop, the address somebody typed.
        found: at a laptop, the address that answered last.
    """

    is_office: bool = False
    may_switch: bool = False
    serving: bool = False
    announced: bool = False
    addresses: Sequence[str] = ()
    failed: str = ""
    typed: str = ""
    found: str = ""


@dataclass(frozen=True)
class OfficePorts:
    """The office's network; ``search`` takes seconds and returns what it found. ``switch`` and it run beside."""

    state: Callable[[], OfficeLine]
    switch: Callable[[bool], None]
    keep_address: Callable[[str], None]
    search: Callable[[], str]


@dataclass(frozen=True)
class SyncPorts:
    """Functions of the casework room, and the one runner of exchanges.

    Attributes:
        state: reads the books; runs on the database worker's thread, as ``detail`` and ``machines`` do.
        runner: shared by every window of this unlocking, so that a rebuilt window finds a running exchange.
        now: the moment, with its zone; called on the Qt thread.
        detail: files, what was mended, what waits and why.
        forecast: greets the centre and says what would move; nothing moves yet. Runs beside.
        keep_habits: by itself or not, paid by the byte or not.
        machines: those this person watches over.
        watches: whether there are any such.
        office: the office's own network.
        pouch: the pouch desk.
        beside: a worker of its own for what may take long.
        centre: the address of the centre; empty for a machine that has not joined one.
    """

    state: Callable[[], SyncState]
    runner: ExchangeRunner
    now: Callable[[], datetime]
    detail: Callable[[], SyncDetail]
    forecast: Callable[[], Forecast]
    keep_habits: Callable[[ExchangeHabits], None]
    machines: Callable[[], tuple[DeviceHeard, ...]]
    watches: Callable[[], bool]
    office: OfficePorts
    pouch: PouchPorts
    beside: Background
    centre: str = field(default="")

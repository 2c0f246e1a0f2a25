"""What a pouch would carry, before it is written: whom it is for, how much, and how long it takes."""

from dataclasses import dataclass
from typing import Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.parties import peer_for, require_carrier
from tarahum_desktop.sync.pouch.layout import Layout, lay_out

# Measured by benchmarks/bench_pouch.py on two cores; a slow stick writes 4 MB a second.
_ROWS_A_SECOND: Final = 4_000
_BYTES_A_SECOND: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """What goes along of one scope: changes, or all rows for a machine that starts or was away too long."""

    scope: str
    changes: int
    rows: int


@dataclass(frozen=True, slots=True)
class PouchPlan:
    """``receiver`` and ``others`` by name; ``seconds`` and ``bytes`` are estimates. ``empty`` when nothing but receipts goes.

    ``later`` changes find no room in a pouch that an office must be able to hand on; the next one takes them, once this
    one is answered.
    """

    receiver: int
    receiver_name: str
    others: tuple[str, ...]
    scopes: tuple[ScopePlan, ...]
    changes: int
    rows: int
    files: int
    receipts: int
    bytes: int
    seconds: int
    later: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is no news for the receiver; a pouch may be written all the same, and tells what is here."""
        return not (self.changes or self.rows or self.files)


def plan_pouch(desk: Desk, to: int | None = None) -> PouchPlan:
    """What a pouch for a receiver would carry now; without ``to`` this machine's office.

    Raises:
        NotAllowed, NoReceiver.
    """
    with desk.reading() as connection:
        require_carrier(desk, connection)
        peer, others = peer_for(connection, desk, to)
        layout = lay_out(connection, desk.replica, peer)
    changes = sum(one.changes for one in layout.scopes)
    rows = sum(one.page_rows for one in layout.scopes)
    return PouchPlan(
        receiver=peer.device.number,
        receiver_name=peer.device.name,
        others=tuple(device.name for device in others),
        scopes=tuple(ScopePlan(one.scope, one.changes, one.page_rows) for one in layout.scopes),
        changes=changes,
        rows=rows,
        files=len(layout.files),
        receipts=len(layout.receipts),
        bytes=layout.size,
        seconds=_seconds(layout, changes + rows),
        later=sum(one.later for one in layout.scopes),
    )


def _seconds(layout: Layout, rows: int) -> int:
    return 1 + rows // _ROWS_A_SECOND + 2 * layout.size // _BYTES_A_SECOND

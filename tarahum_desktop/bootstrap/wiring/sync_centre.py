"""The exchange with the centre."""

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.wiring.clock import now_at
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.view import spec


def screens(place: Workplace, exchanger: Exchanger) -> list[ScreenSpec]:
    """The sync centre."""
    ports = SyncPorts(
        state=lambda: sync_state(place.desk),
        runner=exchanger.runner,
        now=lambda: now_at(place),
        centre=place.enrolment.address,
    )
    return [spec(ports)]

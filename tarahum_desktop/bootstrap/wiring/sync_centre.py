"""The exchange with the centre and with the office, and the machines that are watched over."""

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.hub_keeper import HubKeeper
from tarahum_desktop.bootstrap.wiring.clock import now_at
from tarahum_desktop.bootstrap.wiring.pouch import pouch_ports
from tarahum_desktop.casework.devices_heard import devices_heard
from tarahum_desktop.casework.exchange_habits import keep_habits
from tarahum_desktop.casework.office_exchange import keep_hub_address, typed_hub_address
from tarahum_desktop.casework.sync_detail import sync_detail
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.hub_card import OFFICE
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.sync_centre.ports import OfficeLine, OfficePorts, SyncPorts
from tarahum_desktop.ui.sync_centre.view import spec


def screens(place: Workplace, kit: Kit, exchanger: Exchanger, hub: HubKeeper) -> list[ScreenSpec]:
    """The sync centre."""
    ports = SyncPorts(
        state=lambda: sync_state(place.desk),
        runner=exchanger.runner,
        now=lambda: now_at(place),
        detail=lambda: sync_detail(place.desk),
        forecast=exchanger.forecast,
        keep_habits=lambda habits: keep_habits(place.replica, habits),
        machines=lambda: devices_heard(place.desk),
        watches=lambda: _watches(place),
        office=OfficePorts(
            state=lambda: _office_line(place, exchanger, hub),
            switch=lambda on: _switch(hub, on=on),
            keep_address=lambda address: keep_hub_address(place.replica, address),
            search=exchanger.search_office,
        ),
        pouch=pouch_ports(place, kit, exchanger),
        beside=exchanger.beside,
        centre=place.enrolment.address,
    )
    return [spec(ports)]


def _watches(place: Workplace) -> bool:
    desk = place.desk
    return any(desk.may(Action.WATCH_DEVICES, grant.scope_code) for grant in desk.grants)


def _switch(hub: HubKeeper, *, on: bool) -> None:
    hub.switch(on=on)


def _office_line(place: Workplace, exchanger: Exchanger, hub: HubKeeper) -> OfficeLine:
    committee = place.enrolment.committee
    with place.desk.reading() as connection:
        try:
            kind = find_device(connection, place.replica.device).kind
        except SyncError:
            kind = ""
    state = hub.state()
    return OfficeLine(
        is_office=kind == OFFICE and bool(committee),
        may_switch=place.desk.may(Action.BACK_UP, committee),
        serving=state.serving,
        announced=state.announced,
        addresses=state.addresses,
        failed=state.failed,
        typed=typed_hub_address(place.replica),
        found=exchanger.office_found,
    )

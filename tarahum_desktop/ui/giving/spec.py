"""The deliveries and payments screen as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.giving.ports import GivingPorts
from tarahum_desktop.ui.giving.view import GivingView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: GivingPorts) -> ScreenSpec:
    """Describe the screen; it is built when first opened."""
    return ScreenSpec(
        "giving", msgid("Deliveries and payments"), "money", lambda context: GivingView(context, ports)
    )

"""The corrections as a screen of the window."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.amending.ports import AmendingPorts
from tarahum_desktop.ui.amending.view import AmendingView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: AmendingPorts) -> ScreenSpec:
    """The queue of corrections."""
    return ScreenSpec("amending", msgid("Corrections"), "edit", lambda context: AmendingView(context, ports))

"""The prison desk as the window takes it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.prison.ports import PrisonPorts
from tarahum_desktop.ui.prison.view import PrisonView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: PrisonPorts) -> ScreenSpec:
    """One screen of the navigation."""
    return ScreenSpec("prison", msgid("Prison desk"), "prison", lambda context: PrisonView(context, ports))

"""The screen as the window takes it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.moving.ports import MovingPorts
from tarahum_desktop.ui.moving.view import MovingView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: MovingPorts) -> ScreenSpec:
    """Cases in hand and families on their way."""
    return ScreenSpec("moving", msgid("Cases in hand"), "user", lambda context: MovingView(context, ports))

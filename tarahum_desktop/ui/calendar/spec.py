"""The calendar as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.calendar.ports import CalendarPorts
from tarahum_desktop.ui.calendar.view import CalendarScreenView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: CalendarPorts) -> ScreenSpec:
    """Describe the screen."""
    return ScreenSpec(
        "calendar",
        msgid("Tasks and calendar"),
        "calendar",
        lambda context: CalendarScreenView(context, ports),
    )

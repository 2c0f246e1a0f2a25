"""The family file as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: FamilyPorts) -> ScreenSpec:
    """Describe the screen; it is reached from a search or a list, so the navigation does not show it."""
    return ScreenSpec(
        "family",
        msgid("Family file"),
        "file",
        lambda context: FamilyView(context, ports),
        in_navigation=False,
    )

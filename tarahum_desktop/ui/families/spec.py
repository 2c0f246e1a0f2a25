"""The families screen as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: FamiliesPorts) -> ScreenSpec:
    """Describe the screen; it is built when first opened."""
    return ScreenSpec("families", msgid("Families"), "families", lambda context: FamiliesView(context, ports))

"""The care of a case as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.care.ports import CarePorts
from tarahum_desktop.ui.care.view import CareView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: CarePorts) -> ScreenSpec:
    """Describe the screen; it is reached from a family, the day or the calendar."""
    return ScreenSpec(
        "care",
        msgid("Course of the case"),
        "needs",
        lambda context: CareView(context, ports),
        in_navigation=False,
    )

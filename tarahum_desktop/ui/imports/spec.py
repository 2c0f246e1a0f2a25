"""The import screen as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.imports.ports import ImportPorts
from tarahum_desktop.ui.imports.view import ImportView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: ImportPorts, *, in_navigation: bool = True) -> ScreenSpec:
    """Describe the screen; it stands in the navigation of those who may import."""
    return ScreenSpec(
        "imports",
        msgid("Import a register"),
        "inbox",
        lambda context: ImportView(context, ports),
        in_navigation,
    )

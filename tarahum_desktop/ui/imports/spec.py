"""The import screen as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.imports.ports import ImportPorts
from tarahum_desktop.ui.imports.view import ImportView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: ImportPorts) -> ScreenSpec:
    """Describe the screen; it is built when first opened."""
    return ScreenSpec(
        "imports", msgid("Import a register"), "inbox", lambda context: ImportView(context, ports)
    )

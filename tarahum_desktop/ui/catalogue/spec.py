"""The catalogue as the window's list of screens knows it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.catalogue.ports import CataloguePorts
from tarahum_desktop.ui.catalogue.view import CatalogueView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: CataloguePorts, *, in_navigation: bool = False) -> ScreenSpec:
    """Describe the screen; everybody may look rules up by the command box."""
    return ScreenSpec(
        "catalogue",
        msgid("Catalogue of services"),
        "settings",
        lambda context: CatalogueView(context, ports),
        in_navigation=in_navigation,
    )

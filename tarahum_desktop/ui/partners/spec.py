"""The screen as the window takes it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.partners.ports import PartnersPorts
from tarahum_desktop.ui.partners.view import PartnersView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: PartnersPorts) -> ScreenSpec:
    """Partners and agreements."""
    title = msgid("Partners and agreements")
    return ScreenSpec("partners", title, "shield", lambda context: PartnersView(context, ports))

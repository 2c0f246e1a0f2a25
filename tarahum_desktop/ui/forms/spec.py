"""The forms as the window's list of screens knows them."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.forms.ports import FormsPorts
from tarahum_desktop.ui.forms.view import FormsView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: FormsPorts, *, in_navigation: bool = False) -> ScreenSpec:
    """Describe the screen; it stands in the navigation of those who publish."""
    return ScreenSpec(
        "forms",
        msgid("Forms"),
        "file",
        lambda context: FormsView(context, ports),
        in_navigation=in_navigation,
    )

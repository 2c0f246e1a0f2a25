"""The review desk as the window takes it."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.review.ports import ReviewPorts
from tarahum_desktop.ui.review.view import ReviewView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: ReviewPorts) -> ScreenSpec:
    """The screen."""
    return ScreenSpec("review", msgid("To decide"), "conflict", lambda context: ReviewView(context, ports))

"""A family's questionnaires as the window's list of screens knows them."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.questionnaires.ports import QuestionnairePorts
from tarahum_desktop.ui.questionnaires.view import QuestionnairesView
from tarahum_desktop.ui.shell.screen import ScreenSpec


def spec(ports: QuestionnairePorts) -> ScreenSpec:
    """Describe the screen; it is reached from a family."""
    return ScreenSpec(
        "questionnaires",
        msgid("Questionnaires"),
        "file",
        lambda context: QuestionnairesView(context, ports),
        in_navigation=False,
    )

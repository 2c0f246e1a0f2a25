"""The form's own keys as data; they reach whichever form is open when they are pressed."""

from collections.abc import Callable, Sequence

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.visit.view import VisitView


def form_actions(view: Callable[[], VisitView], may_change: Callable[[], bool]) -> Sequence[Action]:
    """Submit, walk the sections, add a row."""
    group = msgid("Visit form")
    return (
        Action(
            "visit.submit", msgid("Submit the visit"), lambda: view().submit(), "Ctrl+S", "check", may_change, group
        ),
        Action("visit.next", msgid("Next section"), lambda: view().step(1), "Ctrl+PgDown", "next", group=group),
        Action(
            "visit.previous", msgid("Previous section"), lambda: view().step(-1), "Ctrl+PgUp", "back", group=group
        ),
        Action("visit.add", msgid("Add a row"), lambda: view().add_row(), "Ctrl+Return", "add", may_change, group),
    )  # fmt: skip

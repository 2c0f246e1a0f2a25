"""What can be done on the families screen, as data."""

from functools import partial
from typing import TYPE_CHECKING, Final

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.families.lists_bar import MOST_KEYS

if TYPE_CHECKING:
    from tarahum_desktop.ui.families.view import FamiliesView

GROUP: Final = msgid("Families")


def family_actions(view: "FamiliesView") -> list[Action]:
    """Registering, filters and the person's own lists."""

    def registering() -> bool:
        return view.registering

    def searching() -> bool:
        return not view.registering

    def can_keep() -> bool:
        return searching() and view.presenter.worth_keeping

    return [
        Action("families.new", msgid("Register a new family"), view.open_panel, "Ctrl+N", "add", group=GROUP),
        Action("families.save", msgid("Register the family"), view.panel.submit, "Ctrl+S", "check", registering, GROUP),
        Action("families.member", msgid("Add a member"), view.panel.add_member, "Ctrl+M", "user", registering, GROUP),
        Action("families.filter", msgid("Filter the families"), view.press_filter, "Ctrl+F", "filter", searching, GROUP),
        Action("families.keep", msgid("Keep as a list"), view.lists.ask_name, "Ctrl+D", "add", can_keep, GROUP),
        *(_list_action(view, number) for number in range(1, MOST_KEYS + 1)),
    ]  # fmt: skip


def _list_action(view: "FamiliesView", number: int) -> Action:
    def may() -> bool:
        return not view.registering and number <= len(view.lists.lists)

    title = msgid("Open one of my lists")
    run = partial(view.lists.open_number, number)
    return Action(f"families.list{number}", title, run, f"Ctrl+{number}", "inbox", may, GROUP)

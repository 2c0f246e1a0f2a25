"""What the list of families says when it has none to show, and how many it has."""

from collections.abc import Callable

from tarahum_desktop.casework.search.lists import FamilyPage
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.state_panel import StatePanel


def say_invitation(kit: Kit, states: StatePanel) -> None:
    """Say what can be typed."""
    states.show_empty(
        kit.words.t("Which family?"),
        kit.words.t(
            "Type a name as you heard it, of any member, or an identity number, a mobile or a file number. "
            "Any spelling will do, and the beginning of each word is enough."
        ),
        icon="search",
    )


def say_nothing_found(kit: Kit, states: StatePanel, register: Callable[[], None]) -> None:
    """Advise, and offer to register the family."""
    words = kit.words
    states.show_empty(
        words.t("No family was found"),
        words.t(
            "Try fewer letters, another member's name, or the identity number. "
            "A family of another office is not on this machine until it is handed over."
        ),
        words.t("Register a new family"),
        register,
        icon="search",
    )


def say_nothing_fits(kit: Kit, states: StatePanel, clear: Callable[[], None]) -> None:
    """The filters leave nothing: offer to take them away."""
    words = kit.words
    states.show_empty(
        words.t("No family fits these filters"), words.t("Take one of the filters away, or all of them."),
        words.t("Without filters"), clear, icon="filter",
    )  # fmt: skip


def hits_counted(kit: Kit, count: int) -> str:
    """How many families were found, and what the keys do."""
    words = kit.words
    found = words.n("{count} family found", "{count} families found", count)
    return words.t("{found} · arrows choose, Enter opens").format(
        found=found.format(count=kit.formats.number(count))
    )


def page_counted(kit: Kit, page: FamilyPage) -> str:
    """How many families a list has."""
    words = kit.words
    told = words.n("{count} family", "{count} families", page.total)
    told = told.format(count=kit.formats.number(page.total))
    return words.t("At least {families}").format(families=told) if page.at_least else told

"""Keeping a search under a name, and forgetting it with a way back."""

from collections.abc import Callable

from tarahum_desktop.casework.saved_lists.saved_lists import KeptList
from tarahum_desktop.ui.families.presenter import FamiliesPresenter
from tarahum_desktop.ui.shell.screen import ScreenContext


class ListKeeping:
    """What the bar of kept lists asks for; ``done`` brings the keyboard back to the line."""

    def __init__(
        self, context: ScreenContext, presenter: FamiliesPresenter, done: Callable[[], None]
    ) -> None:
        self._context, self._presenter, self._done = context, presenter, done

    def keep(self, title: str) -> None:
        """Keep what is shown under this name."""
        self._presenter.keep_list(title)
        self._done()

    def forget(self, kept: KeptList) -> None:
        """Remove a kept list, and offer to have it back."""
        words = self._context.kit.words
        self._presenter.forget_list(kept.id)
        self._context.announce(
            words.t("The list was removed."), "accent", words.t("Undo"),
            lambda: self._presenter.keep_list(kept.title, kept.wish),
        )  # fmt: skip

"""The search without widgets: each key or filter asks anew, only the newest answer is shown, rows come page by page."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from tarahum_desktop.casework.saved_lists.saved_lists import KeptList
from tarahum_desktop.casework.search.find import FamilyHit
from tarahum_desktop.casework.search.lists import FamilyPage, Filters, Wish
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import clean
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.families.ports import FamiliesPorts, Labels
from tarahum_desktop.ui.worker import Background

LONGEST_QUERY = 100


class FamiliesScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_invitation(self) -> None:
        """Nothing is searched for: say what can be typed."""

    def show_loading(self) -> None:
        """The first answer is still to come."""

    def show_hits(self, hits: Sequence[FamilyHit]) -> None:
        """These families fit what was typed."""

    def show_page(self, page: FamilyPage) -> None:
        """These families fit words and filters; the first page of them."""

    def show_more(self, page: FamilyPage) -> None:
        """The next page of the same list."""

    def show_not_ready(self) -> None:
        """The facts that lists stand on are still being read; ask again soon."""

    def show_nothing(self, typed: str) -> None:
        """No family fits."""

    def show_error(self, sentence: str) -> None:
        """The search failed."""

    def show_labels(self, labels: Labels) -> None:
        """The words of what filters offer."""

    def show_lists(self, lists: Sequence[KeptList], current: KeptList | None) -> None:
        """The person's own lists, and which of them is open."""

    def show_notice(self, sentence: str) -> None:
        """Something about a list could not be done."""

    def wish_shown(self, wish: Wish) -> None:
        """Stand as a kept list does."""


class FamiliesPresenter:
    """Holds what is searched for.

    Attributes:
        wish: words, filters and order of what is shown.
        waiting: whether the answer to what is typed now is still to come.
        listing: whether filters are in use, so that a list with counts is asked for instead of the best hits.
    """

    def __init__(
        self, screen: FamiliesScreen, ports: FamiliesPorts, background: Background, words: Words
    ) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self.wish = Wish()
        self.waiting = self.listing = False
        self._shown = False
        self._rows = 0
        self._total = 0
        self._asking_more = False
        self._lists: tuple[KeptList, ...] = ()
        self._current: KeptList | None = None
        self._has_labels = False

    @property
    def typed(self) -> str:
        """The searched text, cleaned."""
        return self.wish.typed

    @property
    def worth_keeping(self) -> bool:
        """Whether what is shown says more than nothing, and could be kept as a list."""
        return bool(self.wish.typed) or self.wish.filters != Filters()

    def search(self, text: str) -> None:
        """Look for a typed text; called with each key."""
        self._ask(replace(self.wish, typed=clean(text[:LONGEST_QUERY])))

    def narrow(self, filters: Filters, sort: str) -> None:
        """Use other filters or another order."""
        self._ask(replace(self.wish, filters=filters, sort=sort))

    def list_by_filters(self, *, wanted: bool) -> None:
        """Begin or end listing with filters."""
        self.listing = wanted
        if wanted and not self._has_labels:
            self._background.query(
                self._ports.lists.labels, self._took_labels, self._told_off, replaces="labels"
            )
        self._ask(self.wish if wanted else replace(self.wish, filters=Filters(), sort="best"))

    def again(self) -> None:
        """Ask once more, after an error or a change."""
        self._ask(self.wish)

    def more(self) -> None:
        """Ask for the rows after those shown, unless all are there."""
        if self._asking_more or not self.listing or self._rows >= self._total:
            return
        self._asking_more = True
        wish = replace(self.wish, offset=self._rows)
        self._background.query(
            lambda: self._ports.lists.browse(wish), self._took_more, self._failed, replaces="search"
        )

    def want_lists(self, opens: str = "") -> None:
        """Read the person's own lists; open the one with this id."""

        def took(lists: Sequence[KeptList]) -> None:
            self._lists = tuple(lists)
            self._tell_lists()
            if found := next((kept for kept in lists if str(kept.id) == opens), None):
                self.open_list(found)

        self._background.query(self._ports.lists.saved, took, self._told_off, replaces="lists")

    def open_list(self, kept: KeptList) -> None:
        """Show a kept list."""
        self.listing = True
        self._screen.wish_shown(kept.wish)
        self.list_wish(kept.wish)

    def list_wish(self, wish: Wish) -> None:
        """List with these words, filters and order."""
        self.wish = wish
        self.list_by_filters(wanted=True)

    def keep_list(self, title: str, wish: Wish | None = None) -> None:
        """Keep what is shown, or another list, under a name."""
        kept = wish or self.wish
        self._background.command(
            lambda: self._ports.lists.save(title, kept), lambda _kept: self.want_lists(), self._told_off
        )

    def forget_list(self, list_id: uuid.UUID) -> None:
        """Drop a kept list."""
        self._background.command(
            lambda: self._ports.lists.forget(list_id), lambda _none: self.want_lists(), self._told_off
        )

    def _ask(self, wish: Wish) -> None:
        self.wish, self._asking_more = replace(wish, offset=0), False
        self._tell_lists()
        self.waiting = bool(wish.typed) or self.listing
        if not self.waiting:
            self._shown = False
            # A query that answers nothing overtakes the one that may still be running.
            self._background.query(tuple, lambda _none: None, lambda _error: None, replaces="search")
            self._screen.show_invitation()
            return
        if not self._shown:
            self._screen.show_loading()
        if self.listing:
            wanted = self.wish
            self._background.query(
                lambda: self._ports.lists.browse(wanted), self._took_page, self._failed, replaces="search"
            )
        else:
            typed = wish.typed
            self._background.query(
                lambda: self._ports.find(typed), self._found, self._failed, replaces="search"
            )

    def _found(self, hits: Sequence[FamilyHit]) -> None:
        self._shown, self.waiting = True, False
        if hits:
            self._screen.show_hits(hits)
        else:
            self._screen.show_nothing(self.typed)

    def _took_page(self, page: FamilyPage) -> None:
        self._rows, self._total = len(page.hits), page.total
        self._shown, self.waiting = page.ready, not page.ready
        if not page.ready:
            self._screen.show_not_ready()
            return
        self._screen.show_page(page)
        if not page.hits:
            self._screen.show_nothing(self.typed)

    def _took_more(self, page: FamilyPage) -> None:
        self._asking_more = False
        self._rows += len(page.hits)
        self._total = page.total if page.hits else self._rows
        self._screen.show_more(page)

    def _took_labels(self, labels: Labels) -> None:
        self._has_labels = True
        self._screen.show_labels(labels)

    def _tell_lists(self) -> None:
        fits = (kept for kept in self._lists if self.listing and kept.wish == self.wish)
        self._current = next(fits, None)
        self._screen.show_lists(self._lists, self._current)

    def _told_off(self, error: TarahumError) -> None:
        self._screen.show_notice(error_sentence(self._words, error))

    def _failed(self, error: TarahumError) -> None:
        self._shown = self._asking_more = self.waiting = False
        self._screen.show_error(error_sentence(self._words, error))

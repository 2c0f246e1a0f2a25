"""The search without widgets: each key asks anew, and only the newest answer is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.casework.search import FamilyHit, Why
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.identifiers import check_mobile, check_person_id
from tarahum_desktop.domain.names import NameParts, split_name
from tarahum_desktop.domain.text import clean
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.worker import Background

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the searched text already says about a family that is to be registered."""

    name: NameParts = field(default_factory=lambda: NameParts(""))
    id_number: str = ""
    mobile: str = ""


class FamiliesScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_invitation(self) -> None:
        """Nothing is searched for: say what can be typed."""

    def show_loading(self) -> None:
        """The first answer is still to come."""

    def show_hits(self, hits: Sequence[FamilyHit]) -> None:
        """These families fit."""

    def show_nothing(self, typed: str) -> None:
        """No family fits."""

    def show_error(self, sentence: str) -> None:
        """The search failed."""

    def show_places(self, places: Sequence[ListedItem]) -> None:
        """What the new family's place can be."""

    def show_known(self, hit: FamilyHit | None) -> None:
        """The identity number given for a new family is known already, or is not."""

    def show_refusal(self, sentence: str) -> None:
        """The new family could not be registered; what was typed stays."""

    def show_registered(self, registered: Registered) -> None:
        """The new family has its file."""


class FamiliesPresenter:
    """Holds what is searched for and what is being registered."""

    def __init__(
        self, screen: FamiliesScreen, ports: FamiliesPorts, background: Background, words: Words
    ) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self.typed = ""
        self._shown = False
        self._has_places = False
        self.sending = False

    def search(self, text: str) -> None:
        """Look for a typed text; called with each key."""
        self.typed = clean(text[:LONGEST_QUERY])
        typed = self.typed
        if not typed:
            self._shown = False
            # A query that answers nothing overtakes the one that may still be running.
            self._background.query(tuple, lambda _none: None, lambda _error: None, replaces="search")
            self._screen.show_invitation()
            return
        if not self._shown:
            self._screen.show_loading()
        self._background.query(lambda: self._ports.find(typed), self._found, self._failed, replaces="search")

    def again(self) -> None:
        """Ask once more, after an error or a change."""
        self.search(self.typed)

    def beginning(self) -> Beginning:
        """Read the searched text as the start of a new family's record."""
        id_number, mobile = check_person_id(self.typed), check_mobile(self.typed)
        if mobile.value and mobile.warning is None:
            return Beginning(mobile=mobile.value)
        if id_number.value.isdigit():
            return Beginning(id_number=id_number.value)
        if any(char.isdigit() for char in self.typed):
            return Beginning()
        return Beginning(split_name(self.typed))

    def want_places(self) -> None:
        """Read the list of places once."""
        if not self._has_places:
            self._background.query(self._ports.places, self._took_places, self._tell, replaces="places")

    def check_known(self, id_number: str) -> None:
        """Look whether somebody with this whole identity number is on record."""
        if not id_number:
            self._screen.show_known(None)
            return

        def find() -> FamilyHit | None:
            hits = self._ports.find(id_number)
            same = (hit for hit in hits if hit.why is Why.ID_NUMBER and hit.id_number == id_number)
            return next(same, None)

        self._background.query(find, self._screen.show_known, self._tell, replaces="known")

    def register(self, head: NewMember, home: Mapping[str, str]) -> None:
        """Register a family once, however often the key is pressed."""
        if self.sending:
            return
        self.sending = True
        self._background.command(lambda: self._ports.register(head, home), self._registered, self._refused)

    def _registered(self, registered: Registered) -> None:
        self.sending = False
        self._screen.show_registered(registered)

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        self._tell(error)

    def _tell(self, error: TarahumError) -> None:
        self._screen.show_refusal(error_sentence(self._words, error))

    def _found(self, hits: Sequence[FamilyHit]) -> None:
        self._shown = True
        if hits:
            self._screen.show_hits(hits)
        else:
            self._screen.show_nothing(self.typed)

    def _failed(self, error: TarahumError) -> None:
        self._shown = False
        self._screen.show_error(error_sentence(self._words, error))

    def _took_places(self, places: Sequence[ListedItem]) -> None:
        self._has_places = True
        self._screen.show_places(places)

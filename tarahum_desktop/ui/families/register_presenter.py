"""Registering without widgets: what the search said already, who is on record already, and one registration a press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tarahum_desktop.casework.duplicates.typed import PersonTyped, SimilarPerson
from tarahum_desktop.casework.register import NewMember, Registered
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.identifiers import check_mobile, check_person_id
from tarahum_desktop.domain.names import NameParts, split_name
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.families.ports import FamiliesPorts, RegisterLists
from tarahum_desktop.ui.worker import Background


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the searched text already says about a family that is to be registered."""

    name: NameParts = field(default_factory=lambda: NameParts(""))
    id_number: str = ""
    mobile: str = ""


class RegisterScreen(Protocol):
    """What the presenter tells the card."""

    def show_choices(self, lists: RegisterLists) -> None:
        """What the card offers to choose from."""

    def show_similar(self, row: int, people: Sequence[SimilarPerson]) -> None:
        """Who may be the person in a row (0 is the head); nobody clears the warning."""

    def show_refusal(self, sentence: str) -> None:
        """The new family could not be registered; what was typed stays."""

    def show_registered(self, registered: Registered) -> None:
        """The new family has its file."""


def beginning_of(typed: str) -> Beginning:
    """Read the searched text as the start of a new family's record."""
    id_number, mobile = check_person_id(typed), check_mobile(typed)
    if mobile.value and mobile.warning is None:
        return Beginning(mobile=mobile.value)
    if id_number.value.isdigit():
        return Beginning(id_number=id_number.value)
    if any(char.isdigit() for char in typed):
        return Beginning()
    return Beginning(split_name(typed))


class RegisterPresenter:
    """Holds whether a registration is under way."""

    def __init__(
        self, screen: RegisterScreen, ports: FamiliesPorts, background: Background, words: Words
    ) -> None:
        self._screen, self._ports, self._background, self._words = screen, ports, background, words
        self._has_choices = False
        self.sending = False

    def want_choices(self) -> None:
        """Read what the card offers, once."""
        if not self._has_choices:
            self._background.query(self._ports.choices, self._took_choices, self._tell, replaces="choices")

    def compare(self, row: int, person: PersonTyped) -> None:
        """Look who on record may be the person typed in a row; too little typed clears the warning."""
        enough = bool(person.id_number) or (bool(person.first_name) and bool(person.family_name))
        self._background.query(
            lambda: self._ports.similar(person) if enough else (),
            lambda people: self._screen.show_similar(row, people),
            self._tell,
            replaces=f"similar/{row}",
        )

    def register(self, head: NewMember, members: Sequence[NewMember], home: Mapping[str, str]) -> None:
        """Register a family once, however often the key is pressed."""
        if self.sending:
            return
        self.sending = True
        self._background.command(
            lambda: self._ports.register(head, members, home), self._registered, self._refused
        )

    def _registered(self, registered: Registered) -> None:
        self.sending = False
        self._screen.show_registered(registered)

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        self._tell(error)

    def _tell(self, error: TarahumError) -> None:
        self._screen.show_refusal(error_sentence(self._words, error))

    def _took_choices(self, lists: RegisterLists) -> None:
        self._has_choices = True
        self._screen.show_choices(lists)

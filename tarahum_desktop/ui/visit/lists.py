"""The lists a form chooses from, as they are at this moment of the form."""

from collections.abc import Callable, Mapping, Sequence

from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import Field, FieldType, FormDocument
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.visit.ports import Listed, Place
from tarahum_desktop.ui.widgets.answer_words import name_of

HOUSEHOLD = "household"
HEAD = "head"
NEW_PERSON = "new:"
_PLACES = "places"
_STAYS = "stays"
_MEMBERS = "members"


class FormLists:
    """Answers which things can be chosen; ``answers`` gives the form as it is now.

    Attributes:
        loaded: the lists as they were read.
        villages: the rough position of each place, by its code.
    """

    def __init__(self, words: Words, document: FormDocument, answers: Callable[[], Answers]) -> None:
        self._words, self._answers = words, answers
        self._places = [field.code for field in document.fields() if field.lookup == _PLACES]
        self.loaded: Mapping[str, Sequence[Listed]] = {}
        self.villages: Mapping[str, Place] = {}

    def village(self) -> Place | None:
        """Where the family's village lies, as far as the program knows without any receiver."""
        codes = (self._answers().get(code) for code in self._places)
        return next((self.villages[c] for c in codes if isinstance(c, str) and c in self.villages), None)

    def listed(self, name: str) -> Sequence[Listed]:
        """A list by name: members are those of this form first, stays those of the prisoner who is named."""
        if name == _STAYS:
            prisoner = self._answers().get("inmate_person")
            return [one for one in self.loaded.get(name, ()) if one.owner == prisoner]
        if name != _MEMBERS:
            return self.loaded.get(name, ())
        words = self._words
        here = [Listed(HOUSEHOLD, words.t("The whole household")), Listed(HEAD, self._head_name())]
        rows = [Listed(row.id, name_of(row.get("m_name"))) for row in self._answers().rows(_MEMBERS)]
        here += [row for row in rows if row.text]
        known = {one.code for one in here} | {row.id for row in self._answers().rows("members_left")}
        return [*here, *(one for one in self.loaded.get(name, ()) if one.code not in known)]

    def text(self, name: str, code: str) -> str:
        """The words for one thing of a list; its code when the list does not hold it."""
        found = next(
            (one.text for one in (*self.listed(name), *self.loaded.get(name, ())) if one.code == code), None
        )
        return code.removeprefix(NEW_PERSON) if found is None else found

    def asks(self, field: Field) -> bool:
        """Whether a question makes sense: one that may be left and has nothing to choose from does not."""
        return (
            field.type is not FieldType.LOOKUP
            or field.required
            or bool(self.listed(field.lookup))
            or (field.required_when is not None)
        )

    def is_known(self, row_id: str) -> bool:
        """Whether a row is a person on record."""
        return any(one.code == row_id for one in self.loaded.get(_MEMBERS, ()))

    def _head_name(self) -> str:
        parts = (self._answers().get(code) for code in ("head_first", "head_father", "head_family"))
        name = " ".join(part for part in parts if isinstance(part, str))
        return name or self._words.t("The head of household")

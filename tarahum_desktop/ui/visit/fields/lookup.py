"""One thing from a list of the program, found by typing any part of its name with any spelling of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from tarahum_desktop.domain.forms.model import Field as FormField
from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import clean
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.visit.fields.editor import Editor, Surroundings, text_or_nothing
from tarahum_desktop.ui.visit.lists import NEW_PERSON
from tarahum_desktop.ui.visit.ports import Listed
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField

PERSONS = "persons"
FEWEST_NAMES = 2
LONGEST_NEW = 70
"""A new name is an answer's code, and codes are short."""
_FOLDED = Qt.ItemDataRole.UserRole + 1


class LookupField(LineField):
    """``value()`` is a code of the list or ``None``. What is typed settles on the first that fits.

    Where the list ``creates``, a name that nobody in it has is kept as a new person's.
    """

    def __init__(
        self,
        kit: Kit,
        listed: Callable[[], Sequence[Listed]],
        *,
        creates: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        limit = LONGEST_NEW if creates else 120
        super().__init__(kit, placeholder=kit.words.t("Type a part of the name"), limit=limit, parent=parent)
        self._listed, self._creates = listed, creates
        self._kept: Listed | None = None
        self._model = QStandardItemModel(self)
        finder = _Finder(self._model, self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionRole(_FOLDED)
        finder.setMaxVisibleItems(8)
        self.edit.setCompleter(finder)
        self.edit.textEdited.connect(lambda _text: self._refill())
        finder.activated[str].connect(self._picked)  # type: ignore[index]  # the stubs know no overloads of signals
        self._filled: Sequence[Listed] = ()
        self._refill()

    def value(self) -> str | None:
        """The code of what is chosen."""
        found = self._found(self.edit.text())
        if found is not None:
            return found.code
        return NEW_PERSON + clean(self.edit.text()) if self._is_new(self.edit.text()) else None

    def set_value(self, value: str | None) -> None:
        """Show a stored choice; one that the list does not hold is shown by its code and kept."""
        self._kept = next((one for one in self._listed() if one.code == value), None)
        if self._kept is None and value:
            self._kept = Listed(value, value.removeprefix(NEW_PERSON))
        super().set_value("" if self._kept is None else self._kept.text)

    def normal(self, text: str) -> str:
        """The whole name of the first that fits."""
        found = self._found(text)
        return clean(text) if found is None else found.text

    def judge(self, text: str) -> Note | None:
        """Say when nothing fits, or that somebody new will be put on record."""
        words, found = self.kit.words, self._found(text)
        if found is None and self._creates and not self._is_new(text):
            return Note(
                words.t("Nobody of this name is on record. To add a person, write at least two names.")
            )
        if self._is_new(text) or (found is not None and found.code.startswith(NEW_PERSON)):
            return Note(
                words.t("Not on record yet: this person is added when the visit is submitted."), "info"
            )
        return None if found else Note(words.t("Nothing in the list fits. Please choose from the list."))

    def _is_new(self, text: str) -> bool:
        return self._creates and self._found(text) is None and len(clean(text).split()) >= FEWEST_NAMES

    def _found(self, text: str) -> Listed | None:
        wanted = fold(text)
        if not wanted:
            return None
        listed = [*([self._kept] if self._kept else []), *self._listed()]
        exact = (one for one in listed if fold(one.text) == wanted)
        return next(exact, None) or next((one for one in listed if wanted in fold(one.text)), None)

    def _picked(self, _text: str) -> None:
        self.edit.setModified(True)
        self.settle()

    def _refill(self) -> None:
        listed = self._listed()
        if listed == self._filled:
            return
        self._filled = listed
        self._model.clear()
        for one in listed:
            item = QStandardItem(one.text)
            item.setData(fold(one.text), _FOLDED)
            self._model.appendRow(item)


class _Finder(QCompleter):
    """Compares folded names and gives back the name as it is written."""

    def splitPath(self, path: str) -> list[str]:
        """Fold what was typed."""
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The name as written."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def lookup_editor(field: FormField, around: Surroundings) -> Editor:
    """One from a list of the program."""
    made = LookupField(around.kit, lambda: around.listed(field.lookup), creates=field.lookup == PERSONS)
    return Editor(made, made.value, lambda value: made.set_value(text_or_nothing(value)))

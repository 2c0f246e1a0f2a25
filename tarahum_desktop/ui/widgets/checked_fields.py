"""Identity number, mobile and IBAN: normalised when left, doubted in a line below, never blocking."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tarahum_desktop.domain.identifiers import Checked, check_iban, check_mobile, check_person_id, group_iban
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.field import Note
from tarahum_desktop.ui.widgets.line_field import LineField


class CheckedField(LineField):
    """``value()`` is the normalised ASCII form; ``checked()`` adds its kind and warning code."""

    def __init__(
        self,
        kit: Kit,
        check: Callable[[str], Checked],
        shown: Callable[[str], str] = str,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, placeholder=placeholder, limit=40, left_to_right=True, parent=parent)
        self._check, self._shown = check, shown

    def checked(self) -> Checked:
        """The whole judgement on what is typed now."""
        return self._check(self.edit.text())

    def value(self) -> str:
        """The normalised value, empty when nothing was typed; it may carry a warning."""
        return self.checked().value

    def set_value(self, value: str | None) -> None:
        """Show a stored value."""
        super().set_value(self._shown(value) if value else "")

    def normal(self, text: str) -> str:
        """The normalised form, grouped for reading."""
        return self._shown(self._check(text).value)

    def judge(self, text: str) -> Note | None:
        """The doubt about the value, in amber: the officer decides, the record keeps the warning."""
        warning = self._check(text).warning
        return Note(code_sentence(self.kit.words, warning), "attention") if warning else None


class PersonIdField(CheckedField):
    """A national id or an iqama."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, check_person_id, placeholder="1XXXXXXXXX", parent=parent)


class MobileField(CheckedField):
    """A Saudi mobile; ``value()`` is E.164."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, check_mobile, placeholder="05XXXXXXXX", parent=parent)


class IbanField(CheckedField):
    """A Saudi bank account, shown in groups of four."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, check_iban, group_iban, placeholder="SA", parent=parent)

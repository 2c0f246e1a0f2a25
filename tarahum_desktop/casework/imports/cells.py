"""The cells of one row by field, and the notes that reading them leaves."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tarahum_desktop.domain.birth_reading import parse_life_date
from tarahum_desktop.domain.dates import DateError, PartialDate
from tarahum_desktop.domain.import_columns import Column, Mapped
from tarahum_desktop.domain.import_words import read_word
from tarahum_desktop.domain.money import AmountError, parse_amount
from tarahum_desktop.domain.names import fold, split_name
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.reports.sheets.read import SheetRow

LONGEST_NAME: Final = 80
_NAME_SIGNS: Final = frozenset(" -'’.ـ/")
_NOTHING: Final = frozenset({"-", "--", "—", "ـ", "لا يوجد", "لايوجد", "بدون", "n/a", "none", "null", "."})
_CURRENCY: Final = ("ريال", "ر.س", "ر س", "SAR", "sar", "SR")


@dataclass(frozen=True, slots=True)
class Note:
    """What is wrong at a column (zero-based, -1 for the row): a code for its sentence, and facts without names."""

    at: int
    code: str
    row: int = 0
    number: str = ""

    @property
    def facts(self) -> Mapping[str, str | int]:
        """What the sentence names: another row, or a file number."""
        return {"row": self.row, "number": self.number}


class Cells:
    """One row; reading notes what is wrong."""

    def __init__(self, row: SheetRow, columns: Mapped) -> None:
        self._row, self._columns = row, columns
        self.errors: list[Note] = []
        self.warnings: list[Note] = []

    def text(self, column: Column) -> str:
        """The cell of a field; empty where it says that there is nothing."""
        at = self._columns.get(column)
        cell = self._row.cells[at] if at is not None and at < len(self._row.cells) else ""
        # Sheet programs show a long number as text by an apostrophe before it.
        cell = cell.removeprefix("'")
        return "" if cell.casefold() in _NOTHING else cell

    def says_nothing(self, column: Column) -> bool:
        """Whether the field has a column and the cell says that there is nothing."""
        return column in self._columns and not self.text(column)

    def refuse(self, column: Column, code: str) -> None:
        """Note what stops the row."""
        self.errors.append(Note(self._columns.get(column, -1), code))

    def warn(self, column: Column, code: str) -> None:
        """Note a doubt."""
        self.warnings.append(Note(self._columns.get(column, -1), code))

    def short(self, column: Column, most: int) -> str:
        """A text of limited length."""
        text = self.text(column)
        if len(text) > most:
            self.refuse(column, "import_text_long")
        return text[:most]

    def word(self, column: Column) -> str | None:
        """The code of a word of the list named as the field; a word that is not known is told and left out."""
        return self._coded(column, read_word(column.value, self.text(column)))

    def listed(self, column: Column, names: Mapping[str, str]) -> str | None:
        """The code of a name in a list of folded names."""
        return self._coded(column, names.get(fold(self.text(column))))

    def whole(self, column: Column, most: int) -> int | None:
        """A whole number from 0."""
        text = ascii_digits(self.text(column))
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
            self.refuse(column, "import_number_form")
            return None
        return int(text)

    def money(self, column: Column) -> int | None:
        """An amount in halalas."""
        text = self.text(column)
        for mark in _CURRENCY:
            text = text.replace(mark, "")
        if not text.strip():
            return None
        try:
            return parse_amount(text.strip())
        except AmountError as error:
            self.refuse(column, error.code)
            return None

    def date(
        self, column: Column, today: date, *, future: bool = False, ages: bool = False
    ) -> PartialDate | None:
        """A date of either calendar, partial too; one that has not come yet is refused unless ``future``."""
        text = self.text(column)
        if not text:
            return None
        try:
            read = parse_life_date(text.removesuffix(" 00:00"), today, ages=ages)
            first = read.range().first
        except DateError as error:
            self.refuse(column, error.code)
            return None
        if first > today and not future:
            self.refuse(column, "date_in_future")
            return None
        return read

    def name(self, column: Column) -> dict[str, str]:
        """The four parts of a name in one cell."""
        text = self.short(column, 4 * LONGEST_NAME)
        self.check_name(column, text)
        parts = split_name(text)
        if parts.first and not (parts.father and parts.family):
            self.warn(column, "import_name_short")
        return {
            "first_name": parts.first, "father_name": parts.father, "grandfather_name": parts.grandfather,
            "family_name": parts.family,
        }  # fmt: skip

    def check_name(self, column: Column, text: str) -> None:
        """Refuse what is not made of letters, or longer than names are."""
        if any(not _is_of_name(char) for char in text):
            self.refuse(column, "import_name_form")
        elif max(map(len, text.split()), default=0) > LONGEST_NAME:
            self.refuse(column, "import_text_long")

    def _coded(self, column: Column, code: str | None) -> str | None:
        if code is None and self.text(column):
            self.warn(column, "import_word_unknown")
        return code


def _is_of_name(char: str) -> bool:
    return char.isalpha() or char in _NAME_SIGNS or unicodedata.category(char) == "Mn"

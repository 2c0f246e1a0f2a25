"""The sheets of an XLSForm as rows by column name, and what is told about them by sheet and row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tarahum_desktop.domain.forms.publishing import Problem

Line = tuple[int, Sequence[str]]
"""A row's number as the sheet program shows it, and the text of its cells."""

MOST_TOLD: Final = 200
_ARABIC: Final = re.compile(r"[\u0600-\u06FF]")
_BLANKS: Final = re.compile(r"\s+")
_LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("arab", "عرب", "(ar", "ar"),
    "en": ("engl", "إنجليز", "انجليز", "(en", "en"),
}


@dataclass
class Told:
    """Problems and notes, each once, in the order they were met."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def problem(self, code: str, cell: "Cell", **facts: str | int) -> None:
        """Something that must be put right."""
        _put(self.problems, Problem(code, cell.row, cell.column, facts, cell.sheet))

    def note(self, code: str, cell: "Cell", **facts: str | int) -> None:
        """Something that was left out or chosen."""
        _put(self.notes, Problem(code, cell.row, cell.column, facts, cell.sheet))


def _put(found: list[Problem], one: Problem) -> None:
    if one not in found and len(found) < MOST_TOLD:
        found.append(one)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something stands; the column from 1, 0 for the whole row."""

    sheet: str
    row: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row by the names of its columns; words by column and language (``ar``, ``en``)."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    words: Mapping[tuple[str, str], str]
    columns: Mapping[str, int]

    def get(self, name: str) -> str:
        """The text of a column; empty when it is not there."""
        return self.cells.get(name, "")

    def at(self, name: str = "") -> Cell:
        """The cell of a column."""
        return Cell(self.sheet, self.number, self.columns.get(name, 0))

    def text(self, name: str, language: str) -> str:
        """The words of a column in a language."""
        return self.words.get((name, language), "")


_TRANSLATED: Final = frozenset({"label", "hint", "constraint_message", "form_title"})


class Table:
    """One sheet: the first row names the columns."""

    def __init__(self, sheet: str, lines: Sequence[Line], default_language: str = "") -> None:
        self.sheet = sheet
        self._default = language_of(default_language)
        self.heading = Cell(sheet, lines[0][0] if lines else 1)
        self._names = [_name(text) for text in lines[0][1]] if lines else []
        self._lines = lines[1:]

    def headings(self) -> Iterator[tuple[str, str, Cell]]:
        """Name, language and place of each column that has a name."""
        for place, (name, language) in enumerate(self._names, start=1):
            if name:
                yield name, language, Cell(self.sheet, self.heading.row, place)

    def rows(self) -> Iterator[TableRow]:
        """The rows that say anything."""
        for number, texts in self._lines:
            cells: dict[str, str] = {}
            words: dict[tuple[str, str], str] = {}
            columns: dict[str, int] = {}
            for place, ((name, language), raw) in enumerate(zip(self._names, texts, strict=False), start=1):
                text = raw.strip()
                if not name:
                    continue
                columns.setdefault(name, place)
                if not text:
                    continue
                if name in _TRANSLATED:
                    words.setdefault((name, language or self._default or _language_by_letters(text)), text)
                    cells.setdefault(name, text)
                elif not language:
                    cells.setdefault(name, text)
            if cells:
                yield TableRow(self.sheet, number, cells, words, columns)


def language_of(text: str) -> str:
    """``ar`` or ``en`` from a name such as ``Arabic (ar)``; empty for another language."""
    plain = text.strip().casefold()
    for language, signs in _LANGUAGES.items():
        if any(sign in plain if len(sign) > 2 else sign == plain for sign in signs):
            return language
    return ""


def _name(text: str) -> tuple[str, str]:
    """A heading such as ``label::Arabic (ar)`` as its column and language; of a third language as ``other``."""
    base, mark, language = text.strip().partition("::")
    if not mark:
        base, mark, language = text.strip().partition(":")
    name = _BLANKS.sub("_", base.strip().casefold())
    name = {
        "relevance": "relevant",
        "list_name": "list_name",
        "caption": "label",
        "calculate": "calculation",
    }.get(name, name)
    return name, (language_of(language) or "other") if mark else ""


def _language_by_letters(text: str) -> str:
    return "ar" if _ARABIC.search(text) else "en"

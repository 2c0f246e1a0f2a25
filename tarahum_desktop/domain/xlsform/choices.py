"""The sheet of choices: lists by name, each choice with a code the engine takes and its words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tarahum_desktop.domain.xlsform.tables import Table, TableRow, Told

CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_REST_OF_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,58}")
_LIST: Final = "list_name"
_USED: Final = frozenset({_LIST, "name", "label"})


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The options as a form document has them, and their codes by the names expressions use."""

    options: tuple[Mapping[str, Any], ...]
    codes: Mapping[str, str]


def choice_lists(table: Table, told: Told) -> Mapping[str, ChoiceList]:
    """Read all lists; what is wrong in one is told, and the list stands with the rest of its choices."""
    for name, _language, cell in table.headings():
        if name not in _USED:
            told.note("column_left_out", cell, name=name[:60])
    lists: dict[str, list[TableRow]] = {}
    for row in table.rows():
        if row.get(_LIST) and row.get("name"):
            lists.setdefault(row.get(_LIST), []).append(row)
        else:
            told.problem("choice_without_name", row.at())
    return {name: _list(rows, told) for name, rows in lists.items()}


def _list(rows: list[TableRow], told: Told) -> ChoiceList:
    codes: dict[str, str] = {}
    options: list[Mapping[str, Any]] = []
    for place, row in enumerate(rows, start=1):
        name = row.get("name")
        if name in codes:
            told.problem("choice_twice", row.at("name"), name=name[:60])
            continue
        code = next(one for one in _codes(name, place) if one not in codes.values())
        codes[name] = code
        words = label_words(row, "label", told)
        if words is not None:
            options.append({"code": code, **words})
    return ChoiceList(tuple(options), codes)


def label_words(row: TableRow, column: str, told: Told) -> dict[str, str] | None:
    """Both languages of a row's words; None after telling which is missing."""
    found = {language: row.text(column, language) for language in ("ar", "en")}
    missing = [language for language, text in found.items() if not text]
    if missing:
        code = "words_missing" if len(missing) > 1 else f"words_missing_{missing[0]}"
        told.problem(code, row.at(column), name=row.get("name")[:60])
        return None
    if any("${" in text for text in found.values()):
        told.problem("words_with_answers", row.at(column))
        return None
    return found


def _codes(name: str, place: int) -> Iterator[str]:
    """A name as a code: as it is, else behind a letter, else by its place in the list."""
    if CODE.fullmatch(name):
        yield name
    if _REST_OF_CODE.fullmatch(name):
        yield f"o{name}"
    number = place
    while True:
        yield f"option-{number}"
        number += 1

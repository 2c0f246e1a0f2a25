"""What a worksheet holds besides values: its rows are counted, its formulas and merged cells found, before it is read.

Only expat is used, in pieces, and a document type declaration is refused: no entity of the file is ever expanded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from tarahum_desktop.reports.sheets.limits import SheetLimits, SheetRefused

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION: Final = "id"
_CHUNK: Final = 1 << 16
_FIRST_LETTER: Final = ord("A") - 1


@dataclass
class Survey:
    """Zero-based places of formulas as ``(row, column)``, and merged ranges as written (``B2:D2``)."""

    rows: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


class _Surveyor:
    def __init__(self, limits: SheetLimits) -> None:
        self.found = Survey()
        self._limits = limits
        self._row = self._column = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._row = int(attributes.get("r", self._row + 2)) - 1
                self._column = -1
                self.found.rows += 1
                if max(self.found.rows, self._row + 1) > self._limits.rows:
                    raise SheetRefused("sheet_too_many_rows", limit=self._limits.rows)
            case "c":
                place = _ADDRESS.fullmatch(attributes.get("r", ""))
                self._column = _column(place[1]) if place else self._column + 1
                if self._column >= self._limits.columns:
                    raise SheetRefused("sheet_too_many_columns", limit=self._limits.columns)
            case "f":
                self.found.formulas.add((self._row, self._column))
            case "mergeCell":
                self.found.merged.append(attributes.get("ref", ""))
            case _:
                pass


def survey(part: bytes, limits: SheetLimits) -> Survey:
    """Walk one worksheet's XML.

    Raises:
        SheetRefused: ``sheet_too_many_rows``, ``sheet_too_many_columns`` or ``sheet_damaged``.
    """
    surveyor = _Surveyor(limits)
    parse(part, surveyor.start)
    return surveyor.found


def first_sheet(parts: Mapping[str, bytes]) -> tuple[str, str]:
    """Name and part of the first sheet that is not hidden.

    Raises:
        SheetRefused: ``sheet_damaged``.
    """
    return visible_sheets(parts)[0]


def visible_sheets(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Names and parts of the sheets that are not hidden, in their order; at least one.

    Raises:
        SheetRefused: ``sheet_damaged``.
    """
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet" and attributes.get("state", "visible") == "visible":
            relation = next(
                (v for k, v in attributes.items() if k.rpartition(":")[::2] == ("r", _RELATION)), ""
            )
            sheets.append((attributes.get("name", ""), relation))

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(parts["xl/workbook.xml"], on_sheet)
    parse(parts.get("xl/_rels/workbook.xml.rels", b""), on_relation)
    found = []
    for name, relation in sheets:
        target = targets.get(relation, "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in parts:
            found.append((name, part))
    if not found:
        raise SheetRefused("sheet_damaged")
    return found


def parse(part: bytes, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Feed one XML part to expat; raises SheetRefused ``sheet_damaged`` for what is not plain XML."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for at in range(0, len(part), _CHUNK):
            parser.Parse(part[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise SheetRefused("sheet_damaged") from None


def _refuse(*_declaration: object) -> None:
    raise SheetRefused("sheet_damaged")


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - _FIRST_LETTER
    return at - 1

"""The survey sheet as a tree: pages, repeats and questions in their order, with what stands around each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tarahum_desktop.domain.xlsform.choices import CODE
from tarahum_desktop.domain.xlsform.tables import Table, TableRow, Told

USED: Final = frozenset(
    """type name label hint required relevant constraint constraint_message calculation default parameters""".split()  # noqa: SIM905 - a word list reads better as words
)
_LEFT_OUT: Final = frozenset(
    {"start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit"}
)
"""What the program keeps by itself: who, when, on which machine."""
_TYPES: Final = frozenset(
    {
        "text",
        "integer",
        "decimal",
        "date",
        "select_one",
        "select_multiple",
        "note",
        "calculate",
        "image",
        "geopoint",
    }
)
_CHANGES_MEANING: Final = ("choice_filter", "trigger", "repeat_count")
"""Columns without which a form would ask something else than it says."""
_BRACKETS: Final = ("begin_group", "end_group", "begin_repeat", "end_repeat")


@dataclass(slots=True)
class Asked:
    """One question; ``list_name`` for choices, ``conditions`` the relevance of what it stands in."""

    row: TableRow
    type: str
    list_name: str
    group: str
    conditions: tuple[TableRow, ...]

    @property
    def name(self) -> str:
        """The code of the question."""
        return self.row.get("name")


@dataclass(slots=True)
class Repeat:
    """A repeating group."""

    row: TableRow
    conditions: tuple[TableRow, ...]
    inside: list[Asked] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The code of the group."""
        return self.row.get("name")


@dataclass(slots=True)
class Page:
    """A group at the top becomes a page; questions outside any group have a page without a row."""

    row: TableRow | None
    parts: list[Asked | Repeat] = field(default_factory=list)


def read_survey(table: Table, told: Told) -> list[Page]:
    """Read the sheet; what is wrong is told and stepped over."""
    for name, language, cell in table.headings():
        if name not in USED or language == "other":
            told.note("column_left_out", cell, name=name[:60])
    return _Reader(told).read(table)


def questions(pages: Sequence[Page]) -> Iterator[Asked]:
    """All questions, those of repeats included."""
    for page in pages:
        for part in page.parts:
            if isinstance(part, Repeat):
                yield from part.inside
            else:
                yield part


@dataclass(frozen=True, slots=True)
class _Open:
    kind: Literal["group", "repeat"]
    row: TableRow


class _Reader:
    def __init__(self, told: Told) -> None:
        self._told = told
        self._pages: list[Page] = []
        self._open: list[_Open] = []
        self._repeat: Repeat | None = None
        self._loose = False
        self._names: set[str] = set()

    def read(self, table: Table) -> list[Page]:
        for row in table.rows():
            for column in _CHANGES_MEANING:
                if row.get(column):
                    self._told.problem("column_not_supported", row.at(column), name=column)
            words = row.get("type").replace("begin ", "begin_").replace("end ", "end_").split()
            kind = words[0].casefold() if words else ""
            if kind in _BRACKETS:
                self._bracket(kind, row)
            elif kind in _LEFT_OUT:
                self._told.note("kept_by_program", row.at("type"), type=kind)
            elif kind in _TYPES:
                self._ask(kind, words[1:], row)
            else:
                code = "type_missing" if not kind else "unknown_type"
                self._told.problem(code, row.at("type"), type=row.get("type")[:60])
        for one in self._open:
            self._told.problem("group_not_closed", one.row.at("type"))
        return [page for page in self._pages if page.parts]

    def _bracket(self, kind: str, row: TableRow) -> None:
        if kind.startswith("end_"):
            if not self._open or self._open[-1].kind != kind.removeprefix("end_"):
                self._told.problem("end_without_begin", row.at("type"))
                return
            if self._open.pop().kind == "repeat":
                self._repeat = None
            return
        top = not self._open
        if top:
            self._pages.append(Page(row))
            self._loose = False
        if kind == "begin_group":
            if top:
                self._named(row)
            elif row.get("label"):
                self._told.note("inner_heading_left_out", row.at("label"))
            self._open.append(_Open("group", row))
            return
        if self._repeat is not None:
            self._told.problem("repeat_in_repeat", row.at("type"))
            self._open.append(_Open("group", row))  # its end is still found
            return
        self._named(row)
        repeat = Repeat(row, self._around())
        self._repeat = repeat
        self._pages[-1].parts.append(repeat)
        self._open.append(_Open("repeat", row))

    def _ask(self, kind: str, rest: list[str], row: TableRow) -> None:
        if not self._named(row):
            return
        if kind.startswith("select") and len(rest) != 1:
            code = "other_choice" if "or_other" in rest else "list_missing"
            self._told.problem(code, row.at("type"))
            return
        if not self._open and not self._loose:
            self._pages.append(Page(None))
            self._loose = True
        group = self._repeat.name if self._repeat is not None else ""
        asked = Asked(row, kind, rest[0] if rest else "", group, self._around())
        (self._pages[-1].parts if self._repeat is None else self._repeat.inside).append(asked)

    def _named(self, row: TableRow) -> bool:
        name = row.get("name")
        if not name:
            self._told.problem("name_missing", row.at("name"))
        elif not CODE.fullmatch(name) or name == "today":
            self._told.problem("name_not_usable", row.at("name"), name=name[:60])
        elif name in self._names:
            self._told.problem("name_twice", row.at("name"), name=name)
        else:
            self._names.add(name)
            return True
        return False

    def _around(self) -> tuple[TableRow, ...]:
        """Groups around whose relevance reaches in: not the page's own, nor a repeat's for what is in it."""
        inner = self._open
        if self._repeat is not None:
            at = next(i for i, one in enumerate(inner) if one.kind == "repeat")
            inner = inner[at + 1 :]
        elif inner:
            inner = inner[1:]
        return tuple(one.row for one in inner if one.kind == "group" and one.row.get("relevant"))

"""From the sheets of an XLSForm to one version of a form document, or everything that has to be put right first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tarahum_desktop.domain.forms.document import build_document
from tarahum_desktop.domain.forms.form_errors import EveryFault, FormDocumentError
from tarahum_desktop.domain.forms.publishing import Problem
from tarahum_desktop.domain.xlsform.choices import CODE, ChoiceList, choice_lists, label_words
from tarahum_desktop.domain.xlsform.questions import QuestionMaker
from tarahum_desktop.domain.xlsform.survey import Asked, Page, Repeat, questions, read_survey
from tarahum_desktop.domain.xlsform.tables import Cell, Line, Table, TableRow, Told
from tarahum_desktop.domain.xlsform.translate import Kind, Known, Rule, Translator
from tarahum_desktop.domain.xlsform.xpath import XPathError

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
MOST_ROWS: Final = 30
_CLOSED: Final = {
    "ar": "لا تُسأل هذه الصفحة مع الإجابات السابقة.",
    "en": "This page is not asked with the answers before it.",
}
_KINDS: Final[Mapping[str, Kind]] = {
    "text": "text", "integer": "number", "decimal": "number", "date": "date", "select_one": "choice",
    "select_multiple": "choices", "note": "none", "calculate": "number", "image": "other", "geopoint": "other",
}  # fmt: skip
_COLUMNS: Final[Mapping[str, str]] = {
    "visible_when": "relevant", "required_when": "required", "compute": "calculation", "refuse_when": "constraint",
    "default": "default", "label": "label", "help": "hint", "open_when": "relevant", "code": "name",
}  # fmt: skip
_STEP: Final = re.compile(r"\.(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Converted:
    """``document`` is a form document's JSON, there exactly when there is no problem; ``notes`` say what was left out."""

    document: Mapping[str, Any] | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def convert_xlsform(sheets: Mapping[str, Sequence[Line]], version: int = 1) -> Converted:
    """Convert the sheets (by name, each with its heading row first) into version ``version`` of a form."""
    named = {name.strip().casefold(): lines for name, lines in sheets.items()}
    told = Told()
    if not named.get(SURVEY):
        told.problem("no_survey", Cell(SURVEY, 0))
        return Converted(None, tuple(told.problems), ())
    return _Conversion(named, told).convert(version)


class _Conversion:
    def __init__(self, sheets: Mapping[str, Sequence[Line]], told: Told) -> None:
        self._told = told
        self._settings = next(iter(Table(SETTINGS, sheets.get(SETTINGS, ())).rows()), None)
        language = self._setting("default_language")
        self._lists = choice_lists(Table(CHOICES, sheets.get(CHOICES, ()), language), told)
        self._pages = read_survey(Table(SURVEY, sheets[SURVEY], language), told)
        self._known = _known(self._pages, self._lists)
        self._totals: dict[str, Rule] = {}
        self._places: dict[tuple[int | str, ...], TableRow] = {}
        self._maker = QuestionMaker(self._known, self._lists, told)

    def convert(self, version: int) -> Converted:
        for one in questions(self._pages):
            if one.type == "calculate":
                self._totals[one.name] = self._total(one)
        title = self._title()
        document = {
            "form": self._form_id(), "version": version, "title": title,
            "sections": [self._section(at, page, title) for at, page in enumerate(self._pages)],
        }  # fmt: skip
        if not self._told.problems:
            self._check(document)
        problems = tuple(self._told.problems)
        return Converted(None if problems else document, problems, tuple(self._told.notes))

    def _setting(self, name: str) -> str:
        return "" if self._settings is None else self._settings.get(name)

    def _form_id(self) -> str:
        code = self._setting("form_id").replace(" ", "-")
        if not CODE.fullmatch(code):
            at = Cell(SETTINGS, 0) if self._settings is None else self._settings.at("form_id")
            self._told.problem("form_id_missing", at)
        return code

    def _title(self) -> dict[str, str]:
        row = self._settings
        found = {
            language: "" if row is None else row.text("form_title", language) for language in ("ar", "en")
        }
        either = found["ar"] or found["en"]
        if not either or row is None:
            self._told.problem("title_missing", Cell(SETTINGS, 0) if row is None else row.at("form_title"))
        elif not all(found.values()):
            self._told.note("title_in_one_language", row.at("form_title"))
        return {language: text or either for language, text in found.items()}

    def _total(self, asked: Asked) -> Rule:
        row = asked.row
        if asked.group:
            self._told.problem("calculation_in_repeat", row.at("type"))
            return None
        if not row.get("calculation"):
            self._told.problem("calculation_missing", row.at("calculation"))
            return None
        try:
            found = Translator(self._known, asked.name).number(row.get("calculation"))
        except XPathError as error:
            self._told.problem(error.problem, row.at("calculation"), at=error.at)
            return None
        self._known[asked.name].scale = found.scale
        return found.rule

    def _section(self, at: int, page: Page, title: Mapping[str, str]) -> dict[str, Any]:
        row = page.row
        made: dict[str, Any] = {"code": f"P{at + 1}", "title": dict(title)}
        if row is not None:
            self._places[at,] = row
            if row.get("label"):
                made["title"] = label_words(row, "label", self._told) or dict(title)
            if row.get("relevant") and not _is_repeat(page):
                rule = self._maker.rule(row, "relevant", row.get("name"), "")
                made |= {"open_when": rule, "closed_because": dict(_CLOSED)} if rule is not None else {}
        fields = [(part, self._part(part)) for part in page.parts]
        made["fields"] = []
        for part, field in fields:
            if field is not None:
                self._places[at, len(made["fields"])] = part.row
                made["fields"].append(field)
        return made

    def _part(self, part: Asked | Repeat) -> dict[str, Any] | None:
        if isinstance(part, Asked):
            return self._maker.field(part, self._totals.get(part.name))
        if not part.inside:
            self._told.problem("repeat_without_questions", part.row.at("type"))
            return None
        words = label_words(part.row, "label", self._told)
        shown = self._maker.conditions(part.name, "", (*part.conditions, part.row))
        columns = [column for one in part.inside if (column := self._part(one)) is not None]
        made: dict[str, Any] = {"code": part.name, "type": "rows", "label": words, "max_rows": MOST_ROWS}
        if shown is not None:
            made["visible_when"] = shown
        return made | {"row_fields": columns}

    def _check(self, document: Mapping[str, Any]) -> None:
        """What the engine itself refuses, told by the row it comes from."""
        faults = EveryFault()
        build_document(document, faults)
        for fault in faults.found:
            told = {name: fact for name, fact in fault.facts.items() if name not in ("problem", "at")}
            self._told.problem(fault.problem, self._cell(document, fault), **told)

    def _cell(self, document: Mapping[str, Any], fault: FormDocumentError) -> Cell:
        steps = _STEP.findall(fault.at)
        numbers = [int(number) for name, number in steps if name in ("sections", "fields") and number]
        row = self._places.get(tuple(numbers)) or self._places.get(tuple(numbers[:1]))
        inside = next((int(number) for name, number in steps if name == "row_fields" and number), None)
        if inside is not None and len(numbers) > 1:
            code = document["sections"][numbers[0]]["fields"][numbers[1]]["row_fields"][inside]["code"]
            row = next((one.row for one in questions(self._pages) if one.name == code), row)
        column = next((_COLUMNS[name] for name, _number in steps if name in _COLUMNS), "")
        return Cell(SURVEY, 0) if row is None else row.at(column)


def _is_repeat(page: Page) -> bool:
    return any(isinstance(part, Repeat) and part.row is page.row for part in page.parts)


def _known(pages: Sequence[Page], lists: Mapping[str, ChoiceList]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for page in pages:
        for part in page.parts:
            if isinstance(part, Repeat):
                found[part.name] = Known("group")
    for one in questions(pages):
        choices = lists.get(one.list_name)
        scale = 2 if one.type == "decimal" else 0
        found[one.name] = Known(_KINDS[one.type], scale, one.group, choices.codes if choices else {})
    return found

"""One question of the survey as a field of a form document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.domain.xlsform.choices import ChoiceList, label_words
from tarahum_desktop.domain.xlsform.survey import Asked
from tarahum_desktop.domain.xlsform.tables import TableRow, Told
from tarahum_desktop.domain.xlsform.translate import HUNDREDTHS, Known, Rule, Translator
from tarahum_desktop.domain.xlsform.xpath import XPathError

DWELLING: Final[Mapping[str, Mapping[str, str]]] = {
    "dwelling_outside": {"ar": "المسكن من الخارج", "en": "The home from outside"},
    "dwelling_inside": {"ar": "المسكن من الداخل", "en": "The home inside"},
    "damage": {"ar": "ضرر", "en": "Damage"},
    "appliance": {"ar": "جهاز", "en": "Appliance"},
}
"""What a picture may show: the home and its appliances, never people or documents."""

MOST_PICTURES: Final = 6
LARGEST_NUMBER: Final = 999_999_999
LONGEST_LINE: Final = 500
LONGEST_NOTE: Final = 4_000
_KINGDOM: Final = {"south": 16_000_000, "north": 33_000_000, "west": 34_000_000, "east": 56_000_000}
"""The Kingdom in millionths of a degree."""
_YES: Final = frozenset({"yes", "true", "true()", "1", "نعم"})
_NO: Final = frozenset({"", "no", "false", "false()", "0", "لا"})
_NOT_RIGHT: Final = {"ar": "هذه الإجابة خارج الحدود المسموحة. تأكد منها من فضلك.",
                     "en": "This answer is outside what is allowed. Please check it."}  # fmt: skip
_KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"type": "text", "max_length": LONGEST_LINE},
    "integer": {"type": "int", "min": 0, "max": LARGEST_NUMBER},
    "decimal": {"type": "int", "unit": "hundredths", "min": 0, "max": LARGEST_NUMBER},
    "date": {"type": "date"},
    "select_one": {"type": "choice"},
    "select_multiple": {"type": "multi"},
    "note": {"type": "note"},
    "calculate": {"type": "computed"},
    "image": {"type": "photo", "max_rows": MOST_PICTURES},
    "geopoint": {"type": "gps", "data_class": "location", "bounds": _KINGDOM},
}


class QuestionMaker:
    """Makes fields; ``known`` is every question by name, ``lists`` the choices."""

    def __init__(self, known: Mapping[str, Known], lists: Mapping[str, ChoiceList], told: Told) -> None:
        self._known, self._lists, self._told = known, lists, told

    def field(self, asked: Asked, total: Rule) -> dict[str, Any] | None:
        """The field; None once it was told what is wrong. ``total`` is the rule of a calculation."""
        row, told = asked.row, self._told
        made: dict[str, Any] = {"code": asked.name, **_KINDS[asked.type]}
        if asked.type == "text" and "multiline" in row.get("appearance"):
            made |= {"type": "textarea", "max_length": LONGEST_NOTE}
        if asked.type == "calculate" and not row.get("label"):
            told.note("calculation_without_words", row.at("name"), name=asked.name)
            words: dict[str, str] | None = {"ar": asked.name, "en": asked.name}
        else:
            words = label_words(row, "label", told)
        if words is None:
            return None
        made["label"] = words
        if row.get("hint") and (hint := label_words(row, "hint", told)):
            made["help"] = hint
        if asked.type == "calculate":
            made |= {"compute": total}
            if self._known[asked.name].scale == HUNDREDTHS:
                made["unit"] = "hundredths"
        if not self._add_choices(asked, made):
            return None
        self._add_rules(asked, made)
        return made

    def conditions(self, name: str, group: str, rows: tuple[TableRow, ...]) -> Rule:
        """The relevance of several rows, all of which must hold; None for none."""
        rules: list[Rule] = [
            rule
            for row in rows
            if row.get("relevant")
            if (rule := self.rule(row, "relevant", name, group)) is not None
        ]
        if not rules:
            return None
        return rules[0] if len(rules) == 1 else ["all", *rules]

    def rule(self, row: TableRow, column: str, name: str, group: str) -> Rule:
        """One expression; None once it was told what is wrong."""
        try:
            return Translator(self._known, name, group).condition(row.get(column))
        except XPathError as error:
            self._told.problem(error.problem, row.at(column), at=error.at)
            return None

    def _add_choices(self, asked: Asked, made: dict[str, Any]) -> bool:
        row, told = asked.row, self._told
        if asked.type.startswith("select"):
            found = self._lists.get(asked.list_name)
            if found is None:
                told.problem("list_unknown", row.at("type"), name=asked.list_name[:60])
                return False
            made["options"] = [dict(one) for one in found.options]
        if asked.type == "image":
            kind = row.get("parameters").replace(" ", "").removeprefix("kind=")
            kinds = list(DWELLING) if kind == "dwelling" else [kind]
            if not set(kinds) <= set(DWELLING) or asked.group:
                told.problem("picture_of_what", row.at("type"))
                return False
            made["options"] = [{"code": one, **DWELLING[one]} for one in kinds]
        return True

    def _add_rules(self, asked: Asked, made: dict[str, Any]) -> None:
        row, name, group = asked.row, asked.name, asked.group
        shown = self.conditions(name, group, (*asked.conditions, row))
        if shown is not None:
            made["visible_when"] = shown
        if asked.type in ("note", "calculate"):
            return
        required = row.get("required")
        if required.casefold() in _YES:
            made["required"] = True
        elif required.casefold() not in _NO and (rule := self.rule(row, "required", name, group)) is not None:
            made["required_when"] = rule
        if row.get("constraint") and (rule := self.rule(row, "constraint", name, group)) is not None:
            words: Mapping[str, str] | None = _NOT_RIGHT
            if row.get("constraint_message"):
                words = label_words(row, "constraint_message", self._told)
            made["refuse_when"] = [{"code": "constraint", "when": ["not", rule], **(words or _NOT_RIGHT)}]
        if row.get("default"):
            self._add_default(asked, made)

    def _add_default(self, asked: Asked, made: dict[str, Any]) -> None:
        text, known = asked.row.get("default"), self._known[asked.name]
        value = _default(asked.type, text, known)
        if value is None:
            self._told.note("default_left_out", asked.row.at("default"))
        else:
            made["default"] = value


def _default(kind: str, text: str, known: Known) -> Rule:
    match kind:
        case "text":
            return None if text[:1] in ("$", "@") or len(text) > LONGEST_LINE else text
        case "integer":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
        case "date" if text.replace(" ", "") == "today()":
            return "$today"
        case "date":
            return _day(text)
        case "select_one":
            return known.options.get(text)
        case _:
            return None


def _day(text: str) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return None

"""Expressions of XLSForm in the engine's rule language, with the kinds of answers kept apart.

The engine counts in whole numbers, so decimals are hundredths: every number carries its scale and both sides of a
comparison are brought to the same one. A missing answer adds nothing to a sum and makes a comparison false.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from tarahum_desktop.domain.xlsform import xpath
from tarahum_desktop.domain.xlsform.xpath import XPathError, parse_xpath

Rule: TypeAlias = "list[Rule] | str | int | bool | None"
Kind = Literal["text", "number", "choice", "choices", "date", "group", "truth", "other", "none"]
HUNDREDTHS: Final = 2
_ORDER: Final[Mapping[str, str]] = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_SUMS: Final[Mapping[str, str]] = {"+": "add", "-": "sub"}


@dataclass(slots=True)
class Known:
    """A question as expressions see it; ``scale`` is the digits after the point, ``group`` the repeat it stands in."""

    kind: Kind
    scale: int = 0
    group: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typed:
    """A rule and what it yields; ``literal`` is a text that may still turn out to name a choice or a day."""

    rule: Rule
    kind: Kind
    scale: int = 0
    literal: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


class Translator:
    """Translates the expressions of one question; ``group`` is the repeat it stands in, if any."""

    def __init__(self, known: Mapping[str, Known], name: str, group: str = "") -> None:
        self._known, self._name, self._group = known, name, group

    def condition(self, text: str) -> Rule:
        """Translate what must hold; raises ``XPathError``."""
        return _truth(self._typed(parse_xpath(text)))

    def number(self, text: str) -> Typed:
        """Translate a calculation, which must yield a number; raises ``XPathError``."""
        found = self._typed(parse_xpath(text))
        if found.kind != "number":
            raise XPathError("calculation_not_a_number", 1)
        return found

    def _typed(self, node: xpath.Node) -> Typed:
        match node:
            case xpath.Number(text, at):
                return _number(text, at)
            case xpath.Literal(text, at):
                if text[:1] in ("$", "@"):
                    raise XPathError("text_not_usable", at)
                return Typed(text, "text", literal=text)
            case xpath.Answer():
                return self._answer(node)
            case xpath.Call(name, arguments, at):
                return self._call(name, arguments, at)

    def _answer(self, node: xpath.Answer) -> Typed:
        name = node.name or self._name
        if name == "today":
            return Typed("$today", "date")
        known = self._known.get(name)
        if known is None:
            raise XPathError("unknown_answer", node.at)
        if known.kind == "none":
            raise XPathError("not_an_answer", node.at)
        if known.group and known.group != self._group:
            raise XPathError("answer_of_a_repeat", node.at)
        return Typed(f"${name}", known.kind, known.scale, options=known.options)

    def _call(self, name: str, arguments: Sequence[xpath.Node], at: int) -> Typed:
        if name in ("count", "sum"):
            return self._over_rows(name, arguments, at)
        found = [self._typed(one) for one in arguments]
        if name in ("and", "or"):
            rules: list[Rule] = [_truth(one) for one in found]
            return Typed(["all" if name == "and" else "any_of", *rules], "truth")
        if name in ("=", "!="):
            same = _same(found[0], found[1], at)
            return Typed(same if name == "=" else ["not", same], "truth")
        if name in _ORDER:
            left, right = _comparable(found[0], found[1], at)
            return Typed([_ORDER[name], left.rule, right.rule], "truth")
        if name in ("+", "-", "*", "div"):
            return _arithmetic(name, found, at)
        maker = _FUNCTIONS.get(name)
        if maker is None:
            raise XPathError("unknown_function", at)
        fewest, make = maker
        if len(found) != fewest:
            raise XPathError("wrong_number_of_arguments", at)
        return make(found, at)

    def _over_rows(self, name: str, arguments: Sequence[xpath.Node], at: int) -> Typed:
        only = arguments[0] if len(arguments) == 1 else None
        if not isinstance(only, xpath.Answer):
            raise XPathError("repeat_expected", at)
        known = self._known.get(only.name)
        if known is None:
            raise XPathError("unknown_answer", only.at)
        group = only.name if known.kind == "group" else known.group
        if not group:
            raise XPathError("repeat_expected", only.at)
        if name == "count":
            return Typed(["count", group], "number")
        if known.kind != "number":
            raise XPathError("numbers_expected", only.at)
        return Typed(["sum", group, only.name], "number", known.scale)


def _number(text: str, at: int) -> Typed:
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    if len(rest) > HUNDREDTHS or len(whole) > 12:
        raise XPathError("too_many_digits", at)
    if not rest:
        return Typed(int(whole or "0"), "number", literal=text)
    return Typed(int((whole or "0") + rest.ljust(HUNDREDTHS, "0")), "number", HUNDREDTHS, literal=text)


def _truth(found: Typed) -> Rule:
    """An answer by itself holds when it is given; a number when it is not zero."""
    match found.kind:
        case "truth":
            return found.rule
        case "number":
            return ["all", ["filled", found.rule], ["not", ["eq", found.rule, 0]]]
        case "group":
            return ["gt", ["count", str(found.rule)[1:]], 0]
        case _:
            return ["filled", found.rule]


def _scaled(found: Typed, scale: int) -> Typed:
    if found.scale == scale:
        return found
    factor = 10 ** (scale - found.scale)
    rule: Rule = found.rule * factor if type(found.rule) is int else ["mul", found.rule, factor]
    return Typed(rule, "number", scale)


def _alike(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    scale = max(left.scale, right.scale)
    return _scaled(left, scale), _scaled(right, scale)


def _comparable(left: Typed, right: Typed, at: int) -> tuple[Typed, Typed]:
    left, right = _as(left, right.kind), _as(right, left.kind)
    if left.kind == right.kind == "number":
        return _alike(left, right)
    if left.kind == right.kind == "date":
        return left, right
    raise XPathError("not_comparable", at)


def _as(found: Typed, kind: Kind) -> Typed:
    """A written text read as a day or a number where the other side is one."""
    if found.kind != "text" or found.literal is None:
        return found
    if kind == "date":
        try:
            return Typed(dt.date.fromisoformat(found.literal).isoformat(), "date")
        except ValueError:
            return found
    if kind == "number" and found.literal.replace(".", "", 1).isdecimal() and found.literal.isascii():
        return _number(found.literal, 1)
    return found


def _same(left: Typed, right: Typed, at: int) -> Rule:
    if left.literal is not None and right.literal is None:
        left, right = right, left
    if right.literal == "":
        return ["empty", left.rule]
    if left.kind == "choices":
        raise XPathError("use_selected", at)
    if left.kind == "choice":
        if right.kind == "choice":
            return ["eq", left.rule, right.rule]
        return ["eq", left.rule, _option(left, right, at)]
    if left.kind == right.kind and left.kind in ("text", "truth"):
        return ["eq", left.rule, right.rule]
    left, right = _comparable(left, right, at)
    return ["eq", left.rule, right.rule]


def _option(of: Typed, named: Typed, at: int) -> str:
    code = of.options.get(named.literal or "")
    if code is None:
        raise XPathError("unknown_choice", at)
    return code


def _arithmetic(name: str, found: list[Typed], at: int) -> Typed:
    found = [_as(one, "number") for one in found]
    if any(one.kind != "number" for one in found):
        raise XPathError("numbers_expected", at)
    if len(found) == 1:
        return Typed(["sub", 0, found[0].rule], "number", found[0].scale)
    left, right = found
    if name in _SUMS:
        left, right = _alike(left, right)
        return Typed([_SUMS[name], left.rule, right.rule], "number", left.scale)
    if name == "*":
        product: Rule = ["mul", left.rule, right.rule]
        scale = left.scale + right.scale
        return (
            Typed(product, "number", scale)
            if scale <= HUNDREDTHS
            else Typed(["div", product, 100], "number", 2)
        )
    left, right = _alike(left, right)
    return Typed(["div", ["mul", left.rule, 100], right.rule], "number", HUNDREDTHS)


def _selected(found: list[Typed], at: int) -> Typed:
    answer, named = found
    if answer.kind not in ("choice", "choices"):
        raise XPathError("choice_expected", at)
    return Typed(
        ["has" if answer.kind == "choices" else "eq", answer.rule, _option(answer, named, at)], "truth"
    )


def _length(found: list[Typed], at: int) -> Typed:
    if found[0].kind != "text":
        raise XPathError("text_expected", at)
    return Typed(["len", found[0].rule], "number")


def _selected_count(found: list[Typed], at: int) -> Typed:
    if found[0].kind != "choices":
        raise XPathError("choice_expected", at)
    return Typed(["len", found[0].rule], "number")


def _either(found: list[Typed], at: int) -> Typed:
    condition, then, otherwise = found
    if then.kind == otherwise.kind == "number":
        then, otherwise = _alike(then, otherwise)
    elif then.kind != otherwise.kind:
        raise XPathError("not_comparable", at)
    return Typed(["if", _truth(condition), then.rule, otherwise.rule], then.kind, then.scale)


_Make = Callable[[list[Typed], int], Typed]
_FUNCTIONS: Final[Mapping[str, tuple[int, _Make]]] = {
    "not": (1, lambda found, _at: Typed(["not", _truth(found[0])], "truth")),
    "true": (0, lambda _found, _at: Typed(True, "truth")),
    "false": (0, lambda _found, _at: Typed(False, "truth")),
    "today": (0, lambda _found, _at: Typed("$today", "date")),
    "selected": (2, _selected),
    "count-selected": (1, _selected_count),
    "string-length": (1, _length),
    "if": (3, _either),
}

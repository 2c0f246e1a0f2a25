"""The rule language of forms: JSON that says a condition or a sum, compiled once into plain functions.

``["all", ["eq", "$outcome", "done"], ["filled", "$gps"]]``: a list is an operator and its arguments, ``"$code"`` is
the answer to a field, ``"$today"`` the date of entry (ISO), ``"@name"`` a number among the document's parameters, and
anything else stands for itself. A list whose first item is not an operator is a list of choices, and only where one
is expected (second argument of ``in``). Over a repeating group: ``count``, ``any``, ``every``, ``sum``, ``values``.
There are no loops, no names beyond these and no way to fail while running; what is misspelt is refused when the
document is read. A chosen option compared with a code that the field does not offer is misspelt too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.domain.forms.operators import OPERATORS
from tarahum_desktop.domain.forms.values import Row, Value, is_number

DEEPEST_RULE: Final = 16
LARGEST_RULE: Final = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may look at: the answers, the row it stands in (if any) and the date of entry (ISO)."""

    values: Mapping[str, Value]
    today: str
    row: Mapping[str, Value] = field(default_factory=dict)


Evaluate = Callable[[Facts], Value]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A field as rules see it: the repeating group it is a column of, and the option codes it offers."""

    group: str | None = None
    options: frozenset[str] = frozenset()
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What a rule may name: fields, parameters and, inside a group, the group it stands in."""

    fields: Mapping[str, Symbol]
    parameters: Mapping[str, int]
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled rule and the field codes it looks at."""

    evaluate: Evaluate
    reads: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        """Whether the rule is true; a missing answer is not true."""
        return self.evaluate(facts) is True


def compile_rule(rule: object, names: Names, at: str) -> Expression:
    """Compile one rule, or raise ``FormDocumentError`` naming the place inside it."""
    compiler = _Compiler(names)
    return Expression(compiler.compile(rule, at, 0), frozenset(compiler.reads))


class _Compiler:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.reads: set[str] = set()
        self._size = 0

    def compile(self, node: object, at: str, depth: int) -> Evaluate:
        self._size += 1
        if depth > DEEPEST_RULE or self._size > LARGEST_RULE:
            raise FormDocumentError("rule_too_large", at)
        if isinstance(node, list):
            return self._call(node, at, depth)
        if isinstance(node, str) and node[:1] == "$":
            return self._field(node[1:], at)
        if isinstance(node, str) and node[:1] == "@":
            return self._parameter(node[1:], at)
        if node is None or isinstance(node, bool | int | str):
            return _constant(node)
        raise FormDocumentError("rule_not_understood", at)

    def _call(self, node: list[object], at: str, depth: int) -> Evaluate:
        name = node[0] if node else None
        if not isinstance(name, str):
            raise FormDocumentError("rule_not_understood", at)
        if name in ("count", "any", "every", "sum", "values"):
            return self._aggregate(name, node[1:], at, depth)
        literal = (
            name == "in" and len(node) == 3 and isinstance(node[2], list) and self._is_plain_list(node[2])
        )
        arguments = [
            self._choices(item, f"{at}[{i}]")
            if literal and i == 2
            else self.compile(item, f"{at}[{i}]", depth + 1)
            for i, item in enumerate(node[1:], start=1)
        ]
        self._check_options(node, at)
        if name in ("all", "any_of", "if"):
            return _lazy(name, arguments, at)
        return _strict(name, arguments, at)

    def _is_plain_list(self, items: list[object]) -> bool:
        return bool(items) and items[0] not in OPERATORS and items[0] not in ("values", "if")

    def _choices(self, items: object, at: str) -> Evaluate:
        assert isinstance(items, list)
        if not all(isinstance(item, str | int) and str(item)[:1] not in "$@" for item in items):
            raise FormDocumentError("rule_not_understood", at)
        self._size += len(items)
        return _constant(tuple(items))

    def _field(self, code: str, at: str) -> Evaluate:
        if code == "today":
            return lambda facts: facts.today
        symbol = self._names.fields.get(code)
        if symbol is None:
            raise FormDocumentError("unknown_field", at, field=code[:60])
        self.reads.add(code)
        if symbol.group is None:
            return lambda facts: facts.values.get(code)
        if symbol.group != self._names.group:
            raise FormDocumentError("field_of_another_group", at, field=code)
        return lambda facts: facts.row.get(code)

    def _parameter(self, name: str, at: str) -> Evaluate:
        if name not in self._names.parameters:
            raise FormDocumentError("unknown_parameter", at, parameter=name[:60])
        return _constant(self._names.parameters[name])

    def _aggregate(self, name: str, rest: list[object], at: str, depth: int) -> Evaluate:
        group = rest[0] if rest else None
        symbol = self._names.fields.get(group) if isinstance(group, str) else None
        needs = {"count": (1, 2), "any": (2, 2), "every": (2, 2), "sum": (2, 2), "values": (2, 2)}[name]
        if not isinstance(group, str) or symbol is None or not symbol.is_group:
            raise FormDocumentError("not_a_group", at)
        if not needs[0] <= len(rest) <= needs[1]:
            raise FormDocumentError("wrong_number_of_arguments", at, operator=name)
        self.reads.add(group)
        if name in ("sum", "values"):
            return self._column(name, group, rest[1], at)
        inner = _Compiler(Names(self._names.fields, self._names.parameters, group))
        inner._size = self._size
        condition = inner.compile(rest[1], f"{at}[2]", depth + 1) if len(rest) == 2 else _constant(True)
        self._size = inner._size
        self.reads |= inner.reads
        return _over_rows(name, group, condition)

    def _column(self, name: str, group: str, column: object, at: str) -> Evaluate:
        symbol = self._names.fields.get(column) if isinstance(column, str) else None
        if not isinstance(column, str) or symbol is None or symbol.group != group:
            raise FormDocumentError("unknown_field", f"{at}[2]")
        code = column

        def column_of(facts: Facts) -> tuple[Value, ...]:
            return tuple(row.values.get(code) for row in _rows(facts, group))

        if name == "values":
            return column_of
        return lambda facts: sum(v for v in column_of(facts) if isinstance(v, int) and is_number(v))

    def _check_options(self, node: list[object], at: str) -> None:
        if node[0] not in ("eq", "in", "has") or len(node) != 3:
            return
        reference = node[1]
        symbol = self._names.fields.get(reference[1:]) if isinstance(reference, str) else None
        if symbol is None or not symbol.options:
            return
        chosen = node[2] if isinstance(node[2], list) else [node[2]]
        if node[0] == "in" and not self._is_plain_list(chosen):
            return
        for choice in chosen:
            if isinstance(choice, str) and choice[:1] not in "$@" and choice not in symbol.options:
                raise FormDocumentError("unknown_option", f"{at}[2]", option=choice[:60])


def _constant(value: Value) -> Evaluate:
    return lambda _facts: value


def _rows(facts: Facts, group: str) -> tuple[Row, ...]:
    rows = facts.values.get(group)
    return tuple(row for row in rows if isinstance(row, Row)) if isinstance(rows, tuple) else ()


def _over_rows(name: str, group: str, condition: Evaluate) -> Evaluate:
    def over(facts: Facts) -> Value:
        hits = (
            condition(Facts(facts.values, facts.today, row.values)) is True for row in _rows(facts, group)
        )
        if name == "count":
            return sum(hits)
        return any(hits) if name == "any" else all(hits)

    return over


def _lazy(name: str, arguments: list[Evaluate], at: str) -> Evaluate:
    if name == "if":
        if len(arguments) != 3:
            raise FormDocumentError("wrong_number_of_arguments", at, operator=name)
        condition, then, otherwise = arguments
        return lambda facts: then(facts) if condition(facts) is True else otherwise(facts)
    if not arguments:
        raise FormDocumentError("wrong_number_of_arguments", at, operator=name)
    if name == "all":
        return lambda facts: all(argument(facts) is True for argument in arguments)
    return lambda facts: any(argument(facts) is True for argument in arguments)


def _strict(name: str, arguments: list[Evaluate], at: str) -> Evaluate:
    if name not in OPERATORS:
        raise FormDocumentError("unknown_operator", at, operator=name[:60])
    fewest, most, operator = OPERATORS[name]
    if not fewest <= len(arguments) <= most:
        raise FormDocumentError("wrong_number_of_arguments", at, operator=name)
    if len(arguments) == 1:
        only = arguments[0]
        return lambda facts: operator((only(facts),))
    if len(arguments) == 2:
        first, second = arguments
        return lambda facts: operator((first(facts), second(facts)))
    return lambda facts: operator([argument(facts) for argument in arguments])

"""The operators of the rule language. Each is total: any values give an answer, never an error.

A missing value compares as false, counts as nothing in a sum, and makes a product or a quotient missing.
Numbers are whole (halalas, counts, years); division rounds down.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from tarahum_desktop.domain.forms.rule_dates import age_in_years, first_day, last_day
from tarahum_desktop.domain.forms.values import Value, is_empty, is_number

Operator = Callable[[Sequence[Value]], Value]


def _pair(args: Sequence[Value]) -> tuple[int, int] | tuple[str, str] | None:
    a, b = args
    if is_number(a) and is_number(b):
        return cast("tuple[int, int]", (a, b))
    return (a, b) if isinstance(a, str) and isinstance(b, str) else None


def _greater(args: Sequence[Value]) -> bool:
    pair = _pair(args)
    return pair is not None and pair[0] > pair[1]  # type: ignore[operator]  # both are of one kind


def _at_least(args: Sequence[Value]) -> bool:
    pair = _pair(args)
    return pair is not None and pair[0] >= pair[1]  # type: ignore[operator]  # both are of one kind


def _equal(args: Sequence[Value]) -> bool:
    a, b = args
    return not is_empty(a) and type(a) is type(b) and a == b


def _in(args: Sequence[Value]) -> bool:
    value, among = args
    return not is_empty(value) and isinstance(among, tuple) and value in among


def _between(args: Sequence[Value]) -> bool:
    value, low, high = args
    return _at_least((value, low)) and _at_least((high, value))


def _decided(decision: str) -> Operator:
    def decided(args: Sequence[Value]) -> bool:
        consent = args[0]
        return isinstance(consent, Mapping) and consent.get("decision") == decision

    return decided


def _numbers(args: Sequence[Value]) -> list[int]:
    return [cast("int", value) for value in args if is_number(value)]


def _multiply(args: Sequence[Value]) -> Value:
    numbers = _numbers(args)
    return numbers[0] * numbers[1] if len(numbers) == len(args) else None


def _divide(args: Sequence[Value]) -> Value:
    numbers = _numbers(args)
    return numbers[0] // numbers[1] if len(numbers) == len(args) and numbers[1] else None


def _subtract(args: Sequence[Value]) -> Value:
    a, b = (cast("int", value) if is_number(value) else 0 for value in args)
    return a - b


def _length(args: Sequence[Value]) -> int:
    return len(args[0]) if isinstance(args[0], str | tuple | Mapping) else 0


def _age(args: Sequence[Value]) -> Value:
    born, on = args
    if not isinstance(born, str) or not isinstance(on, str):
        return None
    return age_in_years(born, on)


def _iso(day: date | None) -> Value:
    return None if day is None else day.isoformat()


def _name(args: Sequence[Value]) -> Value:
    parts = [value if isinstance(value, str) else "" for value in args]
    return dict(zip(("first", "father", "grandfather", "family"), parts, strict=True)) if any(parts) else None


# name: (fewest arguments, most arguments, operator)
OPERATORS: Final[Mapping[str, tuple[int, int, Operator]]] = {
    "eq": (2, 2, _equal),
    "in": (2, 2, _in),
    "has": (2, 2, lambda args: _in((args[1], args[0]))),
    "gt": (2, 2, _greater),
    "ge": (2, 2, _at_least),
    "lt": (2, 2, lambda args: _greater((args[1], args[0]))),
    "le": (2, 2, lambda args: _at_least((args[1], args[0]))),
    "between": (3, 3, _between),
    "starts": (
        2,
        2,
        lambda args: all(isinstance(a, str) for a in args) and str(args[0]).startswith(str(args[1])),
    ),
    "not": (1, 1, lambda args: args[0] is not True),
    "filled": (1, 1, lambda args: not is_empty(args[0])),
    "empty": (1, 1, lambda args: is_empty(args[0])),
    "given": (1, 1, _decided("given")),
    "refused": (1, 1, _decided("refused")),
    "len": (1, 1, _length),
    "add": (1, 40, lambda args: sum(_numbers(args))),
    "sub": (2, 2, _subtract),
    "mul": (2, 2, _multiply),
    "div": (2, 2, _divide),
    "min": (1, 40, lambda args: min(_numbers(args), default=None)),
    "max": (1, 40, lambda args: max(_numbers(args), default=None)),
    "age": (2, 2, _age),
    "from": (1, 1, lambda args: _iso(first_day(args[0])) if isinstance(args[0], str) else None),
    "to": (1, 1, lambda args: _iso(last_day(args[0])) if isinstance(args[0], str) else None),
    "name": (4, 4, _name),
}

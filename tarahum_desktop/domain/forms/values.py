"""What an answer may be made of: plain JSON without floats, so that signing the same answers gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Scalar: TypeAlias = bool | int | str | None
Value: TypeAlias = "Scalar | tuple[Value, ...] | Mapping[str, Value] | tuple[Row, ...]"

DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeating group. ``id`` is made by whoever adds the row and never changes."""

    id: str
    values: Mapping[str, Value]

    def get(self, code: str) -> Value:
        """Return the value of one column, or ``None``."""
        return self.values.get(code)


def is_empty(value: Value) -> bool:
    """Whether a question counts as unanswered. ``False`` and ``0`` are answers."""
    return value is None or (isinstance(value, str | tuple | Mapping) and not value)


def is_number(value: object) -> bool:
    """Whether the value is a whole number; a yes or no is not one."""
    return isinstance(value, int) and not isinstance(value, bool)


def frozen(value: object, depth: int = 0) -> Value:
    """Turn parsed JSON into an answer value, or raise ``ValueError`` for floats, odd keys and deep nesting."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return tuple(frozen(item, depth + 1) for item in value)
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {str(key): frozen(item, depth + 1) for key, item in value.items()}
    raise ValueError("not an answer")


def thawed(value: "Value | Row") -> object:
    """Turn an answer value into what ``json.dumps`` takes; rows carry their id under ``"id"``."""
    if isinstance(value, Row):
        return {"id": value.id, **{code: thawed(item) for code, item in value.values.items()}}
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    if isinstance(value, Mapping):
        return {key: thawed(item) for key, item in value.items()}
    return value

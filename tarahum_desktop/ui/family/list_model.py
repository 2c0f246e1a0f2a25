"""What the lists beside the page show, as words: a line of the past, an edit of a field, an answer of a visit."""

import uuid
from dataclasses import dataclass

from tarahum_desktop.ui.tokens import Tone


@dataclass(frozen=True, slots=True)
class Target:
    """What Enter opens: a face of this file (``visit``, ``person``, ``change``) or a screen by its id."""

    kind: str
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An edit whose value may be put back: its row, field and stamp."""

    row_id: uuid.UUID
    field: str
    stamp: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list; ``detail`` is the whole of it in full sentences, shown under the list.

    Attributes:
        first: when it was, or which question it is.
        second: what it is.
        third: more about it: before the change, what was answered.
        fourth: who, or what was said the time before.
        target: what Enter opens; None opens nothing.
        earlier: the edit whose value may be put back; None where there is none.
    """

    first: str
    second: str
    third: str
    fourth: str
    detail: str
    tone: Tone = "text"
    target: Target | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list."""

    code: str
    text: str

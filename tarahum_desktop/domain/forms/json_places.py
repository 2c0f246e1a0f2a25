"""Where in a file each part of a JSON document stands, so that a fault can be told by its line."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any, Final

from tarahum_desktop.domain.forms.form_errors import FormDocumentError

DEEPEST_DOCUMENT: Final = 60
_BLANK: Final = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


class JsonPlaces:
    """The places of a JSON text that is known to parse.

    Attributes:
        twice: places of keys that an object holds more than once, by path: of two, one would be dropped unseen.
    """

    def __init__(self, text: str, root: str = "document") -> None:
        """Walk the text once.

        Raises:
            FormDocumentError: ``too_deep``.
        """
        self._text = text
        self._decoder = JSONDecoder()
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._offsets: dict[str, int] = {}
        self.twice: dict[str, Place] = {}
        self._walk(self._skip(0), root, 0)

    def of(self, path: str) -> Place:
        """The place of a path such as ``document.sections[2].title``; of what holds it when it is not there."""
        while path not in self._offsets and path:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._place(self._offsets.get(path, 0))

    def _place(self, offset: int) -> Place:
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self._text, at)
        return found.end() if found else at

    def _walk(self, at: int, path: str, depth: int) -> int:
        """Note a value and what it holds; returns where it ends."""
        if depth > DEEPEST_DOCUMENT:
            raise FormDocumentError("too_deep", path[:200])
        self._offsets[path] = at
        opening = self._text[at]
        if opening == "{":
            return self._object(at, path, depth)
        if opening == "[":
            return self._array(at, path, depth)
        return self._scalar(at)[1]

    def _object(self, at: int, path: str, depth: int) -> int:
        at = self._skip(at + 1)
        seen: set[str] = set()
        while self._text[at] != "}":
            key, end = self._scalar(at)
            if key in seen:
                self.twice[f"{path}.{key}"] = self._place(at)
            seen.add(key)
            at = self._after(self._walk(self._skip(self._skip(end) + 1), f"{path}.{key}", depth + 1))
        return at + 1

    def _array(self, at: int, path: str, depth: int) -> int:
        at = self._skip(at + 1)
        number = 0
        while self._text[at] != "]":
            at = self._after(self._walk(at, f"{path}[{number}]", depth + 1))
            number += 1
        return at + 1

    def _scalar(self, at: int) -> tuple[Any, int]:
        return self._decoder.raw_decode(self._text, at)

    def _after(self, at: int) -> int:
        """Past the comma, if there is one."""
        at = self._skip(at)
        return self._skip(at + 1) if self._text[at] == "," else at

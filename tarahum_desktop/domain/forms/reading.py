"""Reading one JSON object of a form document piece by piece, with limits, naming the place of every fault.

What is faulty is told to the ``Faults`` and stands as empty from then on, so that reading can go on to the next fault.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.domain.forms.form_errors import Faults, FormDocumentError, NoFaults
from tarahum_desktop.domain.forms.model import Option, Text

LONGEST_SENTENCE: Final = 2_000
MOST_OPTIONS: Final = 200
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


class Reader:
    """One JSON object at a named place. Keys that nobody asked for are refused: a misspelt rule must not vanish."""

    def __init__(self, data: object, at: str, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        if not isinstance(data, dict):
            self.faults.add(FormDocumentError("object_expected", at))
            data, self.faults = {}, NoFaults()
        self._data: dict[str, Any] = data
        self._known: set[str] = set()
        self.at = at

    def refuse(self, problem: str, at: str, **facts: str | int) -> None:
        """Tell a fault."""
        self.faults.add(FormDocumentError(problem, at, **facts))

    def has(self, key: str) -> bool:
        """Whether the key is present."""
        self._known.add(key)
        return key in self._data

    def raw(self, key: str) -> Any:
        """Return the value as it stands, ``None`` when absent."""
        self._known.add(key)
        return self._data.get(key)

    def place(self, key: str) -> str:
        """Return where the key stands in the document."""
        return f"{self.at}.{key}"

    def code(self, key: str, default: str | None = None) -> str:
        """Return a stable code (letters, digits, underscore, dash); empty after a fault."""
        value = self.raw(key) if self.has(key) else default
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            self.refuse("code_expected", self.place(key))
            return ""
        return value

    def flag(self, key: str) -> bool:
        """Return a yes or no, no when absent."""
        value = self.raw(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.refuse("yes_or_no_expected", self.place(key))
            return False
        return value

    def number(self, key: str) -> int | None:
        """Return a whole number or ``None`` when absent."""
        value = self.raw(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.refuse("whole_number_expected", self.place(key))
            return None
        return value

    def objects(self, key: str, most: int = MOST_OPTIONS) -> list["Reader"]:
        """Return a list of objects, empty when absent."""
        value = self.raw(key) if self.has(key) else []
        if not isinstance(value, list):
            self.refuse("list_expected", self.place(key))
            return []
        if len(value) > most:
            self.refuse("too_many", self.place(key), most=most)
        place = self.place(key)
        return [Reader(item, f"{place}[{i}]", self.faults) for i, item in enumerate(value[:most])]

    def child(self, key: str) -> "Reader":
        """Return the object under a key."""
        return Reader(self.raw(key), self.place(key), self.faults)

    def words(self) -> Text:
        """Read ``ar`` and ``en`` of this object; both must say something."""
        return Text(self._sentence("ar"), self._sentence("en"))

    def words_at(self, key: str) -> Text | None:
        """Read the words under a key, or ``None`` when absent."""
        if not self.has(key):
            return None
        inner = self.child(key)
        words = inner.words()
        inner.finish()
        return words

    def options(self, key: str) -> tuple[Option, ...]:
        """Read choices; two with one code are refused."""
        options = []
        for item in self.objects(key):
            options.append(Option(item.code("code"), item.words()))
            item.finish()
        if len({option.code for option in options}) != len(options):
            self.refuse("code_twice", self.place(key))
        return tuple(options)

    def numbers(self, key: str) -> Mapping[str, int]:
        """Read an object of named whole numbers, empty when absent."""
        if not self.has(key):
            return {}
        inner = self.child(key)
        found = {name: inner.number(name) for name in inner.names()}
        return {name: value for name, value in found.items() if value is not None}

    def finish(self) -> None:
        """Refuse keys that were never asked for."""
        for unknown in sorted(set(self._data) - self._known):
            self.refuse("unknown_key", f"{self.at}.{unknown[:60]}", key=unknown[:60])

    def names(self) -> list[str]:
        """Return the keys that are there."""
        return list(self._data)

    def _sentence(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_SENTENCE:
            self.refuse("words_expected", self.place(key))
            return ""
        return value

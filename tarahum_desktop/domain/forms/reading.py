"""Reading one JSON object of a form document piece by piece, with limits, naming the place of every fault."""

import re
from collections.abc import Mapping
from typing import Any, Final

from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.domain.forms.model import Option, Text

LONGEST_SENTENCE: Final = 2_000
MOST_OPTIONS: Final = 200
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


class Reader:
    """One JSON object at a named place. Keys that nobody asked for are refused: a misspelt rule must not vanish."""

    def __init__(self, data: object, at: str) -> None:
        if not isinstance(data, dict):
            raise FormDocumentError("object_expected", at)
        self._data: dict[str, Any] = data
        self._known: set[str] = set()
        self.at = at

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
        """Return a stable code (letters, digits, underscore, dash)."""
        value = self.raw(key) if self.has(key) else default
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            raise FormDocumentError("code_expected", self.place(key))
        return value

    def flag(self, key: str) -> bool:
        """Return a yes or no, no when absent."""
        value = self.raw(key) if self.has(key) else False
        if not isinstance(value, bool):
            raise FormDocumentError("yes_or_no_expected", self.place(key))
        return value

    def number(self, key: str) -> int | None:
        """Return a whole number or ``None`` when absent."""
        value = self.raw(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise FormDocumentError("whole_number_expected", self.place(key))
        return value

    def objects(self, key: str, most: int = MOST_OPTIONS) -> list["Reader"]:
        """Return a list of objects, empty when absent."""
        value = self.raw(key) if self.has(key) else []
        if not isinstance(value, list):
            raise FormDocumentError("list_expected", self.place(key))
        if len(value) > most:
            raise FormDocumentError("too_many", self.place(key), most=most)
        return [Reader(item, f"{self.place(key)}[{i}]") for i, item in enumerate(value)]

    def child(self, key: str) -> "Reader":
        """Return the object under a key."""
        return Reader(self.raw(key), self.place(key))

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
            raise FormDocumentError("code_twice", self.place(key))
        return tuple(options)

    def numbers(self, key: str) -> Mapping[str, int]:
        """Read an object of named whole numbers, empty when absent."""
        if not self.has(key):
            return {}
        inner = self.child(key)
        found = {name: inner.number(name) for name in self._data[key]}
        return {name: value for name, value in found.items() if value is not None}

    def finish(self) -> None:
        """Refuse keys that were never asked for."""
        if unknown := sorted(set(self._data) - self._known):
            raise FormDocumentError("unknown_key", f"{self.at}.{unknown[0][:60]}")

    def _sentence(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_SENTENCE:
            raise FormDocumentError("words_expected", self.place(key))
        return value

"""The distinct words and numbers of a replica, held in memory: what finds a part of a word, or a word spelt almost so.

A country shares a few ten thousand name words, so looking through all of them costs less than a full-text index of
letter groups over every person would; the words found are then asked of the ordinary index. What is added while people
work is only ever added: a word that nobody bears any more finds nothing, and costs nothing.
"""

import threading
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

SHORTEST_PART: Final = 3
"""Letters from which on a part of a word, or a misspelt word, is looked for: fewer fit everything."""
SHORTEST_DIGITS: Final = 4
"""Digits from which on a part of a number is looked for; the last four are what people remember."""
_LONG_WORD: Final = 6
_MOST_ENTRIES: Final = 1_000
_END: Final = "\n"


class WordBook:
    """All folded words of the names here. Safe to ask from one thread while another adds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._words: dict[str, None] = {}
        self._text = _END

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Iterable[str]) -> None:
        """Take up words; known ones change nothing."""
        with self._lock:
            fresh = [word for word in words if word not in self._words]
            if fresh:
                self._words.update(dict.fromkeys(fresh))
                self._text += _END.join(fresh) + _END

    def holding(self, part: str, most: int) -> list[str]:
        """Words that hold a part inside or at their end, the shortest first; those that begin so are not among them."""
        if len(part) < SHORTEST_PART:
            return []
        found = (word for word in _entries(self._text, part) if not word.startswith(part))
        return sorted(dict.fromkeys(found), key=lambda word: (len(word), word))[:most]

    def similar(self, word: str, most: int) -> list[tuple[str, int]]:
        """Words one letter away (two for a long word), nearest first; a swap of two neighbours counts as one."""
        if len(word) < SHORTEST_PART or not word.isalpha():
            return []
        furthest = 2 if len(word) >= _LONG_WORD else 1
        with self._lock:
            found = extract(word, self._words.keys(), scorer=OSA.distance, score_cutoff=furthest, limit=most)
        return [(near, int(distance)) for near, distance, _at in found if distance]


class NumberBook:
    """All numbers of one kind here, such as identity numbers, for who remembers only a part."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._text = _END
        self._later = _END  # a few at a time; joining each to millions would copy them all

    def load(self, joined: str) -> None:
        """Take up numbers that a query joined with line ends; those added meanwhile stay."""
        self._text = _END + joined + _END

    def add(self, numbers: Iterable[str]) -> None:
        """Take up a few more."""
        with self._lock:
            self._later += "".join(number + _END for number in numbers)

    def holding(self, part: str, most: int) -> list[str]:
        """Numbers that hold a part of at least four digits, those that end so first."""
        if len(part) < SHORTEST_DIGITS:
            return []
        found = dict.fromkeys((*_entries(self._text, part), *_entries(self._later, part)))
        return sorted(found, key=lambda number: not number.endswith(part))[:most]


def _entries(text: str, part: str) -> list[str]:
    """The lines of a text that hold a part, in order, at most a thousand."""
    found: list[str] = []
    at = text.find(part)
    while at >= 0 and len(found) < _MOST_ENTRIES:
        begin = text.rfind(_END, 0, at) + 1
        end = text.find(_END, at)
        found.append(text[begin:end])
        at = text.find(part, end)
    return found

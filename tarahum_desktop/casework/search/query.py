"""From what somebody types to what the full-text table is asked, with nothing of its syntax left in it."""

import re
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.domain.names import fold
from tarahum_desktop.domain.text import ascii_digits, clean

LONGEST_QUERY: Final = 100
_MOST_WORDS: Final = 6
_FILE_NUMBER: Final = re.compile(r"[A-Za-z]{3}(?:-[A-Za-z0-9-]*)?")
_SERIAL: Final = re.compile(r"[0-9]+(?:-[0-9]+)+")
_MOBILE_BEGINS: Final = "5"
_SHORTEST_CODE: Final = 3
_ARTICLE: Final = "ال"
_COUNTRY: Final = "966"
_MOBILES: Final = "+966"
_SEPARATORS: Final = str.maketrans("", "", " +-().")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A typed text, understood.

    Attributes:
        words: folded words, the last perhaps unfinished.
        file_prefix: how a file number would begin, when the text may be one.
        id_prefix: how an identity or passport number would begin, when the text may be one.
        mobile_prefix: how a stored mobile would begin, when the text may be one.
        part: digits (with the dashes of a file number) that a number may hold anywhere.
    """

    words: tuple[str, ...] = ()
    file_prefix: str = ""
    id_prefix: str = ""
    mobile_prefix: str = ""
    part: str = ""


def read_query(text: str) -> SearchQuery:
    """Understand a typed text; nothing searchable in it gives a query without words."""
    plain = ascii_digits(clean(text[:LONGEST_QUERY])).strip()
    if _FILE_NUMBER.fullmatch(plain):
        return SearchQuery(_folded(plain), file_prefix=plain.upper())
    compact = plain.translate(_SEPARATORS)
    if compact.isascii() and compact.isdigit():
        serial = plain if _SERIAL.fullmatch(plain) else compact
        local = _without_prefix(compact)
        word = local if local.startswith(_MOBILE_BEGINS) and compact != local else compact
        words = (word,) if len(word) >= _SHORTEST_CODE else ()
        return SearchQuery(words, "", compact, _MOBILES + local, serial)
    if compact.isascii() and compact.isalnum() and any(char.isdigit() for char in compact):
        return SearchQuery(_folded(plain), id_prefix=compact.upper())
    return SearchQuery(_folded(plain))


def _folded(text: str) -> tuple[str, ...]:
    # Folding leaves letters and digits only, so quotes and operators cannot reach the full-text query.
    words: list[str] = []
    for word in fold(text).split()[:_MOST_WORDS]:
        # «آل سعود» is asked for as «السعود»: a standing article begins half of all families.
        words[-1:] = [_ARTICLE + word] if words[-1:] == [_ARTICLE] else [*words[-1:], word]
    return tuple(words)


def _without_prefix(number: str) -> str:
    """A mobile's own digits begin with its 5; what people type before that is the country or the trunk digit."""
    rest = number.removeprefix("00")
    for prefix in (_COUNTRY, "0"):
        if rest.startswith(prefix) and len(rest) > len(prefix):
            return rest.removeprefix(prefix)
    return rest or number

"""Typed text made fit for a printed page."""

import re

_DROPPED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a character: no file can hold them
_LINE_ENDS = re.compile("\r\n|[\n\r\u0085\u2028\u2029\u000b\u000c]")
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of typed text, without characters that have no place on paper; tabs become spaces.

    Isolates (U+2066–U+2069) stay: the line breaker needs them. Joiners stay: they shape letters.
    """
    whole = _SURROGATES.sub("\ufffd", text)
    return [_DROPPED.sub("", one.replace("\t", " ")) for one in _LINE_ENDS.split(whole)]

"""Which JSON documents of strangers are taken: what every replica can read again, in the middle of whatever work."""

from typing import Any, Final

import msgspec

_DEEPEST_DOCUMENT: Final = 64


def is_document(text: str) -> bool:
    """Whether a text is one that each replica's reader of JSON takes."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    deep = text.count("[") + text.count("{") > _DEEPEST_DOCUMENT and _nests_deeper(document)
    return "\x00" not in text and not deep


def _nests_deeper(document: Any) -> bool:
    """Whether a document nests so deep that a reader in the middle of its work would run out of stack."""
    level = [document]
    for _ in range(_DEEPEST_DOCUMENT + 1):
        level = [
            part
            for value in level
            if isinstance(value, (list, dict))
            for part in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)

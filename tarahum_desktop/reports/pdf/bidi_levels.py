"""Which way each character of a paragraph runs: embedding levels of the Unicode bidirectional algorithm.

python-bidi's pure steps resolve weak and neutral types. They predate bracket pairs (UAX #9, N0) and stop on
isolates, so both are added around them here. Explicit embeddings and overrides (U+202A–U+202E) are dropped:
typed text loses them on entry and a printed page has no use for them.
"""

import unicodedata
from typing import Any

from bidi.algorithm import (
    calc_level_runs,
    get_embedding_levels,
    get_empty_storage,
    resolve_implicit_levels,
    resolve_neutral_types,
    resolve_weak_types,
)
from bidi.mirror import MIRRORED

_STARTS = "\u2066\u2067\u2068"
_END = "\u2069"
_RIGHT = frozenset({"R", "AL"})
_NEUTRAL_BESIDE_RIGHT = frozenset({"R", "AL", "NSM", "WS", "ON", "CS", "ES", "ET"})
_LATIN_LINE = frozenset({"L", "EN", "ES", "CS", "ET", "ON", "WS"})
_OBJECT = "\ufffc"  # stands for a whole isolate: neutral, as UAX #9 wants
_OPEN_LIMIT = 63

LEFT_TO_RIGHT = 0
RIGHT_TO_LEFT = 1


def first_strong(text: str, otherwise: int) -> int:
    """The paragraph level by rules P2 and P3: of the first strong character outside isolates."""
    depth = 0
    for character in text:
        if character in _STARTS:
            depth += 1
        elif character == _END:
            depth = max(0, depth - 1)
        elif depth == 0:
            kind = unicodedata.bidirectional(character)
            if kind == "L":
                return LEFT_TO_RIGHT
            if kind in _RIGHT:
                return RIGHT_TO_LEFT
    return otherwise


def resolve_levels(text: str, base: int) -> list[int]:
    """One level per character (even: left to right, odd: right to left), before line breaking.

    ``text`` is one paragraph without line ends.
    """
    kinds = [unicodedata.bidirectional(character) for character in text]
    if base == RIGHT_TO_LEFT and _NEUTRAL_BESIDE_RIGHT.issuperset(kinds):
        return [base] * len(text)
    if base == LEFT_TO_RIGHT and not {"R", "AL", "AN", "LRI", "RLI", "FSI"}.intersection(kinds):
        return [base] * len(text)
    if base == RIGHT_TO_LEFT and _one_code(kinds):
        return [2] * len(text)
    return _with_isolates(text, base)


def _one_code(kinds: list[str]) -> bool:
    """Latin from its first letter to its last letter or digit, or digits alone: one run by W7 and N1."""
    if kinds[0] == "L":
        return kinds[-1] in {"L", "EN"} and _LATIN_LINE.issuperset(kinds)
    return kinds.count("EN") == len(kinds)


def _with_isolates(text: str, base: int) -> list[int]:
    outer: list[str] = []
    places: list[int] = []
    ends: dict[int, int] = {}
    levels = [base] * len(text)
    at = 0
    while at < len(text):
        places.append(at)
        if text[at] in _STARTS:
            end = _matching_end(text, at)
            _fill_isolate(text, at, end, levels, base)
            outer.append(_OBJECT)
            ends[at] = end
            at = end + 1
        else:
            outer.append(_OBJECT if text[at] == _END else text[at])
            at += 1
    for place, level in zip(places, _plain_levels(outer, base), strict=True):
        levels[place] = level
        if ends.get(place, len(text)) < len(text):
            levels[ends[place]] = level
    return levels


def _matching_end(text: str, start: int) -> int:
    """Where the isolate opened at ``start`` closes; an unclosed one ends with the paragraph (BD9)."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in _STARTS:
            depth += 1
        elif text[at] == _END:
            depth -= 1
            if depth == 0:
                return at
    return len(text)


def _fill_isolate(text: str, start: int, end: int, levels: list[int], base: int) -> None:
    inner = text[start + 1 : end]
    if text[start] == "\u2068":
        direction = first_strong(inner, LEFT_TO_RIGHT)
    else:
        direction = RIGHT_TO_LEFT if text[start] == "\u2067" else LEFT_TO_RIGHT
    deeper = base + 1 if (base + 1) % 2 == direction else base + 2
    levels[start + 1 : end] = [level + deeper - direction for level in resolve_levels(inner, direction)]


def _plain_levels(characters: list[str], base: int) -> list[int]:
    """Levels of text without isolates; characters the algorithm ignores take the level before them."""
    kept = [at for at, one in enumerate(characters) if not _ignored(one)]
    storage = get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    get_embedding_levels([characters[at] for at in kept], storage)
    calc_level_runs(storage)
    resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[base])
    resolve_neutral_types(storage, debug=False)
    resolve_implicit_levels(storage, debug=False)
    levels = [base] * len(characters)
    for at, resolved in zip(kept, storage["chars"], strict=True):
        levels[at] = resolved["level"]
    for at in sorted(set(range(len(characters))).difference(kept)):
        levels[at] = levels[at - 1] if at else base
    return levels


def _ignored(character: str) -> bool:
    kind = unicodedata.bidirectional(character)
    return kind in {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", ""}


def _resolve_brackets(chars: list[dict[str, Any]], embedding: str) -> None:
    """Rule N0: both brackets of a pair run the same way, that of what they enclose or of what precedes."""
    for start, end in sorted(_bracket_pairs(chars)):
        inside = {_strong(one["type"]) for one in chars[start + 1 : end]} - {None}
        if not inside:
            continue
        before = next((kind for one in reversed(chars[:start]) if (kind := _strong(one["type"]))), embedding)
        direction = embedding if embedding in inside else before
        for at in (start, end):
            chars[at]["type"] = direction
            for follower in chars[at + 1 :]:
                if follower["orig"] != "NSM":
                    break
                follower["type"] = direction


def _strong(kind: str) -> str | None:
    if kind == "L":
        return "L"
    return "R" if kind in {"R", "EN", "AN"} else None


def _bracket_pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Rule BD16: pairs found with a stack of at most 63 open brackets."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for at, one in enumerate(chars):
        if one["type"] != "ON":
            continue
        category = unicodedata.category(one["ch"])
        if category == "Ps" and one["ch"] in MIRRORED:
            if len(opened) == _OPEN_LIMIT:
                break
            opened.append((MIRRORED[one["ch"]], at))
        elif category == "Pe":
            match = next(
                (depth for depth in reversed(range(len(opened))) if opened[depth][0] == one["ch"]), None
            )
            if match is not None:
                pairs.append((opened[match][1], at))
                del opened[match:]
    return pairs

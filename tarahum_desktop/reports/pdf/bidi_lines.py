"""From a paragraph in reading order to lines in drawing order.

Lines are broken in reading order with the widths of shaped words (so that a wrapped paragraph starts on its
first line), then each line is reordered by itself (UAX #9, L1 and L2). Only text that runs right to left is
shaped right to left; digits and Latin inside Arabic keep their own way, and HarfBuzz mirrors brackets.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tarahum_desktop.reports.pdf.bidi_levels import first_strong, resolve_levels
from tarahum_desktop.reports.pdf.shaping import ShapedWord, Shaper
from tarahum_desktop.reports.pdf.text_tools import ISOLATES, paragraphs

_WORDS = re.compile(r"[ \u2000-\u2006\u2008-\u200a\u205f\u3000]+|[^ \u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_RIGHT_MARK, _LEFT_MARK = "\u200f", "\u200e"
_LETTERS = frozenset({"L", "R", "AL", "NSM", "EN", "AN"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one level: a word, a part of one, or spaces."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """Shaped words from left to right; the advance is in thousandths of an em."""

    words: tuple[ShapedWord, ...]
    advance: float


def break_lines(
    text: str, shaper: Shaper, base: int, room: float, *, own_direction: bool = False
) -> list[Line]:
    """Lay out text in lines at most ``room`` thousandths of an em wide (an empty paragraph is an empty line).

    A word longer than the room is cut between letters (never between a letter and its marks). With
    ``own_direction`` the first letter of each paragraph decides its direction and ``base`` is for the others.
    """
    lines: list[Line] = []
    for paragraph in paragraphs(text):
        way = first_strong(paragraph, base) if own_direction else base
        lines += [_drawn(line, shaper, way) for line in _broken(paragraph, shaper, way, room)]
    return lines


def widest(word: str, shaper: Shaper) -> float:
    """The room a word needs on a line, in thousandths of an em, whichever way the line runs."""
    return max((_width(part, shaper) for text in paragraphs(word) for part in _words(text, 1)), default=0.0)


def _broken(paragraph: str, shaper: Shaper, base: int, room: float) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    used = 0.0
    pending: list[Piece] = []  # spaces, kept only when a word follows on the same line
    for word in _words(paragraph, base):
        if word[0].text.isspace():
            pending = word
            continue
        gap = _width(pending, shaper)
        width = _width(word, shaper)
        if used + gap + width <= room:
            line += pending + word
            used += gap + width
        else:
            if line:
                yield line
            *full, line = _cut(word, shaper, room) if width > room else [word]
            yield from full
            used = _width(line, shaper)
        pending = []
    yield line


def _words(paragraph: str, base: int) -> Iterator[list[Piece]]:
    """Words and spaces in reading order, each as pieces of one level, direction marks taken out."""
    levels = resolve_levels(paragraph, base)
    kept = [(one, level) for one, level in zip(paragraph, levels, strict=True) if one not in ISOLATES]
    for found in _WORDS.finditer("".join(one for one, _ in kept)):
        letters = kept[found.start() : found.end()]
        yield [
            Piece("".join(one for one, _ in run), level)
            for level, run in (
                (level, list(run)) for level, run in groupby(letters, key=lambda pair: pair[1])
            )
        ]


def _width(pieces: list[Piece], shaper: Shaper) -> float:
    return sum(shaper.advance(piece.text, piece.level % 2 == 1) for piece in pieces)


def _cut(word: list[Piece], shaper: Shaper, room: float) -> list[list[Piece]]:
    """Cut a word that is longer than a line; each part holds at least one letter."""
    parts: list[list[Piece]] = [[]]
    used = 0.0
    for piece in word:
        for letter in _letters(piece.text):
            width = shaper.advance(letter, piece.level % 2 == 1)
            if parts[-1] and used + width > room:
                parts.append([])
                used = 0.0
            _append(parts[-1], Piece(letter, piece.level))
            used += width
    return parts


def _letters(text: str) -> Iterator[str]:
    """Letters with the marks that stand on them."""
    letter = ""
    for one in text:
        if letter and not (unicodedata.combining(one) or one in "\u200c\u200d"):
            yield letter
            letter = ""
        letter += one
    yield letter


def _append(line: list[Piece], piece: Piece) -> None:
    if line and line[-1].level == piece.level:
        line[-1] = Piece(line[-1].text + piece.text, piece.level)
    else:
        line.append(piece)


def _drawn(pieces: list[Piece], shaper: Shaper, base: int) -> Line:
    ordered = reorder(pieces)
    words = []
    for at, piece in enumerate(ordered):
        left = _fence(ordered, at, -1, base)
        right = _fence(ordered, at, +1, base)
        words.append(shaper.shape(piece.text, piece.level % 2 == 1, left, right))
    return Line(tuple(words), sum(word.advance for word in words))


def reorder(pieces: list[Piece]) -> list[Piece]:
    """Rule L2: from the highest level down to the lowest odd one, turn runs at that level round."""
    ordered = list(pieces)
    highest = max((piece.level for piece in pieces), default=0)
    for level in range(highest, 0, -1):
        at = 0
        while at < len(ordered):
            end = at
            while end < len(ordered) and ordered[end].level >= level:
                end += 1
            ordered[at:end] = ordered[at:end][::-1]
            at = end + 1
    return ordered


def _fence(ordered: list[Piece], at: int, side: int, base: int) -> str:
    """Direction marks where a run against the line's direction meets a space or a bracket.

    Extractors rebuild reading order from positions. The mark outside keeps them from drawing the neighbour
    into the run, the mark inside from drawing the run's own last bracket out of it.
    """
    beside = at + side
    piece = ordered[at]
    if piece.level % 2 == base % 2 or not 0 <= beside < len(ordered):
        return ""
    neighbour = ordered[beside]
    if neighbour.level % 2 != base % 2:
        return ""
    facing = neighbour.text[0] if (side < 0) == (neighbour.level % 2 == 1) else neighbour.text[-1]
    if unicodedata.bidirectional(facing) in _LETTERS:
        return ""
    outside, inside = (_RIGHT_MARK, _LEFT_MARK) if base % 2 else (_LEFT_MARK, _RIGHT_MARK)
    return outside + inside if side < 0 else inside + outside

"""From a word that runs one way to positioned glyphs, with what each should say when extracted.

HarfBuzz joins letters and positions marks. Marks stand above and below the line, and extractors break a word
wherever the baseline moves, so marks are drawn as outlines (no text) and their characters ride on the letter
they belong to. Extractors read the glyphs of right-to-left words from left to right and then turn the word
round; a glyph that stands for several characters therefore carries them last first.
"""

import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import uharfbuzz as hb

from tarahum_desktop.reports.pdf.embedding import EmbeddedFace
from tarahum_desktop.reports.pdf.outlines import OutlinePen

_FEATURES = {"dlig": False}  # with dlig the four letters of a name may become one honorific sign
_NUMBER_LIKE = frozenset({"CS", "ES", "ET"})
_RIGHT_MARK = "\u200f"
_LAM = "\u0644"
_LAM_ALEF = {"\u0622": "\ufef5", "\u0623": "\ufef7", "\u0625": "\ufef9", "\u0627": "\ufefb"}
_CACHED_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class FloatingMark:
    """A mark drawn as an outline; the position is in thousandths of an em from the word's left end."""

    x: float
    y: float
    outline: str


@dataclass(frozen=True, slots=True)
class ShapedWord:
    """Glyph codes and movements for one TJ operator, the advance in thousandths of an em, floating marks."""

    show: str
    advance: float
    marks: tuple[FloatingMark, ...]


class Shaper:
    """Shapes words of one embedded face and remembers them; reports characters the face lacks."""

    def __init__(self, embedded: EmbeddedFace) -> None:
        self.embedded = embedded
        self.missing: set[str] = set()
        self._words: OrderedDict[tuple[str, bool], _Placed] = OrderedDict()
        self._shown: OrderedDict[tuple[str, bool, str, str], ShapedWord] = OrderedDict()
        self._outlines: dict[int, str] = {}

    def shape(self, text: str, right_to_left: bool, before: str = "", after: str = "") -> ShapedWord:
        """Shape text that runs one way. ``text`` holds no line ends and no direction marks.

        ``before`` and ``after`` are invisible marks the leftmost and rightmost glyph carry for extractors.
        """
        key = (text, right_to_left, before, after)
        known = self._shown.get(key)
        if known is None:
            known = self._shown[key] = self._show(self._placed(text, right_to_left), before, after)
            if len(self._shown) > _CACHED_WORDS:
                self._shown.popitem(last=False)
        return known

    def advance(self, text: str, right_to_left: bool) -> float:
        """The room the text takes, in thousandths of an em."""
        return self._placed(text, right_to_left).advance

    def _placed(self, text: str, right_to_left: bool) -> "_Placed":
        known = self._words.get((text, right_to_left))
        if known is None:
            known = self._words[text, right_to_left] = self._place(text, right_to_left)
            if len(self._words) > _CACHED_WORDS:
                self._words.popitem(last=False)
        return known

    def _place(self, text: str, right_to_left: bool) -> "_Placed":
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(character) for character in text])
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.script = "Arab" if right_to_left else "Latn"
        buffer.language = "ar" if right_to_left else "en"
        hb.shape(self.embedded.face.shaped_by, buffer, _FEATURES)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = [*sorted({info.cluster for info, _ in glyphs}), len(text)]
        sources = {start: text[start:end] for start, end in pairwise(starts)}
        return self._walk(glyphs, sources, right_to_left)

    def _walk(self, glyphs: list[tuple[Any, Any]], sources: dict[int, str], right_to_left: bool) -> "_Placed":
        """Place the glyphs; the first letter of each cluster says the cluster's text."""
        unit = self.embedded.face.unit
        placed: list[tuple[float, int, str]] = []
        marks: list[FloatingMark] = []
        told: set[int] = set()
        pen = 0.0
        for info, position in glyphs:
            x, y = pen + position.x_offset * unit, position.y_offset * unit
            advance = position.x_advance * unit
            glyph, cluster = info.codepoint, info.cluster
            if glyph == 0:
                self.missing.update(sources[cluster])
            if (y or not advance) and glyph:
                if outline := self._outline(glyph):
                    marks.append(FloatingMark(x, y, outline))
            else:
                text = "" if cluster in told else _extracted(sources[cluster], right_to_left)
                told.add(cluster)
                placed.append((x, glyph, text))
            pen += advance
        return _Placed(tuple(placed), tuple(marks), pen)

    def _show(self, word: "_Placed", before: str, after: str) -> ShapedWord:
        """Each code moves on to the next glyph's place; numbers stand only where that would be backwards."""
        pieces: list[str] = []
        pen = 0.0
        last = len(word.glyphs) - 1
        for at, (x, glyph, text) in enumerate(word.glyphs):
            said = (before if at == 0 else "") + text + (after if at == last else "")
            if pen != x and (gap := round(pen - x, 2)):
                pieces.append(f"{gap:g}")
            step = max(0.0, (word.advance if at == last else word.glyphs[at + 1][0]) - x)
            pieces.append(f"<{self.embedded.code(glyph, said, step):04X}>")
            pen = x + step
        if gap := round(pen - word.advance, 2):
            pieces.append(f"{gap:g}")
        return ShapedWord("".join(pieces).replace("><", ""), word.advance, word.marks)

    def _outline(self, glyph: int) -> str:
        """The glyph's outline as PDF path operators in thousandths of an em; empty when it has no ink."""
        if glyph not in self._outlines:
            pen = OutlinePen(self.embedded.face.unit)
            self.embedded.face.shaped_by.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = pen.operators()
        return self._outlines[glyph]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Letters from left to right as (place, glyph, what it says), and the marks that float around them."""

    glyphs: tuple[tuple[float, int, str], ...]
    marks: tuple[FloatingMark, ...]
    advance: float


def _extracted(source: str, right_to_left: bool) -> str:
    """What the first glyph of a cluster says; see the module's reason for turning it round.

    A bare lam-alef says its one compatibility character, which every reader takes apart the same way. A comma or a
    percent sign counts as part of a number for some readers; a mark beside it says that it is not.
    """
    if not right_to_left:
        return source
    if unicodedata.bidirectional(source[0]) in _NUMBER_LIKE:
        return _RIGHT_MARK + source[::-1]
    if len(source) == 2 and source[0] == _LAM and source[1] in _LAM_ALEF:
        return _LAM_ALEF[source[1]]
    return source[::-1]

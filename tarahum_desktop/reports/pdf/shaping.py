"""From a word that runs one way to positioned glyphs, with what each should say when extracted.

HarfBuzz joins letters and positions marks. Marks stand above and below the line, and extractors break a word
wherever the baseline moves, so marks are drawn as outlines (no text) and their characters ride on the letter
they belong to. Extractors read the glyphs of right-to-left words from left to right and then turn the word
round; a glyph that stands for several characters therefore carries them last first.
"""

import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from itertools import groupby, pairwise
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
        self._words: OrderedDict[tuple[str, bool, str, str], ShapedWord] = OrderedDict()
        self._outlines: dict[int, str] = {}

    def shape(self, text: str, right_to_left: bool, before: str = "", after: str = "") -> ShapedWord:
        """Shape text that runs one way. ``text`` holds no line ends and no direction marks.

        ``before`` and ``after`` are invisible marks the leftmost and rightmost glyph carry for extractors.
        """
        key = (text, right_to_left, before, after)
        known = self._words.get(key)
        if known is None:
            known = self._words[key] = self._shape(*key)
            if len(self._words) > _CACHED_WORDS:
                self._words.popitem(last=False)
        return known

    def _shape(self, text: str, right_to_left: bool, before: str, after: str) -> ShapedWord:
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(character) for character in text])
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.script = "Arab" if right_to_left else "Latn"
        buffer.language = "ar" if right_to_left else "en"
        hb.shape(self.embedded.face.shaped_by, buffer, _FEATURES)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = [*sorted({info.cluster for info, _ in glyphs}), len(text)]
        ends = dict(pairwise(starts))
        line = _TextLine(self)
        clusters = [(at, list(run)) for at, run in groupby(glyphs, key=lambda pair: int(pair[0].cluster))]
        for place, (start, cluster) in enumerate(clusters):
            source = text[start : ends[start]]
            said = _extracted(source, right_to_left)
            said = (before if place == 0 else "") + said + (after if place == len(clusters) - 1 else "")
            line.add(cluster, source, said)
        return line.finished()

    def outline(self, glyph: int) -> str:
        """The glyph's outline as PDF path operators in thousandths of an em; empty when it has no ink."""
        if glyph not in self._outlines:
            pen = OutlinePen(self.embedded.face.per_mille(1))
            self.embedded.face.shaped_by.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = pen.operators()
        return self._outlines[glyph]


class _TextLine:
    """Collects the glyphs of one TJ operator, left to right."""

    def __init__(self, shaper: Shaper) -> None:
        self._shaper = shaper
        self._placed: list[tuple[float, int, str]] = []
        self._marks: list[FloatingMark] = []
        self._x = 0.0

    def add(self, cluster: list[tuple[Any, Any]], source: str, extracted: str) -> None:
        """Place one cluster; its first letter says the text."""
        per_mille = self._shaper.embedded.face.per_mille
        untold = extracted
        for info, position in cluster:
            x, y = self._x + per_mille(position.x_offset), per_mille(position.y_offset)
            advance = per_mille(position.x_advance)
            if info.codepoint == 0:
                self._shaper.missing.update(source)
            if (y or not advance) and info.codepoint:
                self._float(info.codepoint, x, y)
            else:
                self._placed.append((x, info.codepoint, untold))
                untold = ""
            self._x += advance

    def _float(self, glyph: int, x: float, y: float) -> None:
        outline = self._shaper.outline(glyph)
        if outline:
            self._marks.append(FloatingMark(x, y, outline))

    def finished(self) -> ShapedWord:
        """Each code moves on to the next glyph's place; numbers stand only where that would be backwards."""
        pieces: list[str] = []
        pen = 0.0
        nexts = [x for x, _, _ in self._placed[1:]] + [self._x]
        for (x, glyph, text), following in zip(self._placed, nexts, strict=True):
            if gap := round(pen - x, 2):
                pieces.append(f"{gap:g}")
            step = max(0.0, following - x)
            pieces.append(f"<{self._shaper.embedded.code(glyph, text, step):04X}>")
            pen = x + step
        if gap := round(pen - self._x, 2):
            pieces.append(f"{gap:g}")
        return ShapedWord("".join(pieces).replace("><", ""), self._x, tuple(self._marks))


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

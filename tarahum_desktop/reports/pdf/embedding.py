"""Embedding a face so that what is extracted from the page is what was written.

The usual way gives each glyph one code and one meaning. Arabic needs more: the same glyph stands for
different text in different words (a bracket mirrored or not, a letter with or without its marks) and takes
more room beside some letters than beside others. Extractors see a gap inside a word where a glyph is narrower
than its step. So each triple *(glyph, text, advance)* gets its own code in a composite font (PDF 32000-1,
9.7), a CIDToGIDMap leads from codes to glyphs and a ToUnicode map (9.10.3) leads from codes to text.
"""

import hashlib
from collections.abc import Iterator

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from tarahum_desktop.reports.pdf.fonts import Face

_Meaning = tuple[int, str, float]
_CODES = 0xFFFF
_BLOCK = 100  # ToUnicode: at most 100 entries in one bfchar block


class EmbeddedFace:
    """The part of one face a document uses; codes are handed out as text is shaped."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[_Meaning, int] = {}

    def code(self, glyph: int, text: str, advance: float) -> int:
        """The code that draws ``glyph``, extracts as ``text`` and moves on by ``advance`` (thousandths of an em).

        When every code is taken (65,535: not met in practice) the glyph is still drawn, under a code whose
        text or advance may differ.
        """
        meaning = (glyph, text, round(advance, 2))
        known = self._codes.get(meaning)
        if known is not None:
            return known
        if len(self._codes) >= _CODES:
            return next(code for (same, _, _), code in self._codes.items() if same == glyph)
        code = len(self._codes) + 1
        self._codes[meaning] = code
        return code

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """Write the subset, its maps and the font dictionary into the document."""
        if not self._codes:
            return
        name = self._tagged_name()
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": "/" + name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "DW": 0,
                "W": self._widths(),
                "CIDToGIDMap": doc.Reference(_stream(self._glyph_map())),
                "FontDescriptor": doc.Reference(self._descriptor(doc, name)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": "/" + name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
                "ToUnicode": doc.Reference(_stream(self._to_unicode())),
            }
        )
        doc.idToObject[pdfdoc.BasicFonts].dict[self.resource] = doc.Reference(font)

    def _tagged_name(self) -> str:
        """A subset's name starts with six capital letters that differ between subsets (9.6.4)."""
        digest = hashlib.sha256(repr(sorted(self._codes)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.face.name

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: str) -> pdfdoc.PDFDictionary:
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": "/" + name,
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(list(self.face.bounds)),
                "ItalicAngle": 0,
                "Ascent": round(self.face.ascent),
                "Descent": round(self.face.descent),
                "CapHeight": round(self.face.cap_height),
                "StemV": 80,
                "FontFile2": doc.Reference(_stream(self._subset())),
            }
        )

    def _subset(self) -> bytes:
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({glyph for glyph, _, _ in self._codes})
        wanted.flags = (
            hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        )
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"name", b"DSIG")
        )
        return bytes(hb.subset(self.face.face, wanted).blob.data)

    def _glyph_map(self) -> bytes:
        return b"\0\0" + b"".join(glyph.to_bytes(2, "big") for glyph, _, _ in self._codes)

    def _widths(self) -> pdfdoc.PDFArray:
        return pdfdoc.PDFArray([1, pdfdoc.PDFArray([advance for _, _, advance in self._codes])])

    def _to_unicode(self) -> bytes:
        lines = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex()}>"
            for (_, text, _), code in self._codes.items()
            if text
        ]
        body = "\n".join(_blocks(lines))
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def _blocks(lines: list[str]) -> Iterator[str]:
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        yield f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"


def _stream(content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream

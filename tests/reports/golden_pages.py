"""The pages whose look is guarded, and the command that renews their pictures.

After looking at every changed page yourself: ``python -m tests.reports.golden_pages``.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image, ImageChops

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.reports.pdf import theme
from tarahum_desktop.reports.pdf.paragraph import Paragraph
from tarahum_desktop.reports.pdf.table import Column, Table
from tarahum_desktop.reports.pdf.typesetter import Typesetter
from tarahum_desktop.reports.pouch_slip.slip import render_pouch_slip
from tarahum_desktop.reports.visit_report.document import render_visit_report
from tests.reports.pdf_reading import one_document, picture
from tests.reports.test_pouch_slip import slip
from tests.reports.visit_samples import arabic_visit, english_visit

FOLDER = Path(__file__).parent / "golden"
STRONG_DIFFERENCE = 60
"""Grey steps (of 255) a pixel may differ before it counts; edges are smoothed differently between versions."""
TILE = 24
"""Pixels: pages are compared square by square, so that one wrong word counts as much as a wrong page."""
SHARE_ALLOWED = 0.04
"""Share of a square's pixels that may count."""

SPECIMEN = (
    "الأسرة (شقّة، الدور ٢) والإيجار 1,450 ريالًا حتى سنة 1447هـ.",
    "الملف BC-10 (KSA) والجوال \u2066+966 50 123 4567\u2069 وعام [١٤٤٧] «قيد».",
    "تَقْرِيرٌ مُشَكَّلٌ لِلُّغَةِ العَرَبِيَّةِ، لا إِلَٰهَ إِلَّا اللهُ؛ محمّد ومُعلِّمة.",
    "النسبة ٤٥٪ و 45% والمبلغ ٣٬٥٠٠٫٧٥، التاريخ \u20662026-11-23\u2069؟",
)


def _visit(language: str) -> bytes:
    words = load_words("ar" if language == "ar" else "en")
    formatter = Formatter(words, digits="arabic" if language == "ar" else "latin")
    return render_visit_report(arabic_visit() if language == "ar" else english_visit(), words, formatter)


def _specimen() -> bytes:
    setter = Typesetter(right_to_left=True)
    styles = (theme.TITLE, theme.HEADING, theme.BODY)
    return one_document(setter, *[Paragraph(setter, text, style) for style in styles for text in SPECIMEN])


def _table() -> bytes:
    setter = Typesetter(right_to_left=True)
    columns = [Column("م", 1), Column("الاسم", 4), Column("ملاحظة", 6), Column("المبلغ", 3, align="end")]
    rows = [
        (str(at), f"محمّد بن فهد {at}", "سطر قصير" if at % 3 else "ملاحظة أطول من سطر واحد " * 4, "١٬٤٥٠ ر.س")
        for at in range(60)
    ]
    return one_document(setter, Table(setter, columns, rows))


def _pouch_slip() -> bytes:
    words = load_words("ar")
    return render_pouch_slip(slip(3), words, Formatter(words, digits="arabic"))


CASES: Mapping[str, tuple[Callable[[], bytes], int]] = MappingProxyType(
    {
        "visit_ar_1": (lambda: _visit("ar"), 0),
        "visit_ar_2": (lambda: _visit("ar"), 1),
        "visit_en_1": (lambda: _visit("en"), 0),
        "visit_en_2": (lambda: _visit("en"), 1),
        "specimen": (_specimen, 0),
        "table_2": (_table, 1),
        "pouch_slip_ar": (_pouch_slip, 0),
    }
)


def drawn(name: str) -> Image.Image:
    """The page as the program draws it now."""
    make, page = CASES[name]
    return picture(make(), page)


def kept(name: str) -> Image.Image:
    """The page as somebody approved it."""
    return Image.open(FOLDER / f"{name}.png").convert("L")


def difference(first: Image.Image, second: Image.Image) -> float:
    """Share of strongly differing pixels in the worst square; pictures of different size differ wholly."""
    if first.size != second.size:
        return 1.0
    strong = ImageChops.difference(first, second).point(
        [0] * STRONG_DIFFERENCE + [1] * (256 - STRONG_DIFFERENCE)
    )
    squares = (
        strong.crop((x, y, x + TILE, y + TILE)).histogram()[1]
        for y in range(0, strong.height, TILE)
        for x in range(0, strong.width, TILE)
    )
    return max(squares) / TILE**2


def main() -> None:
    """Write every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in CASES:
        drawn(name).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()

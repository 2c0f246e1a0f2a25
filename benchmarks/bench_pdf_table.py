"""Pages per second of a hundred-page Arabic table, beside the plain way of the same libraries in the same run.

The peer is what most programs do: arabic-reshaper and python-bidi on every cell, drawn with the PDF library's
own text call, without wrapping, marks or a table. It is the floor of that stack, not a complete table.

Run: ``python run.py bench pdf_table``; prints a section of the performance page.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import arabic_reshaper
import fontpkg
import pypdfium2
from bidi.algorithm import get_display
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tarahum_desktop.reports.pdf.fonts import FAMILY
from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.table import Column, Table
from tarahum_desktop.reports.pdf.typesetter import Typesetter

Rows = Sequence[Sequence[str]]
TITLES = ("م", "رقم الملف", "الاسم", "رقم الهوية", "التاريخ", "الخدمة", "المبلغ", "الحالة")
_FIRST = ("محمّد", "أحمد", "مُنيرة", "نورة", "سالم", "لطيفة", "عبدالله", "الجوهرة", "فهد", "إيمان")
_LAST = ("الحربي", "العتيبي", "الشمري", "القحطاني", "الدوسري", "المطيري", "الزهراني", "الغامدي")
_SERVICES = ("سداد الإيجار", "سلة غذائية", "حقيبة مدرسية", "دورة تأهيلية", "كسوة الشتاء")
_STATES = ("مكتملة", "قيد التنفيذ", "معتمدة", "مُلغاة")
_ROUNDS = 3
_ROWS = 3700


def make_rows(count: int) -> list[tuple[str, ...]]:
    """Invented rows; three-part names, so most cells differ."""
    pick = random.Random(20261123)
    return [
        (
            str(at + 1),
            f"QAS-2026-{at:05}",
            f"{pick.choice(_FIRST)} بن {pick.choice(_FIRST)} {pick.choice(_LAST)}",
            f"10{pick.randrange(10**8):08}",
            f"{pick.randrange(1, 30)}/{pick.randrange(1, 13)}/1448هـ",
            pick.choice(_SERVICES),
            f"{pick.randrange(100, 9000):,} ر.س",
            pick.choice(_STATES),
        )
        for at in range(count)
    ]


def ours(rows: Rows) -> bytes:
    """The project's own table with its page frame."""
    typesetter = Typesetter(right_to_left=True)
    shares = (6, 18, 28, 14, 15, 15, 14, 13)
    columns = [Column(title, share) for title, share in zip(TITLES, shares, strict=True)]
    frame = PageFrame(
        title="قائمة الخدمات",
        subject="benchmark",
        reference="",
        author="",
        language="ar",
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
        watermark="",
        page_of=lambda page, total: f"صفحة {page} من {total}",
    )
    return build_document(typesetter, frame, [Table(typesetter, columns, rows)])


def peer(rows: Rows) -> bytes:
    """Reshape, reorder, draw: one call per cell, 33 rows to a page."""
    pdfmetrics.registerFont(TTFont("Plex", str(fontpkg.path(FAMILY, weight=400))))
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    width, height = A4
    for start in range(0, len(rows), 33):
        canvas.setFont("Plex", 8.5)
        for line, row in enumerate([TITLES, *rows[start : start + 33]]):
            for column, text in enumerate(row):
                shown = get_display(arabic_reshaper.reshape(text))
                canvas.drawRightString(width - 40 - column * 66, height - 60 - line * 20, shown)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def measure(engine: Callable[[Rows], bytes], rows: Rows) -> tuple[float, int, int]:
    """Processor seconds, pages and bytes of one document; other programs on the machine do not count."""
    began = time.process_time()
    content = engine(rows)
    passed = time.process_time() - began
    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    document.close()
    return passed, pages, len(content)


def main() -> None:
    """Print the comparison; the engines take turns, so that a busy machine slows both."""
    rows = make_rows(_ROWS)
    engines = {"tarahum table": ours, "reshaper + bidi, plain": peer}
    rounds = [{name: measure(engine, rows) for name, engine in engines.items()} for _ in range(_ROUNDS)]
    rates = {}
    print("## A hundred-page Arabic table as PDF\n")
    print(
        f"{len(rows)} rows of {len(TITLES)} cells, most of them different; median of {_ROUNDS} rounds in which the "
        "engines take turns; processor time, so that other programs do not count. The peer reshapes and reorders "
        "each cell and draws it on one line: no wrapping, no placed marks, no repeated head, no whole words for "
        "pdftotext.\n"
    )
    print("| engine | pages/s | rows/s | pages | KiB |\n| --- | ---: | ---: | ---: | ---: |")
    for name in engines:
        _, pages, size = rounds[0][name]
        rates[name] = statistics.median(pages / one[name][0] for one in rounds)
        rows_rate = statistics.median(len(rows) / one[name][0] for one in rounds)
        print(f"| {name} | {rates[name]:.1f} | {rows_rate:.0f} | {pages} | {size / 1024:.0f} |")
    ours_rate, peer_rate = rates.values()
    print(f"\nRatio of pages/s, ours to the peer's: {ours_rate / peer_rate:.2f}.")


if __name__ == "__main__":
    main()

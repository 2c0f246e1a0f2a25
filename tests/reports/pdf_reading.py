"""What other programs find in our files: text by poppler and PDFium, pictures by PDFium."""

import re
import shutil
import subprocess
import unicodedata
from datetime import UTC, datetime

import pypdfium2
import pytest
from PIL import Image
from reportlab.platypus import Flowable

from tarahum_desktop.reports.pdf.page import PageFrame, build_document
from tarahum_desktop.reports.pdf.typesetter import Typesetter

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Text as a reader compares it: NFKC, without direction marks, spaces alike."""
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", text)).split())


def poppler_text(content: bytes) -> str:
    """All text as ``pdftotext`` gives it; the project's set-up installs it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.fail("pdftotext (package poppler-utils) is missing; the set-up command installs it")
    return subprocess.run([program, "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def pages_text(content: bytes) -> list[str]:
    """Text page by page, by poppler (pages end with a form feed)."""
    return [plain(page) for page in poppler_text(content).split("\f")[:-1]]


def pdfium_text(content: bytes) -> str:
    """All text as PDFium, the engine of a common browser, gives it."""
    document = pypdfium2.PdfDocument(content)
    try:
        return plain("\n".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def picture(content: bytes, page: int, scale: float = 0.75) -> Image.Image:
    """One page in grey, small enough to keep as a golden image."""
    document = pypdfium2.PdfDocument(content)
    try:
        image: Image.Image = document[page].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
    return image


def page_count(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def one_document(typesetter: Typesetter, *story: Flowable) -> bytes:
    """A document with an empty frame around a story."""
    frame = PageFrame(
        title="",
        subject="",
        reference="",
        author="",
        language="ar" if typesetter.right_to_left else "en",
        made_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        watermark="",
        page_of=lambda page, total: f"{page}/{total}",
    )
    return build_document(typesetter, frame, story)

"""A PDF as pictures of its pages, for reading before anything is printed or saved."""

from dataclasses import dataclass

import pypdfium2

from tarahum_desktop.domain.errors import TarahumError

MOST_PAGES = 60
_POINTS_PER_INCH = 72


class PreviewFailed(TarahumError):
    """The report was made but cannot be shown as pages."""

    code = "preview_failed"


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: pixels in rows of ``stride`` bytes, blue, green, red and one unused byte each."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_images(pdf: bytes, dots_per_inch: int = 132) -> tuple[PageImage, ...]:
    """Draw each page, at most ``MOST_PAGES``. PDFium is not made for threads: call it from one at a time.

    Raises:
        PreviewFailed: these bytes are no PDF that can be drawn.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PreviewFailed from error
    try:
        count = min(len(document), MOST_PAGES)
        return tuple(_draw(document, at, dots_per_inch / _POINTS_PER_INCH) for at in range(count))
    except pypdfium2.PdfiumError as error:
        raise PreviewFailed from error
    finally:
        document.close()


def _draw(document: pypdfium2.PdfDocument, at: int, scale: float) -> PageImage:
    page = document[at]
    bitmap = page.render(scale=scale, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
    try:
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
        page.close()

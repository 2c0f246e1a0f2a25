"""A report's pages inside the program: look first, then save."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from tarahum_desktop.ui.family.pdf_pages import PageImage
from tarahum_desktop.ui.family.presenter import Printed
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.page import Page, PageHeader

_PAGE_WIDTH = 820
_WALKS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class Preview(QWidget):
    """Shows one report; arrows and page keys scroll it."""

    def __init__(self, kit: Kit, save: Callable[[], None], close: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._header = PageHeader(kit, kit.words.t("Visit report"))
        self._header.add_button(
            button(kit, kit.words.t("Back to the file"), close, role="quiet", icon="back")
        )
        self.save_button = button(kit, kit.words.t("Save as a file"), save, role="primary", icon="pdf")
        self._header.add_button(self.save_button)
        self._pages = Page(kit)
        top = QVBoxLayout()
        sizes = kit.look.sizes
        top.setContentsMargins(sizes.space_6, sizes.space_5, sizes.space_6, 0)
        top.addWidget(self._header)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(self._pages, 1)

    def show_report(self, printed: Printed) -> None:
        """Put the pages under each other and stand at the top."""
        clear_layout(self._pages.column)
        count = len(printed.pages)
        words, number = self._kit.words, self._kit.formats.number
        pages = words.n("{count} page", "{count} pages", count).format(count=number(count))
        self._header.set_texts(words.t("Visit report"), pages)
        for at, page in enumerate(printed.pages, start=1):
            name = words.t("Page {page} of {total}").format(page=number(at), total=number(count))
            self._pages.column.addWidget(self._paper(page, name), 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.column.addStretch(1)
        self._pages.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by keys."""
        if event.key() in _WALKS:
            bar = self._pages.verticalScrollBar()
            step = {
                Qt.Key.Key_Up: -bar.singleStep(), Qt.Key.Key_Down: bar.singleStep(),
                Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_PageDown: bar.pageStep(),
                Qt.Key.Key_Home: -bar.maximum(), Qt.Key.Key_End: bar.maximum(),
            }[Qt.Key(event.key())]  # fmt: skip
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def _paper(self, page: PageImage, name: str) -> QLabel:
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(page.width / self._kit.look.px(_PAGE_WIDTH))
        paper = QLabel()
        paper.setPixmap(picture)
        paper.setAccessibleName(name)
        paper.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return paper

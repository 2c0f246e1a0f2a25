"""One picture of a visit: the picture, or the small one of it with a way to fetch the large one."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.family.list_presenter import ShownPicture
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label

WIDTH: Final = 240
# What travels first is this wide; made wider it would only look worse.
_SMALL_WIDTH: Final = 160
_KINDS: Final = {
    "dwelling_outside": msgid("The dwelling from outside"),
    "dwelling_inside": msgid("Inside the dwelling"),
    "damage": msgid("Damage"),
    "appliance": msgid("An appliance"),
}
Fetch = Callable[[bytes, Callable[[str], None]], None]


class PictureCard(QWidget):
    """``fetch`` brings a picture here by its hash; it is told who wants to hear why it did not come."""

    def __init__(self, kit: Kit, picture: ShownPicture, fetch: Fetch) -> None:
        super().__init__()
        self._kit, self._picture, self._fetch = kit, picture, fetch
        self.setProperty("paper", "clear")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(kit.look.sizes.space_1)
        title = kit.words.t(_KINDS.get(picture.kind, picture.kind))
        self._show_pixels(title)
        self._box.addWidget(label(title, size="caption", tone="soft"))
        self.fetch_button = button(kit, kit.words.t("Fetch it now"), self._begin, icon="sync")
        self.state = label("", size="caption", tone="soft", wraps=True)
        if not picture.whole:
            self._offer()
        self._box.addStretch(1)

    def _show_pixels(self, title: str) -> None:
        pixels = QPixmap()
        if self._picture.content is None or not pixels.loadFromData(self._picture.content):
            return
        width = self._kit.look.px(WIDTH if self._picture.whole else _SMALL_WIDTH)
        shown = QLabel()
        shown.setPixmap(pixels.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        shown.setAccessibleName(title)
        self._box.addWidget(shown)

    def _offer(self) -> None:
        words = self._kit.words
        small = self._picture.content is not None
        self.state.setText(
            words.t("This is a small copy. The picture itself has not arrived yet.")
            if small
            else words.t("The picture has not reached this machine yet.")
        )
        self.state.setFixedWidth(self._kit.look.px(WIDTH))
        self._box.addWidget(self.state)
        self._box.addWidget(self.fetch_button, 0, Qt.AlignmentFlag.AlignLeading)

    def _begin(self) -> None:
        self.fetch_button.setEnabled(False)
        self.state.setText(self._kit.words.t("The picture is being fetched…"))
        self._fetch(self._picture.sha256, self._failed)

    def _failed(self, sentence: str) -> None:
        if isValid(self):  # somebody may have gone on to another visit meanwhile
            self.state.setText(sentence)
            self.fetch_button.setEnabled(True)

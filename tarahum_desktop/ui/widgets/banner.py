"""Things the program says without a dialog: a banner that stays, and a toast that goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label, picture_label

TOAST_MILLISECONDS = 8000
_ICONS: dict[Tone, str] = {"accent": "success", "attention": "warning", "danger": "danger"}


class Banner(QFrame):
    """A line in a tone with an icon, and perhaps one button; hidden until ``say``."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.setProperty("role", "notice")
        sizes = kit.look.sizes
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(sizes.space_4, sizes.space_3, sizes.space_4, sizes.space_3)
        self._row.setSpacing(sizes.space_3)
        self._icon = picture_label(kit, "info")
        self.text = label("", wraps=True)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.text, 1)
        self._button: QPushButton | None = None
        self.hide()

    def say(
        self,
        sentence: str,
        tone: Tone = "info",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence in a tone."""
        self.text.setText(sentence)
        self._icon.setPixmap(self.kit.look.picture(_ICONS.get(tone, "info"), tone))
        restyle(self, tone=tone)
        restyle(self.text, tone="text" if tone == "accent" else tone)
        if self._button is not None:
            self._row.removeWidget(self._button)
            self._button.deleteLater()
            self._button = None
        if action and on_action:
            self._button = button(self.kit, action, on_action)
            self._row.addWidget(self._button)
        self.setAccessibleName(sentence)
        self.show()

    def press_button(self) -> None:
        """Press the banner's button, if it has one."""
        if self._button is not None:
            self._button.click()

    def clear(self) -> None:
        """Take the sentence away."""
        self.hide()


class Toast(Banner):
    """A banner over the lower edge of a window, with room for an "undo"; it goes after some seconds."""

    def __init__(self, kit: Kit, window: QWidget) -> None:
        super().__init__(kit, window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        window.installEventFilter(self)

    def say(
        self,
        sentence: str,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show for a while; pressing the button takes it away."""

        def act() -> None:
            self.clear()
            if on_action:
                on_action()

        super().say(sentence, tone, action, act if on_action else None)
        self._place()
        self.raise_()
        self._timer.start(TOAST_MILLISECONDS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the lower edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(self._window.width() - self.kit.look.px(48), self.kit.look.px(560))
        self.setFixedWidth(width)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setFixedHeight(height)
        left = (self._window.width() - width) // 2
        self.move(left, self._window.height() - height - self.kit.look.px(24))

"""The four states every list has: loading, empty, error and full; the first three say what to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label, picture_label


class StatePanel(QStackedWidget):
    """Shows its content, or in its place why there is none; ``turned(state)`` tells what stands beside it."""

    turned = Signal(str)

    def __init__(self, kit: Kit, content: QWidget) -> None:
        super().__init__()
        self.kit = kit
        self.content = content
        self._notice = QWidget()
        self._notice.setProperty("paper", "clear")
        self._box = QVBoxLayout(self._notice)
        self._box.setSpacing(kit.look.sizes.space_2)
        self.addWidget(content)
        self.addWidget(self._notice)
        self.state = "content"

    def show_content(self) -> None:
        """Show the list itself."""
        self.state = "content"
        self.setCurrentWidget(self.content)
        self.turned.emit(self.state)

    def show_loading(self, text: str = "") -> None:
        """Say that something is being fetched."""
        self.state = "loading"
        self._fill("clock", "soft", text or self.kit.words.t("One moment, please…"), "")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setFixedWidth(self.kit.look.px(200))
        self._box.insertWidget(self._box.count() - 1, bar, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_empty(
        self,
        title: str,
        hint: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        *,
        icon: str = "inbox",
    ) -> None:
        """Say that there is nothing, and what to do."""
        self.state = "empty"
        self._fill(icon, "soft", title, hint, self._button(action, on_action))

    def show_error(self, sentence: str, on_retry: Callable[[], None] | None = None) -> None:
        """Say what went wrong, with a way to try again."""
        self.state = "error"
        title = self.kit.words.t("This could not be shown")
        retry = self._button(self.kit.words.t("Try again"), on_retry)
        self._fill("warning", "danger", title, sentence, retry)

    def _button(self, text: str, on_press: Callable[[], None] | None) -> QWidget | None:
        return button(self.kit, text, on_press) if text and on_press else None

    def _fill(self, icon: str, tone: Tone, title: str, hint: str, press: QWidget | None = None) -> None:
        clear_layout(self._box)
        center = Qt.AlignmentFlag.AlignHCenter
        self._box.addStretch(1)
        self._box.addWidget(picture_label(self.kit, icon, tone, 40), 0, center)
        self._box.addWidget(label(title, size="strong"), 0, center)
        if hint:
            line = label(hint, tone="soft", wraps=True)
            line.setAlignment(center)
            self._box.addWidget(line)
        if press is not None:
            self._box.addWidget(press, 0, center)
        self._box.addStretch(1)
        self._notice.setAccessibleName(f"{title} {hint}")
        self.setCurrentWidget(self._notice)
        self.turned.emit(self.state)

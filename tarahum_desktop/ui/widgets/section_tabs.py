"""The row of buttons by which a screen with several sections shows one of them; one is always pressed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import PressButton, shown_on_button


class SectionTabs(QWidget):
    """``sections`` are codes with their titles; pressing one calls ``open_section(code)``, which says ``show_section``.

    Attributes:
        buttons: code → button.
    """

    def __init__(
        self, kit: Kit, sections: Sequence[tuple[str, str]], open_section: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setProperty("paper", "clear")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(kit.look.sizes.space_2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, title in sections:
            made = PressButton(shown_on_button(title))
            made.setCheckable(True)
            made.setProperty("role", "option")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the sections have keys; Tab goes to what is in them
            made.clicked.connect(lambda _checked=False, code=code: open_section(code))
            self._group.addButton(made)
            self.buttons[code] = made
            self._row.addWidget(made)
        self._row.addStretch(1)

    def show_section(self, code: str) -> None:
        """Press the button of the section that is shown."""
        self.buttons[code].setChecked(True)

    def rename(self, code: str, title: str) -> None:
        """Change what a button says, such as its count."""
        self.buttons[code].setText(shown_on_button(title))

    def add_at_end(self, widget: QWidget) -> None:
        """Put something at the far end of the row."""
        self._row.addWidget(widget)


def known_section(wanted: str | None, sections: Sequence[tuple[str, ...]], standing: str) -> str:
    """The section a link asks for: where it names none the one shown now, where there is none of that name the first.

    A link may come from another version of the program, whose sections were others.
    """
    codes = [section[0] for section in sections]
    if wanted is None:
        return standing
    return wanted if wanted in codes else codes[0]

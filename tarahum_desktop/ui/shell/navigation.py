"""The side bar: screens with icon and words, at the side reading begins; Alt and a digit open them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.widgets.buttons import PressButton, put_icon, shown_on_button
from tarahum_desktop.ui.widgets.labels import label, picture_label


class Navigation(QFrame):
    """Shows which screen is open and opens others."""

    def __init__(self, kit: Kit, specs: Sequence[ScreenSpec], on_open: Callable[[str], None]) -> None:
        super().__init__()
        self.kit = kit
        sizes = kit.look.sizes
        self.setProperty("role", "navigation")
        self.setAccessibleName(kit.words.t("Screens"))
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_3, sizes.space_4, sizes.space_3, sizes.space_4)
        box.setSpacing(sizes.space_1)
        box.addLayout(self._brand())
        box.addSpacing(sizes.space_4)
        self._buttons: dict[str, QPushButton] = {}
        self._narrow, self._marked = False, ""
        for number, spec in enumerate(specs, start=1):
            made = self._make(spec, number, on_open)
            self._buttons[spec.id] = made
            box.addWidget(made)
        box.addStretch(1)
        # The name of the open screen is bolder, and so a little wider than measured.
        words = [
            made.sizeHint().width() + 2 * sizes.space_3 + kit.look.px(12) for made in self._buttons.values()
        ]
        self._width = max([sizes.navigation_width, *words])
        self.setFixedWidth(self._width)

    def mark(self, screen_id: str) -> None:
        """Show which screen is open; a screen that is not listed leaves none marked."""
        look, before = self.kit.look, self._marked
        self._marked = screen_id
        for each, made in self._buttons.items():
            made.setChecked(each == screen_id)
            if screen_id != before and each in {screen_id, before}:
                ink = look.ink("accent" if each == screen_id else "soft")
                put_icon(made, look, made.property("icon_name"), ink)

    def be_narrow(self, *, narrow: bool) -> None:
        """Where zoom or a small window leaves little room, show icons only; names stay in the tool tips."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        sizes = self.kit.look.sizes
        self.setFixedWidth(sizes.icon + 2 * sizes.space_5 + sizes.space_3 if narrow else self._width)
        self._name.setVisible(not narrow)
        for made in self._buttons.values():
            made.setText("" if narrow else shown_on_button(made.accessibleName()))

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(self.kit.look.sizes.space_2, 0, 0, 0)
        row.setSpacing(self.kit.look.sizes.space_2)
        row.addWidget(picture_label(self.kit, "needs", "accent", 26))
        self._name = label(self.kit.words.t("Tarahum"), size="title", tone="accent")
        row.addWidget(self._name)
        row.addStretch(1)
        return row

    def _make(self, spec: ScreenSpec, number: int, on_open: Callable[[str], None]) -> QPushButton:
        title = self.kit.words.t(spec.title)
        made = PressButton(shown_on_button(title))
        made.setProperty("role", "navigation")
        made.setProperty("icon_name", spec.icon)
        made.setCheckable(True)
        put_icon(made, self.kit.look, spec.icon, self.kit.look.ink("soft"))
        made.setAccessibleName(title)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setToolTip(f"{title} (Alt+{number})" if number <= 9 else title)
        made.clicked.connect(lambda _checked=False: self._press(spec.id, made, on_open))
        return made

    def _press(self, screen_id: str, made: QPushButton, on_open: Callable[[str], None]) -> None:
        made.setChecked(False)  # the window marks it if the open screen lets the person go
        on_open(screen_id)

"""What a merge will do, before it is done: which record stays, and which value of each field."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.casework.duplicates.merge import Choice
from tarahum_desktop.casework.duplicates.queue import Pair, Side
from tarahum_desktop.casework.duplicates.references import CHOSEN
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.widgets.buttons import PressButton, button, shown_on_button
from tarahum_desktop.ui.widgets.labels import hold_to_start, label
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.record_words import field_name, shown_value

_LONGEST_REASON = 300


class MergeCard(QWidget):
    """Enter merges with what is chosen, Esc goes back."""

    def __init__(
        self,
        kit: Kit,
        pair: Pair,
        lists: Lists,
        merge: Callable[[int, Mapping[str, Choice], str], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self.kit, self._pair, self._merge, self._back = kit, pair, merge, back
        self.setProperty("paper", "clear")
        self._kept = QButtonGroup(self)
        self._fields: dict[str, QButtonGroup] = {}
        self._lay_out(lists)
        self._kept.idToggled.connect(self._take_defaults)
        self._take_defaults(pair.kept, on=True)

    def begin(self) -> None:
        """Stand on the button that merges."""
        self.press.setFocus(Qt.FocusReason.OtherFocusReason)

    def choices(self) -> dict[str, Choice]:
        """From which record each differing field comes."""
        kept = self._kept.checkedId()
        return {name: "kept" if group.checkedId() == kept else "gone" for name, group in self._fields.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the comparison."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def _lay_out(self, lists: Lists) -> None:
        kit, words, pair = self.kit, self.kit.words, self._pair
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(kit.look.sizes.space_3)
        down.addWidget(hold_to_start(kit, label(words.t("Make them one record"), size="title")))
        told = words.t(
            "Everything entered for the other record moves to the one that stays. This can be undone."
        )
        down.addWidget(hold_to_start(kit, label(told, tone="soft", wraps=True)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(kit.look.sizes.space_3)
        grid.setVerticalSpacing(kit.look.sizes.space_1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        stays = [self._where(side) for side in pair.sides]
        self._row(grid, 0, words.t("Stays"), self._kept, stays)
        differing = [name for name in CHOSEN if name in pair.differing]
        for row, name in enumerate(differing, start=1):
            self._fields[name] = QButtonGroup(self)
            texts = [shown_value(kit, lists, "person", name, side.values[name]) for side in pair.sides]
            self._row(grid, row, field_name(kit, name), self._fields[name], texts)
        down.addLayout(grid)
        self.reason = LineField(kit, placeholder=words.t("Why, if you wish"), limit=_LONGEST_REASON)
        self.reason.set_label(words.t("Reason"))
        down.addWidget(self.reason)
        buttons = QHBoxLayout()
        self.press = button(kit, words.t("Merge (Enter)"), self._confirm, role="primary", icon="check")
        buttons.addWidget(self.press)
        buttons.addWidget(button(kit, words.t("Back (Esc)"), self._back, role="quiet"))
        buttons.addStretch(1)
        down.addLayout(buttons)
        self._kept.button(pair.kept).setChecked(True)

    def _row(self, grid: QGridLayout, row: int, title: str, group: QButtonGroup, texts: list[str]) -> None:
        grid.addWidget(hold_to_start(self.kit, label(title, tone="soft")), 2 * row, 0, 1, 2)
        for at, text in enumerate(texts):
            made: QPushButton = PressButton(shown_on_button(text))
            made.setProperty("role", "option")
            made.setCheckable(True)
            made.setAccessibleName(f"{title}: {text}")
            group.addButton(made, at)
            grid.addWidget(made, 2 * row + 1, at)

    def _where(self, side: Side) -> str:
        """What tells the two records apart for who knows the families: the file, or that there is none."""
        words = self.kit.words
        if side.homes:
            return words.t("File {number}").format(number=self.kit.formats.code(side.homes[0].file_number))
        return words.t("In no family here")

    def _take_defaults(self, kept: int, on: bool) -> None:
        """The kept record's values, and the other's where it has none."""
        if not on:
            return
        stays = self._pair.sides[kept]
        for name, group in self._fields.items():
            group.button(kept if stays.values[name] else 1 - kept).setChecked(True)

    def _confirm(self) -> None:
        self._merge(self._kept.checkedId(), self.choices(), self.reason.value())

"""The person's own lists beside the search line: one key opens one, one line keeps a new one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tarahum_desktop.casework.saved_lists.saved_lists import LONGEST_TITLE, KeptList
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import PressButton, button, shown_on_button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout

MOST_KEYS = 9
"""Lists that have a key of their own."""


class ListsBar(QWidget):
    """Signals ``opened(KeptList)``, ``forgotten(KeptList)`` and ``named(str)`` when a list is to be kept."""

    opened = Signal(object)
    forgotten = Signal(object)
    named = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.lists: tuple[KeptList, ...] = ()
        self.current: KeptList | None = None
        self._flow = FlowLayout(self, kit.look.sizes.space_2)
        self._can_save = False
        self._naming = False
        self.name = QLineEdit()

    def show_lists(self, lists: Sequence[KeptList]) -> None:
        """Offer these lists."""
        self.lists = tuple(lists)
        self._build()

    def stand_on(self, kept: KeptList | None, *, can_save: bool) -> None:
        """Mark the list that is open, or that what is shown could be kept as one."""
        if (kept, can_save) != (self.current, self._can_save) or self._naming:
            self.current, self._can_save, self._naming = kept, can_save, False
            self._build()

    def ask_name(self) -> None:
        """Open the line for the new list's name."""
        if self._can_save:
            self._naming = True
            self._build()
            self.name.show()  # only what is shown takes the keyboard
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_number(self, number: int) -> None:
        """Open the list with this number, from 1; none is no error."""
        if 0 < number <= len(self.lists):
            self.opened.emit(self.lists[number - 1])

    def _build(self) -> None:
        clear_layout(self._flow)
        words = self.kit.words
        for kept in self.lists:
            self._flow.addWidget(self._list_button(kept))
        if self.current is not None:
            self._add(words.t("Remove this list"), self._forget, "delete")
        elif self._naming:
            self._flow.addWidget(self._name_line())
            self._add(words.t("Keep"), self._named, "check")
        elif self._can_save:
            self._add(words.t("Keep as a list"), self.ask_name, "add")
        self.setVisible(self._flow.count() > 0)

    def _add(self, text: str, press: Callable[[], None], icon: str) -> None:
        self._flow.addWidget(button(self.kit, text, press, role="quiet", icon=icon))

    def _list_button(self, kept: KeptList) -> QPushButton:
        made = PressButton(shown_on_button(isolate(kept.title)))
        made.setCheckable(True)
        made.setChecked(self.current is not None and kept.id == self.current.id)
        made.setProperty("role", "option")
        made.clicked.connect(lambda: self.opened.emit(kept))
        return made

    def _name_line(self) -> QLineEdit:
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_TITLE)
        self.name.setFixedWidth(self.kit.look.px(220))
        self.name.setMinimumHeight(self.kit.look.sizes.field_height)
        self.name.setPlaceholderText(self.kit.words.t("A name for this list"))
        self.name.setAccessibleName(self.kit.words.t("A name for this list"))
        self.name.returnPressed.connect(self._named)
        return self.name

    def _named(self) -> None:
        self.named.emit(self.name.text())

    def _forget(self) -> None:
        if self.current is not None:
            self.forgotten.emit(self.current)

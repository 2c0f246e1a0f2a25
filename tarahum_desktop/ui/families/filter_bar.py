"""The filters above the list: each choice says how many families it would leave; all of them work together."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from tarahum_desktop.casework.search.lists import CHOICES, FLAGS, SORTS, FamilyPage, Filters
from tarahum_desktop.ui.families.filter_words import choice_title, flag_title, sort_title, value_words
from tarahum_desktop.ui.families.ports import Labels
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import PressButton, button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout


class FilterBar(QWidget):
    """Signals ``changed`` whenever a filter or the order is chosen; ``filters`` and ``sort`` say which."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.labels: Labels = {}
        self.filters, self.sort = Filters(), SORTS[0]
        flow = FlowLayout(self, kit.look.sizes.space_2)
        self.choices = {name: _Choice(kit, choice_title(kit.words, name)) for name in CHOICES}
        for name, box in self.choices.items():
            box.activated.connect(lambda _at, name=name: self._chosen(name))
            flow.addWidget(box)
        self.flags = {name: _flag(flag_title(kit, name)) for name in FLAGS}
        for name, made in self.flags.items():
            made.clicked.connect(lambda checked, name=name: self._put(**{name: checked}))
            flow.addWidget(made)
        self.order = _Choice(kit, kit.words.t("Order"))
        self.order.offer([(sort, sort_title(kit.words, sort)) for sort in SORTS], "")
        self.order.activated.connect(lambda _at: self._sorted())
        flow.addWidget(self.order)
        self.none = button(kit, kit.words.t("Without filters"), self.clear, role="quiet", icon="close")
        flow.addWidget(self.none)
        self.show_wish(self.filters, self.sort)

    @property
    def active(self) -> bool:
        """Whether anything is narrowed or ordered."""
        return self.filters != Filters() or self.sort != SORTS[0]

    def show_wish(self, filters: Filters, sort: str) -> None:
        """Stand as a list was kept; nobody is told."""
        self.filters, self.sort = filters, sort
        self.order.show_code(sort)
        for name, made in self.flags.items():
            made.setChecked(getattr(filters, name))
        self.none.setEnabled(self.active)

    def show_page(self, page: FamilyPage) -> None:
        """Offer what the families found can still be narrowed to, with how many each would leave."""
        for name, box in self.choices.items():
            chosen, counts = getattr(self.filters, name), page.counts.get(name, {})
            offered = dict(counts) | ({chosen: counts.get(chosen, 0)} if chosen else {})
            box.offer(self._options(name, offered), chosen)
            box.setVisible(len(offered) > 1 or bool(chosen))
        for name, made in self.flags.items():
            count = page.counts.get(name, {}).get("yes", 0)
            made.setText(f"{flag_title(self.kit, name)} ({self.kit.formats.number(count)})")
            made.setEnabled(count > 0 or made.isChecked())
        self.none.setEnabled(self.active)

    def clear(self) -> None:
        """Take all filters away."""
        self.show_wish(Filters(), SORTS[0])
        self.changed.emit()

    def _options(self, name: str, counts: Mapping[str, int]) -> list[tuple[str, str]]:
        words = [
            (code, value_words(self.kit.words, self.labels, name, code), count)
            for code, count in counts.items()
        ]
        ordered = sorted(words, key=lambda one: one[1])
        return [(code, f"{text} ({self.kit.formats.number(count)})") for code, text, count in ordered]

    def _chosen(self, name: str) -> None:
        self._put(**{name: self.choices[name].code()})

    def _sorted(self) -> None:
        self.sort = self.order.code() or SORTS[0]
        self._put()

    def _put(self, **values: str | bool) -> None:
        self.filters = replace(self.filters, **values)  # type: ignore[arg-type]  # names and types are those of Filters
        self.none.setEnabled(self.active)
        self.changed.emit()


class _Choice(QComboBox):
    """One filter as a short list; its first line is its own name and means "any"."""

    def __init__(self, kit: Kit, title: str) -> None:
        super().__init__()
        self._title = title
        self.setMinimumHeight(kit.look.sizes.field_height)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(kit.look.px(260))
        self.setAccessibleName(title)
        self.setMaxVisibleItems(14)
        self.addItem(title, "")

    def offer(self, options: list[tuple[str, str]], chosen: str) -> None:
        """Put these lines in; the person's choice stays."""
        self.blockSignals(True)
        self.clear()
        self.addItem(self._title, "")
        for code, text in options:
            self.addItem(text, code)
        self.show_code(chosen)
        self.blockSignals(False)

    def show_code(self, code: str) -> None:
        """Stand on a value."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def code(self) -> str:
        """The chosen value; empty for any."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a filter on the way."""
        event.ignore()


def _flag(title: str) -> QPushButton:
    made = PressButton(title)
    made.setCheckable(True)
    made.setProperty("role", "option")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made

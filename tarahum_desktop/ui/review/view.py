"""The review desk on the screen: three lists with their counts, and the item stood on beside its list."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from tarahum_desktop.casework.duplicates.queue import Pair, PairLine
from tarahum_desktop.domain.text import ascii_digits
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.review.conflict_panel import THIRD, ConflictPanel
from tarahum_desktop.ui.review.exception_panel import ExceptionPanel
from tarahum_desktop.ui.review.keys import review_actions
from tarahum_desktop.ui.review.lists import DecidingTable
from tarahum_desktop.ui.review.pair_panel import PairPanel
from tarahum_desktop.ui.review.parts import TABS, Tab
from tarahum_desktop.ui.review.ports import ReviewBoard, ReviewPorts
from tarahum_desktop.ui.review.presenter import ReviewPresenter
from tarahum_desktop.ui.review.settled_panel import SettledPanel
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.section_tabs import SectionTabs
from tarahum_desktop.ui.widgets.state_panel import StatePanel

LOOKS_EVERY_MS = 500
# On an Arabic keyboard the keys S, D and L give these letters.
_LETTERS = {"س": "S", "ي": "D", "م": "L"}
_NUMBERS = frozenset("123456789")


class ReviewView(Screen):
    """Conflicts, duplicates and exceptions."""

    def __init__(self, context: ScreenContext, ports: ReviewPorts) -> None:
        super().__init__(context)
        self.presenter = ReviewPresenter(ports, context.background, self.kit, self)
        self._arriving = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._show_looking)
        self._lay_out(ports)

    def open_with(self, params: Params) -> None:
        """Read the lists anew; ``list`` names the one to begin with, ``item`` what to stand on in it."""
        self._arriving = True
        wanted = params.get("list", "")
        self.presenter.open(next((tab for tab in TABS if tab == wanted), None), params.get("item", ""))

    def leave(self) -> bool:
        """What is read after this no longer takes the keyboard."""
        self._arriving = False
        return True

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """Every decision by one key."""
        return review_actions(self.presenter, self.conflict, self.pair)

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.states.show_loading()

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.states.show_error(sentence, self.presenter.open)

    def show_board(self, board: ReviewBoard, tab: Tab, at: int) -> None:
        """Fill the lists and stand on an item of one."""
        for each in TABS:
            count = len(self.presenter.items(each))
            self.row.rename(each, self._titles[each].format(count=self.kit.formats.number(count)))
        self.row.show_section(tab)
        harmless = sum(one.harmless for one in board.conflicts)
        self.harmless.setVisible(tab == "conflicts" and harmless > 0)
        self._fill(tab, at)
        self.states.show_content()
        if self._arriving:
            self._arriving = False
            self.tables[tab].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pair(self, line: PairLine, pair: Pair) -> None:
        """The pair is read."""
        assert self.presenter.board is not None
        self.pair.show_pair(line, pair, self.presenter.board.lists)

    def show_refusal(self, sentence: str) -> None:
        """Say it at the lower edge; what was typed stays."""
        self.context.announce(sentence, "danger")

    def say(
        self, sentence: str, tone: Tone = "accent", action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:  # fmt: skip
        """Say it at the lower edge."""
        self.context.announce(sentence, tone, action, on_action)

    def tell_changed(self, kinds: frozenset[str]) -> None:
        """Let the window know."""
        self.context.changed(kinds)

    def go(self, screen: str, params: Mapping[str, str]) -> None:
        """Open another screen."""
        self.context.navigate(screen, params)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch a pass that runs by itself."""
        super().showEvent(event)
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key decides, in either script."""
        if not (event.text() and self._decide(event.text())):
            super().keyPressEvent(event)

    def _decide(self, text: str) -> bool:
        """Carry out what a character stands for; False when it stands for nothing here."""
        here, sign = self.presenter, ascii_digits(text).upper()
        if here.conflict is not None and sign in _NUMBERS:
            if int(sign) == THIRD:
                self.conflict.begin_third()
            else:
                here.deciding.keep_value(int(sign) - (int(sign) > THIRD))
            return True
        if here.settled is not None and sign in _NUMBERS:
            here.deciding.press(int(sign))
            return True
        letter = _LETTERS.get(sign, sign)
        deciding = here.pair is not None and not self.pair.asking
        todo = {"S": self.pair.ask, "D": here.different, "L": here.later}.get(letter) if deciding else None
        if todo is None:
            return False
        todo()
        return True

    def _fill(self, tab: Tab, at: int) -> None:
        items, table = self.presenter.items(tab), self.tables[tab]
        for each, panel in self.panels.items():
            # A page that is not shown must not make the shown one wider than its room.
            wide = QSizePolicy.Policy.Preferred if each == tab else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(wide, wide)
        self._stack.setCurrentWidget(self.panels[tab])
        self._lists.setCurrentWidget(table)
        table.blockSignals(True)
        table.set_rows(items)
        if items:
            table.setCurrentIndex(table.rows_model.index(at, 0))
        table.blockSignals(False)
        self._show_item(tab)

    def _show_item(self, tab: Tab) -> None:
        here, board = self.presenter, self.presenter.board
        assert board is not None
        if here.current is None:
            self._show_nothing(tab)
            return
        self.detail.show_content()
        if here.conflict is not None:
            self.conflict.show_conflict(here.conflict, board.lists)
        elif here.settled is not None:
            self.settled.show_decision(here.settled, board.lists)
        elif here.trouble is not None:
            self.exception.show_exception(here.trouble, board)
        elif here.pair is None:
            self.pair.show_loading()

    def _show_nothing(self, tab: Tab) -> None:
        words = self.kit.words
        hint = {
            "conflicts": words.t("When two people write different values into one field, you decide here which stands."),
            "pairs": words.t("People who may be registered twice are listed here after each look through the records."),
            "exceptions": words.t("Records that cannot all be right are listed here after each look through the records."),
            "settled": words.t("What was decided between two values stays here, and can be put back."),
        }[tab]  # fmt: skip
        self.detail.show_empty(words.t("Nothing waits for you here"), hint, icon="success")

    def _moved(self, tab: Tab) -> None:
        table = self.tables[tab]
        self.presenter.stand_on(table.currentIndex().row())
        self._show_item(tab)

    def _show_looking(self) -> None:
        doing, rows = self.presenter.looking
        words, number = self.kit.words, self.kit.formats.number(rows)
        text = {
            "reading": words.t("Reading all people… {count}").format(count=number),
            "comparing": words.t("Comparing people…"),
            "checking": words.t("Checking all records…"),
        }.get(doing, "")
        self._looking.setText(text)
        self.look.setEnabled(not doing)
        if not self.isVisible():
            self._timer.stop()

    def _lay_out(self, ports: ReviewPorts) -> None:
        kit, words, sizes = self.kit, self.kit.words, self.kit.look.sizes
        page = Page(kit, scrolls=False)
        header = PageHeader(
            kit, words.t("To decide"), words.t("What the program found and only a person can settle.")
        )
        self._looking = label("", size="caption", tone="soft")
        header.add_button(self._looking)
        self.look = button(kit, words.t("Look through all records"), self.presenter.look, icon="search")
        header.add_button(self.look)
        page.add(header)
        self._titles = {
            "conflicts": words.t("Conflicts ({count})"), "pairs": words.t("Duplicates ({count})"),
            "exceptions": words.t("Exceptions ({count})"), "settled": words.t("Decided ({count})"),
        }  # fmt: skip
        content = QWidget()
        content.setProperty("paper", "clear")
        across = QHBoxLayout(content)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(sizes.space_4)
        self.states = StatePanel(kit, content)
        self._make_panels(ports)
        page.add(self._tab_row())
        page.add(self.states, 1)
        across.addWidget(self._list_card(), 6)
        across.addWidget(self._detail_card(), 7)
        self.box.addWidget(page)

    def _make_panels(self, ports: ReviewPorts) -> None:
        here = self.presenter
        acts = here.deciding
        self.conflict = ConflictPanel(self.kit, acts.keep_value, acts.settle, acts.explain, ports.today)
        self.settled = SettledPanel(self.kit, acts.mark_seen, acts.put_back, acts.open_file)
        self.pair = PairPanel(self.kit, here.merge, here.different, here.later)
        self.exception = ExceptionPanel(self.kit, here.go_to_place, here.settle_exception, here.keep_grant)
        self.panels: dict[Tab, QWidget] = {
            "conflicts": self.conflict, "pairs": self.pair, "exceptions": self.exception, "settled": self.settled,
        }  # fmt: skip

    def _tab_row(self) -> QWidget:
        sections = [(tab, self._titles[tab].format(count="")) for tab in TABS]
        self.row = SectionTabs(self.kit, sections, self._press_tab)
        self.tabs = self.row.buttons
        self.harmless = button(
            self.kit, self.kit.words.t("Take the latest value where nothing depends on it"),
            self.presenter.deciding.settle_harmless, role="quiet", icon="check",
        )  # fmt: skip
        self.harmless.hide()
        self.row.add_at_end(self.harmless)
        return self.row

    def _press_tab(self, code: str) -> None:
        tab = next(tab for tab in TABS if tab == code)
        self.row.show_section(self.presenter.tab or tab)
        self.presenter.choose_tab(tab)

    def _list_card(self) -> Card:
        card = Card(self.kit)
        self._lists = QStackedWidget()
        self.tables: dict[Tab, DecidingTable] = {}
        for tab in TABS:
            table = DecidingTable(self.kit, tab, self._titles[tab].format(count=""), self._decide)
            table.moved.connect(lambda _row, tab=tab: self._moved(tab))
            table.opened.connect(lambda _row, tab=tab: self._open_item(tab))
            self.tables[tab] = table
            self._lists.addWidget(table)
        card.add(self._lists, 1)
        return card

    def _open_item(self, tab: Tab) -> None:
        """Enter on an exception goes to its place; on a pair it asks about the merge."""
        if tab == "exceptions":
            self.presenter.go_to_place()
        elif tab == "pairs":
            self.pair.ask()
        elif tab == "settled":
            self.presenter.deciding.open_file()

    def _detail_card(self) -> Card:
        card = Card(self.kit)
        self._stack = QStackedWidget()
        for panel in self.panels.values():
            self._stack.addWidget(panel)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack.setProperty("paper", "clear")
        scroll.setWidget(self._stack)
        self.detail = StatePanel(self.kit, scroll)
        card.add(self.detail, 1)
        return card

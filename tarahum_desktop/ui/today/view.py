"""The first screen: cards of what waits, walked by arrows from top to bottom, opened by Enter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext, ScreenSpec
from tarahum_desktop.ui.today.cards import CardView
from tarahum_desktop.ui.today.line_list import LineButton, LineList
from tarahum_desktop.ui.today.lines import Line
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.presenter import TodayPresenter, TodayView
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

TWO_COLUMNS_FROM = 860


def spec(ports: TodayPorts) -> ScreenSpec:
    """The screen as the window takes it."""
    return ScreenSpec("today", msgid("Today"), "today", lambda context: TodayScreenView(context, ports))


class TodayScreenView(Screen):
    """Greeting, cards and the sync state."""

    def __init__(self, context: ScreenContext, ports: TodayPorts) -> None:
        super().__init__(context)
        self.lists: dict[str, LineList] = {}
        self._cards: dict[str, Card] = {}
        self._order: list[str] = []
        self._arriving = self._opened_now = True
        self._opened = ""
        self.presenter = TodayPresenter(ports, context.background, self.kit, self, context.navigate)
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Read the day anew; who comes back stands where they left."""
        del params
        self._arriving = self._opened_now = True
        self.presenter.open()

    def leave(self) -> bool:
        """What is read after this no longer takes the keyboard."""
        self._arriving = False
        return True

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what changed."""
        self.presenter.refresh(changed)

    def screen_actions(self) -> Sequence[Action]:
        """New visit, go on with the last draft, read again."""
        group = msgid("Today")
        return (
            Action("today.new_visit", msgid("New visit"), self.presenter.new_visit, "Ctrl+N", "add", group=group),
            Action(
                "today.resume", msgid("Go on with the last visit"), self.presenter.resume, "Ctrl+R", "edit",
                lambda: self.presenter.last_draft() is not None, group,
            ),
            Action("today.again", msgid("Read again"), self.presenter.open, "F5", "sync", group=group),
        )  # fmt: skip

    def show_greeting(self, greeting: str, dates: str) -> None:
        """Say good morning, and which day it is."""
        self.header.set_texts(greeting, dates)

    def show_loading(self) -> None:
        """Nothing is here yet."""
        self.panel.show_loading(self.kit.words.t("Your day is being read…"))

    def show_error(self, sentence: str) -> None:
        """Say why, with a way to try again."""
        self.panel.show_error(sentence, self.presenter.open)

    def show_board(self, view: TodayView) -> None:
        """Fill the cards; who is elsewhere in the window keeps their place there."""
        standing = self._standing_on()
        stand = bool(standing) or (self._arriving and (self._opened_now or self.new_visit.hasFocus()))
        self._arriving, self._opened_now = self._arriving and not view.complete, False
        self._order = [card.id for card in view.cards]
        for card_id, made in self._cards.items():
            made.setVisible(card_id in self._order)
        for column, side in zip(self._columns, (False, True), strict=True):
            for place, card in enumerate(card for card in view.cards if card.side is side):
                column.insertWidget(place, self._card(card))
        self.sync.say(
            view.sync, view.sync_tone, self.kit.words.t("Open the sync centre"), self.presenter.open_sync
        )
        self.panel.show_content()
        if stand:
            self._stand_on(standing or self._opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the window is narrow for its zoom."""
        super().resizeEvent(event)
        wide = self.width() >= self.kit.look.px(TWO_COLUMNS_FROM)
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _lay_out(self) -> None:
        kit, sizes = self.kit, self.kit.look.sizes
        self.page = Page(kit)
        self.header = PageHeader(kit, "")
        self.new_visit = button(
            kit, kit.words.t("New visit"), self.presenter.new_visit, role="primary", icon="add"
        )
        self.header.add_button(self.new_visit)
        self.page.add(self.header)
        content = QWidget()
        content.setProperty("paper", "clear")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(sizes.space_4)
        self.sync = Banner(kit)
        down.addWidget(self.sync)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(sizes.space_4)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column, share in zip(self._columns, (3, 2), strict=True):
            column.setSpacing(sizes.space_4)
            column.addStretch(1)
            self._across.addLayout(column, share)
        down.addLayout(self._across)
        down.addStretch(1)
        self.panel = StatePanel(kit, content)
        self.page.add(self.panel, 1)
        self.box.addWidget(self.page)

    def _card(self, card: CardView) -> Card:
        if card.id not in self._cards:
            self._cards[card.id] = Card(self.kit, card.title, icon=card.icon)
            self.lists[card.id] = LineList(self.kit, self._open)
            self.lists[card.id].walked.connect(self._walk)
            self._cards[card.id].add(self.lists[card.id])
        self.lists[card.id].set_lines(card.lines, card.empty)
        return self._cards[card.id]

    def _open(self, line: Line) -> None:
        self._opened = line.key
        self.presenter.go(line)

    def _every_line(self) -> list[LineButton]:
        return [made for card_id in self._order for made in self.lists[card_id].buttons]

    def _walk(self, here: LineButton, step: int) -> None:
        every = self._every_line()
        at = every.index(here) + step
        if 0 <= at < len(every):
            self._focus(every[at])

    def _standing_on(self) -> str:
        return next((made.line.key for made in self._every_line() if made.hasFocus()), "")

    def _stand_on(self, key: str) -> None:
        every = self._every_line()
        chosen = next((made for made in every if made.line.key == key), every[0] if every else None)
        if chosen is None:
            self.new_visit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus(chosen)
            if chosen is every[0]:
                self.page.verticalScrollBar().setValue(0)  # the day begins with its greeting

    def _focus(self, made: LineButton) -> None:
        made.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.ensureWidgetVisible(made)

"""Families on the screen: one line to type into, the list below it, and a card for a new family in its place."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from tarahum_desktop.casework.duplicates.typed import SimilarPerson
from tarahum_desktop.casework.register import Registered
from tarahum_desktop.casework.saved_lists.saved_lists import KeptList
from tarahum_desktop.casework.search.find import FamilyHit
from tarahum_desktop.casework.search.lists import FamilyPage, Wish
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.families.actions import family_actions
from tarahum_desktop.ui.families.filter_bar import FilterBar
from tarahum_desktop.ui.families.hits import hits_table
from tarahum_desktop.ui.families.list_keeping import ListKeeping
from tarahum_desktop.ui.families.list_states import (
    hits_counted,
    page_counted,
    say_invitation,
    say_nothing_fits,
    say_nothing_found,
)
from tarahum_desktop.ui.families.lists_bar import ListsBar
from tarahum_desktop.ui.families.ports import FamiliesPorts, Labels, RegisterLists
from tarahum_desktop.ui.families.presenter import FamiliesPresenter
from tarahum_desktop.ui.families.register_panel import RegisterPanel, in_scroll_area
from tarahum_desktop.ui.families.register_presenter import RegisterPresenter, beginning_of
from tarahum_desktop.ui.families.search_line import SearchLine
from tarahum_desktop.ui.families.search_part import SearchPart
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

SHOWN_KINDS = frozenset({"household", "person", "membership", "case_file"})
LISTED_KINDS = SHOWN_KINDS | {"visit", "plan_item", "follow_up", "custody_episode"}
ASK_AGAIN_MILLISECONDS = 400


class FamiliesView(Screen):
    """The search and the registration; what was searched for is still there on coming back."""

    def __init__(self, context: ScreenContext, ports: FamiliesPorts) -> None:
        super().__init__(context)
        self.presenter = FamiliesPresenter(self, ports, context.background, self.kit.words)
        self.registering_presenter = RegisterPresenter(self, ports, context.background, self.kit.words)
        self.table = hits_table(self.kit)
        self.table.opened.connect(self._open)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.line = SearchLine(self.kit, self.table)
        self._enter_waits = False
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._open_current)
        self.lists = ListsBar(self.kit)
        self.lists.opened.connect(self.presenter.open_list)
        self._keeping = ListKeeping(self.context, self.presenter, self._focus_line)
        self.lists.named.connect(self._keeping.keep)
        self.lists.forgotten.connect(self._keeping.forget)
        self.filters = FilterBar(self.kit)
        self.filters.changed.connect(lambda: self.presenter.narrow(self.filters.filters, self.filters.sort))
        self._ready_timer = QTimer(self, singleShot=True)
        self._ready_timer.timeout.connect(self.presenter.again)
        self.states = StatePanel(self.kit, self.table)
        self._lay_out()
        self.show_invitation()

    @cached_property
    def panel(self) -> RegisterPanel:
        """The card for a new family, made when one is registered first: most openings are for a search."""
        panel = RegisterPanel(
            self.kit, self.registering_presenter.register, self.registering_presenter.compare
        )
        panel.closed.connect(self._close_panel)
        panel.open_known.connect(self._open_household)
        self._places_of_work.addWidget(in_scroll_area(panel))
        return panel

    def open_with(self, params: Params) -> None:
        """Stand in the search line; ``find`` names what to look for, ``list`` a kept list, ``new`` opens the registration."""
        self.presenter.want_lists(params.get("list", ""))
        if wanted := params.get("find", ""):
            self.line.setText(wanted)
        if self.line.text():
            self.presenter.search(self.line.text())
        if "new" in params:
            self.open_panel()
        elif self.registering:
            self.panel.head.focus()
        else:
            self._focus_line()

    def refresh(self, changed: frozenset[str]) -> None:
        """Search again where a found family may have changed."""
        if changed & LISTED_KINDS and (self.line.text() or self.presenter.listing):
            self.presenter.again()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return family_actions(self)

    @property
    def registering(self) -> bool:
        """Whether the card for a new family is open."""
        return self._places_of_work.currentWidget() is not self._list

    def show_invitation(self) -> None:
        """Say what can be typed."""
        self._count.setText("")
        say_invitation(self.kit, self.states)

    def show_loading(self) -> None:
        """The first answer is still to come."""
        self.states.show_loading(self.kit.words.t("Looking for families…"))

    def show_hits(self, hits: Sequence[FamilyHit]) -> None:
        """Show the families, standing on the best."""
        self.table.set_rows(hits)
        self.states.show_content()
        self._count.setText(hits_counted(self.kit, len(hits)))
        self._enter_now()

    def show_page(self, page: FamilyPage) -> None:
        """Show the first rows of a list, and what it can be narrowed to."""
        self.filters.show_page(page)
        self.table.set_rows(page.hits)
        self.states.show_content()
        self._count.setText(page_counted(self.kit, page))
        self._enter_now()

    def show_more(self, page: FamilyPage) -> None:
        """Add the rows below."""
        self.table.rows_model.append_rows(page.hits)

    def show_not_ready(self) -> None:
        """Wait a moment and ask again."""
        self.states.show_loading(self.kit.words.t("The lists are being made ready…"))
        self._ready_timer.start(ASK_AGAIN_MILLISECONDS)

    def show_labels(self, labels: Labels) -> None:
        """Name what the filters offer."""
        self.filters.labels = labels

    def show_lists(self, lists: Sequence[KeptList], current: KeptList | None) -> None:
        """Offer the person's own lists."""
        if tuple(lists) != self.lists.lists:
            self.lists.show_lists(lists)
        self.lists.stand_on(current, can_save=self.presenter.worth_keeping)

    def show_notice(self, sentence: str) -> None:
        """Say why a list could not be kept or opened."""
        self.context.announce(sentence, "attention")

    def wish_shown(self, wish: Wish) -> None:
        """Stand as a kept list does: its words in the line, its filters open."""
        self.line.setText(wish.typed)
        self._show_filters(wanted=True)
        self.filters.show_wish(wish.filters, wish.sort)

    def show_nothing(self, typed: str) -> None:
        """Advise, and offer to register the family or to take filters away."""
        del typed
        self.table.set_rows([])
        self._count.setText("")
        if self.presenter.listing and self.filters.active:
            say_nothing_fits(self.kit, self.states, self.filters.clear)
        else:
            say_nothing_found(self.kit, self.states, self.open_panel)

    def show_error(self, sentence: str) -> None:
        """Say what went wrong."""
        self.table.set_rows([])
        self._count.setText("")
        self.states.show_error(sentence, self.presenter.again)

    def show_choices(self, lists: RegisterLists) -> None:
        """Offer places, relations and reasons."""
        self.panel.set_choices(lists)

    def show_similar(self, row: int, people: Sequence[SimilarPerson]) -> None:
        """Warn of who is on record already."""
        self.panel.show_similar(row, people)

    def show_refusal(self, sentence: str) -> None:
        """What was typed stays."""
        self.panel.banner.say(sentence, "danger")

    def show_registered(self, registered: Registered) -> None:
        """Go on in the new family's file."""
        self.panel.clear()
        self._close_panel()
        told = self.kit.words.t("The family was registered. File number: {number}")
        self.context.announce(told.format(number=self.kit.formats.code(registered.file_number)))
        self.context.changed(SHOWN_KINDS)
        self.context.navigate("family", {"household": str(registered.household_id)})

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the card."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.registering
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card and keeps what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.registering:
            self._close_panel()
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._enter_waits = False
        self.presenter.search(text)

    def _open_current(self) -> None:
        self._enter_waits = self.presenter.waiting
        row = self.table.current_row()
        if self.states.state == "content" and row is not None and not self._enter_waits:
            self._open(row)

    def _enter_now(self) -> None:
        """Open what was asked for by an Enter that came before the answer."""
        if self._enter_waits and not self.registering:
            self._open_current()

    def _open(self, hit: FamilyHit) -> None:
        if hit.household_id is None:
            self.context.announce(
                self.kit.words.t("This person belongs to no family on this machine."), "attention"
            )
            return
        self.context.navigate("family", {"household": str(hit.household_id)})

    def _open_household(self, household: str) -> None:
        self.context.navigate("family", {"household": household})

    def press_filter(self) -> None:
        """Open the filters, or close them and drop what they narrow."""
        wanted = not self.presenter.listing
        self._show_filters(wanted=wanted)
        if not wanted:
            self.filters.show_wish(Wish().filters, Wish().sort)
        self.presenter.list_by_filters(wanted=wanted)
        first = next(iter(self.filters.choices.values()))
        (first if wanted else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filters(self, *, wanted: bool) -> None:
        self.filters.setVisible(wanted)
        self._filter.setChecked(wanted)

    def _scrolled(self, value: int) -> None:
        bar = self.table.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.presenter.more()

    def open_panel(self) -> None:
        """Begin to register a family; what the search said already is taken over."""
        panel = self.panel
        self._places_of_work.setCurrentIndex(1)
        self._new.setEnabled(False)
        self._searching.hide()
        self.registering_presenter.want_choices()
        panel.begin(beginning_of(self.presenter.typed))

    def _close_panel(self) -> None:
        self._places_of_work.setCurrentWidget(self._list)
        self._new.setEnabled(True)
        self._searching.show()
        self._focus_line()

    def _focus_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(kit, words.t("Families"))
        self._new = button(kit, words.t("Register a new family"), self.open_panel, icon="add")
        header.add_button(self._new)
        page.add(header)
        self._filter = button(kit, words.t("Filters"), self.press_filter, icon="filter")
        self._filter.setCheckable(True)
        self._filter.setProperty("role", "option")
        self._searching = SearchPart(kit, self.line, self._filter, (self.lists, self.filters))
        page.add(self._searching)
        self._count = label("", size="caption", tone="soft")
        self._list = Card(kit)
        self._list.add(self._count)
        self._list.add(self.states, 1)
        self._places_of_work = QStackedWidget()
        self._places_of_work.addWidget(self._list)
        page.add(self._places_of_work, 1)
        self.box.addWidget(page)

"""Families on the screen: one line to type into, the list below it, and a card for a new family in its place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.register import Registered
from tarahum_desktop.casework.search import FamilyHit
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.families.hits import hits_table
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.families.presenter import FamiliesPresenter
from tarahum_desktop.ui.families.register_panel import RegisterPanel
from tarahum_desktop.ui.families.search_line import SearchLine
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Families")
SHOWN_KINDS = frozenset({"household", "person", "membership", "case_file"})


class FamiliesView(Screen):
    """The search and the registration; what was searched for is still there on coming back."""

    def __init__(self, context: ScreenContext, ports: FamiliesPorts) -> None:
        super().__init__(context)
        self.presenter = FamiliesPresenter(self, ports, context.background, self.kit.words)
        self.table = hits_table(self.kit)
        self.table.opened.connect(self._open)
        self.line = SearchLine(self.kit, self.table)
        self.line.textEdited.connect(self.presenter.search)
        self.line.entered.connect(self._open_current)
        self.panel = RegisterPanel(self.kit, self.presenter.register, self._open)
        self.panel.closed.connect(self._close_panel)
        self.panel.id_given.connect(self.presenter.check_known)
        self.states = StatePanel(self.kit, self.table)
        self._lay_out()
        self.show_invitation()

    def open_with(self, params: Params) -> None:
        """Stand in the search line; ``find`` names what to look for, ``new`` opens the registration."""
        if wanted := params.get("find", ""):
            self.line.setText(wanted)
        if self.line.text():
            self.presenter.search(self.line.text())
        if "new" in params:
            self._open_panel()
        elif self.registering:
            self.panel.names[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_line()

    def refresh(self, changed: frozenset[str]) -> None:
        """Search again where a found family may have changed."""
        if changed & SHOWN_KINDS and self.line.text():
            self.presenter.again()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("families.new", msgid("Register a new family"), self._open_panel, "Ctrl+N", "add", group=GROUP),
            Action(
                "families.save", msgid("Register the family"), self.panel.submit, "Ctrl+S", "check",
                lambda: self.registering, GROUP,
            ),
        ]  # fmt: skip

    @property
    def registering(self) -> bool:
        """Whether the card for a new family is open."""
        return self._places_of_work.currentWidget() is self._card

    def show_invitation(self) -> None:
        """Say what can be typed."""
        words = self.kit.words
        self._count.setText("")
        self.states.show_empty(
            words.t("Which family?"),
            words.t(
                "Type a name as you heard it, of any member, or an identity number, a mobile or a file number. "
                "Any spelling will do, and the beginning of each word is enough."
            ),
            icon="search",
        )

    def show_loading(self) -> None:
        """The first answer is still to come."""
        self.states.show_loading(self.kit.words.t("Looking for families…"))

    def show_hits(self, hits: Sequence[FamilyHit]) -> None:
        """Show the families, standing on the best."""
        self.table.set_rows(hits)
        self.states.show_content()
        words = self.kit.words
        count = words.n("{count} family found", "{count} families found", len(hits))
        self._count.setText(
            words.t("{found} · arrows choose, Enter opens").format(
                found=count.format(count=self.kit.formats.number(len(hits)))
            )
        )

    def show_nothing(self, typed: str) -> None:
        """Advise, and offer to register the family."""
        del typed
        words = self.kit.words
        self.table.set_rows([])
        self._count.setText("")
        self.states.show_empty(
            words.t("No family was found"),
            words.t(
                "Try fewer letters, another member's name, or the identity number. "
                "A family of another office is not on this machine until it is handed over."
            ),
            words.t("Register a new family"),
            self._open_panel,
            icon="search",
        )

    def show_error(self, sentence: str) -> None:
        """Say what went wrong."""
        self.table.set_rows([])
        self._count.setText("")
        self.states.show_error(sentence, self.presenter.again)

    def show_places(self, places: Sequence[ListedItem]) -> None:
        """Offer the places."""
        self.panel.set_places(places)

    def show_known(self, hit: FamilyHit | None) -> None:
        """Warn of a person on record."""
        self.panel.show_known(hit)

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

    def _open_current(self) -> None:
        row = self.table.current_row()
        if self.states.state == "content" and row is not None:
            self._open(row)

    def _open(self, hit: FamilyHit) -> None:
        if hit.household_id is None:
            self.context.announce(
                self.kit.words.t("This person belongs to no family on this machine."), "attention"
            )
            return
        self.context.navigate("family", {"household": str(hit.household_id)})

    def _open_panel(self) -> None:
        self._places_of_work.setCurrentWidget(self._card)
        self._new.setEnabled(False)
        self.presenter.want_places()
        self.panel.begin(self.presenter.beginning())

    def _close_panel(self) -> None:
        self._places_of_work.setCurrentWidget(self._list)
        self._new.setEnabled(True)
        self._focus_line()

    def _focus_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(kit, words.t("Families"))
        self._new = button(kit, words.t("Register a new family"), self._open_panel, icon="add")
        header.add_button(self._new)
        page.add(header)
        page.add(self.line)
        self._count = label("", size="caption", tone="soft")
        self._list = Card(kit)
        self._list.add(self._count)
        self._list.add(self.states, 1)
        self._places_of_work = QStackedWidget()
        self._places_of_work.addWidget(self._list)
        self._card = QScrollArea()
        self._card.setWidgetResizable(True)
        self._card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel.setProperty("paper", "clear")
        self._card.setWidget(self.panel)
        self._places_of_work.addWidget(self._card)
        page.add(self._places_of_work, 1)
        self.box.addWidget(page)

"""The family file on the screen: the page, and in its place its timeline, its changes, a visit, a person or a report."""

import uuid
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.family.content import Content, Ways
from tarahum_desktop.ui.family.faces import Faces
from tarahum_desktop.ui.family.head import Head
from tarahum_desktop.ui.family.leads import LEADS, Lead
from tarahum_desktop.ui.family.page_model import FamilyPage
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.presenter import FamilyPresenter, Printed
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.page import Page
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Family file")
SHOWN_KINDS = frozenset(
    {
        "alert", "amendment", "assignment", "attachment", "case_file", "case_move", "conflict", "consent",
        "custody_episode", "custody_move", "delivery", "draft", "follow_up", "household", "matrix_rating", "membership",
        "minute", "minute_decision", "payment", "person", "person_merge", "plan_item", "referral", "relocation", "visit",
    }
)  # fmt: skip
EDITED_KINDS = frozenset({"household", "membership", "outbox", "person"})


class FamilyView(Screen):
    """The page, and the faces that stand in its place; Esc leads back the way one came."""

    def __init__(self, context: ScreenContext, ports: FamilyPorts) -> None:
        super().__init__(context)
        self._ports = ports
        self.presenter = FamilyPresenter(self, ports, context.background, self.kit)
        self.content: Content | None = None
        self._opening = False
        self._wanted: Params = {}
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._page = Page(self.kit)
        self._inside.addWidget(self._page)
        self.states = StatePanel(self.kit, self._holder)
        self.banner = Banner(self.kit)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.states)
        self.faces = Faces(self, ports, self._stack, lambda: context.changed(EDITED_KINDS))
        self.preview = self.faces.preview
        self.box.addWidget(self.banner)
        self.box.addWidget(self._stack, 1)

    def open_with(self, params: Params) -> None:
        """Show the file of ``household``; ``part`` may name another part, and ``id`` the visit or person it is of."""
        self.banner.clear()
        self.faces.back_to_page()
        self._opening, self._wanted = True, params
        self.presenter.open(params.get("household", ""))

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again where something on the page may have changed."""
        if "reference_item" in changed:
            self.presenter.forget_lists()
        if changed & SHOWN_KINDS:
            self.presenter.reload()
            self.faces.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        faces = self.faces
        return [
            Action("family.visit", msgid("Visit this family"), self.presenter.visit, "Ctrl+N", "visit",
                   self._may_visit, GROUP),
            Action("family.page", msgid("The family at a glance"), faces.back_to_page, "F2", "file", self._read, GROUP),
            Action("family.timeline", msgid("Timeline"), faces.show_timeline, "F3", "clock", self._read, GROUP),
            Action("family.changes", msgid("Who changed what"), self.show_changes, "F4", "edit", self._read, GROUP),
            *(
                Action(lead.id, lead.title, partial(self._follow, lead), lead.key, lead.icon, partial(self._leads, lead),
                       GROUP)
                for lead in LEADS
            ),
            Action("family.correct", msgid("Correct this visit"), faces.correct, "Ctrl+E", "edit",
                   lambda: faces.may_correct, GROUP),
            Action("family.print", msgid("Print the last visit report"), self._print, "Ctrl+P", "print",
                   self._may_print, GROUP),
            Action("family.save", msgid("Save the report as a file"), self.presenter.save, "Ctrl+S", "pdf",
                   lambda: self.previewing, GROUP),
        ]  # fmt: skip

    @property
    def previewing(self) -> bool:
        """Whether a report is shown."""
        return self._stack.currentWidget() is self.preview

    def show_changes(self) -> None:
        """Who changed what: of the person or service stood on, else of the whole file."""
        self.faces.show_changes(self._stood_on())

    def follow(self, screen: str) -> bool:
        """Go to another desk with this family, if it is there and open to this person."""
        lead = next((one for one in LEADS if one.screen == screen), None)
        if lead is None or not self._leads(lead):
            return False
        self._follow(lead)
        return True

    def show_loading(self) -> None:
        """The file is being read."""
        self.states.show_loading(self.kit.words.t("Opening the family's file…"))

    def show_page(self, page: FamilyPage) -> None:
        """Build the page anew and stay where the reader was."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.states.isAncestorOf(focus)
        where = self._page.verticalScrollBar().value() if self.states.state == "content" else 0
        fresh = Page(self.kit)
        head = Head(self.kit, page, self)
        self.main_button = head.main_button
        fresh.add(head)
        self.content = Content(self.kit, fresh, page, self._ways())
        self._inside.replaceWidget(self._page, fresh)
        self._page.hide()
        self._page.deleteLater()
        self._page = fresh
        self.states.show_content()
        _stand_at(fresh, where)
        self.faces.show_again()
        wanted, self._wanted = self._wanted, {}
        if self.faces.open_part(wanted.get("part", ""), wanted.get("id", "")):
            self._opening = False
        elif self.isVisible() and self.faces.on_page and (self._opening or inside):
            self._opening = False
            self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""
        self.faces.back_to_page()
        self.states.show_error(sentence, self.presenter.reload)

    def show_printing(self) -> None:
        """A report is being made."""
        self.banner.say(self.kit.words.t("The report is being made…"), "info")

    def show_trouble(self, sentence: str) -> None:
        """The page stays."""
        self.banner.say(sentence, "danger")

    def show_preview(self, printed: Printed) -> None:
        """Show a report in the page's place."""
        self.banner.clear()
        self.faces.show_preview(printed)

    def show_saved(self) -> None:
        """The report was written."""
        self.context.announce(self.kit.words.t("The report was saved."))

    def open_visit(self, draft_id: uuid.UUID) -> None:
        """Go to the visit form, unless the person went elsewhere meanwhile."""
        if self.isVisible():
            self.context.navigate("visit", {"draft": str(draft_id)})

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes a face."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not self.faces.on_page
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from a face to where one came from."""
        if event.key() == Qt.Key.Key_Escape and not self.faces.on_page:
            self.faces.close()
        else:
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        """Stand on the page's main button."""
        if self.content is not None:
            self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def leads_open(self) -> list[Lead]:
        """The ways that are open from this page."""
        return [lead for lead in LEADS if self._leads(lead)]

    def _ways(self) -> Ways:
        loaded = self.presenter.loaded
        assert loaded is not None
        file = loaded.file
        address = {
            "district": file.district,
            "directions": file.directions,
            "short_address": file.short_address,
        }
        keep = self.faces.editing.keep_address if file.may_edit else None
        return Ways(self.faces.show_person, self.faces.show_visit, self._open_plan, keep, address)

    def _open_plan(self) -> None:
        self.follow("plan")

    def _stood_on(self) -> uuid.UUID | None:
        """The record whose row has the keyboard."""
        if not self.faces.on_page:
            return self.faces.record
        if self.content is None:
            return None
        tables = ((self.content.members, "person_id"), (self.content.plan, "id"))
        for table, name in tables:
            row = table.current_row() if table is not None and table.hasFocus() else None
            if row is not None:
                found: uuid.UUID = getattr(row, name)
                return found
        return None

    def _follow(self, lead: Lead) -> None:
        if (page := self.presenter.page) is not None:
            self.context.navigate(lead.screen, lead.params(page))

    def _leads(self, lead: Lead) -> bool:
        return lead.open_for(self.presenter.page, self._ports.reach())

    def _print(self) -> None:
        """The report of the visit that is read, else of the last one."""
        if (visit := self.faces.printable_visit) is not None:
            self.presenter.print_visit(visit)
        else:
            self.presenter.print_last()

    def _read(self) -> bool:
        return self.presenter.page is not None

    def _may_visit(self) -> bool:
        page = self.presenter.page
        return page is not None and page.may_visit and not self.previewing

    def _may_print(self) -> bool:
        page = self.presenter.page
        return page is not None and page.last_report is not None and not self.previewing


def _stand_at(page: Page, where: int) -> None:
    """Scroll as soon as the page is laid out: before that it does not know how far it can scroll."""
    bar = page.verticalScrollBar()

    def reach(_lowest: int, highest: int) -> None:
        if highest >= where:
            bar.rangeChanged.disconnect(reach)
            bar.setValue(where)

    if where:
        bar.rangeChanged.connect(reach)

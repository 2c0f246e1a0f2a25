"""The family file on the screen: who, custody, plan, matrix, money, visits and history on one page."""

import uuid

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.family.content import Content
from tarahum_desktop.ui.family.page_model import FamilyPage
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.presenter import FamilyPresenter, Printed
from tarahum_desktop.ui.family.preview import Preview
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Family file")
NARROW_HEADER = 900
SHOWN_KINDS = frozenset(
    {
        "case_file", "case_move", "conflict", "consent", "custody_episode", "delivery", "draft", "follow_up",
        "household", "matrix_rating", "membership", "person", "plan_item", "visit",
    }
)  # fmt: skip


class FamilyView(Screen):
    """The page, or a report of one of its visits in its place."""

    def __init__(self, context: ScreenContext, ports: FamilyPorts) -> None:
        super().__init__(context)
        self.presenter = FamilyPresenter(self, ports, context.background, self.kit)
        self.content: Content | None = None
        self._opening = False
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._page = Page(self.kit)
        self._inside.addWidget(self._page)
        self.states = StatePanel(self.kit, self._holder)
        self.banner = Banner(self.kit)
        self.preview = Preview(self.kit, self.presenter.save, self.close_preview)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.states)
        self._faces.addWidget(self.preview)
        self.box.addWidget(self.banner)
        self.box.addWidget(self._faces, 1)

    def open_with(self, params: Params) -> None:
        """Show the file of ``household``."""
        self.banner.clear()
        self.close_preview()
        self._opening = True
        self.presenter.open(params.get("household", ""))

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again where something on the page may have changed."""
        if changed & SHOWN_KINDS:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("family.visit", msgid("Visit this family"), self.presenter.visit, "Ctrl+N", "visit",
                   self._may_visit, GROUP),
            Action("family.care", msgid("Course of the case"), self._open_care, "Ctrl+J", "needs",
                   lambda: self.presenter.page is not None, GROUP),
            Action("family.plan", msgid("Plan of the family"), self._open_plan, "Ctrl+G", "plan",
                   lambda: self.presenter.page is not None, GROUP),
            Action("family.print", msgid("Print the last visit report"), self.presenter.print_last, "Ctrl+P", "print",
                   self._may_print, GROUP),
            Action("family.save", msgid("Save the report as a file"), self.presenter.save, "Ctrl+S", "pdf",
                   lambda: self.previewing, GROUP),
        ]  # fmt: skip

    def _open_care(self) -> None:
        """Steps, checklist and alerts of this family's case."""
        if (page := self.presenter.page) is not None:
            self.context.navigate("care", {"household": str(page.household_id)})

    def _open_plan(self) -> None:
        """What this family needs, is proposed and was promised."""
        if (page := self.presenter.page) is not None:
            self.context.navigate("plan", {"household": str(page.household_id)})

    @property
    def previewing(self) -> bool:
        """Whether a report is shown."""
        return self._faces.currentWidget() is self.preview

    def show_loading(self) -> None:
        """The file is being read."""
        self.states.show_loading(self.kit.words.t("Opening the family's file…"))

    def show_page(self, page: FamilyPage) -> None:
        """Build the page anew and stay where the reader was."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.states.isAncestorOf(focus)
        where = self._page.verticalScrollBar().value() if self.states.state == "content" else 0
        fresh = Page(self.kit)
        fresh.add(self._header(page))
        self.content = Content(self.kit, fresh, page, self.presenter.print_visit)
        self._inside.replaceWidget(self._page, fresh)
        self._page.hide()
        self._page.deleteLater()
        self._page = fresh
        self.states.show_content()
        _stand_at(fresh, where)
        if self.isVisible() and not self.previewing and (self._opening or inside):
            self._opening = False
            self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""
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
        self._faces.setCurrentWidget(self.preview)
        self.preview.show_report(printed)

    def show_saved(self) -> None:
        """The report was written."""
        self.context.announce(self.kit.words.t("The report was saved."))

    def open_visit(self, draft_id: uuid.UUID) -> None:
        """Go to the visit form, unless the person went elsewhere meanwhile."""
        if not self.isVisible():
            return
        self.context.navigate("visit", {"draft": str(draft_id)})

    def close_preview(self) -> None:
        """Go back from a report to the page."""
        self.presenter.close_preview()
        self._faces.setCurrentWidget(self.states)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the report."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.previewing
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the report."""
        if event.key() == Qt.Key.Key_Escape and self.previewing:
            self.close_preview()
            if self.content is not None:
                self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _may_visit(self) -> bool:
        page = self.presenter.page
        return page is not None and page.may_visit and not self.previewing

    def _may_print(self) -> bool:
        page = self.presenter.page
        return page is not None and page.last_report is not None and not self.previewing

    def _header(self, page: FamilyPage) -> QWidget:
        kit, words = self.kit, self.kit.words
        header = PageHeader(kit, page.title, page.subtitle)
        header.title.setWordWrap(True)
        report = button(kit, words.t("Print the last visit report"), self.presenter.print_last, icon="print")
        report.setEnabled(page.last_report is not None)
        begun = page.draft_id is not None
        text = words.t("Go on with the visit") if begun else words.t("New visit")
        self.main_button = button(
            kit, text, self.presenter.visit, role="primary", icon="edit" if begun else "add"
        )
        self.main_button.setEnabled(page.may_visit)
        row = Reflow(kit, NARROW_HEADER)
        row.add(header, 1)
        buttons = QWidget()
        buttons.setProperty("paper", "clear")
        flow = FlowLayout(buttons, kit.look.sizes.space_2)
        flow.addWidget(button(kit, words.t("Course of the case"), self._open_care, icon="needs"))
        flow.addWidget(button(kit, words.p("of a family", "Plan"), self._open_plan, icon="plan"))
        flow.addWidget(report)
        flow.addWidget(self.main_button)
        row.add(buttons)
        return row


def _stand_at(page: Page, where: int) -> None:
    """Scroll as soon as the page is laid out: before that it does not know how far it can scroll."""
    bar = page.verticalScrollBar()

    def reach(_lowest: int, highest: int) -> None:
        if highest >= where:
            bar.rangeChanged.disconnect(reach)
            bar.setValue(where)

    if where:
        bar.rangeChanged.connect(reach)

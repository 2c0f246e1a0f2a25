"""Deliveries and payments on the screen: one line that finds any request, and below it the work of the day."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from tarahum_desktop.casework.giving.confirmations import Confirmations
from tarahum_desktop.casework.giving.status import ItemChain, ItemLine
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.giving.deliver_panel import DeliverPanel
from tarahum_desktop.ui.giving.failed_panel import FailedPanel
from tarahum_desktop.ui.giving.funds_panel import FundsPanel
from tarahum_desktop.ui.giving.pay_panel import PayPanel
from tarahum_desktop.ui.giving.ports import GivingPorts, Lists
from tarahum_desktop.ui.giving.presenter import LONGEST_QUERY, GivingPresenter
from tarahum_desktop.ui.giving.sheets_panel import SheetsPanel
from tarahum_desktop.ui.giving.status_panel import StatusPanel
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.shown_stack import ShownStack

GROUP = msgid("Deliveries and payments")
SHOWN_KINDS = frozenset({"plan_item", "delivery", "payment", "payment_sheet", "fund_entry", "person"})
DELIVER, PAY, SHEETS, FAILED, FUNDS = "deliver", "pay", "sheets", "failed", "funds"
TABS = (DELIVER, PAY, SHEETS, FAILED, FUNDS)
Panel = TypeVar("Panel", bound=QWidget)


class GivingView(Screen):
    """Five lists behind five buttons; what is typed into the line above shows requests in their place.

    Each is built when it is first asked for: together they would keep the screen waiting for a quarter of a second.
    """

    def __init__(self, context: ScreenContext, ports: GivingPorts) -> None:
        super().__init__(context)
        kit, t = self.kit, self.kit.words.t
        self.presenter = GivingPresenter(self, ports, context.background, kit)
        self._tabs_all = (
            Option(DELIVER, t("To be handed over")), Option(PAY, t("To be paid")), Option(SHEETS, t("Payment sheets")),
            Option(FAILED, t("Failed payments")), Option(FUNDS, t("Funds")),
        )  # fmt: skip
        self.tabs = ChoiceField(kit, self._tabs_all)
        self.tabs.changed.connect(lambda: self.go(self.tabs.value() or DELIVER))
        self.line = QLineEdit()
        self.banner = Banner(kit)
        self._stack = ShownStack()
        self._at = DELIVER
        self._lists: Lists | None = None
        self._may_pay = True
        self._lay_out()

    @cached_property
    def deliver(self) -> DeliverPanel:
        """What is to be handed over."""
        return self._built(DeliverPanel(self.kit, self.presenter))

    @cached_property
    def pay(self) -> PayPanel:
        """What is to be paid."""
        return self._built(PayPanel(self.kit, self.presenter))

    @cached_property
    def sheets(self) -> SheetsPanel:
        """Payment sheets, and what finance answers."""
        return self._built(SheetsPanel(self.kit, self.presenter))

    @cached_property
    def failed(self) -> FailedPanel:
        """Failed payments."""
        return self._built(FailedPanel(self.kit, self.presenter))

    @cached_property
    def funds(self) -> FundsPanel:
        """What each fund holds."""
        return self._built(FundsPanel(self.kit, self.presenter))

    @cached_property
    def status(self) -> StatusPanel:
        """Where a request stands."""
        open_family = self.context.navigate
        return self._built(
            StatusPanel(self.kit, self.presenter, lambda home: open_family("family", {"household": home}))
        )

    def open_with(self, params: Params) -> None:
        """``tab`` names a list, ``find`` what to look for; without both, the list left last."""
        self.presenter.open()
        if wanted := params.get("find", ""):
            self.line.setText(wanted)
            self.presenter.search(wanted)
        self.go(params.get("tab", self._at))
        if not wanted:
            self._focus_list()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what an exchange or another screen changed."""
        if changed & SHOWN_KINDS and self._lists is not None:
            self.presenter.read(self._at)

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("giving.save", msgid("Record, make or enter what is shown"), self._submit, "Ctrl+S", "check", group=GROUP),
            Action("giving.find", msgid("Where does a request stand?"), self._focus_line, "Ctrl+F", "search", group=GROUP),
            *(
                Action(
                    f"giving.{tab}", title, self._goer(tab), key, enabled=lambda: self._may_pay, group=GROUP
                )
                for tab, title, key in (
                    (DELIVER, msgid("To be handed over"), "Ctrl+1"), (PAY, msgid("To be paid"), "Ctrl+2"),
                    (SHEETS, msgid("Payment sheets"), "Ctrl+3"), (FAILED, msgid("Failed payments"), "Ctrl+4"),
                    (FUNDS, msgid("Funds"), "Ctrl+5"),
                )
            ),
            Action("giving.answers", msgid("Read the answers of finance"), self._answers, "Ctrl+O", "inbox", lambda: self._may_pay, GROUP),
        ]  # fmt: skip

    def go(self, tab: str) -> None:
        """Show one list and read it anew."""
        self._at = tab if tab in TABS else DELIVER
        self.tabs.set_value(self._at)
        if not self.line.text().strip():
            self._stack.setCurrentWidget(self._panel(self._at))
        self.presenter.read(self._at)

    def show_lists(self, lists: Lists) -> None:
        """Offer what can be chosen; once, so that a choice stays."""
        if self._lists is not None:
            return
        self._lists, self._may_pay = lists, lists.may_pay or lists.may_keep_funds
        self.tabs.setVisible(self._may_pay)
        for panel in vars(self).copy().values():
            self._offer(panel, lists)
        if self._at == PAY:
            self.presenter.read(PAY)

    def show_rows(self, place: str, rows: Sequence[Any]) -> None:
        """Hand the rows to their list."""
        if place == SHEETS:
            self.sheets.rows_shown(rows)
        elif place == "fund_rows":
            self.funds.movements.show_rows(rows)
        else:
            self._panel(place).show_rows(rows)

    def show_loading(self, place: str) -> None:
        """Say that a list is being read."""
        self._listing(place).wait()

    def show_error(self, place: str, sentence: str) -> None:
        """Say why a list is not there."""
        self._listing(place).fail(sentence)

    def show_found(self, rows: Sequence[ItemLine] | None) -> None:
        """Show the requests in place of the lists, or the lists again."""
        if rows is None:
            self._stack.setCurrentWidget(self._panel(self._at))
            return
        self._stack.setCurrentWidget(self.status)
        self.status.show_rows(rows)

    def show_chain(self, chain: ItemChain) -> None:
        """Show the steps."""
        self.status.show_chain(chain)

    def show_preview(self, preview: Confirmations) -> None:
        """Show what finance answers."""
        self.go(SHEETS)
        self.sheets.show_preview(preview)

    def say(self, sentence: str, tone: Tone = "accent") -> None:
        """Good news passes at the edge; what went wrong stays above the list until the next deed."""
        if tone == "accent":
            self.banner.clear()
            self.context.announce(sentence)
        else:
            self.banner.say(sentence, tone)

    def done(self, what: str, kinds: frozenset[str]) -> None:
        """Read the list again and tell the window."""
        if what == DELIVER:
            self.deliver.table.marks.clear()
        if what == PAY:
            self.pay.proxies.clear()
            self.pay.why.set_value("")
        if what == FUNDS:
            self.funds.entered()
        self.presenter.read(what)
        self.context.changed(kinds)

    def _listing(self, place: str) -> Any:
        return self.funds.movements if place == "fund_rows" else self._panel(place).listing

    def _panel(self, tab: str) -> Any:
        """The panel of a list; each of them is an attribute of that name."""
        return getattr(self, tab)

    def _built(self, panel: Panel) -> Panel:
        """Take a new panel in, with what can be chosen if that is known already."""
        self._stack.addWidget(panel)
        if self._lists is not None:
            self._offer(panel, self._lists)
        return panel

    def _offer(self, panel: object, lists: Lists) -> None:
        if isinstance(panel, DeliverPanel | PayPanel | FundsPanel):
            panel.set_lists(lists)

    def _submit(self) -> None:
        if isinstance(self._stack.currentWidget(), StatusPanel):
            return
        if self._at == SHEETS:
            self.presenter.apply_answers()
        else:
            self._panel(self._at).submit()

    def _goer(self, tab: str) -> Callable[[], None]:
        def go() -> None:
            self.line.clear()
            self.presenter.search("")
            self.go(tab)
            self._focus_list()

        return go

    def _answers(self) -> None:
        self.presenter.choose_answers()

    def _focus_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _focus_list(self) -> None:
        self._listing(self._at).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        kit, t = self.kit, self.kit.words.t
        page = Page(kit, scrolls=False)
        page.add(PageHeader(kit, t("Deliveries and payments")))
        self.line.setMinimumHeight(kit.look.sizes.field_height)
        self.line.setMaxLength(LONGEST_QUERY)
        self.line.setPlaceholderText(
            t("Where does a request stand? A name, an identity number or a file number")
        )
        self.line.setAccessibleName(t("Where does a request stand?"))
        self.line.addAction(kit.look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textEdited.connect(self.presenter.search)
        page.add(self.line)
        page.add(self.tabs)
        page.add(self.banner)
        page.add(self._stack, 1)
        self.tabs.set_value(DELIVER)
        self.box.addWidget(page)

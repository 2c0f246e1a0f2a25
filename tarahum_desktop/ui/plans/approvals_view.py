"""The approvals screen: what waits for this person's decision, what came back to them, and the committee's minutes."""

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from tarahum_desktop.casework.plans.board import PlanRow
from tarahum_desktop.casework.plans.minutes import MinuteSummary
from tarahum_desktop.casework.plans.queue import WaitingItem
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import fund_words, level_words, verdict_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.plans.approvals_presenter import CHANGED, ApprovalsPresenter
from tarahum_desktop.ui.plans.approvals_tables import (
    minutes_table,
    queue_table,
    returned_table,
    waiting_words,
)
from tarahum_desktop.ui.plans.decision_panel import DecisionPanel
from tarahum_desktop.ui.plans.list_card import ListCard
from tarahum_desktop.ui.plans.ports import ApprovalsPorts
from tarahum_desktop.ui.plans.tabs import Tabs
from tarahum_desktop.ui.plans.terms import in_language
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Approvals")
NARROW = 820
SHOWN_KINDS = frozenset({"plan_item", "minute", "minute_decision", "service_rules"})
QUEUE, RETURNED, MINUTES = range(3)


class ApprovalsView(Screen):
    """Three lists by tabs, the second and third built when they are first shown; in the queue one key decides."""

    def __init__(self, context: ScreenContext, ports: ApprovalsPorts) -> None:
        super().__init__(context)
        kit = self.kit
        self.presenter = ApprovalsPresenter(self, ports, context.background, kit)
        self.queue = queue_table(kit)
        self.returned = ListCard(kit, returned_table, self._open_plan)
        self.minutes = ListCard(kit, minutes_table, lambda row: self.open_minute(row.minute_id))
        self.panel = DecisionPanel(kit)
        self.queue.moved.connect(self._stand_on)
        self.queue.decided.connect(self._decide)
        self.queue.opened.connect(self._open_plan)
        self.panel.chosen.connect(self._chosen)
        self.panel.left.connect(self.queue.setFocus)
        self.states = StatePanel(kit, self.queue)
        self._may_keep = False
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Read the lists; ``tab`` names one of them."""
        self.tabs.choose(
            {"returned": RETURNED, "minutes": MINUTES}.get(params.get("tab", ""), self.tabs.chosen)
        )
        self.presenter.reload()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again where something listed may have changed."""
        if changed & SHOWN_KINDS:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("approvals.minute", msgid("Open a minute"), self.presenter.open_minute, "Ctrl+M", "signature",
                   lambda: self._may_keep and bool(self.presenter.items), GROUP),
            Action("approvals.plan", msgid("Open the plan of the case stood on"), self._open_current, "Ctrl+O", "plan",
                   lambda: self.tabs.chosen == QUEUE and self.queue.current_row() is not None, GROUP),
            Action("approvals.queue", msgid("Show what waits"), lambda: self.tabs.choose(QUEUE), "Ctrl+1", "inbox", group=GROUP),
            Action("approvals.returned", msgid("Show what came back"), lambda: self.tabs.choose(RETURNED), "Ctrl+2", "undo", group=GROUP),
            Action("approvals.minutes", msgid("Show the minutes"), lambda: self.tabs.choose(MINUTES), "Ctrl+3", "file", group=GROUP),
        ]  # fmt: skip

    def show_loading(self) -> None:
        """The lists are being read."""
        self.states.show_loading()
        for later in (self.returned, self.minutes):
            later.wait()

    def show_queue(self, items: Sequence[WaitingItem], counts: dict[ApprovalLevel, int]) -> None:
        """Show what waits, standing where the person stood."""
        words = self.kit.words
        before, at = self.queue.current_row(), max(0, self.queue.currentIndex().row())
        self.levels.set_tabs(
            [(self._counted(words.t("All levels"), sum(counts.values())), None)]
            + [
                (self._counted(level_words(words, level.value), count), level)
                for level, count in counts.items()
            ],
            self.presenter.level,
        )
        self.levels.setVisible(len(counts) > 1)
        self.tabs.rename(QUEUE, self._counted(words.t("Waiting for a decision"), sum(counts.values())))
        self._open_minute.setEnabled(self._may_keep and bool(counts))
        self.queue.set_rows(items)
        if items:
            self.queue.stand_on_id("item_id", before.item_id if before else None, at)
            self.states.show_content()
        else:
            self.panel.show_item("", "", None, None)
            hint = words.t(
                "Proposals at your level appear here as soon as somebody makes them, or an exchange brings them."
            )
            self.states.show_empty(words.t("Nothing waits for you"), hint, icon="success")
        if self.isVisible() and self.tabs.chosen == QUEUE:
            self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_returned(self, rows: Sequence[PlanRow]) -> None:
        """Show what came back."""
        words = self.kit.words
        self.tabs.rename(RETURNED, self._counted(words.t("Came back to you"), len(rows)))
        hint = words.t("A proposal of yours that is returned for completion appears here with its reason.")
        self.returned.show_rows(rows, words.t("Nothing came back"), hint, "success")

    def show_minutes(self, minutes: Sequence[MinuteSummary], *, may_keep: bool) -> None:
        """Show the sittings."""
        words = self.kit.words
        self._may_keep = may_keep
        self._open_minute.setVisible(may_keep)
        self._open_minute.setEnabled(may_keep and bool(self.presenter.items))
        self.tabs.rename(MINUTES, self._counted(words.t("Minutes"), len(minutes)))
        hint = words.t("Open a minute from the queue: its agenda is made of what waits at that level.")
        self.minutes.show_rows(minutes, words.t("No minute yet"), hint, "signature")

    def show_error(self, sentence: str) -> None:
        """They cannot be shown."""
        self.states.show_error(sentence, self.presenter.reload)
        for later in (self.returned, self.minutes):
            later.fail(sentence, self.presenter.reload)

    def ask_reason(self, item: WaitingItem, verdict: Verdict) -> None:
        """Words first."""
        self.panel.ask_reason(verdict, item.person_name)

    def show_decided(self, item: WaitingItem, verdict: Verdict) -> None:
        """Say it and go on with the next."""
        told = self.kit.words.t("{decision}: {name}")
        self.context.announce(
            told.format(decision=verdict_words(self.kit.words, verdict.value), name=isolate(item.person_name))
        )
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.changed(CHANGED)

    def show_trouble(self, sentence: str) -> None:
        """What was typed stays."""
        self.panel.banner.say(sentence, "danger")

    def open_minute(self, minute_id: uuid.UUID) -> None:
        """Go to a sitting."""
        self.context.navigate("minute", {"minute": str(minute_id)})

    def _stand_on(self, row: WaitingItem) -> None:
        kit, words = self.kit, self.kit.words
        who = in_language(kit, row.proposer_ar, row.proposer_en)
        facts = [
            kit.formats.code(row.file_number),
            fund_words(words, row.fund),
            words.t("Proposed by {name}").format(name=isolate(who)) if who else "",
            words.t("Waiting: {time}").format(time=waiting_words(kit, row.waiting_days)),
            words.t("Postponed before") if row.postponed else "",
        ]
        title = f"{isolate(row.person_name)} · {in_language(kit, row.service_ar, row.service_en)}"
        self.panel.show_item(title, " · ".join(filter(None, facts)), row.answers, row.rules_now)
        self.panel.amount.set_value(row.amount or None)
        self.panel.allow(decisions=True, amount=bool(row.amount))
        if row.own:
            self.panel.banner.say(
                words.t(
                    "You wrote this proposal, so a colleague must decide. You may return or postpone it."
                ),
                "info",
            )

    def _decide(self, row: WaitingItem, verdict: Verdict | None) -> None:
        given = self.panel.amount.value()
        self.presenter.decide(row, verdict, self.panel.reason.value(), given if given != row.amount else None)

    def _chosen(self, verdict: Verdict) -> None:
        row = self.queue.current_row()
        if row is None:
            return
        if self.panel.asked is verdict and not self.panel.reason.value():
            self.presenter.reason_missing()
        else:
            self._decide(row, verdict)

    def _open_current(self) -> None:
        self._open_plan(self.queue.current_row())

    def _open_plan(self, row: WaitingItem | PlanRow | None) -> None:
        if row is not None and row.household_id is not None:
            self.context.navigate("plan", {"household": str(row.household_id)})

    def _turn(self, tab: int) -> None:
        later = self._pages.widget(tab)
        if isinstance(later, ListCard):
            later.build()
        self._pages.setCurrentIndex(tab)

    def _counted(self, text: str, count: int) -> str:
        return f"{text} ({self.kit.formats.number(count)})" if count else text

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(kit, words.t("Plans, approvals"))
        self._open_minute = button(
            kit, words.t("Open a minute"), self.presenter.open_minute, role="primary", icon="signature"
        )
        self._open_minute.hide()  # until it is known who may
        header.add_button(self._open_minute)
        page.add(header)
        self.tabs = Tabs(
            kit, [words.t("Waiting for a decision"), words.t("Came back to you"), words.t("Minutes")]
        )
        self.levels = Tabs(kit, [])
        self.levels.chose.connect(self.presenter.choose_level)
        page.add(self.tabs)
        self._pages = QStackedWidget()
        columns = Reflow(kit, NARROW)
        waiting = Card(kit)
        waiting.add(self.levels)
        waiting.add(self.states, 1)
        columns.add(waiting, 5)
        side = scrolling(self.panel)
        self.states.turned.connect(lambda state: side.setVisible(state == "content"))
        columns.add(side, 3)
        self._pages.addWidget(columns)
        self._pages.addWidget(self.returned)
        self._pages.addWidget(self.minutes)
        self.tabs.chose.connect(self._turn)
        page.add(self._pages, 1)
        self.box.addWidget(page)

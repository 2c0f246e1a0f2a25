"""One family's plan on the screen: its items at one side, at the other the way of the one stood on, or the proposal."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.board import NEED, FamilyPlan, PlanRow
from tarahum_desktop.casework.plans.propose import Proposal, Proposed
from tarahum_desktop.casework.plans.states import OPEN, RETURNED
from tarahum_desktop.casework.plans.status import RequestStatus
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import level_words, plan_state_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.plan_presenter import CHANGED, PlanPresenter
from tarahum_desktop.ui.plans.ports import PlanPorts
from tarahum_desktop.ui.plans.proposal_panel import ProposalPanel
from tarahum_desktop.ui.plans.rules_card import LinesBox, RulesBox
from tarahum_desktop.ui.plans.terms import amount_words, in_language, rules_summary, rules_tone, step_words
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

GROUP = msgid("Plan")
NARROW = 820
_TONES: dict[str, Tone] = {
    NEED: "info", "proposed": "attention", "postponed": "attention", RETURNED: "danger", "refused": "soft", "cancelled": "soft",
}  # fmt: skip
SHOWN_KINDS = frozenset(
    {"plan_item", "delivery", "case_file", "visit", "custody_episode", "membership", "minute"}
)


class PlanView(Screen):
    """Needs are proposed by Enter; Ctrl+N proposes anything else."""

    def __init__(self, context: ScreenContext, ports: PlanPorts) -> None:
        super().__init__(context)
        self.presenter = PlanPresenter(self, ports, context.background, self.kit)
        self.table = items_table(self.kit)
        self.table.moved.connect(self._stand_on)
        self.table.opened.connect(self.presenter.take_up)
        self.panel = ProposalPanel(self.kit, self.presenter.check, self.presenter.propose)
        self.panel.closed.connect(self._close_panel)
        self.rules, self.steps = RulesBox(self.kit), LinesBox(self.kit)
        self.states = StatePanel(self.kit, self.table)
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Show the plan of ``household``."""
        self._close_panel()
        self.presenter.open(params.get("household", ""))

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again where something on the page may have changed."""
        if changed & SHOWN_KINDS:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("plan.new", msgid("Propose a service"), self._new, "Ctrl+N", "add", self._may_propose, GROUP),
            Action("plan.take", msgid("Propose the need stood on"), self._take, "Ctrl+Return", "check", self._may_take, GROUP),
            Action("plan.save", msgid("Send the proposal"), self.panel.submit, "Ctrl+S", "check", lambda: self.proposing, GROUP),
            Action("plan.withdraw", msgid("Withdraw the proposal stood on"), self._withdraw, "Ctrl+Delete", "undo", self._may_withdraw, GROUP),
            Action("plan.family", msgid("Open the family file"), self._family, "Ctrl+O", "file", lambda: self.presenter.plan is not None, GROUP),
        ]  # fmt: skip

    @property
    def proposing(self) -> bool:
        """Whether the panel is open."""
        return self._side.currentWidget() is self._panel_area

    def show_loading(self) -> None:
        """The plan is being read."""
        self._new_button.setEnabled(False)
        self.states.show_loading(self.kit.words.t("Opening the plan…"))

    def show_plan(self, plan: FamilyPlan) -> None:
        """Show the items, standing where the person stood."""
        words, formats = self.kit.words, self.kit.formats
        studied = words.t("Last study: {day}").format(day=formats.date(plan.last_study)) if plan.last_study else (
            words.t("No study on record")
        )  # fmt: skip
        title = (
            words.t("Plan: {name}").format(name=isolate(plan.head_name))
            if plan.head_name
            else words.t("Plan")
        )
        self._header.set_texts(title, f"{formats.code(plan.file_number)} · {studied}")
        self._new_button.setEnabled(plan.may_propose)
        before = self.table.current_row()
        self.table.set_rows(plan.items)
        at = next((n for n, row in enumerate(plan.items) if before and row.item_id == before.item_id), 0)
        if plan.items:
            self.table.setCurrentIndex(self.table.rows_model.index(at, 0))
            self.states.show_content()
        else:
            self._nothing(plan)
        if not self.proposing:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""
        self.states.show_error(sentence, self.presenter.reload)

    def show_status(self, status: RequestStatus) -> None:
        """The way the item has made."""
        self.steps.set_lines([("check", "soft", step_words(self.kit, step)) for step in status.steps])

    def show_panel(self, proposal: Proposal | None) -> None:
        """Open the panel at the side."""
        wanted = proposal or self.presenter.new_proposal()
        if self.presenter.plan is not None and wanted is not None:
            self._side.setCurrentWidget(self._panel_area)
            self._show_side()
            self.panel.begin(self.presenter.plan, wanted)

    def show_answers(self, answers: RuleAnswers) -> None:
        """What the rules say about the panel."""
        if self.proposing:
            self.panel.show_answers(answers)

    def show_trouble(self, sentence: str) -> None:
        """What was typed stays."""
        if self.proposing:
            self.panel.banner.say(sentence, "danger")
        else:
            self.context.announce(sentence, "danger")

    def show_proposed(self, proposed: Proposed) -> None:
        """It waits now; say for whom."""
        level = level_words(self.kit.words, proposed.answers.level.value)
        self.context.announce(self.kit.words.t("Proposed. It now waits for: {level}").format(level=level))
        self._close_panel()
        self.context.changed(CHANGED)

    def show_withdrawn(self) -> None:
        """It was taken back."""
        self.context.announce(self.kit.words.t("The proposal was withdrawn."))
        self.context.changed(CHANGED)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the panel."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.proposing
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape and self.proposing:
            self._close_panel()
        else:
            super().keyPressEvent(event)

    def _nothing(self, plan: FamilyPlan) -> None:
        words = self.kit.words
        hint = words.t(
            "Needs found on a visit appear here, ready to be proposed. A service can also be proposed directly."
        )
        action = words.t("Propose a service") if plan.may_propose else ""
        self.states.show_empty(words.t("Nothing is planned yet"), hint, action, self._new, icon="plan")
        self.rules.set_lines([])
        self.steps.set_lines([])

    def _stand_on(self, row: PlanRow) -> None:
        words = self.kit.words
        self._about.setText(in_language(self.kit, row.service_ar, row.service_en))
        self.rules.show_answers(row.answers)
        if row.state == NEED:
            self.rules.set_lines(
                [
                    (
                        "info",
                        "info",
                        words.t("Found on a visit. Press Enter to propose it; the rules are asked at once."),
                    )
                ]
            )
        elif row.state == RETURNED:
            said = words.t("Returned: {reason}. Press Enter to complete it and propose it again.").format(
                reason=row.reason
            )
            self.rules.set_lines([("undo", "danger", said)])
        self.presenter.stand_on(row)

    def _show_side(self) -> None:
        """Keep the side for an item stood on, or a proposal."""
        self._side.setVisible(self.states.state == "content" or self.proposing)

    def _new(self) -> None:
        self.show_panel(None)

    def _take(self) -> None:
        if (row := self.table.current_row()) is not None:
            self.presenter.take_up(row)

    def _withdraw(self) -> None:
        if (row := self.table.current_row()) is not None:
            self.presenter.withdraw(row, "")

    def _family(self) -> None:
        self.context.navigate("family", {"household": str(self.presenter.household)})

    def _may_propose(self) -> bool:
        plan = self.presenter.plan
        return plan is not None and plan.may_propose and not self.proposing

    def _may_take(self) -> bool:
        row = self.table.current_row()
        return self._may_propose() and row is not None and row.state in {NEED, RETURNED}

    def _may_withdraw(self) -> bool:
        row = self.table.current_row()
        return self._may_propose() and row is not None and row.state in {NEED, *OPEN}

    def _close_panel(self) -> None:
        self._side.setCurrentWidget(self._about_area)
        self._show_side()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        self._header = PageHeader(kit, words.t("Plan"))
        self._new_button = button(kit, words.t("Propose a service"), self._new, role="primary", icon="add")
        self._header.add_button(button(kit, words.t("Family file"), self._family, icon="file"))
        self._header.add_button(self._new_button)
        page.add(self._header)
        items = Card(kit)
        items.add(self.states, 1)
        about = Card(kit)
        self._about = label("", size="strong", wraps=True)
        about.add(self._about)
        about.add(self.rules)
        about.add(label(words.t("The way of this request"), size="strong"))
        about.add(self.steps)
        about.body.addStretch(1)
        self._about_area, self._panel_area = scrolling(about), scrolling(self.panel)
        self._side = QStackedWidget()
        self._side.addWidget(self._about_area)
        self._side.addWidget(self._panel_area)
        columns = Reflow(kit, NARROW)
        columns.add(items, 5)
        columns.add(self._side, 3)
        self.states.turned.connect(self._show_side)
        page.add(columns, 1)
        self.box.addWidget(page)


def items_table(kit: Kit) -> DataTable:
    """A table whose rows are ``PlanRow``."""
    words = kit.words
    columns = [
        Column[PlanRow](words.t("Service"), lambda row: in_language(kit, row.service_ar, row.service_en), 7),
        Column[PlanRow](words.t("For whom"), lambda row: row.person_name, 6),
        Column[PlanRow](words.t("Amount"), lambda row: amount_words(kit, row.amount), 5),
        Column[PlanRow](words.t("State"), lambda row: plan_state_words(words, row.state), 4, lambda row: _TONES.get(row.state, "accent")),
        Column[PlanRow](words.t("Rules"), lambda row: rules_summary(kit, row.answers), 5, lambda row: rules_tone(row.answers)),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("The family's plan"))

"""The card in which a service is proposed: five answers, and beside them what the rules say as they change."""

import uuid
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.board import FamilyPlan
from tarahum_desktop.casework.plans.propose import MOST_TIMES, Proposal
from tarahum_desktop.i18n.plan_words import fund_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.rules_card import RulesBox
from tarahum_desktop.ui.plans.terms import in_language
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.number_field import NumberField

Propose = Callable[[Proposal], None]


class ProposalPanel(Card):
    """Emits ``closed`` when the person thinks better of it."""

    closed = Signal()

    def __init__(self, kit: Kit, check: Propose, propose: Propose) -> None:
        super().__init__(kit, kit.words.t("Propose a service"), icon="plan")
        self.kit, self._check, self._propose = kit, check, propose
        self._plan: FamilyPlan | None = None
        self._base: Proposal | None = None
        self.answers: RuleAnswers | None = None
        self.banner = Banner(kit)
        self.rules = RulesBox(kit)
        self.amount = MoneyField(kit)
        self.quantity = NumberField(kit, minimum=1, maximum=MOST_TIMES)
        self.reason = NoteField(kit, rows=2, limit=1000)
        self._form = QWidget()
        self._form.setProperty("paper", "clear")
        self._grid = QGridLayout(self._form)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(kit.look.sizes.space_4)
        for field in (self.amount, self.quantity):
            field.finished.connect(self.ask)
        self._lay_out()

    def begin(self, plan: FamilyPlan, proposal: Proposal) -> None:
        """Show a proposal to be completed."""
        self._plan, self._base, self.answers = plan, proposal, None
        self.banner.clear()
        self.amount.set_value(proposal.amount or None)
        self.quantity.set_value(proposal.quantity)
        self.reason.set_value(proposal.justification)
        self._build_choices(proposal)
        self.rules.set_lines([])
        self._reason_row.setVisible(bool(proposal.justification))
        self.ask()
        first = self.amount if proposal.item_id else self.person
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def proposal(self) -> Proposal | None:
        """What the panel says now."""
        if self._base is None:
            return None
        service = self.service.value() or self._base.service_code
        return replace(
            self._base, person_id=uuid.UUID(self.person.value() or str(self._base.person_id)), service_code=service,
            amount=self.amount.value() or 0, quantity=self.quantity.value() or 0, fund=self.fund.value() or "",
            justification=self.reason.value(),
        )  # fmt: skip

    def ask(self) -> None:
        """Ask the rules about it as it is."""
        proposal = self.proposal()
        if proposal is not None and proposal.quantity:
            self._check(proposal)

    def show_answers(self, answers: RuleAnswers) -> None:
        """Show what the rules say; a rule that is not met asks for words."""
        self.answers = answers
        self.rules.show_answers(answers)
        self._reason_row.setVisible(not answers.eligible or bool(self.reason.value()))

    def submit(self) -> None:
        """Send it."""
        self.amount.settle()
        self.quantity.settle()
        proposal = self.proposal()
        if proposal is not None:
            self._propose(proposal)

    def _build_choices(self, proposal: Proposal) -> None:
        kit, words, plan = self.kit, self.kit.words, self._plan
        people = plan.people if plan else ()
        services = plan.services if plan else ()
        clear_layout(self._choices)
        self.person = ChoiceField(kit, [Option(str(one.person_id), one.name) for one in people])
        self.service = ChoiceField(
            kit, [Option(one.service_code, in_language(kit, one.name_ar, one.name_en)) for one in services]
        )
        self.person.set_value(str(proposal.person_id))
        self.service.set_value(proposal.service_code)
        self.service.setEnabled(proposal.item_id is None)
        self.person.finished.connect(self.ask)
        self.service.finished.connect(self._service_chosen)
        self._choices.addWidget(FieldRow(kit, words.t("For whom"), self.person))
        self._choices.addWidget(FieldRow(kit, words.t("Service"), self.service))
        self._build_funds(proposal.fund)

    def _build_funds(self, fund: str) -> None:
        kit, words = self.kit, self.kit.words
        code = self.service.value()
        chosen = next(
            (one for one in (self._plan.services if self._plan else ()) if one.service_code == code), None
        )
        funds = chosen.funds if chosen else ()
        clear_layout(self._funds)
        self.fund = ChoiceField(kit, [Option(one, fund_words(words, one)) for one in funds])
        self.fund.set_value(fund if fund in funds else next(iter(funds), None))
        self._funds.addWidget(FieldRow(kit, words.t("Paid from"), self.fund))
        self._amount_row.setVisible(chosen is None or chosen.takes_amount)
        if chosen is not None and not chosen.takes_amount:
            self.amount.set_value(None)

    def _service_chosen(self) -> None:
        self._build_funds(self.fund.value() or "")
        self.ask()

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        space = kit.look.sizes.space_3
        self._choices, self._funds = QVBoxLayout(), QVBoxLayout()
        self._choices.setSpacing(space)
        self._amount_row = FieldRow(kit, words.t("Amount in all"), self.amount)
        self._grid.addLayout(self._choices, 0, 0, 1, 2)
        self._grid.addWidget(self._amount_row, 1, 0)
        self._grid.addWidget(FieldRow(kit, words.t("How many times"), self.quantity), 1, 1)
        self._grid.addLayout(self._funds, 2, 0, 1, 2)
        self._reason_row = FieldRow(
            kit, words.t("Why it is proposed although a rule is not met"), self.reason,
            help_text=words.t("Whoever decides reads this."), required=True,
        )  # fmt: skip
        self.add(self.banner)
        self.add(self._form)
        self.add(label(words.t("What the rules say"), size="strong"))
        self.add(self.rules)
        self.add(self._reason_row)
        buttons = QHBoxLayout()
        buttons.setSpacing(kit.look.sizes.space_2)
        buttons.addWidget(button(kit, words.t("Propose"), self.submit, role="primary", icon="check"))
        buttons.addWidget(button(kit, words.t("Not now"), self.closed.emit))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addStretch(1)

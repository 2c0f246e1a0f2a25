"""One family's plan without widgets: reads it, takes needs up by one key, asks the rules with each change, proposes."""

import uuid
from dataclasses import replace
from typing import Protocol

from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.board import NEED, FamilyPlan, PlanRow
from tarahum_desktop.casework.plans.propose import Proposal, Proposed
from tarahum_desktop.casework.plans.rules import RulesInForce
from tarahum_desktop.casework.plans.states import OPEN, RETURNED
from tarahum_desktop.casework.plans.status import RequestStatus
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.ports import PlanPorts
from tarahum_desktop.ui.worker import Background

CHANGED = frozenset({"plan_item", "case_file", "case_move"})


class PlanScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The plan is being read."""

    def show_plan(self, plan: FamilyPlan) -> None:
        """The plan is here."""

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""

    def show_status(self, status: RequestStatus) -> None:
        """The way of the item stood on."""

    def show_panel(self, proposal: Proposal | None) -> None:
        """Open the panel for a proposal (none: a new one)."""

    def show_answers(self, answers: RuleAnswers) -> None:
        """What the rules say about the proposal in the panel."""

    def show_trouble(self, sentence: str) -> None:
        """Something was refused; what was typed stays."""

    def show_proposed(self, proposed: Proposed) -> None:
        """It waits for a decision now."""

    def show_withdrawn(self) -> None:
        """It was taken back."""


class PlanPresenter:
    """Holds the plan that is shown and what is being proposed."""

    def __init__(self, screen: PlanScreen, ports: PlanPorts, background: Background, kit: Kit) -> None:
        self._screen, self._ports, self._background, self._kit = screen, ports, background, kit
        self.plan: FamilyPlan | None = None
        self.household: uuid.UUID | None = None
        self.sending = False

    def open(self, household: str) -> None:
        """Show the plan of a household named by its id."""
        try:
            self.household = uuid.UUID(household)
        except ValueError:
            self._screen.show_error(error_sentence(self._kit.words, RecordMissing(entity="household")))
            return
        self.plan = None
        self._screen.show_loading()
        self.reload()

    def reload(self) -> None:
        """Read the plan again."""
        household = self.household
        if household is not None:
            self._background.query(
                lambda: self._ports.load(household), self._loaded, self._failed, replaces="plan"
            )

    def stand_on(self, row: PlanRow) -> None:
        """Follow the item stood on."""
        self._background.query(
            lambda: self._ports.status(row.item_id), self._screen.show_status, self._tell, replaces="status"
        )

    def take_up(self, row: PlanRow) -> None:
        """Propose a need as it is when nothing is missing and every rule is met; else open the panel with it."""
        if self.plan is None or not self.plan.may_propose or row.state not in {NEED, RETURNED}:
            return
        proposal = self.proposal_of(row)
        service = self.service(row.service_code)
        ready = row.state == NEED and service is not None and (proposal.amount or not service.needs_amount)
        if not ready:
            self._screen.show_panel(proposal)
            return

        def asked(answers: RuleAnswers) -> None:
            if answers.eligible:
                self.propose(proposal)
            else:
                self._screen.show_panel(proposal)
                self._screen.show_answers(answers)

        self._background.query(lambda: self._ports.check(proposal), asked, self._tell, replaces="take")

    def proposal_of(self, row: PlanRow) -> Proposal:
        """An item as a proposal: its fund, or the first the service allows."""
        service = self.service(row.service_code)
        funds = service.funds if service else ()
        fund = row.fund if row.fund in funds else next(iter(funds), "")
        said = row.answers.justification if row.answers else ""
        return Proposal(
            row.household_id or uuid.UUID(int=0), row.person_id, row.service_code, row.amount, row.quantity, fund,
            row.priority, said, row.instalments, row.item_id,
        )  # fmt: skip

    def service(self, code: str) -> RulesInForce | None:
        """A service of the catalogue in force."""
        services = self.plan.services if self.plan else ()
        return next((one for one in services if one.service_code == code), None)

    def check(self, proposal: Proposal) -> None:
        """Ask the rules about the panel as it is; the newest answer wins."""
        self._background.query(
            lambda: self._ports.check(proposal), self._screen.show_answers, self._tell, replaces="check"
        )

    def propose(self, proposal: Proposal) -> None:
        """Send the proposal once, however often the key is pressed."""
        if self.sending:
            return
        self.sending = True
        self._background.command(lambda: self._ports.propose(proposal), self._proposed, self._refused)

    def withdraw(self, row: PlanRow, reason: str) -> None:
        """Take back what waits or came back."""
        if row.state in {*OPEN, NEED}:
            self._background.command(
                lambda: self._ports.withdraw(row.item_id, reason), lambda _done: self._withdrawn(), self._tell
            )

    def new_proposal(self) -> Proposal | None:
        """An empty proposal for the head of the household; none while nothing is shown."""
        plan = self.plan
        if plan is None or not plan.people or not plan.services:
            return None
        service = plan.services[0]
        blank = Proposal(plan.household_id, plan.people[0].person_id, service.service_code)
        return replace(blank, fund=next(iter(service.funds), ""))

    def _loaded(self, plan: FamilyPlan) -> None:
        self.plan = plan
        self._screen.show_plan(plan)

    def _failed(self, error: TarahumError) -> None:
        self._screen.show_error(error_sentence(self._kit.words, error))

    def _proposed(self, proposed: Proposed) -> None:
        self.sending = False
        self._screen.show_proposed(proposed)

    def _refused(self, error: TarahumError) -> None:
        self.sending = False
        self._tell(error)

    def _withdrawn(self) -> None:
        self._screen.show_withdrawn()

    def _tell(self, error: TarahumError) -> None:
        self._screen.show_trouble(error_sentence(self._kit.words, error))

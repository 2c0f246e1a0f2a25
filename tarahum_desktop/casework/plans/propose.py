"""Proposing a service for a named member: rules are asked first; one that fails asks for a reason in words."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import take_step
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.plans.answers import RuleAnswers, ask_rules
from tarahum_desktop.casework.plans.claims import settle_claims
from tarahum_desktop.casework.plans.errors import PlanRefused
from tarahum_desktop.casework.plans.facts import HouseholdFacts, read_facts
from tarahum_desktop.casework.plans.rules import RulesInForce, rules_on
from tarahum_desktop.casework.plans.states import CANCELLED, LONGEST_REASON, OPEN, PROPOSED
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.case_states import CLOSED, CaseState, may_move
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.domain.text import clean_lines
from tarahum_desktop.models import Case, PlanItem

_ITEM: Any = PlanItem.__table__
MOST_HALALAS: Final = 10**12
MOST_TIMES: Final = 100
_OPENS: Final = frozenset({CaseState.ELIGIBLE, CaseState.RETURNED})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One service for one member. ``item_id`` names a need of the visit or a returned item that is taken up.

    ``amount`` is in halalas, for all of ``quantity`` together; ``instalments`` how many payments it is made in.
    """

    household_id: uuid.UUID
    person_id: uuid.UUID
    service_code: str
    amount: int = 0
    quantity: int = 1
    fund: str = ""
    priority: str = ""
    justification: str = ""
    instalments: int | None = None
    item_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """The item that now waits, and what the rules said."""

    item_id: uuid.UUID
    answers: RuleAnswers
    summary: ChangeSummary


def check_proposal(desk: Desk, proposal: Proposal) -> RuleAnswers:
    """What the rules say before anything is kept; raises as ``propose`` does, but asks for no justification."""
    with desk.reading() as connection:
        facts = read_facts(connection, proposal.household_id, desk.today())
        desk.require(Action.VIEW_CASE, facts.scope)
        return _asked(connection, desk, facts, proposal)[1]


def propose(desk: Desk, proposal: Proposal) -> Proposed:
    """Keep a proposal; it waits in the queue of the level the rules name.

    Raises:
        NotAllowed: this person proposes nothing there.
        RecordMissing: the household or the item is not on this machine.
        PlanRefused: see there; ``plan_justification_missing`` when a rule failed and no reason was written.
    """
    with UnitOfWork(desk) as work:
        connection = work.session.connection()
        facts = read_facts(connection, proposal.household_id, desk.today())
        desk.require(Action.PROPOSE_PLAN, facts.scope)
        case = _open_case(work.session, facts.household_id)
        service, answers = _asked(connection, desk, facts, proposal)
        _check_entry(service, proposal)
        reason = clean_lines(proposal.justification)[:LONGEST_REASON]
        if answers.against and not reason:
            raise PlanRefused("plan_justification_missing", count=len(answers.against))
        item = _item(work.session, desk, facts, case, proposal)
        _write(item, proposal, answers)
        item.eligibility = RuleAnswers(
            answers.level, answers.version, answers.results, facts.day, desk.user.id, reason
        ).document()
        if case is not None:
            _send_for_approval(work.session, desk, case)
    return Proposed(item.id, answers, work.summary)


def withdraw(desk: Desk, item_id: uuid.UUID, reason: str) -> ChangeSummary:
    """Take back what waits or was returned, with a reason; raises PlanRefused once it is decided."""
    words = clean_lines(reason)[:LONGEST_REASON]
    with UnitOfWork(desk) as work:
        item = work.session.get(PlanItem, item_id)
        if item is None:
            raise RecordMissing(entity="plan_item")
        desk.require(Action.PROPOSE_PLAN, item.scope)
        if item.state not in OPEN:
            raise PlanRefused("plan_item_settled")
        item.state, item.decision_reason = CANCELLED, words or None
        item.decided_by, item.decided_on = desk.user.id, desk.today()
        settle_claims(work.session, desk, [item])
    return work.summary


def _asked(
    connection: Connection, desk: Desk, facts: HouseholdFacts, proposal: Proposal
) -> tuple[RulesInForce, RuleAnswers]:
    service = rules_on(connection, proposal.service_code, desk.today())
    if service is None:
        raise PlanRefused("plan_service_unknown")
    person = facts.person(proposal.person_id)
    if person is None:
        raise PlanRefused("plan_person_not_member")
    if not 1 <= proposal.quantity <= MOST_TIMES:
        raise PlanRefused("plan_quantity_wrong", most=MOST_TIMES)
    if not 0 <= proposal.amount <= MOST_HALALAS:
        raise PlanRefused("plan_amount_wrong")
    asked = proposal.amount, proposal.quantity
    return service, ask_rules(connection, facts, person, service, asked, proposal.item_id)


def _check_entry(service: RulesInForce, proposal: Proposal) -> None:
    if service.needs_amount and proposal.amount == 0:
        raise PlanRefused("plan_amount_missing")
    if not service.takes_amount and proposal.amount:
        raise PlanRefused("plan_amount_not_taken")
    if proposal.fund not in service.funds:
        raise PlanRefused("plan_fund_not_allowed")
    if proposal.instalments is not None and not 1 <= proposal.instalments <= MOST_TIMES:
        raise PlanRefused("plan_quantity_wrong", most=MOST_TIMES)


def _open_case(session: Session, household_id: uuid.UUID) -> Case | None:
    query = select(Case).where(Case.household_id == household_id, Case.removed_at.is_(None))
    cases = list(session.scalars(query.order_by(Case.closed_on.is_not(None), Case.id.desc())))
    if cases and CaseState(cases[0].state) in CLOSED:
        raise PlanRefused("plan_case_closed")
    return cases[0] if cases else None


def _item(
    session: Session, desk: Desk, facts: HouseholdFacts, case: Case | None, proposal: Proposal
) -> PlanItem:
    """The need or returned item that is taken up, or a new one; nothing is proposed twice at once."""
    if proposal.item_id is not None:
        item = session.get(PlanItem, proposal.item_id)
        if item is None or item.household_id != facts.household_id:
            raise RecordMissing(entity="plan_item")
        if item.state not in OPEN or item.service_code != proposal.service_code:
            raise PlanRefused("plan_item_settled")
        return item
    same = select(_ITEM.c.id).where(
        _ITEM.c.household_id == facts.household_id, _ITEM.c.person_id == proposal.person_id,
        _ITEM.c.service_code == proposal.service_code, _ITEM.c.state.in_(OPEN), _ITEM.c.removed_at.is_(None),
    )  # fmt: skip
    if session.scalar(same.limit(1)) is not None:
        raise PlanRefused("plan_already_open")
    item = PlanItem(
        scope=facts.scope, case_id=case.id if case else None, household_id=facts.household_id,
        person_id=proposal.person_id, visit_id=facts.last_visit_id, committee_code=facts.committee_code,
        service_code=proposal.service_code, state=PROPOSED, quantity=1, amount_halalas=0,
        proposed_by=desk.user.id, proposed_on=desk.today(),
    )  # fmt: skip
    session.add(item)
    return item


def _write(item: PlanItem, proposal: Proposal, answers: RuleAnswers) -> None:
    item.person_id, item.state = proposal.person_id, PROPOSED
    item.quantity, item.amount_halalas = proposal.quantity, proposal.amount
    item.fund, item.instalments = proposal.fund, proposal.instalments
    item.priority = proposal.priority or item.priority
    item.level, item.rules_version = answers.level.value, answers.version
    item.decided_by = item.decided_on = item.minute_id = None


def _send_for_approval(session: Session, desk: Desk, case: Case) -> None:
    """A case found eligible, or one sent back, now waits for a decision, where this person may move it on."""
    state = CaseState(case.state)
    if state in _OPENS and may_move(state, CaseState.PLAN_PENDING, desk.roles(case.scope)).allowed:
        take_step(session, desk, case, CaseState.PLAN_PENDING)

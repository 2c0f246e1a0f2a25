"""One family's plan: what a visit found it needs, what waits, what came back, what was promised and given."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Text, func, select, type_coerce

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.plans.answers import RuleAnswers, kept_answers
from tarahum_desktop.casework.plans.facts import PersonFacts, read_facts
from tarahum_desktop.casework.plans.rules import RulesInForce, catalogue_on
from tarahum_desktop.casework.plans.states import PROPOSED, RETURNED
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Case, Delivery, Household, Person, PlanItem, User

_ITEM: Any = PlanItem.__table__
_CASE: Any = Case.__table__
_HOME: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_DELIVERY: Any = Delivery.__table__
NEED: Final = "need"
"""The state shown for what a visit found and nobody proposed yet."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One item of a plan; amounts are halalas. ``state`` is ``NEED`` until the rules were asked."""

    item_id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    person_id: uuid.UUID
    person_name: str
    service_code: str
    service_ar: str
    service_en: str
    state: str
    priority: str
    quantity: int
    amount: int
    fund: str
    instalments: int | None
    answers: RuleAnswers | None
    proposed_on: dt.date | None
    decided_on: dt.date | None
    decider_ar: str
    decider_en: str
    reason: str
    delivered: int


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """Everything the plan of one family shows; ``services`` is the catalogue in force today."""

    household_id: uuid.UUID
    file_number: str
    head_name: str
    case_state: str
    last_study: dt.date | None
    people: tuple[PersonFacts, ...]
    services: tuple[RulesInForce, ...]
    items: tuple[PlanRow, ...]
    may_propose: bool


def plan_of(desk: Desk, household_id: uuid.UUID) -> FamilyPlan:
    """Read one family's plan; raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        facts = read_facts(connection, household_id, desk.today())
        desk.require(Action.VIEW_CASE, facts.scope)
        state = connection.scalar(
            select(_CASE.c.state)
            .where(_CASE.c.household_id == household_id, _CASE.c.removed_at.is_(None))
            .order_by(_CASE.c.closed_on.is_not(None), _CASE.c.id.desc())
            .limit(1)
        )
        head = facts.person(facts.head_id) if facts.head_id else None
        services = catalogue_on(connection, desk.today())
        return FamilyPlan(
            household_id, facts.file_number, head.name if head else "", state or "", facts.last_study,
            facts.people, tuple(services.values()),
            _rows(connection, services, _ITEM.c.household_id == household_id),
            desk.may(Action.PROPOSE_PLAN, facts.scope),
        )  # fmt: skip


def returned_to(desk: Desk) -> tuple[PlanRow, ...]:
    """What was sent back to this person for completion, with its reason, the longest ago first."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.PROPOSE_PLAN, connection)
        rows = _rows(
            connection, catalogue_on(connection, desk.today()),
            _ITEM.c.committee_code.in_(sorted({committee_of(scope) for scope in scopes})),
            _ITEM.c.state == RETURNED, _ITEM.c.scope.in_(scopes),
            (_ITEM.c.proposed_by == desk.user.id) | (_ITEM.c.author == desk.user.id)
            | type_coerce(_ITEM.c.eligibility, Text()).like(f'%"by":"{desk.user.id}"%'),
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.decided_on or dt.date.min, row.item_id)))


def _rows(connection: Connection, services: dict[str, RulesInForce], *conditions: Any) -> tuple[PlanRow, ...]:
    given = (
        select(func.coalesce(func.sum(_DELIVERY.c.quantity), 0))
        .where(_DELIVERY.c.plan_item_id == _ITEM.c.id, _DELIVERY.c.removed_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            _ITEM, _HOME.c.file_number, *NAME_COLUMNS, _USER.c.name_ar.label("user_ar"),
            _USER.c.name_en.label("user_en"), given.label("delivered"),
        )
        .outerjoin(_HOME, _HOME.c.id == _ITEM.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _ITEM.c.person_id)
        .outerjoin(_USER, _USER.c.id == _ITEM.c.decided_by)
        .where(*conditions, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.proposed_on.desc(), _ITEM.c.id.desc())
    )  # fmt: skip
    return tuple(_row(row, services.get(row.service_code)) for row in connection.execute(query))


def _row(row: Any, service: RulesInForce | None) -> PlanRow:
    state = NEED if row.state == PROPOSED and row.level is None else row.state
    return PlanRow(
        row.id, row.household_id, row.file_number or "", row.person_id, full_name(row), row.service_code,
        service.name_ar if service else row.service_code, service.name_en if service else row.service_code,
        state, row.priority or "", row.quantity, row.amount_halalas, row.fund or "", row.instalments,
        kept_answers(row.level, row.rules_version, row.eligibility), row.proposed_on, row.decided_on,
        row.user_ar or "", row.user_en or "", row.decision_reason or "", row.delivered,
    )  # fmt: skip

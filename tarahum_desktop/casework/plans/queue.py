"""The queue of what waits for a decision: only what this person's levels reach, the longest waiting first."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.plans.answers import RuleAnswers, kept_answers
from tarahum_desktop.casework.plans.rules import approval_limits, catalogue_on
from tarahum_desktop.casework.plans.states import POSTPONED, WAITING
from tarahum_desktop.domain.approval import ApprovalLevel, approval_level
from tarahum_desktop.domain.permissions import approve_action, committee_of
from tarahum_desktop.models import Household, Person, PlanItem, User

_ITEM: Any = PlanItem.__table__
_HOME: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__
MOST_LINES: Final = 2000


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One item as a decider sees it; the amount is halalas. ``own`` marks what this person wrote and so cannot approve.

    ``rules_now`` is the version in force today: another one than ``answers.version`` means the rules changed since.
    """

    item_id: uuid.UUID
    scope: str
    household_id: uuid.UUID | None
    case_id: uuid.UUID | None
    file_number: str
    person_name: str
    service_code: str
    service_ar: str
    service_en: str
    quantity: int
    amount: int
    fund: str
    level: ApprovalLevel
    answers: RuleAnswers
    rules_now: int
    proposer_ar: str
    proposer_en: str
    since: dt.date | None
    waiting_days: int
    own: bool
    postponed: bool


def approval_queue(desk: Desk) -> tuple[WaitingItem, ...]:
    """What waits at the levels this person may decide, in every scope of this machine where they may."""
    with desk.reading() as connection:
        scopes = {
            (scope, level)
            for level in ApprovalLevel
            for scope in desk.scopes_for(approve_action(level), connection)
        }
        return read_waiting(desk, connection, scopes)


def read_waiting(
    desk: Desk, connection: Connection, reached: set[tuple[str, ApprovalLevel]]
) -> tuple[WaitingItem, ...]:
    """What waits in these scopes at these levels."""
    today = desk.today()
    catalogue, limits = catalogue_on(connection, today), approval_limits(connection)
    rows = connection.execute(_query(sorted({scope for scope, _level in reached})))
    found = []
    for row in rows:
        answers = kept_answers(row.level, row.rules_version, row.eligibility)
        service = catalogue.get(row.service_code)
        if answers is None:
            continue
        own_level = service.rules.level if service else ApprovalLevel.L4
        level = max(answers.level, approval_level(own_level, row.amount_halalas, limits))
        if (row.scope, level) not in reached:
            continue
        since = answers.day or row.proposed_on
        found.append(
            WaitingItem(
                row.id, row.scope, row.household_id, row.case_id, row.file_number or "", full_name(row),
                row.service_code, service.name_ar if service else row.service_code,
                service.name_en if service else row.service_code, row.quantity, row.amount_halalas, row.fund or "",
                level, answers, service.version if service else answers.version,
                row.user_ar or "", row.user_en or "", since, (today - since).days if since else 0,
                desk.user.id in {row.proposed_by, row.author, answers.asked_by}, row.state == POSTPONED,
            )
        )  # fmt: skip
    found.sort(key=lambda item: (-item.waiting_days, item.file_number, item.item_id))
    return tuple(found)


def _query(scopes: list[str]) -> Any:
    committees = sorted({committee_of(scope) for scope in scopes})
    return (
        select(
            _ITEM, _HOME.c.file_number, *NAME_COLUMNS, _USER.c.name_ar.label("user_ar"),
            _USER.c.name_en.label("user_en"),
        )
        .outerjoin(_HOME, _HOME.c.id == _ITEM.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _ITEM.c.person_id)
        .outerjoin(_USER, _USER.c.id == _ITEM.c.proposed_by)
        .where(
            _ITEM.c.committee_code.in_(committees),  # with the state, the way in by an index
            _ITEM.c.state.in_(WAITING),
            _ITEM.c.scope.in_(scopes),
            _ITEM.c.level.is_not(None),
            _ITEM.c.removed_at.is_(None),
        )
        .limit(MOST_LINES)
    )  # fmt: skip

"""One sitting as its editor and its paper show it: the head, and each case with what was decided on it so far."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.plans.answers import RuleAnswers, kept_answers
from tarahum_desktop.casework.plans.minutes import OPEN, SIGNED, Attendant, MinuteHead
from tarahum_desktop.casework.plans.rules import catalogue_on
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.permissions import Action, approve_action
from tarahum_desktop.models import (
    Household,
    Minute,
    MinuteDecision,
    Person,
    PlanItem,
    User,
)

_MINUTE: Any = Minute.__table__
_LINE: Any = MinuteDecision.__table__
_ITEM: Any = PlanItem.__table__
_HOME: Any = Household.__table__
_PERSON: Any = Person.__table__
_USER: Any = User.__table__


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One case of a sitting; amounts are halalas. ``amount`` is what is decided on, ``asked`` what was proposed.

    ``own`` marks what this person wrote: signing leaves it out. ``left_out`` says that the signed sitting did.
    """

    line_id: uuid.UUID
    item_id: uuid.UUID
    household_id: uuid.UUID | None
    position: int
    file_number: str
    person_name: str
    service_ar: str
    service_en: str
    fund: str
    quantity: int
    asked: int
    amount: int
    answers: RuleAnswers | None
    rules_now: int
    proposer_ar: str
    proposer_en: str
    verdict: Verdict | None
    reason: str
    own: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class MinuteFile:
    """One sitting whole. ``document_hash`` is the SHA-256 of the signed paper."""

    minute_id: uuid.UUID
    scope: str
    number: str
    level: ApprovalLevel
    state: str
    head: MinuteHead
    lines: tuple[AgendaLine, ...]
    may_sign: bool
    signed_at: dt.datetime | None
    signed_by: uuid.UUID | None
    document_hash: bytes | None

    @property
    def open(self) -> bool:
        """Whether decisions can still be typed."""
        return self.state == OPEN

    @property
    def undecided(self) -> int:
        """How many cases have no decision yet."""
        return sum(line.verdict is None for line in self.lines)


LEFT_OUT = "left_out"


def minute_file(desk: Desk, minute_id: uuid.UUID) -> MinuteFile:
    """Read one sitting; raises RecordMissing or NotAllowed."""
    with desk.reading() as connection:
        return read_minute(desk, connection, minute_id)


def read_minute(desk: Desk, connection: Connection, minute_id: uuid.UUID) -> MinuteFile:
    """Read one sitting in the caller's transaction."""
    row = connection.execute(select(_MINUTE).where(_MINUTE.c.id == minute_id)).one_or_none()
    if row is None or row.removed_at is not None:
        raise RecordMissing(entity="minute")
    level = ApprovalLevel(row.level)
    may_sign = desk.may(approve_action(level), row.scope)
    if not may_sign:
        desk.require(Action.KEEP_MINUTE, row.scope)
    attendance = tuple(
        Attendant(str(one.get("name", "")), str(one.get("office", "")), one.get("present") is True)
        for one in row.attendance or ()
    )
    head = MinuteHead(row.held_on, row.place or "", row.chair or "", attendance, row.note or "")
    return MinuteFile(
        row.id, row.scope, row.number, level, row.state, head,
        _lines(desk, connection, minute_id, settled=row.state == SIGNED),
        may_sign, row.signed_at, row.signed_by, row.document_hash,
    )  # fmt: skip


def _lines(
    desk: Desk, connection: Connection, minute_id: uuid.UUID, *, settled: bool
) -> tuple[AgendaLine, ...]:
    services = catalogue_on(connection, desk.today())
    query = (
        select(
            _LINE.c.id.label("line_id"), _LINE.c.position, _LINE.c.verdict, _LINE.c.reason,
            _LINE.c.amount_halalas.label("decided"), _ITEM, _HOME.c.file_number, *NAME_COLUMNS,
            _USER.c.name_ar.label("user_ar"), _USER.c.name_en.label("user_en"),
        )
        .join(_ITEM, _ITEM.c.id == _LINE.c.plan_item_id)
        .outerjoin(_HOME, _HOME.c.id == _ITEM.c.household_id)
        .outerjoin(_PERSON, _PERSON.c.id == _ITEM.c.person_id)
        .outerjoin(_USER, _USER.c.id == _ITEM.c.proposed_by)
        .where(_LINE.c.minute_id == minute_id, _LINE.c.removed_at.is_(None))
        .order_by(_LINE.c.position, _LINE.c.id)
    )  # fmt: skip
    return tuple(_line(desk, row, services, settled) for row in connection.execute(query))


def _line(desk: Desk, row: Any, services: Mapping[str, Any], settled: bool) -> AgendaLine:
    answers = kept_answers(row.level, row.rules_version, row.eligibility)
    service = services.get(row.service_code)
    verdict = Verdict(row.verdict) if row.verdict in set(Verdict) else None
    return AgendaLine(
        row.line_id, row.id, row.household_id, row.position, row.file_number or "", full_name(row),
        service.name_ar if service else row.service_code, service.name_en if service else row.service_code,
        row.fund or "", row.quantity, row.amount_halalas,
        row.amount_halalas if row.decided is None else row.decided, answers,
        service.version if service else row.rules_version or 1, row.user_ar or "", row.user_en or "",
        verdict, row.reason or "",
        not settled and desk.user.id in {row.proposed_by, row.author, answers.asked_by if answers else None},
        row.verdict == LEFT_OUT,
    )  # fmt: skip

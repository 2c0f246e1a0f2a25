"""Signing a sitting: its decisions reach the plans, its paper is made and signed, and nothing of it changes any more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import ReasonMissing
from tarahum_desktop.casework.plans.case_steps import settle_cases
from tarahum_desktop.casework.plans.claims import settle_claims
from tarahum_desktop.casework.plans.decide import ItemDecision, authors_of, check_decision, write_decision
from tarahum_desktop.casework.plans.errors import DecisionRefused, MinuteRefused
from tarahum_desktop.casework.plans.levels import level_of
from tarahum_desktop.casework.plans.minute_paper import keep_paper, signed_paper
from tarahum_desktop.casework.plans.minute_view import LEFT_OUT, AgendaLine, MinuteFile, read_minute
from tarahum_desktop.casework.plans.minutes import SIGNED, agenda_lines, open_one
from tarahum_desktop.casework.plans.states import NEEDS_REASON, WAITING, Verdict
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.permissions import approve_action
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import MinuteDecision, PlanItem

OWN_PLAN = "case_plan_author"
_DECIDED = "plan_item_decided"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case the signature does not cover: ``case_plan_author`` or ``plan_item_decided``. It goes on waiting, or not."""

    item_id: uuid.UUID
    file_number: str
    code: str


@dataclass(frozen=True, slots=True)
class SignedMinute:
    """What came of a sitting."""

    minute_id: uuid.UUID
    number: str
    decided: int
    left_out: tuple[LeftOut, ...]
    document_hash: bytes
    summary: ChangeSummary


def sign_minute(desk: Desk, minute_id: uuid.UUID, words: Words, formats: Formatter) -> SignedMinute:
    """Confirm an open sitting as one who may approve its level.

    What the signer wrote, and what somebody decided meanwhile, is left out with its reason, on the paper too.

    Raises:
        NotAllowed: the level is not this person's today.
        MinuteRefused: something is missing or changed; see there.
        ReasonMissing: a refusal or a return has no reason.
        DecisionRefused: an amount is above the level by the rules of today.
    """
    with desk.reading() as connection:
        before = read_minute(desk, connection, minute_id)
    desk.require(approve_action(before.level), before.scope)
    _check_whole(desk, before)
    left_out = _left_out(desk, before)
    # The pages take seconds: they are made before the transaction, which then proves that nothing moved under them.
    gone = {one.item_id for one in left_out}
    shown = replace(
        before, lines=tuple(replace(line, left_out=line.item_id in gone) for line in before.lines)
    )
    paper = signed_paper(desk, shown, words, formats)
    with UnitOfWork(desk) as work:
        session = work.session
        minute = open_one(session, desk, minute_id)
        if read_minute(desk, session.connection(), minute_id) != before:
            raise MinuteRefused("minute_changed")
        if _left_out(desk, before, session) != left_out:
            raise MinuteRefused("minute_changed")
        decided = _apply(session, desk, before, gone)
        settle_claims(session, desk, decided)
        settle_cases(session, desk, decided)
        minute.state = SIGNED
        minute.signed_by, minute.signed_at = desk.user.id, desk.now()
        minute.document_hash = paper.sha256
        keep_paper(session, desk, minute, paper)
    return SignedMinute(minute_id, before.number, len(decided), left_out, paper.sha256, work.summary)


def _check_whole(desk: Desk, minute: MinuteFile) -> None:
    if not minute.open:
        raise MinuteRefused("minute_signed")
    if not minute.lines:
        raise MinuteRefused("minute_nothing_to_decide")
    if minute.undecided:
        raise MinuteRefused("minute_undecided", count=minute.undecided)
    if minute.head.held_on is None:
        raise MinuteRefused("minute_day_missing")
    if minute.head.held_on > desk.today():
        raise MinuteRefused("minute_day_ahead")
    if not minute.head.chair:
        raise MinuteRefused("minute_chair_missing")
    if not any(one.present for one in minute.head.attendance):
        raise MinuteRefused("minute_nobody_present")
    if any(line.verdict in NEEDS_REASON and not line.reason for line in minute.lines):
        raise ReasonMissing


def _left_out(desk: Desk, minute: MinuteFile, session: Session | None = None) -> tuple[LeftOut, ...]:
    if session is None:
        with Session(desk.replica.engine.execution_options(read_only=True)) as reading:
            return _left_out(desk, minute, reading)
    found = []
    for line in minute.lines:
        item = session.get_one(PlanItem, line.item_id)
        settles = line.verdict in {Verdict.APPROVE, Verdict.REFUSE}
        if item.state not in WAITING:
            found.append(LeftOut(line.item_id, line.file_number, _DECIDED))
        elif settles and desk.user.id in authors_of(item):
            found.append(LeftOut(line.item_id, line.file_number, OWN_PLAN))
    return tuple(found)


def _apply(session: Session, desk: Desk, minute: MinuteFile, gone: set[uuid.UUID]) -> Sequence[PlanItem]:
    """Write every decision into its plan item; the lines left out say so."""
    said = {line.line_id: line for line in minute.lines}
    decided = []
    for row in agenda_lines(session, minute.minute_id):
        line = said[row.id]
        if line.item_id in gone:
            row.verdict = LEFT_OUT
            continue
        item = session.get_one(PlanItem, line.item_id)
        _decide(session, desk, minute, row, item, line)
        decided.append(item)
    return decided


def _decide(
    session: Session, desk: Desk, minute: MinuteFile, row: MinuteDecision, item: PlanItem, line: AgendaLine
) -> None:
    approved = line.verdict is Verdict.APPROVE
    stated = ItemDecision(line.verdict or Verdict.POSTPONE, line.reason, line.amount if approved else None)
    if approved and line.amount == item.amount_halalas:
        stated = replace(stated, amount=None)
        if (
            level_of(session, item, desk.today()) > minute.level
        ):  # new rules raised it while the sitting was open
            raise DecisionRefused("plan_amount_above_level", level=minute.level.value)
    desk.require(approve_action(minute.level), item.scope)
    check_decision(session, desk, item, stated, minute.level)
    write_decision(desk, item, stated, minute.level, minute.minute_id)
    row.rules_version = item.rules_version

"""The office plans: services proposed for families, a signed sitting, one half typed, and two proposals sent back."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.plans.board import FamilyPlan, plan_of
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.errors import PlanRefused
from tarahum_desktop.casework.plans.minute_sign import sign_minute
from tarahum_desktop.casework.plans.minute_view import minute_file
from tarahum_desktop.casework.plans.minutes import (
    Attendant,
    MinuteHead,
    describe_minute,
    keep_decisions,
    open_minute,
)
from tarahum_desktop.casework.plans.propose import Proposal, check_proposal, propose
from tarahum_desktop.casework.plans.queue import approval_queue
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.case_states import CLOSED
from tarahum_desktop.domain.eligibility import Kind
from tarahum_desktop.domain.money import SAR
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import Case, Household

_HOME: Any = Household.__table__
_CASE: Any = Case.__table__
_WISHES: Final = (
    ("BC-01", 350 * SAR), ("BC-09", 420 * SAR), ("BC-08", 1_800 * SAR), ("FC-01", 0), ("BC-06", 11_000 * SAR),
    ("BC-01", 400 * SAR), ("CD-02", 6_500 * SAR), ("BC-02", 600 * SAR), ("BC-03", 2_400 * SAR), ("BC-07", 14_000 * SAR),
)  # fmt: skip
_FAMILIES: Final = 30
_SIGNED: Final = 6
_WHY: Final = "ظرف الأسرة طارئ، وأُرفق التقرير"
_BACK: Final = "ينقص إثبات عقد الإيجار"


def play(desk_of: Callable[[str], Desk]) -> None:
    """Play the office's week with its plans."""
    officers = [desk_of(staff) for staff in ("officer1", "officer2", "women1")]
    for place, plan in enumerate(_families(officers[0])):
        code, amount = _WISHES[place % len(_WISHES)]
        _wish(officers[place % len(officers)], plan, code, amount)
    supervisor = desk_of("supervisor")
    for item in approval_queue(supervisor)[:2]:
        decide_item(supervisor, item.item_id, ItemDecision(Verdict.RETURN, _BACK))
    _sitting(supervisor, ApprovalLevel.L1, decided=_SIGNED)
    _sitting(desk_of("panel"), ApprovalLevel.L3, decided=1)


def _families(desk: Desk) -> Iterator[FamilyPlan]:
    """Families of the office with an open case, the latest registered first."""
    closed = [state.value for state in CLOSED]
    query = (
        select(_HOME.c.id)
        .join(_CASE, _CASE.c.household_id == _HOME.c.id)
        .where(_CASE.c.state.not_in(closed), _CASE.c.scope == desk.user.committee_code)
        .order_by(_HOME.c.id.desc())
        .limit(_FAMILIES)
    )
    with desk.reading() as connection:
        found: list[uuid.UUID] = list(connection.scalars(query))
    for household_id in found:
        plan = plan_of(desk, household_id)
        if plan.people:
            yield plan


def _wish(desk: Desk, plan: FamilyPlan, code: str, amount: int) -> None:
    service = next((one for one in plan.services if one.service_code == code), None)
    person = next((one for one in plan.people if one.kind is not Kind.PRISONER), plan.people[0])
    if service is None:
        return
    wanted = Proposal(
        plan.household_id, person.person_id, code, amount, fund=service.funds[0], priority="important"
    )
    if not check_proposal(desk, wanted).eligible:
        wanted = replace(wanted, justification=_WHY)
    try:
        propose(desk, wanted)
    except PlanRefused as error:
        if error.code != "plan_already_open":  # the invented year may have asked for the same
            raise


def _sitting(desk: Desk, level: ApprovalLevel, decided: int) -> None:
    """Open a sitting; sign it when every case was decided, else leave it half typed."""
    if not any(item.level is level for item in approval_queue(desk)):
        return
    minute_id = open_minute(desk, level)
    members = (
        Attendant(desk.user.name_ar, "رئيس الجلسة"),
        Attendant("عبدالله السبيعي", "عضو", present=True),
        Attendant("منى الزهراني", "عضوة", present=True),
        Attendant("ناصر المالكي", "عضو", present=False),
    )
    head = MinuteHead(desk.today(), "مقر اللجنة", desk.user.name_ar, members)
    describe_minute(desk, minute_id, head)
    lines = minute_file(desk, minute_id).lines
    said = {line.line_id: ItemDecision(Verdict.APPROVE) for line in lines[:decided]}
    if level is ApprovalLevel.L1:
        said |= {line.line_id: ItemDecision(Verdict.POSTPONE) for line in lines[decided:]}
    keep_decisions(desk, minute_id, said)
    if len(said) == len(lines):
        words = load_words("ar")
        sign_minute(desk, minute_id, words, Formatter(words))

"""Transfer to another committee: offered by the sender, accepted or refused by the receiver, taken back by the sender."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tarahum_desktop.casework.cases import take_step
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.orders import (
    find_household,
    refuse_shared,
    under_way,
    words_of,
    write_order,
)
from tarahum_desktop.casework.register import open_case
from tarahum_desktop.casework.unit_of_work import ChangeSummary, UnitOfWork
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.permissions import Action, Role, transfer_roles
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState, transfer_target
from tarahum_desktop.models import Relocation


def offer_transfer(
    desk: Desk, household_ids: Sequence[uuid.UUID], committee: str, reason: str
) -> tuple[uuid.UUID, ...]:
    """Offer families to another committee; those that share a person must be offered together.

    Until the other office accepts, the family stays and is served here. Returns the offers' ids.

    Raises:
        NotAllowed, ReasonMissing, RecordMissing.
        MoveRefused: ``offer_pending``, ``case_not_open``, ``household_shares_people`` or ``move_unfit``.
    """
    if not words_of(reason):
        raise ReasonMissing
    with UnitOfWork(desk) as work:
        return tuple(
            _offer(work.session, desk, household_id, committee, reason, household_ids)
            for household_id in household_ids
        )


def _offer(
    session: Session,
    desk: Desk,
    household_id: uuid.UUID,
    committee: str,
    reason: str,
    together: Sequence[uuid.UUID],
) -> uuid.UUID:
    home = find_household(session, household_id)
    desk.require(Action.TRANSFER_CASE, home.scope)
    if under_way(session, [home.id]):
        raise MoveRefused("offer_pending")
    to_scope = transfer_target(home.scope, committee)
    refuse_shared(session, home, to_scope, together)
    case = open_case(session, home.id)
    if case is None:
        raise MoveRefused("case_not_open")
    if case.state != CaseState.TRANSFER_OUT:  # it stays offered when an earlier offer was refused
        take_step(session, desk, case, CaseState.TRANSFER_OUT)
    return write_order(session, desk, home, RelocationKind.TRANSFER, to_scope, reason).id


def answer_offer(desk: Desk, copy_id: uuid.UUID, *, accept: bool, reason: str = "") -> ChangeSummary:
    """Accept or refuse a family another committee offers; the family arrives with one of the next exchanges.

    Raises:
        RecordMissing, NotAllowed, ReasonMissing (a refusal says why), MoveRefused ``offer_closed``.
    """
    with UnitOfWork(desk) as work:
        copy = work.session.get(Relocation, copy_id)
        if copy is None or copy.offer_id is None:
            raise RecordMissing(entity="relocation")
        desk.require(Action.TRANSFER_CASE, copy.scope)
        roles = transfer_roles(desk.grants, copy.from_scope, copy.to_scope, desk.today())
        if Role.RECEIVING_SUPERVISOR not in roles:
            raise NotAllowed("case_move_role")
        if copy.state != RelocationState.OFFERED or copy.done_at is not None:
            raise MoveRefused("offer_closed")
        if not accept and not words_of(reason):
            raise ReasonMissing
        copy.state = (RelocationState.ACCEPTED if accept else RelocationState.REFUSED).value
        copy.decided_by, copy.decided_at = desk.user.id, desk.now()
        copy.decision_reason = words_of(reason) or None
    return work.summary


def take_back(desk: Desk, offer_id: uuid.UUID) -> ChangeSummary:
    """Take an offer back, or the family after it was refused: its case goes on here.

    Raises:
        RecordMissing, NotAllowed, MoveRefused ``offer_closed`` once the family has gone.
    """
    with UnitOfWork(desk) as work:
        offer = work.session.get(Relocation, offer_id)
        if offer is None or offer.offer_id is not None:
            raise RecordMissing(entity="relocation")
        desk.require(Action.TRANSFER_CASE, offer.scope)
        if offer.state == RelocationState.ACCEPTED and offer.failure is None:
            raise MoveRefused("offer_closed")
        if offer.state == RelocationState.OFFERED and offer.done_at is None:
            offer.state = RelocationState.WITHDRAWN.value
            offer.decided_by, offer.decided_at = desk.user.id, desk.now()
        case = open_case(work.session, offer.household_id)
        if case is not None and case.state == CaseState.TRANSFER_OUT:
            take_step(work.session, desk, case, CaseState.ACTIVE)
    return work.summary

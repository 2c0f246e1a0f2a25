"""What every way of moving a household shares: its open case, what is under way, and whom it shares."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState, may_go
from tarahum_desktop.models import Case, Household, Relocation, Scope
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.relocate_family import sharing_households

LONGEST_REASON: Final = 1_000
_RELOCATION: Any = Relocation.__table__
_SCOPE: Any = Scope.__table__
GOING: Final = (
    RelocationState.OFFERED.value,
    RelocationState.ORDERED.value,
    RelocationState.ACCEPTED.value,
)


def words_of(reason: str) -> str:
    """A reason as it is kept: one line, of bounded length."""
    return " ".join(reason.split())[:LONGEST_REASON]


def find_household(session: Session, household_id: uuid.UUID) -> Household:
    """The household, or RecordMissing."""
    home = session.get(Household, household_id)
    if home is None:
        raise RecordMissing(entity="household")
    return home


def find_case(session: Session, case_id: uuid.UUID) -> Case:
    """The case, or RecordMissing."""
    case = session.get(Case, case_id)
    if case is None:
        raise RecordMissing(entity="case_file")
    return case


def scope_known(session: Session, scope: str) -> bool:
    """Whether there is such a scope."""
    query = select(_SCOPE.c.id).where(_SCOPE.c.code == scope, _SCOPE.c.removed_at.is_(None))
    return session.execute(query.limit(1)).first() is not None


def under_way(session: Session, households: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Where each of these households is on its way to; those that stay are left out."""
    query = select(_RELOCATION.c.household_id, _RELOCATION.c.to_scope).where(
        _RELOCATION.c.household_id.in_(list(households)),
        _RELOCATION.c.offer_id.is_(None),
        _RELOCATION.c.state.in_(GOING),
        _RELOCATION.c.done_at.is_(None),
        _RELOCATION.c.removed_at.is_(None),
    )
    return {row.household_id: row.to_scope for row in session.execute(query)}


def refuse_shared(
    session: Session, home: Household, to_scope: str, together: Collection[uuid.UUID] = ()
) -> None:
    """Refuse a move that would take somebody out of another household that stays.

    Raises:
        MoveRefused: ``household_shares_people``.
    """
    others = sharing_households(session.connection(), home.scope, home.id) - set(together)
    going = under_way(session, others)
    staying = [other for other in others if going.get(other) != to_scope]
    if staying:
        raise MoveRefused("household_shares_people", count=len(staying))


def write_order(
    session: Session, desk: Desk, home: Household, kind: RelocationKind, to_scope: str, reason: str
) -> Relocation:
    """Write an offer or an order in the caller's transaction; raises MoveRefused ``move_unfit``."""
    if not may_go(kind, home.scope, to_scope) or not scope_known(session, to_scope):
        raise MoveRefused
    state = RelocationState.OFFERED if kind is RelocationKind.TRANSFER else RelocationState.ORDERED
    order = Relocation(
        id=new_id(), scope=home.scope, household_id=home.id, kind=kind.value, from_scope=home.scope, to_scope=to_scope,
        state=state.value, summary={"file_number": home.file_number}, reason=words_of(reason) or None,
        offered_by=desk.user.id, offered_at=desk.now(),
    )  # fmt: skip
    session.add(order)
    return order

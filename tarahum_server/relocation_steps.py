"""One step of an offer or order: lay it before the other office, take its answer home, or move the household."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.domain.names import Gender, NameParts
from tarahum_desktop.domain.permissions import Action, Role, committee_of, may, transfer_roles
from tarahum_desktop.domain.relocation import RelocationKind, RelocationState, may_go
from tarahum_desktop.models import Alert, CaseMove, Household, Membership, Person, Relocation, Scope
from tarahum_desktop.models import Case as CaseFile
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.capture import CapturedSession
from tarahum_desktop.sync.permissions_check import author_grants
from tarahum_desktop.sync.relocate_family import earlier_arrivals, family_rows, sharing_households
from tarahum_desktop.sync.relocate_move import Move, move_rows
from tarahum_desktop.sync.row_state import unpack_marks

_RELOCATION: Any = Relocation.__table__
_HOUSEHOLD: Any = Household.__table__
_CASE: Any = CaseFile.__table__
_ALERT: Any = Alert.__table__
_SCOPE: Any = Scope.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_ACTION: Final = {
    RelocationKind.TRANSFER: Action.TRANSFER_CASE,
    RelocationKind.RESTRICT: Action.RESTRICT_CASE,
    RelocationKind.UNRESTRICT: Action.RESTRICT_CASE,
    RelocationKind.ASSIGN: Action.ASSIGN_CASE,
}
_RAISING: Final = (Action.SUBMIT_VISIT, Action.RECORD_CUSTODY)


@dataclass(frozen=True, slots=True)
class Case:
    """An offer or order with its copy in the receiving scope; both rows are locked by their scopes."""

    offer: Relocation
    copy: Relocation | None


def step(session: CapturedSession, case: Case) -> bool:
    """Take the next step there is; False when somebody else has to act first."""
    offer, copy = case.offer, case.copy
    if offer.state == RelocationState.WITHDRAWN:
        return _finish(session, case, RelocationState.WITHDRAWN)
    failure = _unfit(session, offer)
    if failure:
        return _fail(session, case, failure)
    if offer.kind != RelocationKind.TRANSFER:
        return _carry_out(session, case)
    if copy is None:
        return _lay_copy(session, offer)
    if copy.state == RelocationState.REFUSED:
        offer.decided_by, offer.decided_at = copy.decided_by, copy.decided_at
        offer.decision_reason = copy.decision_reason
        return _finish(session, case, RelocationState.REFUSED)
    if copy.state == RelocationState.ACCEPTED:
        return _carry_out(session, case)
    return False


def _now(session: CapturedSession) -> dt.datetime:
    return from_milliseconds(session.replica.now())


def _finish(session: CapturedSession, case: Case, state: RelocationState) -> bool:
    """Close both sides; what the receiving office was told of the family is taken back unless it has it now."""
    for row in (case.offer, case.copy):
        if row is not None:
            row.state = state.value
            row.done_at = _now(session)
    if case.copy is not None and state is not RelocationState.ACCEPTED:
        case.copy.summary = {"file_number": (case.copy.summary or {}).get("file_number", "")}
    return True


def _fail(session: CapturedSession, case: Case, failure: str) -> bool:
    for row in (case.offer, case.copy):
        if row is not None:
            row.failure = failure
            row.done_at = _now(session)
    return True


def _unfit(session: CapturedSession, offer: Relocation) -> str | None:
    """Why an offer can never be carried out."""
    connection = session.connection()
    if offer.kind not in set(RelocationKind) or not may_go(
        RelocationKind(offer.kind), offer.from_scope, offer.to_scope
    ):
        return "move_unfit"
    if offer.scope != offer.from_scope:
        return "move_unfit"
    known = select(_SCOPE.c.id).where(_SCOPE.c.code == offer.to_scope, _SCOPE.c.removed_at.is_(None))
    if connection.execute(known).first() is None:
        return "scope_unknown"
    query = select(_HOUSEHOLD.c.scope).where(_HOUSEHOLD.c.id == offer.household_id)
    if connection.execute(query).scalar_one_or_none() != offer.from_scope:
        return "household_moved"
    return None if _may_order(session, offer) else "not_allowed"


def _may_order(session: CapturedSession, offer: Relocation) -> bool:
    """Whether its author may have it done; a restriction may be asked for by who raised an alert, too."""
    connection = session.connection()
    author = offer.author.bytes if offer.author else None
    grants, day = author_grants(connection, author, offer.stamp)
    if may(grants, _ACTION[RelocationKind(offer.kind)], offer.from_scope, day):
        return True
    if offer.kind != RelocationKind.RESTRICT:
        return False
    raised = (
        select(_ALERT.c.id)
        .join(_CASE, _CASE.c.id == _ALERT.c.case_id)
        .where(_CASE.c.household_id == offer.household_id, _ALERT.c.removed_at.is_(None))
    )
    allowed = any(may(grants, action, offer.from_scope, day) for action in _RAISING)
    return allowed and connection.execute(raised).first() is not None


def _lay_copy(session: CapturedSession, offer: Relocation) -> bool:
    session.add(
        Relocation(
            id=new_id(), scope=offer.to_scope, household_id=offer.household_id, offer_id=offer.id, kind=offer.kind,
            from_scope=offer.from_scope, to_scope=offer.to_scope, state=RelocationState.OFFERED.value,
            summary=_summary(session, offer.household_id), reason=offer.reason, offered_by=offer.offered_by,
            offered_at=offer.offered_at,
        )
    )  # fmt: skip
    return True


def _summary(session: CapturedSession, household_id: uuid.UUID) -> dict[str, Any]:
    """What the other office must know to answer: who the family is, where it lives, how many they are."""
    connection = session.connection()
    home = connection.execute(select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id)).one()
    head = connection.execute(select(_PERSON).where(_PERSON.c.id == home.head_person_id)).one_or_none()
    members = select(func.count()).where(
        _MEMBER.c.household_id == household_id, _MEMBER.c.last_day.is_(None), _MEMBER.c.removed_at.is_(None)
    )
    return {
        "file_number": home.file_number,
        "head": _name(head) if head else "",
        "place": home.place_code,
        "district": home.district,
        "members": connection.execute(members).scalar_one(),
    }


def _name(person: Any) -> str:
    parts = NameParts(
        person.first_name, person.father_name or "", person.grandfather_name or "", person.family_name or ""
    )
    return parts.full(Gender.FEMALE if person.gender == Gender.FEMALE else Gender.MALE)


def _carry_out(session: CapturedSession, case: Case) -> bool:
    offer = case.offer
    sharing = sharing_households(session.connection(), offer.from_scope, offer.household_id)
    others = _on_the_same_way(session, offer, sharing)
    if sharing - others.keys():
        return _fail(session, case, "household_shares_people")
    if not all(others.values()):
        return False  # the other household's offer is not answered yet, and they must go together
    if case.copy is not None and not _may_receive(session, case.copy):
        return _fail(session, case, "not_allowed")
    _move(session, offer)
    if case.copy is not None:
        offer.decided_by, offer.decided_at = case.copy.decided_by, case.copy.decided_at
        offer.decision_reason = case.copy.decision_reason
        _receive_cases(session, case.copy)
        return _finish(session, case, RelocationState.ACCEPTED)
    offer.done_at = _now(session)
    return True


def _on_the_same_way(
    session: CapturedSession, offer: Relocation, households: set[uuid.UUID]
) -> dict[uuid.UUID, bool]:
    """Which of these households go to the same place, too, and whether that is decided."""
    query = select(_RELOCATION.c.household_id, _RELOCATION.c.offer_id, _RELOCATION.c.state).where(
        _RELOCATION.c.household_id.in_(households),
        _RELOCATION.c.to_scope == offer.to_scope,
        _RELOCATION.c.from_scope == offer.from_scope,
        _RELOCATION.c.done_at.is_(None),
    )
    found: dict[uuid.UUID, bool] = {}
    for row in session.connection().execute(query):
        decided = row.state in {RelocationState.ACCEPTED, RelocationState.ORDERED}
        going = row.state in {RelocationState.OFFERED, RelocationState.ACCEPTED, RelocationState.ORDERED}
        if going:
            found[row.household_id] = found.get(row.household_id, False) or decided
    return found


def _may_receive(session: CapturedSession, copy: Relocation) -> bool:
    """Whether whoever accepted may: by the mark of the answer, not by what the row says of itself."""
    mark = unpack_marks(copy.field_stamps).get("state")
    if mark is None:
        return False
    grants, day = author_grants(session.connection(), mark.author, mark.stamp)
    roles = transfer_roles(grants, copy.from_scope, copy.to_scope, day)
    return Role.RECEIVING_SUPERVISOR in roles and may(grants, Action.TRANSFER_CASE, copy.to_scope, day)


def _move(session: CapturedSession, offer: Relocation) -> None:
    connection = session.connection()
    changes_hands = committee_of(offer.from_scope) != committee_of(offer.to_scope)
    move_rows(
        session,
        Move(
            offer.id,
            offer.from_scope,
            offer.to_scope,
            family_rows(connection, offer.from_scope, offer.household_id),
            earlier_arrivals(connection, offer.from_scope, offer.household_id),
            committee_of(offer.to_scope) if changes_hands else None,
        ),
    )


def _receive_cases(session: CapturedSession, copy: Relocation) -> None:
    """The receiving supervisor takes the case on for study; its officer is chosen there."""
    query = select(CaseFile).where(
        CaseFile.household_id == copy.household_id, CaseFile.state == CaseState.TRANSFER_OUT.value
    )
    for case in session.scalars(query).all():
        session.add(
            CaseMove(
                id=new_id(), scope=case.scope, case_id=case.id, from_state=case.state, to_state=CaseState.STUDY.value,
                role=Role.RECEIVING_SUPERVISOR.value, reason=copy.decision_reason, moved_by=copy.decided_by,
                moved_at=copy.decided_at or _now(session),
            )
        )  # fmt: skip
        case.state = CaseState.STUDY.value
        case.officer_id = case.team_code = None

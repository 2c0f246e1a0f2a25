"""Who has which cases: officers with their workload, and the cases of one of them."""

import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.care.workload import workload
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.moving.access import caseload_scopes, officers_of
from tarahum_desktop.casework.moving.lines import head_name, head_query
from tarahum_desktop.casework.moving.orders import GOING
from tarahum_desktop.domain.case_states import CLOSED, CaseState
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Case, Committee, Relocation, User

MOST_CASES: Final = 500
_CASE: Any = Case.__table__
_USER: Any = User.__table__
_RELOCATION: Any = Relocation.__table__
_COMMITTEE: Any = Committee.__table__


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """Who carries cases. ``id`` is None for cases nobody has; ``can_take`` tells whether cases may be given to them."""

    id: uuid.UUID | None
    name_ar: str
    name_en: str
    open_cases: int
    overdue: int
    visits: int
    own_caseload: bool
    can_take: bool


@dataclass(frozen=True, slots=True)
class CaseInHand:
    """One open case of an officer; ``leaving`` tells that the family is on its way elsewhere."""

    case_id: uuid.UUID
    household_id: uuid.UUID | None
    file_number: str
    head: str
    place_ar: str
    place_en: str
    state: CaseState
    restricted: bool
    leaving: bool


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """A committee a family may be offered to."""

    code: str
    name_ar: str
    name_en: str


def officers(desk: Desk) -> tuple[OfficerLine, ...]:
    """Everybody who carries cases, or may, in the scopes where this person hands cases out; most overdue first."""
    loads = {line.officer_id: line for line in workload(desk)}
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.ASSIGN_CASE, connection)
        held: dict[uuid.UUID, tuple[str, ...]] = {}
        caseloads: frozenset[str] = frozenset()
        for committee in sorted({committee_of(scope) for scope in scopes}):
            held |= officers_of(connection, committee, desk.today())
            caseloads |= caseload_scopes(connection, committee)
        known = list({*held, *(officer for officer in loads if officer is not None)})
        query = select(_USER.c.id, _USER.c.name_ar, _USER.c.name_en).where(_USER.c.id.in_(known))
        names = {row.id: row for row in connection.execute(query)}
    lines = [
        _officer(
            officer,
            names.get(officer),
            loads.get(officer),
            held.get(officer, ()) if officer else (),
            caseloads,
        )
        for officer in (*known, *({None} & loads.keys()))
    ]
    return tuple(
        sorted(lines, key=lambda line: (line.id is not None, -line.overdue, -line.open_cases, line.name_ar))
    )


def _officer(
    officer: uuid.UUID | None, name: Any, load: Any, held: tuple[str, ...], caseloads: frozenset[str]
) -> OfficerLine:
    return OfficerLine(
        officer, name.name_ar if name else "", name.name_en if name else "", load.open_cases if load else 0,
        load.overdue if load else 0, load.visits if load else 0, bool(caseloads & set(held)), bool(held),
    )  # fmt: skip


def cases_in_hand(desk: Desk, officer_id: uuid.UUID | None) -> tuple[CaseInHand, ...]:
    """The open cases of an officer, or those nobody has, by file number; at most 500."""
    with desk.reading() as connection:
        scopes = desk.scopes_for(Action.ASSIGN_CASE, connection)
        whose = _CASE.c.officer_id.is_(None) if officer_id is None else _CASE.c.officer_id == officer_id
        query = (
            select(_CASE)
            .where(
                whose,
                _CASE.c.scope.concat("").in_(scopes),
                _CASE.c.state.not_in([state.value for state in CLOSED]),
                _CASE.c.removed_at.is_(None),
            )
            .order_by(_CASE.c.number)
            .limit(MOST_CASES)
        )
        rows = connection.execute(query).all()
        households = {row.household_id for row in rows if row.household_id is not None}
        homes = head_query(connection, households)
        leaving = set(
            connection.scalars(
                select(_RELOCATION.c.household_id).where(
                    _RELOCATION.c.household_id.in_(households), _RELOCATION.c.done_at.is_(None),
                    _RELOCATION.c.state.in_(GOING), _RELOCATION.c.offer_id.is_(None),
                )
            )
        )  # fmt: skip
    return tuple(_case(row, homes.get(row.household_id), leaving) for row in rows)


def _case(row: Any, home: Any, leaving: set[uuid.UUID]) -> CaseInHand:
    return CaseInHand(
        row.id, row.household_id, home.file_number if home else row.number, head_name(home),
        (home.place_ar or "") if home else "", (home.place_en or "") if home else "", CaseState(row.state),
        row.restricted, row.household_id in leaving,
    )  # fmt: skip


def other_committees(desk: Desk) -> tuple[CommitteeLine, ...]:
    """The committees a family may be offered to, by name."""
    with desk.reading() as connection:
        mine = {committee_of(scope) for scope in desk.scopes_for(Action.TRANSFER_CASE, connection)}
        if not mine:
            return ()
        query = select(_COMMITTEE).where(_COMMITTEE.c.removed_at.is_(None)).order_by(_COMMITTEE.c.name_ar)
        rows = connection.execute(query).all()
    return tuple(CommitteeLine(row.code, row.name_ar, row.name_en) for row in rows if mine != {row.code})

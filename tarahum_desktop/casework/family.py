"""The family file: who they are, custody, case, visits, matrix, plan, deliveries, follow-ups, consents, conflicts.

A dozen indexed reads on one consistent state, however large the family's history is.
"""

import uuid
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.ages import age_from
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.family_lines import (
    CaseLine,
    ConflictLine,
    ConsentLine,
    CustodyLine,
    FamilyFile,
    FollowUpLine,
    MemberLine,
    MoveLine,
)
from tarahum_desktop.casework.family_services import read_deliveries, read_plan
from tarahum_desktop.casework.family_visits import read_visits
from tarahum_desktop.casework.kinds import kind_on, stay_of
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Case,
    CaseMove,
    Conflict,
    Consent,
    CustodyEpisode,
    Draft,
    Facility,
    FollowUp,
    Household,
    Membership,
    Person,
    Place,
    User,
)

_CASE: Any = Case.__table__
_MOVE: Any = CaseMove.__table__
_CONFLICT: Any = Conflict.__table__
_CONSENT: Any = Consent.__table__
_STAY: Any = CustodyEpisode.__table__
_DRAFT: Any = Draft.__table__
_FACILITY: Any = Facility.__table__
_FOLLOW_UP: Any = FollowUp.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__
_USER: Any = User.__table__


def family_file(desk: Desk, household_id: uuid.UUID) -> FamilyFile:
    """Read a family's page.

    Raises:
        RecordMissing: not on this machine.
        NotAllowed: another office's family.
    """
    with desk.reading() as connection:
        home = _read_home(connection, household_id)
        desk.require(Action.VIEW_CASE, home.scope)
        return _Reading(desk, connection, home).file()


def _read_home(connection: Connection, household_id: uuid.UUID) -> Any:
    query = (
        select(_HOUSEHOLD, _PLACE.c.name_ar.label("place_ar"), _PLACE.c.name_en.label("place_en"))
        .outerjoin(_PLACE, _PLACE.c.code == _HOUSEHOLD.c.place_code)
        .where(_HOUSEHOLD.c.id == household_id, _HOUSEHOLD.c.removed_at.is_(None))
        .limit(1)
    )
    home = connection.execute(query).one_or_none()
    if home is None:
        raise RecordMissing(entity="household")
    return home


class _Reading:
    """One reading of one file; what the first queries find decides what the later ones ask."""

    def __init__(self, desk: Desk, connection: Connection, home: Any) -> None:
        self._desk, self._connection, self._home = desk, connection, home
        self._people = self._read_people()
        self._names = {row.person_id: full_name(row) for row in self._people}
        self._stays = self._read_stays()

    def file(self) -> FamilyFile:
        home, desk = self._home, self._desk
        case = self._case()
        sees_custody = desk.may(Action.VIEW_CRIMINAL, home.scope, own=case is not None and case.mine)
        visits = read_visits(self._connection, home.id)
        plan = read_plan(self._connection, home.id, self._names)
        deliveries = read_deliveries(self._connection, home.id, self._names)
        rated = [(visit.visited_on, visit.scores) for visit in reversed(visits) if visit.scores]
        return FamilyFile(
            household_id=home.id, scope=home.scope, file_number=home.file_number,
            committee_code=home.committee_code, head_person_id=home.head_person_id,
            head_name=self._names.get(home.head_person_id, ""),
            place_ar=home.place_ar or "", place_en=home.place_en or "", district=home.district or "",
            directions=home.directions or "", short_address=home.short_address or "",
            latitude_e6=home.latitude_e6, longitude_e6=home.longitude_e6, tenure=home.tenure or "",
            members=self._members(), custody=self._custody() if sees_custody else (),
            custody_hidden=bool(self._stays) and not sees_custody,
            case=case, visits=visits, matrix=rated[-1][1] if rated else {}, trend=tuple(rated),
            plan=plan, deliveries=deliveries,
            delivered_halalas=sum(one.amount_halalas for one in deliveries if one.confirmed),
            follow_ups=self._follow_ups(case), consents=self._consents(), conflicts=self._conflicts(case),
            draft_id=self._draft(), may_visit=desk.may(Action.RECORD_VISIT, home.scope),
        )  # fmt: skip

    def _read_people(self) -> list[Any]:
        query = (
            select(
                _MEMBER.c.id.label("membership_id"), _MEMBER.c.person_id, _MEMBER.c.relation, _MEMBER.c.resident,
                _MEMBER.c.last_day, *NAME_COLUMNS, _PERSON.c.birth_first, _PERSON.c.birth_last,
                _PERSON.c.id_number, _PERSON.c.id_warning, _PERSON.c.mobile, _PERSON.c.education, _PERSON.c.work,
            )
            .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .where(_MEMBER.c.household_id == self._home.id, _MEMBER.c.removed_at.is_(None))
            .order_by(
                _MEMBER.c.last_day.is_not(None),
                _PERSON.c.birth_first.is_(None),
                _PERSON.c.birth_first,
                _MEMBER.c.id,
            )
        )  # fmt: skip
        rows = list(self._connection.execute(query))
        return sorted(rows, key=lambda row: row.person_id != self._home.head_person_id)

    def _read_stays(self) -> list[Any]:
        query = (
            select(_STAY, _FACILITY.c.name_ar, _FACILITY.c.name_en)
            .outerjoin(_FACILITY, _FACILITY.c.code == _STAY.c.facility_code)
            .where(_STAY.c.person_id.in_(list(self._names)), _STAY.c.removed_at.is_(None))
            .order_by(_STAY.c.entry_day.desc(), _STAY.c.id.desc())
        )
        return list(self._connection.execute(query))

    def _members(self) -> tuple[MemberLine, ...]:
        today = self._desk.today()
        stays: dict[uuid.UUID, list[Any]] = {}
        for row in self._stays:
            stays.setdefault(row.person_id, []).append(stay_of(row))
        return tuple(
            MemberLine(
                row.person_id, self._names[row.person_id], row.relation, row.gender,
                age_from(row.birth_first, row.birth_last, today), kind_on(today, stays.get(row.person_id, ())),
                row.resident, row.person_id == self._home.head_person_id, row.last_day,
                row.id_number or "", row.id_warning or "", row.mobile or "", row.education or "", row.work or "",
            )
            for row in self._people
        )  # fmt: skip

    def _custody(self) -> tuple[CustodyLine, ...]:
        return tuple(
            CustodyLine(
                row.id, row.person_id, self._names[row.person_id], row.status, row.name_ar or "",
                row.name_en or "", row.entry_day, row.expected_release_day, row.release_day,
            )
            for row in self._stays
        )  # fmt: skip

    def _case(self) -> CaseLine | None:
        query = (
            select(_CASE, _USER.c.name_ar, _USER.c.name_en)
            .outerjoin(_USER, _USER.c.id == _CASE.c.officer_id)
            .where(_CASE.c.household_id == self._home.id, _CASE.c.removed_at.is_(None))
            .order_by(_CASE.c.closed_on.is_not(None), _CASE.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        return CaseLine(
            row.id, row.number, row.state, row.opened_on, row.closed_on, row.closure_reason or "",
            row.name_ar or "", row.name_en or "", row.officer_id == self._desk.user.id, self._moves(row.id),
        )  # fmt: skip

    def _moves(self, case_id: uuid.UUID) -> tuple[MoveLine, ...]:
        query = (
            select(_MOVE, _USER.c.name_ar, _USER.c.name_en)
            .outerjoin(_USER, _USER.c.id == _MOVE.c.moved_by)
            .where(_MOVE.c.case_id == case_id, _MOVE.c.removed_at.is_(None))
            .order_by(_MOVE.c.moved_at.desc(), _MOVE.c.stamp.desc(), _MOVE.c.id.desc())
        )
        return tuple(
            MoveLine(
                row.from_state, row.to_state, row.role, row.reason or "",
                row.name_ar or "", row.name_en or "", row.moved_at,
            )
            for row in self._connection.execute(query)
        )  # fmt: skip

    def _follow_ups(self, case: CaseLine | None) -> tuple[FollowUpLine, ...]:
        if case is None:
            return ()
        query = (
            select(_FOLLOW_UP)
            .where(_FOLLOW_UP.c.case_id == case.id, _FOLLOW_UP.c.removed_at.is_(None))
            .order_by(_FOLLOW_UP.c.due_on.desc())
        )
        return tuple(
            FollowUpLine(row.id, row.kind, row.due_on, row.done_on, row.outcome or "", row.note or "")
            for row in self._connection.execute(query)
        )

    def _consents(self) -> tuple[ConsentLine, ...]:
        query = (
            select(_CONSENT)
            .where(_CONSENT.c.person_id.in_(list(self._names)), _CONSENT.c.removed_at.is_(None))
            .order_by(_CONSENT.c.given_at, _CONSENT.c.id)
        )
        latest = {(row.person_id, row.purpose): row for row in self._connection.execute(query)}
        return tuple(
            ConsentLine(
                row.person_id, self._names[row.person_id], row.purpose, row.given, row.means, row.given_at,
                row.withdrawn_at,
            )
            for row in latest.values()
        )  # fmt: skip

    def _conflicts(self, case: CaseLine | None) -> tuple[ConflictLine, ...]:
        rows = {self._home.id, *self._names, *(row.id for row in self._stays)}
        rows |= {row.membership_id for row in self._people} | ({case.id} if case else set())
        query = select(_CONFLICT).where(_CONFLICT.c.row_id.in_(rows)).order_by(_CONFLICT.c.id)
        return tuple(
            ConflictLine(row.id, row.entity, row.row_id, row.field) for row in self._connection.execute(query)
        )

    def _draft(self) -> uuid.UUID | None:
        query = select(_DRAFT.c.id).where(
            _DRAFT.c.subject_id == self._home.id, _DRAFT.c.user_id == self._desk.user.id
        )
        found: uuid.UUID | None = self._connection.scalar(query.limit(1))
        return found

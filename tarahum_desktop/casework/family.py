"""The family file: who they are, custody, case, visits, matrix, plan, deliveries, follow-ups, consents, conflicts.

A dozen indexed reads on one consistent state, however large the family's history is.
"""

import uuid
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.ages import age_from
from tarahum_desktop.casework.conflicts.desk import fields_in_question
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.family_custody import custody_lines, read_stays
from tarahum_desktop.casework.family_duties import read_alerts, read_duties
from tarahum_desktop.casework.family_edit import may_edit_facts
from tarahum_desktop.casework.family_lines import (
    CaseLine,
    ConflictLine,
    ConsentLine,
    FamilyFile,
    FollowUpLine,
    MemberLine,
    MoneyLine,
    MoveLine,
)
from tarahum_desktop.casework.family_money import read_money
from tarahum_desktop.casework.family_services import read_deliveries, read_plan
from tarahum_desktop.casework.family_visits import latest_answers, read_visits, risks_in
from tarahum_desktop.casework.kinds import kind_on, stay_of
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Case,
    CaseMove,
    Conflict,
    Consent,
    Draft,
    FollowUp,
    Household,
    Membership,
    Person,
    Place,
    User,
)

_LEADS_ON: Final = (
    Action.MOVE_CASE, Action.PROPOSE_PLAN, Action.RECORD_DELIVERY, Action.ASSIGN_CASE, Action.TRANSFER_CASE,
    Action.REFER_PERSON, Action.MERGE_PEOPLE, Action.AMEND_VISIT,
)  # fmt: skip
_CASE: Any = Case.__table__
_MOVE: Any = CaseMove.__table__
_CONFLICT: Any = Conflict.__table__
_CONSENT: Any = Consent.__table__
_DRAFT: Any = Draft.__table__
_FOLLOW_UP: Any = FollowUp.__table__
_HOUSEHOLD: Any = Household.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_PLACE: Any = Place.__table__
_USER: Any = User.__table__
_FATHER: Any = _PERSON.alias("father")
_MOTHER: Any = _PERSON.alias("mother")


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
        self._stays = read_stays(connection, list(self._names))

    def file(self) -> FamilyFile:
        home, desk, case = self._home, self._desk, self._case()
        mine = case is not None and case.mine
        sees_custody = desk.may(Action.VIEW_CRIMINAL, home.scope, own=mine)
        answers = latest_answers(self._connection, home.id)
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
            members=self._members(),
            custody=custody_lines(self._connection, self._stays, self._names) if sees_custody else (),
            custody_hidden=bool(self._stays) and not sees_custody,
            case=case, visits=visits, matrix=rated[-1][1] if rated else {}, trend=tuple(rated),
            plan=plan, deliveries=deliveries,
            delivered_halalas=sum(one.amount_halalas for one in deliveries if one.confirmed),
            follow_ups=self._follow_ups(case), consents=self._consents(), conflicts=self._conflicts(case),
            draft_id=self._draft(), may_visit=desk.may(Action.RECORD_VISIT, home.scope),
            money=self._money(answers, mine=mine),
            duties=read_duties(desk, self._connection, case.id, home.scope) if case else (),
            alerts=read_alerts(self._connection, case.id) if case else (),
            risk_flags=risks_in(answers) if answers and desk.may(Action.VIEW_HEALTH, home.scope, own=mine) else (),
            next_visit_on=answers.next_visit_on if answers else None,
            may_edit=may_edit_facts(desk, home.scope),
            may=frozenset(action.value for action in _LEADS_ON if desk.may(action, home.scope, own=mine)),
        )  # fmt: skip

    def _money(self, answers: Any, *, mine: bool) -> MoneyLine:
        """Debts are credit data and need that right."""
        desk, home = self._desk, self._home
        document = answers.answers if answers and desk.may(Action.VIEW_CREDIT, home.scope, own=mine) else None
        return read_money(self._connection, home.id, document, desk.today().year)

    def _read_people(self) -> list[Any]:
        query = (
            select(
                _MEMBER.c.id.label("membership_id"), _MEMBER.c.person_id, _MEMBER.c.relation, _MEMBER.c.resident,
                _MEMBER.c.first_day, _MEMBER.c.last_day, _MEMBER.c.end_reason, *NAME_COLUMNS, _PERSON.c.birth_first, _PERSON.c.birth_last,
                _PERSON.c.id_number, _PERSON.c.id_warning, _PERSON.c.mobile, _PERSON.c.education, _PERSON.c.work,
                _PERSON.c.mobile_alt, _PERSON.c.contact_preference, _PERSON.c.birth, _PERSON.c.marital,
                _PERSON.c.temporary_key, _PERSON.c.mother_name, *_kin("father", _FATHER), *_kin("mother", _MOTHER),
            )
            .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .outerjoin(_FATHER, _FATHER.c.id == _PERSON.c.father_id)
            .outerjoin(_MOTHER, _MOTHER.c.id == _PERSON.c.mother_id)
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
                row.membership_id, row.first_day, row.end_reason or "", _kin_name(row, "father"),
                _kin_name(row, "mother") or row.mother_name or "", row.mobile_alt or "", row.contact_preference or "",
                row.birth or "", row.marital or "", row.temporary_key or "",
            )
            for row in self._people
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
            row.restricted,
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
        met = self._connection.execute(query).all()
        asked = fields_in_question(self._connection, {row.row_id for row in met}) if met else set()
        return tuple(
            ConflictLine(row.id, row.entity, row.row_id, row.field)
            for row in met
            if (row.entity, row.row_id, row.field) in asked
        )

    def _draft(self) -> uuid.UUID | None:
        query = select(_DRAFT.c.id).where(
            _DRAFT.c.subject_id == self._home.id, _DRAFT.c.user_id == self._desk.user.id
        )
        found: uuid.UUID | None = self._connection.scalar(query.limit(1))
        return found


def _kin(name: str, table: Any) -> list[Any]:
    """The name columns of a parent, labelled with what the parent is."""
    return [table.c[column.name].label(f"{name}_{column.name}") for column in NAME_COLUMNS]


def _kin_name(row: Any, kin: str) -> str:
    """A parent's full name; empty where no parent is linked or the record is not here."""
    parts = {column.name: getattr(row, f"{kin}_{column.name}") for column in NAME_COLUMNS}
    return full_name(SimpleNamespace(**parts))

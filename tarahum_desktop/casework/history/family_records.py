"""The records a family's file is made of, each with the words people know it by."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import (
    Case,
    CustodyEpisode,
    Household,
    Membership,
    Person,
    PlanItem,
    Service,
)

_HOME: Any = Household.__table__
_CASE: Any = Case.__table__
_MEMBER: Any = Membership.__table__
_PERSON: Any = Person.__table__
_STAY: Any = CustodyEpisode.__table__
_ITEM: Any = PlanItem.__table__
_SERVICE: Any = Service.__table__


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record: its table, id, whom it is about, and what else tells it from its neighbours (a number, a code)."""

    entity: str
    row_id: uuid.UUID
    name: str = ""
    detail_ar: str = ""
    detail_en: str = ""


def family_records(desk: Desk, connection: Connection, household_id: uuid.UUID) -> list[RecordLine]:
    """Household, cases, persons with their memberships, stays in custody (for who may see them) and plan items."""
    home = connection.execute(
        select(_HOME.c.scope, _HOME.c.file_number).where(
            _HOME.c.id == household_id, _HOME.c.removed_at.is_(None)
        )
    ).one_or_none()
    if home is None:
        raise RecordMissing(entity="household")
    desk.require(Action.VIEW_CASE, home.scope)
    found = [RecordLine("household", household_id, "", home.file_number, home.file_number)]
    mine = False
    for case in connection.execute(
        select(_CASE.c.id, _CASE.c.number, _CASE.c.officer_id)
        .where(_CASE.c.household_id == household_id, _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.id.desc())
    ):
        found.append(RecordLine("case_file", case.id, "", case.number, case.number))
        mine = mine or case.officer_id == desk.user.id
    names = _people(connection, household_id, found)
    if desk.may(Action.VIEW_CRIMINAL, home.scope, own=mine):
        found += _stays(connection, names)
    return found + _items(connection, household_id, names)


def _people(connection: Connection, household_id: uuid.UUID, found: list[RecordLine]) -> dict[uuid.UUID, str]:
    query = (
        select(_MEMBER.c.id.label("membership_id"), _PERSON.c.id, *NAME_COLUMNS)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_MEMBER.c.household_id == household_id, _MEMBER.c.removed_at.is_(None))
        .order_by(_MEMBER.c.id)
    )
    rows = list(connection.execute(query))
    names = {row.id: full_name(row) for row in rows}
    found += [RecordLine("person", person, name) for person, name in names.items()]
    found += [RecordLine("membership", row.membership_id, names[row.id]) for row in rows]
    return names


def _stays(connection: Connection, names: dict[uuid.UUID, str]) -> list[RecordLine]:
    query = (
        select(_STAY.c.id, _STAY.c.person_id, _STAY.c.entry)
        .where(_STAY.c.person_id.in_(names), _STAY.c.removed_at.is_(None))
        .order_by(_STAY.c.entry_day.desc(), _STAY.c.id.desc())
    )
    return [
        RecordLine("custody_episode", row.id, names.get(row.person_id, ""), row.entry or "", row.entry or "")
        for row in connection.execute(query)
    ]


def _items(connection: Connection, household_id: uuid.UUID, names: dict[uuid.UUID, str]) -> list[RecordLine]:
    query = (
        select(_ITEM.c.id, _ITEM.c.person_id, _ITEM.c.service_code, _SERVICE.c.name_ar, _SERVICE.c.name_en)
        .outerjoin(_SERVICE, _SERVICE.c.code == _ITEM.c.service_code)
        .where(_ITEM.c.household_id == household_id, _ITEM.c.removed_at.is_(None))
        .order_by(_ITEM.c.id.desc())
    )
    return [
        RecordLine(
            "plan_item", row.id, names.get(row.person_id, ""), row.name_ar or row.service_code,
            row.name_en or row.name_ar or row.service_code,
        )
        for row in connection.execute(query)
    ]  # fmt: skip

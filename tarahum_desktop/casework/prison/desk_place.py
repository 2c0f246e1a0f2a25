"""Where a prison desk stands: its facility is fixed once, and every arrival is written to it."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.domain.permissions import Action, committee_of
from tarahum_desktop.models import Facility, Team
from tarahum_desktop.sync.settings import read_setting, write_setting

_SETTING: Final = "prison_desk/facility"
_FACILITY: Any = Facility.__table__
_TEAM: Any = Team.__table__


@dataclass(frozen=True, slots=True)
class FacilityItem:
    """One prison, reformatory or home."""

    code: str
    name_ar: str
    name_en: str
    committee_code: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class PrisonPlace:
    """The desk's scope for new records, its facility (None until chosen) and those of its committee to choose from."""

    scope: str
    facility: FacilityItem | None
    choices: tuple[FacilityItem, ...]
    may_record: bool = True
    may_run_courses: bool = True
    may_answer: bool = True


def prison_place(desk: Desk) -> PrisonPlace:
    """Read where this desk stands; a team of the person's that belongs to a facility decides, else what was chosen."""
    with desk.reading() as connection:
        scope = desk_scope(desk, connection)
        choices = facilities_of(connection, committee_of(scope))
        code = _team_facility(connection, desk) or read_setting(connection, _SETTING)
    known = next((item for item in choices if item.code == code), None)
    return PrisonPlace(
        scope, known, choices, desk.may(Action.RECORD_CUSTODY, scope), desk.may(Action.RUN_COURSE, scope),
        desk.may(Action.ANSWER_REQUEST, scope),
    )  # fmt: skip


def choose_facility(desk: Desk, code: str) -> None:
    """Fix this machine's facility; raises RecordMissing for one that is not the committee's."""
    with desk.replica.engine.begin() as connection:
        scope = desk_scope(desk, connection)
        desk.require(Action.RECORD_CUSTODY, scope)
        if all(item.code != code for item in facilities_of(connection, committee_of(scope))):
            raise RecordMissing(entity="facility")
        write_setting(connection, _SETTING, code)


def desk_scope(desk: Desk, connection: Connection) -> str:
    """The scope this person's new records go to: their committee's, else the first they may record custody in.

    Raises:
        NotAllowed: they read no custody anywhere on this machine.
    """
    for action in (Action.RECORD_CUSTODY, Action.VIEW_CRIMINAL, Action.VIEW_CASE):
        scopes = [scope for scope in desk.scopes_for(action, connection) if scope != "national"]
        if desk.user.committee_code in scopes:
            return str(desk.user.committee_code)
        if scopes:
            return scopes[0]
    raise NotAllowed(action=Action.RECORD_CUSTODY.value)


def facilities_of(connection: Connection, committee: str) -> tuple[FacilityItem, ...]:
    """A committee's facilities by name."""
    query = (
        select(_FACILITY)
        .where(_FACILITY.c.committee_code == committee, _FACILITY.c.removed_at.is_(None))
        .order_by(_FACILITY.c.name_ar)
    )
    return tuple(
        FacilityItem(row.code, row.name_ar, row.name_en or row.name_ar, row.committee_code, row.gender)
        for row in connection.execute(query)
    )


def _team_facility(connection: Connection, desk: Desk) -> str | None:
    today = desk.today()
    mine = [grant.scope_code for grant in desk.grants if grant.holds_on(today)]
    query = select(_TEAM.c.facility_code).where(
        _TEAM.c.code.in_(mine), _TEAM.c.facility_code.is_not(None), _TEAM.c.removed_at.is_(None)
    )
    code: str | None = connection.scalar(query.limit(1))
    return code

"""What a family's case asks for now: things due, and alerts nobody has acknowledged."""

import datetime as dt
import uuid
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.care.tasks import tasks_of_case
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.family_lines import AlertLine, DutyLine
from tarahum_desktop.models import Alert, User

LOOKS_AHEAD: Final = 60
"""Days. What is due later is planned work, and not yet a duty."""
_ALERT: Any = Alert.__table__
_USER: Any = User.__table__


def read_duties(desk: Desk, connection: Connection, case_id: uuid.UUID, scope: str) -> tuple[DutyLine, ...]:
    """What is overdue or due in the next sixty days, the earliest first."""
    until = desk.today() + dt.timedelta(LOOKS_AHEAD)
    return tuple(
        DutyLine(line.kind.value, line.due_on, line.days, line.person_name, line.step)
        for line in tasks_of_case(desk, connection, case_id, scope, until)
    )


def read_alerts(connection: Connection, case_id: uuid.UUID) -> tuple[AlertLine, ...]:
    """The alerts of a case that wait for somebody, the newest first."""
    query = (
        select(_ALERT, _USER.c.name_ar, _USER.c.name_en)
        .outerjoin(_USER, _USER.c.id == _ALERT.c.raised_by)
        .where(_ALERT.c.case_id == case_id, _ALERT.c.acknowledged_at.is_(None), _ALERT.c.removed_at.is_(None))
        .order_by(_ALERT.c.id.desc())
    )
    return tuple(
        AlertLine(row.id, row.kind, row.person_id, row.name_ar or "", row.name_en or "", row.raised_at, row.note or "")
        for row in connection.execute(query)
    )  # fmt: skip

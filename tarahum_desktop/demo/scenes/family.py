"""A family whose facts were mended in its file: a new number, a clearer way to the house, a child who moved out."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_edit import edit_address, edit_contact, end_membership
from tarahum_desktop.casework.family_lines import FamilyFile
from tarahum_desktop.demo.scenes import DeskOf
from tarahum_desktop.models import Case, Visit

_VISIT: Any = Visit.__table__
_CASE: Any = Case.__table__
_ADULT = 20


def play(desk_of: DeskOf) -> None:
    """Two people mend the same number one after the other, so that its history has something to tell."""
    officer, supervisor = desk_of("officer1"), desk_of("supervisor")
    household = _most_visited(officer)
    if household is None:
        return
    file = family_file(officer, household)
    head = file.head_person_id
    if head is not None:
        edit_contact(officer, head, {"mobile": "0550174411", "contact_preference": "call"})
        edit_contact(supervisor, head, {"mobile": "0550174412", "mobile_alt": "0550174499"})
    edit_address(officer, household, {"directions": "خلف المسجد، البيت ذو الباب الأخضر"})
    _moved_out(officer, file)


def _most_visited(desk: Desk) -> uuid.UUID | None:
    """The family of the officer's own open cases that was visited most often."""
    query = (
        select(_VISIT.c.household_id)
        .join(_CASE, _CASE.c.household_id == _VISIT.c.household_id)
        .where(_CASE.c.officer_id == desk.user.id, _CASE.c.closed_on.is_(None), _VISIT.c.removed_at.is_(None))
        .group_by(_VISIT.c.household_id)
        .order_by(func.count().desc(), _VISIT.c.household_id)
        .limit(1)
    )
    with desk.reading() as connection:
        found: uuid.UUID | None = connection.scalar(query)
        return found


def _moved_out(desk: Desk, file: FamilyFile) -> None:
    """The oldest child who lives with the family, where there is one who has grown up."""
    grown = [
        one for one in file.members
        if one.relation in {"son", "daughter"} and one.left_on is None and (one.age or 0) >= _ADULT and one.resident
    ]  # fmt: skip
    if not grown or grown[0].membership_id is None:
        return
    last = max(grown[0].since or dt.date.min, desk.today() - dt.timedelta(days=30))
    end_membership(desk, grown[0].membership_id, last, "moved_out")

"""The receipt slip of a submitted visit, for the family to keep."""

import uuid
from typing import Any

from sqlalchemy import func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Committee, Household, User, Visit
from tarahum_desktop.reports.visit_slip.content import VisitSlip

_VISIT: Any = Visit.__table__
_HOUSEHOLD: Any = Household.__table__
_COMMITTEE: Any = Committee.__table__
_USER: Any = User.__table__


def print_visit_slip(desk: Desk, visit_id: uuid.UUID, words: Words, formatter: Formatter) -> bytes:
    """The slip as a PDF file.

    Raises:
        RecordMissing: no such visit here, or one that has no receipt because nobody was met.
        NotAllowed: this person prints nothing there.
    """
    from tarahum_desktop.reports.visit_slip.slip import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_visit_slip,
    )

    return render_visit_slip(read_visit_slip(desk, visit_id, words), words, formatter)


def read_visit_slip(desk: Desk, visit_id: uuid.UUID, words: Words) -> VisitSlip:
    """What the slip says, as plain values; raises as ``print_visit_slip``."""
    arabic = words.language == "ar"
    # A family that left before its visit was submitted is not here; the office that visited is.
    committee = func.coalesce(_HOUSEHOLD.c.committee_code, func.substr(_VISIT.c.scope, 1, 3))
    query = (
        select(
            _VISIT.c.scope, _VISIT.c.receipt_number, _VISIT.c.visited_on, _VISIT.c.next_visit_on,
            committee.label("committee_code"), _COMMITTEE.c.name_ar, _COMMITTEE.c.name_en,
            _USER.c.name_ar.label("officer_ar"), _USER.c.name_en.label("officer_en"),
        )
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
        .outerjoin(_COMMITTEE, _COMMITTEE.c.code == committee)
        .outerjoin(_USER, _USER.c.id == _VISIT.c.officer_id)
        .where(_VISIT.c.id == visit_id, _VISIT.c.removed_at.is_(None))
        .limit(1)
    )  # fmt: skip
    with desk.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None or not row.receipt_number:
        raise RecordMissing(entity="visit")
    desk.require(Action.PRINT, row.scope)
    return VisitSlip(
        committee=(row.name_ar if arabic else row.name_en) or row.committee_code,
        receipt_number=row.receipt_number,
        visited_on=row.visited_on,
        officer=(row.officer_ar if arabic else row.officer_en) or row.officer_ar or "",
        next_visit=row.next_visit_on,
        printed_at=desk.now(),
    )

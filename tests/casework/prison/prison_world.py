"""An office with two facilities and typed rows."""

import uuid

from tarahum_desktop.casework.prison.arrivals import Arrival
from tarahum_desktop.models import Facility
from tarahum_desktop.models.ids import new_id
from tests.casework.worlds import SCOPE, Office

MALAZ, HAIR = "ryd-malaz", "ryd-hair"
KNOWN_ID, NEW_ID = "1023456781", "1098765432"
NAME = "محمد عبدالله سعد القحطاني"


def furnish(office: Office) -> Office:
    office.add(*(facility(code, name) for code, name in ((MALAZ, "سجن الملز"), (HAIR, "إصلاحية الحائر"))))
    return office


def facility(code: str, name: str) -> Facility:
    return Facility(
        scope="national", code=code, committee_code=SCOPE, type_code="prison", name_ar=name, city_ar="الرياض",
        gender="male",
    )  # fmt: skip


def typed(row_id: uuid.UUID | None = None, **cells: str) -> Arrival:
    known = {"id": NEW_ID, "name": NAME, "status": "1", **cells}
    return Arrival(row_id or new_id(), known, SCOPE, MALAZ, "male")

"""Work for the review desk: people who came to two doors, a birth that cannot be, a file that names nobody."""

import uuid
from typing import Any, Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.duplicates.scan import look_for_duplicates, yielding
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.register import NewFamily, NewMember, NewStay, record_custody, register_family
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.demo.scenes import DeskOf
from tarahum_desktop.demo.world import OFFICE_SCOPE
from tarahum_desktop.models import Person

_NOURA: Final = {
    "first_name": "نورة", "father_name": "عبدالله", "grandfather_name": "صالح", "family_name": "الحربي",
    "mother_name": "هيا", "gender": "female", "nationality": "saudi", "birth": "h1404-02-19", "marital": "married",
}  # fmt: skip
_SALMAN: Final = {
    "first_name": "سلمان", "father_name": "فهد", "grandfather_name": "ناصر", "family_name": "المطيري",
    "gender": "male", "nationality": "saudi", "birth": "h1399-11-05", "mobile": "0551240098",
}  # fmt: skip
_MAHA: Final = {
    "first_name": "مها", "father_name": "سعد", "grandfather_name": "علي", "family_name": "الرشيدي",
    "mother_name": "منيرة", "gender": "female", "nationality": "saudi", "birth": "h1410-07-01",
}  # fmt: skip


def play(desk_of: DeskOf) -> None:
    """Register some people twice and enter two things that cannot be, then look through the records."""
    officer, women, clerk = desk_of("officer1"), desk_of("women1"), desk_of("clerk")
    _register(officer, _NOURA | {"id_kind": "national_id", "id_number": "1087654321"}, mobile="0503345671")
    _register(women, _NOURA | {"family_name": "الحربى", "grandfather_name": ""}, mobile="0503345671")
    prisoner = _register(clerk, _SALMAN | {"id_kind": "national_id", "id_number": "1043218765"})
    record_custody(clerk, prisoner, NewStay("convicted", entry="h1446-05-02", expected_release="h1449-05"))
    _register(officer, _SALMAN)
    _register(officer, _MAHA, mobile="0509912345")
    _register(women, _MAHA, mobile="0509912345")
    child = NewMember(
        "son",
        {
            "first_name": "يزيد",
            "father_name": "فهد",
            "family_name": "المطيري",
            "gender": "male",
            "birth": "h1490",
        },
    )
    _register(officer, _SALMAN | {"first_name": "تركي", "birth": "h1401", "mobile": "0551240011"}, child)
    _kin_circle(women)
    look_for_duplicates(officer.replica, whole=True)
    look_for_exceptions(officer.replica, yielding)


def _register(desk: Desk, head: dict[str, Any], *members: NewMember, mobile: str = "") -> uuid.UUID:
    entered = head | ({"mobile": mobile} if mobile else {})
    made = register_family(desk, NewFamily(OFFICE_SCOPE, NewMember("self", entered), members))
    return made.person_ids[0]


def _kin_circle(desk: Desk) -> None:
    """A mother and a daughter, each entered as the other's mother."""
    mother = _MAHA | {"first_name": "عبير", "birth": "h1385", "mother_name": ""}
    daughter = NewMember("daughter", _MAHA | {"first_name": "رهف", "birth": "h1412", "mother_name": ""})
    made = register_family(desk, NewFamily(OFFICE_SCOPE, NewMember("self", mother), (daughter,)))
    first, second = made.person_ids
    with UnitOfWork(desk) as work:
        for person, parent in ((first, second), (second, first)):
            row = work.session.get(Person, person)
            assert row is not None
            row.mother_id = parent

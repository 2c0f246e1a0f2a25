"""The prison desk on a real encrypted vault, its widgets shown and its keys counted."""

import datetime as dt

from pytestqt.qtbot import QtBot

from tarahum_desktop.bootstrap.wiring.prison import prison_ports
from tarahum_desktop.casework.courses.courses import NewCourse, add_member, add_session, make_course
from tarahum_desktop.casework.prison.desk_place import choose_facility
from tarahum_desktop.demo.hands import Hands
from tarahum_desktop.models import ReferenceItem
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.prison.view import PrisonView
from tests.casework.prison.prison_world import MALAZ, furnish
from tests.casework.worlds import SCOPE, Office, a_person, a_service
from tests.ui.today.day_world import Asked, context_of

FIRST = ("محمد", "عبدالله", "سعد", "خالد", "فهد", "علي")
FAMILIES = ("القحطاني", "الغامدي", "الحربي", "العتيبي")


class Place:
    """As much of a workplace as the ports ask for."""

    def __init__(self, office: Office, role: str = "clerk") -> None:
        self.desk = office.desk(role)


def crowd(office: Office, count: int) -> list:
    people = [
        a_person(FIRST[at % 6], FAMILIES[at % 4], father_name=FIRST[(at + 1) % 6], grandfather_name=FIRST[(at + 2) % 6],
                 gender="male", id_number=f"10{at:08d}")
        for at in range(count)
    ]  # fmt: skip
    office.add(*people)
    return people


class PrisonDesk:
    def __init__(
        self, qtbot: QtBot, kit: Kit, office: Office, role: str = "clerk", *, chosen: bool = True
    ) -> None:
        self.office, self.asked = furnish(office), Asked()
        office.add(
            *(
                ReferenceItem(scope="national", list_code="no_id_reason", code=code, name_ar=ar, name_en=code, position=at)
                for at, (code, ar) in enumerate((("lost", "مفقودة"), ("never_issued", "لم تُصدر")))
            )
        )  # fmt: skip
        if chosen:
            choose_facility(office.desk("clerk"), MALAZ)
        self._show(qtbot, kit, role)

    @classmethod
    def again(cls, qtbot: QtBot, kit: Kit, office: Office) -> "PrisonDesk":
        """The desk opened anew, as after a kill."""
        made = cls.__new__(cls)
        made.office, made.asked = office, Asked()
        made._show(qtbot, kit, "clerk")
        return made

    def _show(self, qtbot: QtBot, kit: Kit, role: str) -> None:
        ports = prison_ports(Place(self.office, role), "ar")  # type: ignore[arg-type]  # the ports ask a workplace for its desk only
        self.view = PrisonView(context_of(kit, self.asked), ports)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 768)
        self.view.show()
        self.view.activateWindow()
        self.hands = Hands(lambda: self.view)
        self.view.open_with({})

    def cell(self, row: int, key: str) -> str:
        return self.view.arrivals.grid.grid.rows[row].cells.get(key, "")

    def row_notes(self, row: int) -> dict[str, str]:
        return {key: note.sentence for key, note in self.view.arrivals.grid.grid.rows[row].notes.items()}


def course_of(office: Office, people: list, day: dt.date) -> None:
    office.add(a_service("FC-06"))
    desk = office.desk("clerk")
    course = make_course(desk, NewCourse(SCOPE, "FC-06", "مهارات الحياة", day))
    for person in people:
        add_member(desk, course, person.id)
    add_session(desk, course, day)

"""The calendar over a real office: every port is the use case itself."""

from dataclasses import dataclass, field

from tarahum_desktop.casework.care.task_records import complete_task, put_off_task
from tarahum_desktop.casework.care.tasks import task_board
from tarahum_desktop.casework.care.workload import workload
from tarahum_desktop.ui.calendar.ports import CalendarPorts
from tarahum_desktop.ui.calendar.view import CalendarScreenView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import Params, ScreenContext
from tarahum_desktop.ui.worker import Immediate
from tests.casework.worlds import Office

NO_PARAMS: Params = {}


@dataclass
class Asked:
    """What the screen asked of the window."""

    opened: list[tuple[str, Params]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def navigate(self, screen_id: str, params: Params = NO_PARAMS) -> None:
        self.opened.append((screen_id, dict(params)))

    def announce(self, sentence: str, *_more: object) -> None:
        self.said.append(sentence)


def calendar_of(kit: Kit, office: Office, login: str = "officer") -> tuple[CalendarScreenView, Asked]:
    asked = Asked()
    desk = office.desk(login)
    ports = CalendarPorts(
        board=lambda query: task_board(desk, query),
        workload=lambda: workload(desk),
        complete=lambda task, outcome, note: complete_task(desk, task, outcome, note),
        put_off=lambda task, day: put_off_task(desk, task, day),
        today=desk.today,
        user_id=desk.user.id,
    )
    context = ScreenContext(
        kit, Immediate(), asked.navigate, lambda: None, asked.announce, lambda _kinds: None
    )
    return CalendarScreenView(context, ports), asked

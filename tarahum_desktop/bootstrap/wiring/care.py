"""Tasks and calendar, and the care of one case."""

import uuid

from tarahum_desktop.casework.care.alerts import acknowledge_alert, open_alerts, raise_alert
from tarahum_desktop.casework.care.chain import case_chain
from tarahum_desktop.casework.care.checklist import release_lists, set_release_check
from tarahum_desktop.casework.care.task_records import complete_task, put_off_task
from tarahum_desktop.casework.care.tasks import task_board
from tarahum_desktop.casework.care.workload import workload
from tarahum_desktop.casework.cases import case_of_household, move_case, next_steps
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.calendar.ports import CalendarPorts
from tarahum_desktop.ui.calendar.spec import spec as calendar_spec
from tarahum_desktop.ui.care.ports import CareBoard, CarePorts
from tarahum_desktop.ui.care.spec import spec as care_spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The screens of the life cycle."""
    del kit
    calendar = CalendarPorts(
        board=lambda query: task_board(place.desk, query),
        workload=lambda: workload(place.desk),
        complete=lambda task, outcome, note: complete_task(place.desk, task, outcome, note),
        put_off=lambda task, day: put_off_task(place.desk, task, day),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
        user_id=place.desk.user.id,
    )
    care = CarePorts(
        load=lambda household: care_board(place.desk, household),
        move=lambda case, target, reason, closure: move_case(place.desk, case, target, reason, closure),
        check=lambda episode, item, state, note: set_release_check(place.desk, episode, item, state, note),
        raise_alert=lambda case, kind, note: raise_alert(place.desk, case, kind, note=note),
        acknowledge=lambda alert, note: acknowledge_alert(place.desk, alert, note),
    )
    return [calendar_spec(calendar), care_spec(care)]


def care_board(desk: Desk, household: uuid.UUID) -> CareBoard:
    """The care of a household's case."""
    case = case_of_household(desk, household)
    return CareBoard(
        case_chain(desk, case), next_steps(desk, case), release_lists(desk, case), open_alerts(desk, case)
    )

"""What the calendar needs from the rest of the program."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tarahum_desktop.casework.care.task_records import Outcome, TaskRef
from tarahum_desktop.casework.care.tasks import TaskBoard, TaskQuery
from tarahum_desktop.casework.care.workload import WorkloadLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary


@dataclass(frozen=True)
class CalendarPorts:
    """Functions of the casework room; all but ``today`` and ``user_id`` run on the worker's thread.

    Attributes:
        board: reads what is due.
        workload: every officer's work; empty for who hands out no cases.
        complete: records how a contact went.
        put_off: gives a contact another day.
        today: the day in the Kingdom.
        user_id: whose own tasks are "mine".
    """

    board: Callable[[TaskQuery], TaskBoard]
    workload: Callable[[], tuple[WorkloadLine, ...]]
    complete: Callable[[TaskRef, Outcome, str], ChangeSummary]
    put_off: Callable[[TaskRef, dt.date], ChangeSummary]
    today: Callable[[], dt.date]
    user_id: uuid.UUID

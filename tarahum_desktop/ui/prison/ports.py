"""What the prison desk needs from the rest of the program; everything but ``today`` runs on the worker."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tarahum_desktop.casework.courses.attendance import AttendanceSheet, Marks
from tarahum_desktop.casework.courses.completion import Completion
from tarahum_desktop.casework.courses.courses import CourseLine, NewCourse
from tarahum_desktop.casework.form_lists import ListedItem
from tarahum_desktop.casework.prison.arrival_drafts import KeptArrivals, KeptRow
from tarahum_desktop.casework.prison.arrival_people import KnownPerson
from tarahum_desktop.casework.prison.arrivals import Arrival, Recorded
from tarahum_desktop.casework.prison.desk_place import PrisonPlace
from tarahum_desktop.casework.prison.leaving import InsideLine
from tarahum_desktop.casework.prison.name_hints import NameHints
from tarahum_desktop.casework.prison.requests import NewRequest, RequestLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.names import NameParts


@dataclass(frozen=True)
class ArrivalPorts:
    """Arrivals: drafts of rows, who they may be, and putting them on record."""

    hints: Callable[[], NameHints]
    kept: Callable[[str], KeptArrivals]
    keep: Callable[[uuid.UUID, Iterable[KeptRow]], None]
    discard: Callable[[uuid.UUID, Iterable[str]], None]
    known: Callable[[Iterable[str]], Mapping[str, KnownPerson]]
    alike: Callable[[NameParts, str, str], Sequence[KnownPerson]]
    record: Callable[[Arrival, uuid.UUID], Recorded]


@dataclass(frozen=True)
class LeavingPorts:
    """Who is inside and how they leave."""

    soon: Callable[[str], Sequence[InsideLine]]
    find: Callable[[str], Sequence[InsideLine]]
    release: Callable[[uuid.UUID, str, str], ChangeSummary]
    move: Callable[[uuid.UUID, str, date], ChangeSummary]


@dataclass(frozen=True)
class RequestPorts:
    """What is asked for."""

    waiting: Callable[[], Sequence[RequestLine]]
    settled: Callable[[], Sequence[RequestLine]]
    make: Callable[[NewRequest, uuid.UUID], uuid.UUID]
    settle: Callable[[uuid.UUID, str, str], ChangeSummary]
    inside: Callable[[str], Sequence[InsideLine]]


@dataclass(frozen=True)
class CoursePorts:
    """Courses and their attendance."""

    courses: Callable[[], Sequence[CourseLine]]
    services: Callable[[], Sequence[ListedItem]]
    make: Callable[[NewCourse], uuid.UUID]
    sheet: Callable[[uuid.UUID], AttendanceSheet]
    mark: Callable[[uuid.UUID, Marks], ChangeSummary]
    add_member: Callable[[uuid.UUID, uuid.UUID], uuid.UUID]
    add_session: Callable[[uuid.UUID, date], uuid.UUID]
    finish: Callable[[uuid.UUID], Completion]
    known: Callable[[Iterable[str]], Mapping[str, KnownPerson]]


@dataclass(frozen=True)
class PrisonPorts:
    """The desk's place, its day and the four sections."""

    place: Callable[[], PrisonPlace]
    choose_facility: Callable[[str], None]
    lists: Callable[[], Mapping[str, Mapping[str, str]]]
    today: Callable[[], date]
    arrivals: ArrivalPorts
    leaving: LeavingPorts
    requests: RequestPorts
    courses: CoursePorts

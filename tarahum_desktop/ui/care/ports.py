"""What the care of a case needs from the rest of the program."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tarahum_desktop.casework.care.alerts import AlertLine
from tarahum_desktop.casework.care.chain import CaseChain
from tarahum_desktop.casework.care.checklist import ReleaseList
from tarahum_desktop.casework.cases import NextStep
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.case_states import CaseState, ClosureReason
from tarahum_desktop.domain.release_plan import CheckState, ReleaseItem
from tarahum_desktop.domain.vulnerability import AlertKind


@dataclass(frozen=True)
class CareBoard:
    """Everything the screen shows of one case."""

    chain: CaseChain
    steps: tuple[NextStep, ...]
    releases: tuple[ReleaseList, ...]
    alerts: tuple[AlertLine, ...]


@dataclass(frozen=True)
class CarePorts:
    """Functions of the casework room; all run on the worker's thread.

    Attributes:
        load: reads the care of a household's case.
        move: takes a step, with its reason and, for a closure, the reason of the list.
        check: says how far an item of a release has come.
        raise_alert: raises an alert by hand.
        acknowledge: says that an alert was seen.
    """

    load: Callable[[uuid.UUID], CareBoard]
    move: Callable[[uuid.UUID, CaseState, str, ClosureReason | None], ChangeSummary]
    check: Callable[[uuid.UUID, ReleaseItem, CheckState, str], ChangeSummary]
    raise_alert: Callable[[uuid.UUID, AlertKind, str], uuid.UUID]
    acknowledge: Callable[[uuid.UUID, str], ChangeSummary]

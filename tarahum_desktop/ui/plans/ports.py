"""What the screens of plans ask of the program; whoever wires it ties these to casework."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tarahum_desktop.casework.plans.answers import RuleAnswers
from tarahum_desktop.casework.plans.board import FamilyPlan, PlanRow
from tarahum_desktop.casework.plans.decide import ItemDecision
from tarahum_desktop.casework.plans.minute_sign import SignedMinute
from tarahum_desktop.casework.plans.minute_view import MinuteFile
from tarahum_desktop.casework.plans.minutes import MinuteHead, MinuteSummary
from tarahum_desktop.casework.plans.propose import Proposal, Proposed
from tarahum_desktop.casework.plans.queue import WaitingItem
from tarahum_desktop.casework.plans.status import RequestStatus
from tarahum_desktop.casework.unit_of_work import ChangeSummary
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.errors import TarahumError


@dataclass(frozen=True)
class PlanPorts:
    """One family's plan. Each call may raise a TarahumError and runs on the worker."""

    load: Callable[[uuid.UUID], FamilyPlan]
    check: Callable[[Proposal], RuleAnswers]
    propose: Callable[[Proposal], Proposed]
    withdraw: Callable[[uuid.UUID, str], ChangeSummary]
    status: Callable[[uuid.UUID], RequestStatus]


@dataclass(frozen=True)
class ApprovalsPorts:
    """The queue, what came back to this person, and the sittings."""

    queue: Callable[[], Sequence[WaitingItem]]
    returned: Callable[[], Sequence[PlanRow]]
    minutes: Callable[[], Sequence[MinuteSummary]]
    decide: Callable[[uuid.UUID, ItemDecision], ChangeSummary]
    open_minute: Callable[[ApprovalLevel], uuid.UUID]
    may_keep: Callable[[], bool]


@dataclass(frozen=True)
class MinutePorts:
    """One sitting. ``fetch`` brings the content of a hash here and tells on the Qt thread how it went."""

    load: Callable[[uuid.UUID], MinuteFile]
    describe: Callable[[uuid.UUID, MinuteHead], ChangeSummary]
    keep: Callable[[uuid.UUID, Mapping[uuid.UUID, ItemDecision | None]], ChangeSummary]
    refresh: Callable[[uuid.UUID], ChangeSummary]
    cancel: Callable[[uuid.UUID], ChangeSummary]
    sign: Callable[[uuid.UUID], SignedMinute]
    paper: Callable[[uuid.UUID], bytes]
    fetch: Callable[[bytes, Callable[[], None], Callable[[TarahumError], None]], None]
    save_file: Callable[[str, bytes], bool]
    today: Callable[[], date]

"""What the screen of cases in hand needs from the rest of the program."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tarahum_desktop.casework.moving.addenda import AddendumLine
from tarahum_desktop.casework.moving.hand_over import HandOver
from tarahum_desktop.casework.moving.in_hand import CaseInHand, CommitteeLine, OfficerLine
from tarahum_desktop.casework.moving.offer_lists import IncomingOffer, OutgoingOffer


@dataclass(frozen=True, slots=True)
class MovingBoard:
    """Everything the screen lists, but the cases of one officer."""

    officers: tuple[OfficerLine, ...]
    committees: tuple[CommitteeLine, ...]
    incoming: tuple[IncomingOffer, ...]
    outgoing: tuple[OutgoingOffer, ...]
    late: tuple[AddendumLine, ...]


@dataclass(frozen=True)
class MovingPorts:
    """Functions of the casework room; all but ``now`` run on the worker's thread.

    Attributes:
        board: everything but the cases.
        cases: the open cases of an officer, None for those nobody has.
        hand_over: cases, officer, reason.
        offer: households, committee code, reason.
        restrict: cases, reason.
        answer: offer, whether it is accepted, reason.
        take_back: offer.
        take: late edit that is written into the record.
        set_aside: late edit that is not.
        now: the moment, for "how long ago".
    """

    board: Callable[[], MovingBoard]
    cases: Callable[[uuid.UUID | None], Sequence[CaseInHand]]
    hand_over: Callable[[Sequence[uuid.UUID], uuid.UUID, str], HandOver]
    offer: Callable[[Sequence[uuid.UUID], str, str], object]
    restrict: Callable[[Sequence[uuid.UUID], str], object]
    answer: Callable[[uuid.UUID, bool, str], object]
    take_back: Callable[[uuid.UUID], object]
    take: Callable[[uuid.UUID], object]
    set_aside: Callable[[uuid.UUID], object]
    now: Callable[[], datetime]

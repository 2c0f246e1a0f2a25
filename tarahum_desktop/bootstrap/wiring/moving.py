"""Cases in hand, and families on their way between offices."""

import uuid
from collections.abc import Sequence

from tarahum_desktop.bootstrap.wiring.clock import now_at
from tarahum_desktop.casework.moving.addenda import open_addenda, set_aside, take_addendum
from tarahum_desktop.casework.moving.hand_over import assign_cases
from tarahum_desktop.casework.moving.in_hand import cases_in_hand, officers, other_committees
from tarahum_desktop.casework.moving.offer_lists import incoming_offers, outgoing_offers
from tarahum_desktop.casework.moving.offers import answer_offer, offer_transfer, take_back
from tarahum_desktop.casework.moving.restriction import restrict_case
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.moving.ports import MovingBoard, MovingPorts
from tarahum_desktop.ui.moving.spec import spec
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The one screen; each call asks for the desk as it is then."""
    del kit
    return [spec(moving_ports(place))]


def moving_ports(place: Workplace) -> MovingPorts:
    """What the screen may ask of casework."""

    def board() -> MovingBoard:
        desk = place.desk
        return MovingBoard(
            officers(desk),
            other_committees(desk),
            incoming_offers(desk),
            outgoing_offers(desk),
            open_addenda(desk),
        )

    def restrict(cases: Sequence[uuid.UUID], reason: str) -> None:
        for case_id in cases:
            restrict_case(place.desk, case_id, reason)

    return MovingPorts(
        board=board,
        cases=lambda officer: cases_in_hand(place.desk, officer),
        hand_over=lambda cases, officer, reason: assign_cases(place.desk, cases, officer, reason),
        offer=lambda homes, committee, reason: offer_transfer(place.desk, homes, committee, reason),
        restrict=restrict,
        answer=lambda offer, accept, reason: answer_offer(place.desk, offer, accept=accept, reason=reason),
        take_back=lambda offer: take_back(place.desk, offer),
        take=lambda late: take_addendum(place.desk, late),
        set_aside=lambda late: set_aside(place.desk, late),
        now=lambda: now_at(place),
    )

"""Families come and go: another committee offers some, this office answers one, offers others, and cases change hands."""

import uuid
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.moving.errors import MoveRefused
from tarahum_desktop.casework.moving.hand_over import assign_cases
from tarahum_desktop.casework.moving.in_hand import cases_in_hand
from tarahum_desktop.casework.moving.offer_lists import incoming_offers
from tarahum_desktop.casework.moving.offers import answer_offer, offer_transfer
from tarahum_desktop.domain.case_states import CaseState
from tarahum_desktop.models import Case
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.synthetic.staff import user_id
from tarahum_server.centre import Centre
from tarahum_server.relocations import settle

_CASE: Any = Case.__table__
_SENDER: Final = "ryd"
_COMING: Final = (
    "انتقلت الأسرة للسكن قرب أهل الزوجة",
    "نُقل السجين إلى سجن المنطقة، وانتقلت أسرته معه",
    "وجدت الأم عملًا في المنطقة واستأجرت فيها",
)
_GOING: Final = ("عادت الأسرة إلى مسقط رأسها", "انتقل الابن العائل إلى عمل جديد هناك")
_RECEIVERS: Final = ("mdn", "hal")
_GIVEN: Final = 3


def offers_from_elsewhere(centre: Centre, to_committee: str) -> None:
    """Have another committee's supervisor offer some families, as if they had been sent to the centre."""
    desk = open_desk(centre.replica, user_id(f"{_SENDER}.supervisor"))
    with desk.reading() as connection:
        query = (
            select(_CASE.c.household_id)
            .where(_CASE.c.scope == _SENDER, _CASE.c.state == CaseState.ACTIVE.value)
            .order_by(_CASE.c.id)
        )
        homes = list(connection.scalars(query))
    _offer_some(desk, homes, [(to_committee, reason) for reason in _COMING])
    publish_own(centre.replica)
    settle(centre.replica)


def play(desk_of: Callable[[str], Desk]) -> None:
    """Answer one offer, offer two families, and give some cases of one officer to another."""
    supervisor = desk_of("supervisor")
    for offer in incoming_offers(supervisor)[:1]:
        answer_offer(supervisor, offer.id, accept=True)
    cases = cases_in_hand(supervisor, desk_of("officer1").user.id)
    active = [case.household_id for case in cases if case.state is CaseState.ACTIVE and case.household_id]
    _offer_some(supervisor, active, list(zip(_RECEIVERS, _GOING, strict=True)))
    rest = [
        case.case_id for case in cases_in_hand(supervisor, desk_of("officer1").user.id) if not case.leaving
    ]
    if rest:
        assign_cases(supervisor, rest[:_GIVEN], desk_of("officer2").user.id, "إجازة الباحث السنوية")


def _offer_some(desk: Desk, homes: list[uuid.UUID], wanted: list[tuple[str, str]]) -> None:
    """Offer as many families as there are wishes, passing over those that share people with others."""
    waiting = list(wanted)
    for home in homes:
        if not waiting:
            return
        try:
            offer_transfer(desk, [home], *waiting[0])
        except MoveRefused:
            continue
        waiting.pop(0)

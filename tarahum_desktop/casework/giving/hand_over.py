"""A whole list handed over at once, such as sixty food baskets in one afternoon, with its exceptions."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.deliver import NewDelivery, Proof, add_delivery
from tarahum_desktop.casework.unit_of_work import NOTHING_CHANGED, ChangeSummary, UnitOfWork
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.money import SAR


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many were recorded, and why each other one was not, by plan item."""

    recorded: int
    refused: dict[uuid.UUID, TarahumError]
    amount_halalas: int = 0
    summary: ChangeSummary = NOTHING_CHANGED

    @property
    def riyals(self) -> int:
        """Whole riyals, for a short sentence."""
        return self.amount_halalas // SAR


def hand_over(
    desk: Desk, item_ids: Sequence[uuid.UUID], proofs: tuple[Proof, ...], day: dt.date | None = None
) -> HandedOver:
    """Record the part that is due of each plan item, received by the person, with the list's common evidence.

    What cannot be recorded is told and does not stop the others.
    """
    refused: dict[uuid.UUID, TarahumError] = {}
    recorded = amount = 0
    with UnitOfWork(desk) as work:
        for item_id in dict.fromkeys(item_ids):
            try:
                row, _ = add_delivery(work.session, desk, NewDelivery(item_id, day=day, proofs=proofs))
            except TarahumError as error:  # found before anything of this item was written
                refused[item_id] = error
            else:
                recorded += 1
                amount += row.amount_halalas
    return HandedOver(recorded, refused, amount, work.summary)

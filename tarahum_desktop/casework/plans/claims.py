"""What a decision does to the ledger of what may be granted once: an approval reserves, a refusal gives back."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.entitlements import release, reserve
from tarahum_desktop.casework.plans.states import APPROVED, CANCELLED, REFUSED
from tarahum_desktop.models import PlanItem


def settle_claims(session: Session, desk: Desk, items: Iterable[PlanItem]) -> None:
    """Reserve for what was approved, release for what was refused or withdrawn, in the caller's transaction."""
    for item in items:
        if item.state == APPROVED:
            reserve(session, desk, item)
        elif item.state in {REFUSED, CANCELLED}:
            release(session, desk, item)

"""Where a plan item stands, and what a person may decide about one that waits."""

from enum import StrEnum
from typing import Final

PROPOSED: Final = "proposed"
POSTPONED: Final = "postponed"
RETURNED: Final = "returned"
APPROVED: Final = "approved"
REFUSED: Final = "refused"
CANCELLED: Final = "cancelled"
WAITING: Final = (PROPOSED, POSTPONED)
"""In the queue, once the rules were asked (``level`` is set); before that it is a need a visit found."""
OPEN: Final = (*WAITING, RETURNED)
"""Not settled: the same service is not proposed for the same person again."""
RESERVED: Final = (APPROVED, "delivering")
"""Promised, and not all of it handed over yet."""
GRANTED: Final = (*RESERVED, "completed")


class Verdict(StrEnum):
    """What is decided about one plan item."""

    APPROVE = "approve"
    REFUSE = "refuse"
    RETURN = "return"
    POSTPONE = "postpone"


STATE_AFTER: Final = {
    Verdict.APPROVE: APPROVED,
    Verdict.REFUSE: REFUSED,
    Verdict.RETURN: RETURNED,
    Verdict.POSTPONE: POSTPONED,
}
NEEDS_REASON: Final = frozenset({Verdict.REFUSE, Verdict.RETURN})
LONGEST_REASON: Final = 1000

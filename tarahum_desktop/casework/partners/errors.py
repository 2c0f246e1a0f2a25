"""Why a referral was not made or not changed; facts are ids and numbers only."""

from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.domain.sharing import Refusal


class SharingRefused(CaseworkError):
    """Agreement or consent do not allow it; ``refusals`` say each reason. Fact ``count``."""

    code = "sharing_refused"

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(None, count=len(refusals))
        self.refusals = refusals


class ReferralSettled(CaseworkError):
    """The referral was answered or withdrawn before; it takes no such step any more."""

    code = "referral_settled"


class TermBackwards(CaseworkError):
    """An agreement that ends before it begins."""

    code = "agreement_ends_before_start"

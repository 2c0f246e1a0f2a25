"""Why a referral was not made or not changed; facts are ids and numbers only."""

from typing import Final

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


class ReferralAltered(CaseworkError):
    """What is kept of a referral is not what its fingerprint was taken from; it is not printed."""

    code = "referral_altered"


class TermBackwards(CaseworkError):
    """An agreement that ends before it begins."""

    code = "agreement_ends_before_start"


class TextTooLong(CaseworkError):
    """A purpose, outcome, party or deed longer than a line of paper holds. Fact ``count``: the most letters."""

    code = "text_too_long"


MOST_LETTERS: Final = 400


def within_limit(text: str) -> str:
    """The text without spaces around it; raises TextTooLong beyond 400 letters."""
    cleaned = text.strip()
    if len(cleaned) > MOST_LETTERS:
        raise TextTooLong(None, count=MOST_LETTERS)
    return cleaned

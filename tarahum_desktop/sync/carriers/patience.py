"""How long a caller waits for a centre that says when to come again, and how the waiting is broken off."""

import threading
from typing import Final

from tarahum_desktop.sync.exchange.carrier import LineFailed

MOST_SECONDS: Final = 90.0
_ONE_WAIT: Final = 30.0
_MOST_DIGITS: Final = 4


class CentreBusy(LineFailed):
    """The centre has no place for this request now. Fact ``seconds``: when it said to come again."""

    code = "centre_busy"


class Patience:
    """Seconds a line may still wait, renewed by every answer; another thread may end the waiting."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._most = self._left = seconds
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """End a waiting, and wait no more."""
        self._given_up.set()

    def renew(self) -> None:
        """The centre answered."""
        self._left = self._most

    def wait(self, busy: CentreBusy) -> None:
        """Until the centre said to come again; raises what came when that is too long or was broken off."""
        seconds = min(float(busy.facts["seconds"]), _ONE_WAIT)
        if seconds > self._left:
            raise busy
        self._left -= seconds
        if self._given_up.wait(seconds):
            raise busy


def seconds_told(header: str) -> int:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3); 1 for none and for a date, which no centre sends."""
    return int(header) if header.isascii() and header.isdigit() and len(header) <= _MOST_DIGITS else 1

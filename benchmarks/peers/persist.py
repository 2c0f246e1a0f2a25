"""Somebody who does not give up: exchanges again until everything is there and proven, or the time is over."""

import time
from collections.abc import Callable
from typing import Any

from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.outcome import Outcome


def persist(once: Callable[[], Outcome], seconds: float) -> dict[str, Any]:
    """Exchange again after each failure, as a person would who does not give up."""
    end, tries, why = time.monotonic() + seconds, 0, ""
    while time.monotonic() < end:
        tries += 1
        try:
            outcome = once()
        except LineFailed as error:
            why = error.code
            time.sleep(1)
        else:
            if outcome.complete:
                return {"done": True, "tries": tries, "why": ""}
    return {"done": False, "tries": tries, "why": why}

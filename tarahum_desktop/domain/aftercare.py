"""After-care: the contacts that are due once somebody is released (domain rules, section 3).

They follow from the day of release on every machine alike, so they are counted and never stored; what people did
about one is a row that names the stay and the step.
"""

import datetime as dt
from types import MappingProxyType
from typing import Final

AFTER_CARE: Final = "after_care"
AFTER_CARE_DAYS: Final = (7, 30, 60, 90, 180, 365)
STEPS: Final = MappingProxyType({f"d{days}": days for days in AFTER_CARE_DAYS})
"""The code of each contact, and its days after the release."""


def contacts_after(release: dt.date) -> tuple[tuple[str, dt.date], ...]:
    """Each contact's step and day, the earliest first; days beyond the last one a calendar has are left out."""
    return tuple(
        (step, release + dt.timedelta(days))
        for step, days in STEPS.items()
        if (dt.date.max - release).days >= days
    )

"""The time that screens show: the Kingdom's, by the best known clock."""

from datetime import datetime

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.workplace import Workplace


def now_at(place: Workplace) -> datetime:
    """The present moment in the Kingdom."""
    return place.desk.now().astimezone(SAUDI_TIME)

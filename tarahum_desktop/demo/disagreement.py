"""Two people write one fact without knowing of each other: the demonstration's conflict, made as conflicts are made.

The clerk in the prison and the office each record the same release, on another day, before either exchanges.
"""

import datetime as dt

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.exchanges import exchange_now
from tarahum_desktop.casework.prison.leaving import day_code, leaving_soon, mark_released
from tarahum_desktop.casework.workplace import Workplace


def let_two_disagree(prison: Workplace, office: Workplace, supervisor: Desk) -> bool:
    """Record one release at both machines and exchange; False when nobody known to both can be released yet.

    The centre must be listening; ``supervisor`` sits at the office's machine.
    """
    today = prison.desk.today()
    known = {line.episode_id for line in leaving_soon(supervisor)}
    ready = [
        line
        for line in leaving_soon(prison.desk)
        if line.episode_id in known and (line.entry_day or today) < today - dt.timedelta(days=2)
    ]
    if not ready:
        return False
    episode = ready[-1].episode_id
    mark_released(prison.desk, episode, day_code(today - dt.timedelta(days=1)), "sentence_served")
    mark_released(supervisor, episode, day_code(today), "sentence_served")
    for place in (prison, office, prison):
        with place.line() as line:
            exchange_now(place.replica, line, place.enrolment, lambda _progress: None)
    return True

"""The pass of all rules over this replica: what they find is kept for people, what is no longer so is taken out."""

import datetime as dt

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.duplicates.blocks import Pause
from tarahum_desktop.casework.exceptions.registry import Detector, detectors
from tarahum_desktop.casework.findings import Found, drop_found, keep_found, subjects_of
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes


def look_for_exceptions(replica: Replica, pause: Pause) -> int:
    """Run every rule; returns how many findings there are. ``pause`` is called between rules and may stop the pass."""
    count = 0
    for detector in detectors():
        pause("checking", count)
        found = _find(replica, detector)
        _keep(replica, detector, found)
        count += len(found)
    return count


def _find(replica: Replica, detector: Detector) -> dict[tuple[str, str], Found]:
    with replica.engine.execution_options(read_only=True).connect() as connection:
        scopes = sorted(read_scopes(connection))
        found = detector.find(connection, scopes, _today(replica))
        return {(one.kind, one.subject): one for one in found}


def _keep(replica: Replica, detector: Detector, found: dict[tuple[str, str], Found]) -> None:
    with replica.engine.begin() as connection:
        keep_found(connection, found.values(), from_milliseconds(replica.now()))
        for kind in detector.kinds:
            now = {subject for of_kind, subject in found if of_kind == kind}
            drop_found(connection, kind, subjects_of(connection, kind) - now)


def _today(replica: Replica) -> dt.date:
    return from_milliseconds(replica.now()).astimezone(SAUDI_TIME).date()

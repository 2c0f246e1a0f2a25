"""Fills a centre with the invented year and proves from its tables that all of it is there."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import exists, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Household
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.synthetic.load import load_year
from tarahum_desktop.synthetic.national import national_rows
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.totals import Totals, planned_totals, stored_totals
from tarahum_server.centre import Centre, prepare
from tarahum_server.seeds import add_missing
from tarahum_server.settings import read_settings

Tell = Callable[[str, int], None]
"""Told each finished committee and the rows so far."""
HOSTS: Final = ("localhost", "127.0.0.1", "::1")


class CentreInUse(TarahumError):
    """The centre holds families already; invented ones must never come between real ones."""

    code = "centre_in_use"


class TotalsDiffer(TarahumError):
    """The database does not hold what was planned. Facts: planned and stored ``services`` and ``people``."""

    code = "invented_totals_differ"


@dataclass(frozen=True, slots=True)
class Built:
    """What was built and how long it took, in seconds."""

    rows: int
    seconds: float
    totals: Totals


def build_centre(folder: Path, plan: Plan, tell: Tell) -> Built:
    """Prepare the centre of a folder by its settings, fill it and count it.

    Raises:
        CentreInUse: it holds families.
        TotalsDiffer: what was counted afterwards is not what was planned.
        BadSettings: the folder's settings or their environment variables are wrong.
    """
    centre = prepare(read_settings(folder.absolute(), os.environ), HOSTS)
    try:
        begun = time.monotonic()
        rows = fill_centre(centre, plan, tell)
        return Built(rows, time.monotonic() - begun, proven_totals(centre, plan))
    finally:
        centre.close()


def fill_centre(centre: Centre, plan: Plan, tell: Tell) -> int:
    """Write the year into an open centre without families; returns the rows. Raises CentreInUse."""
    with centre.engine.connect() as connection:
        if connection.scalar(select(exists(select(Household.id)))):
            raise CentreInUse
    national = add_missing(centre, national_rows(resource("catalogue"), plan.period))
    with BulkWriter(centre.replica) as writer:
        load_year(plan, writer.write, progress=tell)
    return national + writer.written


def proven_totals(centre: Centre, plan: Plan) -> Totals:
    """The totals as the centre's tables have them; raises TotalsDiffer when they are not the planned ones."""
    planned = planned_totals(plan)
    with centre.engine.connect() as connection:
        stored = stored_totals(connection)
    if stored != planned:
        raise TotalsDiffer(
            planned_services=planned.services, stored_services=stored.services,
            planned_people=planned.people, stored_people=stored.people,
        )  # fmt: skip
    return stored

"""A pouch stands in the list of exchanges like any other."""

import datetime as dt
from typing import Any

from sqlalchemy import insert

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.models import ExchangeRecord
from tarahum_desktop.models.ids import new_id

_RECORD: Any = ExchangeRecord.__table__


def note_exchange(
    desk: Desk,
    started: dt.datetime,
    *,
    pushed: int = 0,
    pulled: int = 0,
    bytes_out: int = 0,
    bytes_in: int = 0,
    result: str = "ok",
) -> None:
    """Record what one visit to the stick moved."""
    with desk.replica.engine.begin() as connection:
        connection.execute(
            insert(_RECORD).values(
                id=new_id(desk.replica.now()), started_at=started, ended_at=desk.now(), result=result,
                pushed=pushed, pulled=pulled, bytes_out=bytes_out, bytes_in=bytes_in, proven=False,
                clock_error_ms=0, carrier="pouch",
            )
        )  # fmt: skip

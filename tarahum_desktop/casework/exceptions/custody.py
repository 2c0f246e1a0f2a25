"""Stays in custody that cannot all be right, as the prison desk's own rule names them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from tarahum_desktop.casework.findings import Found
from tarahum_desktop.casework.prison.custody_faults import custody_faults

KINDS: Final = (
    "custody_release_before_entry", "custody_stays_overlap", "custody_open_twice", "custody_move_outside",
    "custody_entry_in_future", "custody_release_in_future",
)  # fmt: skip


def impossible_stays(connection: Connection, scopes: Sequence[str], _day: dt.date) -> Iterator[Found]:
    """Faults of order, one finding each."""
    for one in custody_faults(connection, scopes):
        subject = ":".join((one.code, one.row_id.hex, one.other_id.hex if one.other_id else ""))
        facts = {"entity": "person", "row": one.row_id.hex}
        yield Found(one.code, subject, one.scope, one.person_id, one.other_id, 0, facts)

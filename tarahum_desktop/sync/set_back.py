"""A machine whose files were set back to an older copy: what it wrote since the copy is at the centre and not here.

It would give the numbers of those changes to new ones, and the centre would take the new ones for known. So what is
unsent is numbered behind everything the centre has of this device, and the scope's rows are taken anew. Some of it the
centre may have already under its old number: sent again, it changes nothing, or shows as a conflict with itself.
"""

from typing import Any, Final

from sqlalchemy import Connection, update

from tarahum_desktop.models import Outbox, ScopeState
from tarahum_desktop.sync.scope_book import ScopeBook, open_scope

_OUTBOX: Any = Outbox.__table__
_STATE: Any = ScopeState.__table__
_OUT_OF_THE_WAY: Final = 2**61  # numbers are unique at every step, so they move past each other in two


def has_more_of_us(book: ScopeBook, there: int) -> bool:
    """Whether the other side holds changes of this device that were never made here."""
    return there > book.next_sequence - 1


def go_on_behind(connection: Connection, scope: str, there: int) -> int:
    """Number what is unsent behind the centre's last and ask for the scope's rows anew; returns how many it was.

    ``there`` is this device's last sequence by the centre's signed word.
    """
    book = open_scope(connection, scope)
    if there <= book.acknowledged:
        return 0
    shift = there - book.acknowledged
    unsent = book.next_sequence - 1 - book.acknowledged
    for step in (_OUT_OF_THE_WAY, shift - _OUT_OF_THE_WAY):
        moved = update(_OUTBOX).where(_OUTBOX.c.scope == scope).values(sequence=_OUTBOX.c.sequence + step)
        connection.execute(moved)
    book.next_sequence += shift
    book.acknowledged = book.handed = there
    book.complete = False
    book.save(connection)
    connection.execute(update(_STATE).where(_STATE.c.scope == scope).values(snapshot_cursor=None))
    return unsent

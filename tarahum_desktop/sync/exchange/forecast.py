"""What an exchange is about to move, known from its first answer: so that nobody begins a day's transfer unawares."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from tarahum_desktop.models import Outbox
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.hello import Greeting, say_hello
from tarahum_desktop.sync.replica import Replica

_OUTBOX: Any = Outbox.__table__
# A row of a snapshot, compressed, as measured on a committee's year; a change on its way out, of its packed patch.
_BYTES_A_PAGE_ROW: Final = 80
_PATCH_SHRINKS_TO: Final = 0.35


@dataclass(frozen=True, slots=True)
class Forecast:
    """Rows and bytes each way; ``anew`` are the scopes that come whole."""

    rows_out: int = 0
    bytes_out: int = 0
    rows_in: int = 0
    bytes_in: int = 0
    anew: tuple[str, ...] = ()

    def seconds(self, bytes_a_second: float) -> float:
        """How long it takes at a speed."""
        return (self.bytes_out + self.bytes_in) / max(1.0, bytes_a_second)


def forecast(connection: Connection, greeting: Greeting) -> Forecast:
    """What a greeting and the outbox say is to be moved."""
    rows_in = bytes_in = 0
    anew: list[str] = []
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        if offer.mode != "full":
            continue
        if book is None or not book.complete or book.remote_position < offer.horizon:
            anew.append(scope)
            rows_in += offer.rows
            bytes_in += offer.rows * _BYTES_A_PAGE_ROW
        else:
            rows_in += offer.waiting_rows
            bytes_in += offer.waiting_bytes
    size = func.coalesce(func.sum(func.length(_OUTBOX.c.patch)), 0)
    rows_out, patches = connection.execute(select(func.count(), size).select_from(_OUTBOX)).one()
    return Forecast(int(rows_out), int(patches * _PATCH_SHRINKS_TO), rows_in, bytes_in, tuple(sorted(anew)))


def ask_forecast(replica: Replica, carrier: Carrier) -> Forecast:
    """Greet the other side and say what an exchange would move; nothing moves yet. Raises LineFailed, SyncError."""
    greeting = say_hello(replica, carrier)
    with replica.engine.execution_options(read_only=True).connect() as connection:
        return forecast(connection, greeting)

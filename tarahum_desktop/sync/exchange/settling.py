"""The steps once nothing is left to move: heal what differs all the same, let go of what is to be left, trim the log."""

from collections.abc import Iterable

from tarahum_desktop.sync.exchange.hello import Greeting
from tarahum_desktop.sync.exchange.running import Running
from tarahum_desktop.sync.exchange.sending import send_scope
from tarahum_desktop.sync.exchange.standing import all_sent, compare, national_first
from tarahum_desktop.sync.exchange.taking import heal, take_scope
from tarahum_desktop.sync.leave import FULL, LEAVE, LEFT, forget_traces, leave_scope
from tarahum_desktop.sync.trim import trim_log


def heal_differences(run: Running, greeting: Greeting) -> bool:
    """Where digests differ although nothing is left to move: find the rows and bring them together."""
    if run.is_first_version:
        return False
    _, disputed = compare(greeting)
    for scope in sorted(disputed, key=national_first):
        if heal(run, scope, offers=True).offered:
            send_scope(run, scope, greeting.books[scope].acknowledged)
            take_scope(run, scope, run.position(scope) + 1)
    return bool(disputed)


def let_go(run: Running, greeting: Greeting) -> frozenset[str]:
    """Leave the scopes the other side says are to be left, each once all that was written there has arrived."""
    left: set[str] = set()
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        held = book is not None and book.mode != LEFT and all_sent(book, offer)
        if offer.mode == LEAVE and held and leave_scope(run.replica, scope):
            left.add(scope)
    if left:
        forget_traces(run.replica.engine)
    return frozenset(left)


def trim(run: Running, greeting: Greeting, proven: Iterable[str]) -> None:
    """What the centre was proven to hold need not lie in the log here for ever."""
    for scope in sorted(proven):
        book = greeting.books.get(scope)
        if book is not None and greeting.reply.scopes[scope].mode == FULL:
            trim_log(run.replica, scope, book.head)

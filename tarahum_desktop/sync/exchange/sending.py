"""The step that sends what was written here and has no receipt yet."""

from tarahum_desktop.sync.errors import BatchHeld
from tarahum_desktop.sync.exchange.hello import Greeting
from tarahum_desktop.sync.exchange.messages import ScopeOffer
from tarahum_desktop.sync.exchange.push import push_scope
from tarahum_desktop.sync.exchange.relay import fetch_receipt, was_set_back
from tarahum_desktop.sync.exchange.running import Running
from tarahum_desktop.sync.exchange.standing import all_sent
from tarahum_desktop.sync.handing import sealed_up_to
from tarahum_desktop.sync.scope_book import ScopeBook


def send(run: Running, greeting: Greeting) -> None:
    """Send every scope's unsent changes."""
    run.enter("push")
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        if book is not None and not all_sent(book, offer) and scope not in run.held:
            run.moved.add(scope)
            send_scope(run, scope, _receipts_lost(run, book, offer))
        if book is not None and was_set_back(book, offer):
            run.start_anew(scope)


def send_scope(run: Running, scope: str, after: int) -> None:
    """Send a scope's changes after a sequence."""
    with run.replica.engine.execution_options(read_only=True).connect() as connection:
        after = sealed_up_to(connection, scope, run.replica.device, after)
    try:
        push_scope(run.replica, run.carrier, scope, after, run.line.out, run.side.key, run.pushed)
    except BatchHeld:
        run.held.add(scope)  # what it waits for may be among what is taken next, here or there


def _receipts_lost(run: Running, book: ScopeBook, offer: ScopeOffer) -> int:
    """The last own change with a receipt, those included that were lost on the way: asking costs less than sending."""
    if run.is_first_version or offer.acknowledged <= book.acknowledged:
        return book.acknowledged
    receipt = fetch_receipt(run.replica, run.carrier, book.scope, run.side)
    confirmed = min(receipt.vector.get(run.replica.device, 0), book.next_sequence - 1)
    run.pushed(max(0, confirmed - book.acknowledged))
    return max(confirmed, book.acknowledged)

"""Where two sides stand to each other, by what a hello and its answer say."""

from typing import Final

from tarahum_desktop.sync.exchange.hello import Greeting
from tarahum_desktop.sync.exchange.messages import ScopeOffer
from tarahum_desktop.sync.exchange.relay import was_set_back
from tarahum_desktop.sync.leave import FULL
from tarahum_desktop.sync.scope_book import ScopeBook

_NATIONAL: Final = "national"


def national_first(scope: str) -> tuple[bool, str]:
    """The order of scopes: the national one holds the keys of the devices whose batches follow."""
    return scope != _NATIONAL, scope


def without_news(greeting: Greeting) -> bool:
    """Whether nothing is left to move in any scope."""
    return all(_settled(greeting.books.get(scope), offer) for scope, offer in greeting.reply.scopes.items())


def all_sent(book: ScopeBook, offer: ScopeOffer) -> bool:
    """Only a receipt counts: what arrived there while its receipt was lost on the way is sent again."""
    return book.next_sequence - 1 == book.acknowledged == offer.acknowledged


def compare(greeting: Greeting) -> tuple[frozenset[str], frozenset[str]]:
    """``(proven, disputed)`` scopes: where nothing is left to move, the digests must agree."""
    proven: set[str] = set()
    disputed: set[str] = set()
    for scope, offer in greeting.reply.scopes.items():
        book = greeting.books.get(scope)
        if not _settled(book, offer):
            continue
        # Where this device only sends, there is nothing to compare: that all of it arrived is what can be known.
        same = offer.mode != FULL or book is None or _same(book, offer)
        (proven if same else disputed).add(scope)
    return frozenset(proven), frozenset(disputed)


def _settled(book: ScopeBook | None, offer: ScopeOffer) -> bool:
    if offer.mode != FULL:
        return book is None or all_sent(book, offer)
    return (
        book is not None
        and book.complete
        and all_sent(book, offer)
        and book.remote_position >= offer.position
        and not was_set_back(book, offer)
    )


def _same(book: ScopeBook, offer: ScopeOffer) -> bool:
    return book.digest == offer.digest and book.row_count == offer.rows

"""A call that asks an office's hub for the centre's words on contents, and what is done with them.

Handing a picture to the hub confirms nothing; the word that the centre gave the hub on it does, wherever it is heard.
"""

from typing import Final

import msgspec

from tarahum_desktop.sync.blobs.words import BlobReceipt, take_word, unconfirmed, words_on
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.blobs import MOST_NAMES, check_count, named_for
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.replica import Replica


class BlobWordsRequest(msgspec.Struct, array_like=True, frozen=True):
    """Asks for the centre's words on some contents."""

    names: list[bytes]


class BlobWordsReply(msgspec.Struct, array_like=True, frozen=True):
    """Those there are, as the centre signed them."""

    words: list[BlobReceipt]


BLOB_WORDS: Final = Call("blob_words", BlobWordsRequest, BlobWordsReply, 16 * 1024)


def answer_blob_words(replica: Replica, device: KnownDevice, request: BlobWordsRequest) -> BlobWordsReply:
    """Of contents the caller may know of."""
    check_count(len(request.names))
    with replica.engine.execution_options(read_only=True).connect() as connection:
        known = named_for(connection, device, request.names)
        return BlobWordsReply(words_on(connection, replica, known, own=False))


def fetch_words(replica: Replica, carrier: Carrier, centre: OtherSide) -> int:
    """Take the centre's words on what is here and not confirmed; no request where nothing is. Returns how many came."""
    with replica.engine.execution_options(read_only=True).connect() as connection:
        names = unconfirmed(connection)
    taken = 0
    for at in range(0, len(names), MOST_NAMES):
        words = carrier.ask(BLOB_WORDS, BlobWordsRequest(names[at : at + MOST_NAMES])).words
        with replica.engine.begin() as connection:
            taken += sum(
                take_word(connection, replica, word, centre.device, centre.key) for word in words[:MOST_NAMES]
            )
    return taken

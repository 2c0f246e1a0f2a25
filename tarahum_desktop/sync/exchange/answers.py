"""What any replica that others call (the centre, an office's hub) answers, besides hello, push, pull and snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.blob_words import BLOB_WORDS, answer_blob_words
from tarahum_desktop.sync.exchange.blobs import (
    BLOB_HAVE,
    BLOB_PULL,
    BLOB_PUSH,
    answer_blob_pull,
    answer_blob_push,
    answer_have,
)
from tarahum_desktop.sync.exchange.calls import Call
from tarahum_desktop.sync.exchange.fleet import FLEET, answer_fleet
from tarahum_desktop.sync.exchange.hub_answers import RECEIPTS, answer_receipts
from tarahum_desktop.sync.exchange.mine import MINE, answer_mine
from tarahum_desktop.sync.exchange.ranges import (
    RANGES,
    RECOUNT,
    ROWS,
    answer_ranges,
    answer_recount,
    answer_rows,
)
from tarahum_desktop.sync.exchange.vector import VECTOR, answer_vector
from tarahum_desktop.sync.pouch.forward import JOIN, POUCH
from tarahum_desktop.sync.pouch.forwarded import answer_join, answer_pouch
from tarahum_desktop.sync.replica import Replica


@dataclass(frozen=True, slots=True)
class Answer:
    """A call and the function that answers it to an enrolled device; it opens its own transaction."""

    call: Call[Any, Any]
    reply: Callable[[Replica, KnownDevice, Any], Any]


_ALL: Final[tuple[Answer, ...]] = (
    Answer(VECTOR, answer_vector),
    Answer(RECEIPTS, answer_receipts),
    Answer(MINE, answer_mine),
    Answer(POUCH, answer_pouch),
    Answer(JOIN, answer_join),
    Answer(FLEET, answer_fleet),
    Answer(BLOB_HAVE, answer_have),
    Answer(BLOB_PUSH, answer_blob_push),
    Answer(BLOB_PULL, answer_blob_pull),
    Answer(BLOB_WORDS, answer_blob_words),
    Answer(RANGES, answer_ranges),
    Answer(ROWS, answer_rows),
    Answer(RECOUNT, answer_recount),
)

ANSWERS: Final[Mapping[str, Answer]] = MappingProxyType({answer.call.name: answer for answer in _ALL})

OF_A_HUB: Final = frozenset(
    {VECTOR.name, RECEIPTS.name, MINE.name, BLOB_HAVE.name, BLOB_PUSH.name, BLOB_PULL.name, BLOB_WORDS.name}
)
"""What an office answers as well; the rest is the centre's."""

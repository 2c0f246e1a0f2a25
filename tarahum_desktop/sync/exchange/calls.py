"""A call of the exchange: its name and what is said on both sides. Each phase defines its own beside the phase.

Messages are MessagePack arrays: fields are only ever added at the end and with a default, so a side that does not
know the last ones reads the others, and a side that misses them takes the defaults.
"""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import msgspec

SMALL_BYTES: Final = 4 * 1024
Request = TypeVar("Request", bound=msgspec.Struct)
Reply = TypeVar("Reply", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Call(Generic[Request, Reply]):
    """``name`` is the last part of its path; ``limit`` bounds the bytes of a request."""

    name: str
    asks: type[Request]
    answers: type[Reply]
    limit: int = SMALL_BYTES

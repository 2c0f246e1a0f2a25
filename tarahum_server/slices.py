"""Answers in slices, so that what arrived of one before a line was cut can be read.

Whoever receives over TLS reads whole records only (RFC 8446, 5.1), and a server makes one of whatever is handed to it at
once, up to 16 KiB: two seconds of a bad line, and gone with a cut. Only what is short enough to have been asked for
over such a line is sliced.
"""

from typing import Final

from fastapi import Response
from starlette.types import Receive, Scope, Send

SLICE_BYTES: Final = 1024
_SLICED_BYTES: Final = 64 * 1024


class SlicedResponse(Response):
    """An answer of known length, handed over slice by slice."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As any response is sent."""
        body = bytes(self.body)
        if not SLICE_BYTES < len(body) <= _SLICED_BYTES:
            await super().__call__(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for at in range(0, len(body), SLICE_BYTES):
            more = at + SLICE_BYTES < len(body)
            await send({"type": "http.response.body", "body": body[at : at + SLICE_BYTES], "more_body": more})

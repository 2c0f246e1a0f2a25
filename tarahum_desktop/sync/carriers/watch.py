"""Options by which a socket finds out that the line is gone although nobody said so.

A mobile network or a router that restarts forgets connections in silence: no reset ever comes, and whoever waits for
an answer would wait for the whole of its patience. The kernel probes a silent connection instead, and gives up on
data that nobody acknowledges; a centre that is merely slow still answers the probes.
"""

import socket
from typing import Final

QUIET_SECONDS: Final = 10
PROBE_SECONDS: Final = 5
PROBES: Final = 4
# Longer than a line of 10 kbit/s needs for the smallest batch, and than outages that TCP rides out by itself.
UNACKNOWLEDGED_MS: Final = 30_000


def watching_options() -> list[tuple[int, int, int]]:
    """``setsockopt`` arguments; those a system does not have are left out."""
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    for name, value in (
        ("TCP_KEEPIDLE", QUIET_SECONDS),
        ("TCP_KEEPALIVE", QUIET_SECONDS),  # its name on macOS
        ("TCP_KEEPINTVL", PROBE_SECONDS),
        ("TCP_KEEPCNT", PROBES),
        ("TCP_USER_TIMEOUT", UNACKNOWLEDGED_MS),
    ):
        number = getattr(socket, name, None)
        if number is not None:
            options.append((socket.IPPROTO_TCP, number, value))
    return options

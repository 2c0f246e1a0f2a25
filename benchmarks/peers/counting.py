"""A proxy on the loopback address that counts the bytes of TCP payload each way, and HTTP requests it can read."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Final, Self

_CHUNK: Final = 256 * 1024
_REQUEST: Final = b" HTTP/1.1\r\n"


class CountingProxy:
    """Forwards to a port of this machine; use as a context manager. Requests under TLS are not seen."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Count from nothing."""
        self.up = self.down = self.requests = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: nobody calls any more
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._upstream))
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(
                    target=self._carry, args=(near, far), kwargs={"up": True}, daemon=True
                ).start()
                threading.Thread(
                    target=self._carry, args=(far, near), kwargs={"up": False}, daemon=True
                ).start()

    def _carry(self, source: socket.socket, target: socket.socket, *, up: bool) -> None:
        with contextlib.suppress(OSError):  # either end may hang up first
            while data := source.recv(_CHUNK):
                with self._lock:
                    if up:
                        self.up += len(data)
                        self.requests += data.count(_REQUEST)
                    else:
                        self.down += len(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

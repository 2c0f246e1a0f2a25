"""A line between desktop and centre that breaks after a given number of bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class CuttingLine:
    """Forwards TCP; once ``budget`` bytes have passed in both directions together, every connection is reset.

    ``again``: connections made after a cut have the same budget anew.
    """

    def __init__(self, target: int, budget: int | None, *, again: bool = False) -> None:
        self._target = target
        self._left, self._budget = budget, budget
        self._again = again
        self.cuts = 0
        self.passed = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="cutting line")]
        self._threads[0].start()

    @property
    def cut(self) -> bool:
        return self._left is not None and self.passed >= self._left

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            if self.cut and not self._again:
                caller.close()
                continue
            if self.cut and self._left is not None and self._budget is not None:
                self.cuts += 1
                self._left = self.passed + self._budget
            callee = socket.create_connection(("127.0.0.1", self._target), 5)
            with self._lock:
                self._sockets += [caller, callee]
            for source, sink in ((caller, callee), (callee, caller)):
                thread = threading.Thread(target=self._pump, args=(source, sink), name="cutting line")
                self._threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(4096):
                with self._lock:
                    room = len(data) if self._left is None else max(0, self._left - self.passed)
                    self.passed += len(data)
                sink.sendall(data[:room])
                if room < len(data):
                    break
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for end in self._sockets:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._sockets:
            end.close()


@contextmanager
def cutting_line(target: int, budget: int | None, *, again: bool = False) -> Iterator[CuttingLine]:
    line = CuttingLine(target, budget, again=again)
    try:
        yield line
    finally:
        line.close()

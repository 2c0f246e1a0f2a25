"""Server processes as an administrator starts them, and a balancer in front of them."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.server.centres import free_port, wait_for

END_SECONDS = 40


class ServerProcess:
    """`tarahum-server run` over a prepared folder, on its own port."""

    def __init__(self, folder: Path, *, workers: int = 1, **settings: object) -> None:
        self.port = free_port()
        self._folder = folder
        self._settings = {"port": self.port, "workers": workers, **settings}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {**os.environ}
        for name, value in self._settings.items():
            environment[f"TARAHUM_SERVER_{name.upper()}"] = str(value)
        line = [sys.executable, "-m", "tarahum_server", "run", "--folder", str(self._folder)]
        with (self._folder / f"server-{self.port}.out").open("ab") as output:
            self._process = subprocess.Popen(line, env=environment, stdout=output, stderr=subprocess.STDOUT)
        wait_for(self.port, lambda: self.process.poll() is None)

    def said(self) -> str:
        return (self._folder / f"server-{self.port}.out").read_text("utf-8")

    def tell_to_end(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        return self.process.wait(END_SECONDS)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.tell_to_end()
            self.ended()


@contextmanager
def serving(*servers: ServerProcess) -> Iterator[None]:
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()


class Balancer:
    """Hands each connection to the first of the servers that takes it, beginning with another one each time."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._turn = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, name="balancer")]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            callee = self._connect()
            if callee is None:
                caller.close()
                continue
            with self._lock:
                self._ends += [caller, callee]
            for source, sink in ((caller, callee), (callee, caller)):
                thread = threading.Thread(target=self._pump, args=(source, sink), name="balancer")
                self._threads.append(thread)
                thread.start()

    def _connect(self) -> socket.socket | None:
        self._turn += 1
        for step in range(len(self._ports)):
            port = self._ports[(self._turn + step) % len(self._ports)]
            with suppress(OSError):
                return socket.create_connection(("127.0.0.1", port), 5)
        return None

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for end in self._ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()


@contextmanager
def balancing(*servers: ServerProcess) -> Iterator[Balancer]:
    balancer = Balancer([server.port for server in servers])
    try:
        yield balancer
    finally:
        balancer.close()

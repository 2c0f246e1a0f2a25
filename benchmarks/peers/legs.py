"""One way of one program, measured the same for all: from the word to go until its client says that it is done."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.counting import CountingProxy

WAYS = ("to the server", "to the other desktop")


@dataclass(frozen=True, slots=True)
class Leg:
    """What one way took: TCP payload in bytes, peak resident memory in MiB, seconds of processor of client and server."""

    way: str
    rows: int
    seconds: float
    bytes_up: int
    bytes_down: int
    requests: int
    client_mib: int
    server_mib: int
    processor: float

    @property
    def speed(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds

    @property
    def work(self) -> float:
        """Rows a second of processor, which other programs on the machine change little."""
        return self.rows / self.processor

    @property
    def bytes_a_row(self) -> float:
        """Both directions."""
        return (self.bytes_up + self.bytes_down) / self.rows


class Child:
    """A process that is spoken to line by line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.pid = process.pid

    def tell(self, line: str) -> None:
        """One line to it."""
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(line + "\n")
        stdin.flush()

    def hear(self) -> str:
        """One line from it."""
        stdout = self._process.stdout
        assert stdout is not None
        line = stdout.readline()
        if not line:
            raise ChildProcessError(f"{self._process.args!r} ended early")
        return line.strip()


@contextmanager
def child(
    *line: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Child]:
    """A process; ended at the end."""
    process = subprocess.Popen(
        list(map(str, line)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
    )
    try:
        yield Child(process)
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def silent_child(
    *line: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """A server's process, whose words nobody reads; yields its number."""
    process = subprocess.Popen(
        list(map(str, line)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def measure_leg(client: Child, server: int, proxy: CountingProxy, way: str, rows: int) -> Leg:
    """Let a client that said ``ready`` go; it answers ``[rows it moved or holds, its requests or null]``."""
    word = client.hear()
    assert word == "ready", word
    forget_peak(server)
    forget_peak(client.pid)
    proxy.reset()
    used = processor_seconds(client.pid) + processor_seconds(server)
    start = time.perf_counter()
    client.tell("go")
    moved, requests = json.loads(client.hear())
    seconds = time.perf_counter() - start
    assert moved == rows, (way, moved, rows)
    return Leg(
        way,
        rows,
        seconds,
        proxy.up,
        proxy.down,
        proxy.requests if requests is None else requests,
        peak_mib(client.pid),
        peak_mib(server),
        processor_seconds(client.pid) + processor_seconds(server) - used,
    )


def finished(line: Sequence[str | Path], folder: Path | None = None, answer: str = "") -> None:
    """Run a preparing step to its end, told these lines."""
    subprocess.run(
        list(map(str, line)), cwd=folder, check=True, stdout=subprocess.DEVNULL, input=answer, text=True
    )


def peak_mib(process: int) -> int:
    """The most memory a process has held since the mark was last set."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def processor_seconds(process: int) -> float:
    """What all threads of a process have used."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def forget_peak(process: int) -> None:
    """Set the mark to what is held now."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until a server listens."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def busy_share(seconds: float = 1.0) -> float:
    """How much of the processors other programs use while this one waits, 0 to 1."""
    before = _ticks()
    time.sleep(seconds)
    after = _ticks()
    idle, total = (after[at] - before[at] for at in (0, 1))
    return 1 - idle / total if total else 0.0


def _ticks() -> tuple[int, int]:
    numbers: list[Any] = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
    return numbers[3] + numbers[4], sum(numbers)

"""Children that are killed: forked from a small server that has everything loaded and no thread running."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Child:
    """A forked process and what it says, line by line."""

    process: int
    output: int

    def read_until(self, seconds: float) -> bytes:
        """What it said until a moment; it may go on saying things."""
        deadline = time.monotonic() + seconds
        said = b""
        os.set_blocking(self.output, False)
        while time.monotonic() < deadline:
            with contextlib.suppress(BlockingIOError):
                said += os.read(self.output, 65536)
            time.sleep(0.001)
        return said

    def kill(self) -> bytes:
        """Kill it without warning; returns what it had still said."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.set_blocking(self.output, True)
        said = b""
        while part := os.read(self.output, 65536):
            said += part
        os.close(self.output)
        return said


def fork(work: Callable[[Callable[[bytes], None]], None]) -> Child:
    """Run ``work(say)`` in a forked child. The caller holds no open database: SQLite's may not cross a fork."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Child(process, reading)
    code = 1
    try:
        os.close(reading)
        work(lambda line: os.write(writing, line) and None)
        code = 0
    finally:
        os._exit(code)


def kill_point(
    work: Callable[[Callable[[bytes], None]], None], after: float, ready: bytes = b""
) -> list[bytes]:
    """Start, wait for the word that it works, kill a moment later; returns the whole lines it said."""
    child = fork(work)
    said = b""
    deadline = time.monotonic() + 20
    while ready and ready not in said:
        if time.monotonic() > deadline:
            child.kill()
            raise TimeoutError(said)
        said += child.read_until(0.002)
    said += child.read_until(after)
    said += child.kill()
    return said.split(b"\n")[:-1]

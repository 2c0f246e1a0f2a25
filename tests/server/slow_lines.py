"""What is remembered of a line that is slow, so that batches are small and go in runs and entries come in pieces."""

from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.pace import LEAST_BYTES


class SlowMemory(LineMemory):
    """Takes every greeting for a slow one."""

    def met(self, seconds: float, *, runs: bool) -> None:
        super().met(max(seconds, 1.0), runs=runs)


def slow_memory() -> LineMemory:
    """Of a line on which small batches go in runs and entries come in pieces."""
    memory = SlowMemory()
    memory.out.bytes_wanted = memory.back.bytes_wanted = LEAST_BYTES
    return memory

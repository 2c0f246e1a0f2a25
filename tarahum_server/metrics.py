"""What Prometheus may read of a centre: counts, sizes and seconds; nothing about any person or device.

Where several workers share a port, whichever is asked answers for all: each keeps its counts in a file of a folder
they share, which the library's own multiprocess mode adds up.
"""

import os
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

# The library reads this name itself when it is loaded.
SHARED_FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS: Final = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)


class Metrics:
    """The measures of one worker process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "tarahum_requests", "Requests answered", ("route", "code"), registry=self.registry
        )
        self._seconds = Histogram(
            "tarahum_request_seconds",
            "Seconds to answer",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._bytes = Counter(
            "tarahum_body_bytes", "Bytes of bodies", ("route", "way"), registry=self.registry
        )
        self._rows = self._gauge("tarahum_rows", "Rows held, all scopes")
        self._held = self._gauge("tarahum_held_batches", "Batches held", "reason")
        self._waiting = self._gauge("tarahum_waiting", "Requests that wait for their turn")
        self._reasons: set[str] = set()

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self.registry, multiprocess_mode="mostrecent")

    def answered(self, route: str, code: str, seconds: float, size_in: int, size_out: int) -> None:
        """Count one answer."""
        self._requests.labels(route, code).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.labels(route, "in").inc(size_in)
        self._bytes.labels(route, "out").inc(size_out)

    def show(self, rows: int, held: dict[str, int], waiting: int) -> bytes:
        """The text Prometheus reads."""
        self._rows.set(rows)
        self._waiting.set(waiting)
        self._reasons |= held.keys()
        for reason in self._reasons:
            self._held.labels(reason).set(held.get(reason, 0))
        if SHARED_FOLDER_VARIABLE not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        collector: Any = MultiProcessCollector  # the library does not type it
        collector(together)
        return generate_latest(together)

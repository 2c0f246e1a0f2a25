"""What Prometheus may read of a worker: counts, sizes and seconds; nothing about any person or device."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

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
        self._rows = Gauge("tarahum_rows", "Rows held, all scopes", registry=self.registry)
        self._held = Gauge("tarahum_held_batches", "Batches held", ("reason",), registry=self.registry)

    def answered(self, route: str, code: str, seconds: float, size_in: int, size_out: int) -> None:
        """Count one answer."""
        self._requests.labels(route, code).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.labels(route, "in").inc(size_in)
        self._bytes.labels(route, "out").inc(size_out)

    def show(self, rows: int, held: dict[str, int]) -> bytes:
        """The text Prometheus reads."""
        self._rows.set(rows)
        self._held.clear()
        for reason, count in held.items():
            self._held.labels(reason).set(count)
        return generate_latest(self.registry)

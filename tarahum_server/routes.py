"""The five calls of the exchange and the three of operations, over HTTP."""

import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE, TIME_HEADER
from tarahum_desktop.sync.codec.envelope import MAX_PAYLOAD_BYTES
from tarahum_desktop.sync.errors import SyncError
from tarahum_server.auth import SignedRequest, read_proof
from tarahum_server.bodies import read_body, refusal, refusal_body
from tarahum_server.desk import Desk
from tarahum_server.metrics import Metrics
from tarahum_server.settings import Settings

_LOG = logging.getLogger("tarahum.server")
_SMALL: Final = 4 * 1024
_HELLO: Final = 64 * 1024
_OK: Final = 200
_UNAVAILABLE: Final = 503
_FAULT: Final = 500
Answer = Callable[[SignedRequest], bytes]
Handler = Callable[[Request], Awaitable[Response]]


class Counter:
    """Where requests arrive: reads and limits them, has them answered in a thread, counts and names failures."""

    def __init__(self, desk: Desk, metrics: Metrics, settings: Settings) -> None:
        self._desk, self._metrics, self._settings = desk, metrics, settings
        self._threads = anyio.CapacityLimiter(settings.threads)

    def route(self, name: str, answer: Answer, limit: int) -> Handler:
        """The handler of one call."""

        async def handle(request: Request) -> Response:
            begun = time.monotonic()
            body, status, code = b"", _OK, "ok"
            try:
                body = await self._read(request, limit)
                proof = read_proof(request.headers, request.method, request.url.path, body)
                said = await anyio.to_thread.run_sync(answer, proof, limiter=self._threads)
            except Exception as error:  # noqa: BLE001 - whatever it is, its text may name persons and must not travel
                status, code = refusal(error)
                said = refusal_body(code)
                if status == _FAULT:
                    _LOG.error("%s failed by %s", name, type(error).__name__)
            self._metrics.answered(name, code, time.monotonic() - begun, len(body), len(said))
            return Response(said, status, {TIME_HEADER: str(self._desk.now())}, CONTENT_TYPE)

        return handle

    async def _read(self, request: Request, limit: int) -> bytes:
        if request.headers.get("content-type") != CONTENT_TYPE:
            raise SyncError("content_type")
        return await read_body(request, limit, self._settings.body_seconds)

    async def healthz(self) -> Response:
        """Whether this process answers."""
        return Response("ok\n", media_type="text/plain")

    async def readyz(self) -> Response:
        """Whether it can do its work: the database answers and is of this program's revision."""
        try:
            ready = await anyio.to_thread.run_sync(self._desk.is_ready, limiter=self._threads)
        except Exception as error:  # noqa: BLE001 - any failure means: not ready
            _LOG.warning("not ready by %s", type(error).__name__)
            ready = False
        return Response("ready\n" if ready else "not ready\n", _OK if ready else _UNAVAILABLE)

    async def metrics(self, request: Request) -> Response:
        """Counts for Prometheus, to this machine alone unless the settings say otherwise."""
        if not (self._settings.metrics_for_all or _from_here(request)):
            return Response(status_code=404)
        rows, held = await anyio.to_thread.run_sync(self._desk.measures, limiter=self._threads)
        return Response(self._metrics.show(rows, held), media_type=CONTENT_TYPE_LATEST)


def _from_here(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def make_router(desk: Desk, metrics: Metrics, settings: Settings) -> APIRouter:
    """All routes of the centre."""
    counter = Counter(desk, metrics, settings)
    router = APIRouter()
    for name, answer, limit in (
        ("hello", desk.hello, _HELLO),
        ("push", desk.push, MAX_PAYLOAD_BYTES),
        ("pull", desk.pull, _SMALL),
        ("snapshot", desk.snapshot, _SMALL),
        ("enrol", desk.enrol, _SMALL),
    ):
        router.add_route(f"/v1/{name}", counter.route(name, answer, limit), methods=["POST"])
    router.add_api_route("/healthz", counter.healthz, methods=["GET"])
    router.add_api_route("/readyz", counter.readyz, methods=["GET"])
    router.add_api_route("/metrics", counter.metrics, methods=["GET"])
    return router

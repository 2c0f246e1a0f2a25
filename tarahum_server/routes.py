"""The calls of the exchange and the three of operations, over HTTP."""

import asyncio
import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Final

import anyio
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from tarahum_desktop.sync.carriers.signed_request import (
    CONTENT_TYPE,
    PUSH_PATH,
    RUN_PATH,
    TIME_HEADER,
    RunReader,
)
from tarahum_desktop.sync.codec.envelope import MAX_PAYLOAD_BYTES
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_desktop.sync.exchange.messages import PushReply, decode
from tarahum_server.auth import SignedRequest, read_proof
from tarahum_server.bodies import (
    read_body,
    refusal,
    refusal_body,
    seconds_to_come_again,
    within,
)
from tarahum_server.body_room import BodyRoom
from tarahum_server.desk import Desk
from tarahum_server.lanes import lanes_of
from tarahum_server.metrics import Metrics
from tarahum_server.settings import Settings
from tarahum_server.slices import SlicedResponse
from tarahum_server.turns import Turns

_LOG = logging.getLogger("tarahum.server")
_SMALL: Final = 4 * 1024
_HELLO: Final = 64 * 1024
_OK: Final = 200
_UNAVAILABLE: Final = 503
_FAULT: Final = 500
_MEGABYTE: Final = 1024 * 1024
_PROBES_AT_ONCE: Final = 2
Answer = Callable[[SignedRequest], bytes]
Handler = Callable[[Request], Awaitable[Response]]


class Counter:
    """Where requests arrive: reads and limits them, has them answered in a thread in turn, counts and names failures."""

    def __init__(self, desk: Desk, metrics: Metrics, settings: Settings) -> None:
        self._desk, self._metrics, self._settings = desk, metrics, settings
        self._threads = anyio.CapacityLimiter(settings.threads)
        # Apart from the calls, so that whoever looks after this process is answered while it is full.
        self._probes = anyio.CapacityLimiter(_PROBES_AT_ONCE)
        self._bodies = BodyRoom(settings.body_megabytes * _MEGABYTE)
        self.turns = Turns(settings.threads, settings.waiting)

    def route(self, name: str, answer: Answer, limit: int) -> Handler:
        """The handler of one call."""

        async def take(request: Request) -> tuple[int, bytes]:
            proof = await self._read(request, limit)
            return len(proof.body), await self._in_turn(name, request, answer, proof)

        return self._handler(name, take)

    def run_route(self) -> Handler:
        """The handler of a run of batches: each is taken as soon as it is there, for the line may not bring the next."""

        async def take(request: Request) -> tuple[int, bytes]:
            _check_kind(request)
            reader, size, said = RunReader(MAX_PAYLOAD_BYTES + _SMALL), 0, b""
            async for data in within(request.stream(), self._settings.body_seconds):
                size += len(data)
                for part in reader.feed(data):
                    proof = SignedRequest(
                        "POST", PUSH_PATH, part.device, part.time_ms, part.nonce, part.signature, part.payload
                    )
                    said = await self._in_turn("push", request, self._desk.push, proof)
                    if decode(said, PushReply).code != "ok":
                        return size, said
            if not said:
                raise SyncError("message_malformed")
            return size, said

        return self._handler("push_run", take)

    def _handler(self, name: str, take: Callable[[Request], Awaitable[tuple[int, bytes]]]) -> Handler:
        async def handle(request: Request) -> Response:
            begun = time.monotonic()
            size, status, code = 0, _OK, "ok"
            extra: dict[str, str] = {}
            try:
                self._admit()
                with self._bodies.share() as request.state.grow:
                    size, said = await take(request)
            except Exception as error:  # noqa: BLE001 - whatever it is, its text may name persons and must not travel
                status, code = refusal(error)
                said = refusal_body(code)
                if seconds := seconds_to_come_again(error):
                    extra["Retry-After"] = str(seconds)
                if status == _FAULT:
                    _LOG.error("%s failed by %s", name, type(error).__name__)
            if self.turns.closing:
                extra["Connection"] = "close"
            self._metrics.answered(name, code, time.monotonic() - begun, size, len(said))
            headers = {TIME_HEADER: str(self._desk.now()), **extra}
            return SlicedResponse(said, status, headers, CONTENT_TYPE)

        return handle

    def _admit(self) -> None:
        """Before any of a body is read; raises Busy."""
        if self.turns.closing:
            raise self.turns.refusal()

    async def _in_turn(self, name: str, request: Request, answer: Answer, proof: SignedRequest) -> bytes:
        # Who it is has not been proven yet; somebody else's number takes away nothing where the address differs.
        caller = (request.client.host if request.client else "", proof.device)
        async with self.turns.turn(caller, lanes_of(name, caller, proof.body)):
            return await anyio.to_thread.run_sync(answer, proof, limiter=self._threads)

    def _room(self, request: Request) -> Callable[[int], None]:
        def take(size: int) -> None:
            if not request.state.grow(size):
                raise self.turns.refusal()

        return take

    async def _read(self, request: Request, limit: int) -> SignedRequest:
        _check_kind(request)
        body = await read_body(request, limit, self._settings.body_seconds, self._room(request))
        return read_proof(request.headers, request.method, request.url.path, body)

    async def healthz(self) -> Response:
        """Whether this process answers."""
        return Response("ok\n", media_type="text/plain")

    async def readyz(self) -> Response:
        """Whether it can do its work: it is not about to end, the database answers and is of this program's revision.

        ``resuming`` is ready too: a restored centre that answers its devices and waits for them.
        """
        waits = False
        try:
            ready = await anyio.to_thread.run_sync(self._desk.is_ready, limiter=self._probes)
            waits = ready and await anyio.to_thread.run_sync(self._desk.is_resuming, limiter=self._probes)
        except Exception as error:  # noqa: BLE001 - any failure means: not ready
            _LOG.warning("not ready by %s", type(error).__name__)
            ready = False
        ready = ready and not self.turns.closing
        return Response(
            ("resuming\n" if waits else "ready\n") if ready else "not ready\n", _OK if ready else _UNAVAILABLE
        )

    async def metrics(self, request: Request) -> Response:
        """Counts for Prometheus, to this machine alone unless the settings say otherwise."""
        if not (self._settings.metrics_for_all or _from_here(request)):
            return Response(status_code=404)
        rows, held = await anyio.to_thread.run_sync(self._desk.measures, limiter=self._probes)
        return Response(self._metrics.show(rows, held, self.turns.waiting), media_type=CONTENT_TYPE_LATEST)

    async def end(self) -> None:
        """Admit nobody new and give those in front of the door the time to read that they shall come again."""
        self.turns.close()
        await asyncio.sleep(self._settings.drain_seconds)


def _check_kind(request: Request) -> None:
    if request.headers.get("content-type") != CONTENT_TYPE:
        raise SyncError("content_type")


def _from_here(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def make_router(counter: Counter, desk: Desk) -> APIRouter:
    """All routes of the centre."""
    router = APIRouter()
    add_calls(router, counter, desk, ANSWERS)
    router.add_route("/v1/enrol", counter.route("enrol", desk.enrol, _SMALL), methods=["POST"])
    router.add_api_route("/healthz", counter.healthz, methods=["GET"])
    router.add_api_route("/readyz", counter.readyz, methods=["GET"])
    router.add_api_route("/metrics", counter.metrics, methods=["GET"])
    return router


def add_calls(router: APIRouter, counter: Counter, desk: Desk, names: Iterable[str]) -> None:
    """The calls of the exchange, which an office's hub answers as well; ``names`` those beside the first four."""
    for name, answer, limit in (
        ("hello", desk.hello, _HELLO),
        ("push", desk.push, MAX_PAYLOAD_BYTES),
        ("pull", desk.pull, _SMALL),
        ("snapshot", desk.snapshot, _SMALL),
    ):
        router.add_route(f"/v1/{name}", counter.route(name, answer, limit), methods=["POST"])
    router.add_route(RUN_PATH, counter.run_route(), methods=["POST"])
    for name in names:
        known = ANSWERS[name]
        handler = counter.route(name, partial(desk.answer, known), known.call.limit)
        router.add_route(f"/v1/{name}", handler, methods=["POST"])

"""Devices that exist only as their keys, the batches sealed for them and what they have taken.

They are cheap, and true to the protocol in every byte they send.
"""

import asyncio
import random
import secrets
import ssl
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import msgspec

from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE, NONCE_BYTES, signed_text
from tarahum_desktop.sync.exchange.messages import (
    HIGHEST_VERSION,
    LOWEST_VERSION,
    HelloReply,
    HelloRequest,
    PullReply,
    PullRequest,
    PushReply,
    ScopeHave,
    encode,
)
from tarahum_desktop.sync.signatures import SigningKey

PULL_BYTES: Final = 64 * 1024
T = TypeVar("T")


@dataclass
class Tally:
    """What was seen from outside, in seconds."""

    requests: dict[str, list[float]] = field(default_factory=dict)
    exchanges: list[float] = field(default_factory=list)
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)
    rows: int = 0
    batches: int = 0
    taken: int = 0


class Line:
    """One TLS connection of one exchange; a busy centre is asked again when it says, as the desktop does."""

    def __init__(self, port: int, context: ssl.SSLContext, device: "FleetDevice", tally: Tally) -> None:
        self._port, self._context, self._device, self._tally = port, context, device, tally
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, name: str, body: bytes, kind: type[T]) -> T:
        """A call and its answer; raises RuntimeError for a refusal that no waiting cures."""
        begun = time.perf_counter()
        while True:
            status, wait, said = await self._send(f"/v1/{name}", body)
            if status == 200:
                self._tally.requests.setdefault(name, []).append(time.perf_counter() - begun)
                return msgspec.msgpack.decode(said, type=kind)
            if status != 503 or not wait:
                raise RuntimeError(f"{name} {status} {said[:60]!r}")
            self._tally.turned_away += 1
            await asyncio.sleep(wait)

    async def _send(self, path: str, body: bytes) -> tuple[int, int, bytes]:
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", self._port, ssl=self._context)
        reader, writer = self._ends
        writer.write(self._head(path, body) + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        said = await reader.readexactly(int(headers["content-length"]))
        if headers.get("connection") == "close":
            await self.close()
        return int(head[0].split(" ")[1]), int(headers.get("retry-after", 0)), said

    def _head(self, path: str, body: bytes) -> bytes:
        device, nonce, now = self._device, secrets.token_bytes(NONCE_BYTES), time.time_ns() // 1_000_000
        signature = device.key.sign(signed_text("POST", path, device.number, now, nonce, body))
        lines = (
            f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {CONTENT_TYPE}", f"Content-Length: {len(body)}",
            f"X-Tarahum-Device: {device.number}", f"X-Tarahum-Time: {now}", f"X-Tarahum-Nonce: {nonce.hex()}",
            f"X-Tarahum-Signature: {signature.hex()}", "", "",
        )  # fmt: skip
        return "\r\n".join(lines).encode("ascii")

    async def close(self) -> None:
        """Hang up."""
        if self._ends is not None:
            _, writer = self._ends
            self._ends = None
            writer.close()
            try:
                await writer.wait_closed()
            except (OSError, ssl.SSLError):
                return  # the other side hung up in the same moment


@dataclass
class FleetDevice:
    """A device of a committee: ``waiting`` are sealed batches with their last sequence and rows."""

    number: int
    scope: str
    key: SigningKey
    positions: dict[str, int]
    waiting: deque[tuple[bytes, int, int]]
    sent: int = 0

    async def exchange(self, line: Line, tally: Tally, batches: int) -> None:
        """Hello, push so many batches, pull both scopes, hello again."""
        begun = time.perf_counter()
        await self._hello(line)
        for _ in range(min(batches, len(self.waiting))):
            payload, last, rows = self.waiting[0]
            reply = await line.ask("push", payload, PushReply)
            if reply.code != "ok" or reply.receipt.sequence < last:
                raise RuntimeError(f"push {reply.code} {reply.receipt.sequence}")
            self.waiting.popleft()
            self.sent = last
            tally.rows += rows
            tally.batches += 1
        for scope in ("national", self.scope):
            await self._pull(line, scope, tally)
        offers = (await self._hello(line)).scopes
        if offers[self.scope].acknowledged != self.sent:
            raise RuntimeError(f"acknowledged {offers[self.scope].acknowledged} of {self.sent}")
        tally.exchanges.append(time.perf_counter() - begun)

    async def _hello(self, line: Line) -> HelloReply:
        have = {
            scope: ScopeHave(at, self.sent if scope == self.scope else 0, bytes(8), 0)
            for scope, at in self.positions.items()
        }
        now = time.time_ns() // 1_000_000
        return await line.ask(
            "hello", encode(HelloRequest(LOWEST_VERSION, HIGHEST_VERSION, 3, now, have)), HelloReply
        )

    async def _pull(self, line: Line, scope: str, tally: Tally) -> None:
        while True:
            request = PullRequest(scope, self.positions[scope], PULL_BYTES)
            reply = await line.ask("pull", encode(request), PullReply)
            tally.taken += len(reply.entries)
            self.positions[scope] = reply.position
            if reply.position >= reply.head:
                return


class Fleet:
    """All devices against one port."""

    def __init__(self, devices: Sequence[FleetDevice], port: int, context: ssl.SSLContext) -> None:
        self._devices, self._port, self._context = devices, port, context

    async def a_day(self, seconds: float, visits: int, chance: random.Random, late: int) -> Tally:
        """Every device comes a few times at its own moments; the last ``late`` of them once, with all they have."""
        tally = Tally()
        plans: list[Any] = []
        for place, device in enumerate(self._devices):
            is_late = place >= len(self._devices) - late
            moments = sorted(chance.uniform(0, seconds) for _ in range(1 if is_late else visits))
            plans.append(self._come(device, moments, 100 if is_late else 2, tally))
        await asyncio.gather(*plans)
        return tally

    async def all_at_once(self) -> Tally:
        """A Monday morning: everybody in the same moment, each with what is left."""
        tally = Tally()
        await asyncio.gather(*(self._come(device, [0.0], 100, tally) for device in self._devices))
        return tally

    async def _come(self, device: FleetDevice, moments: list[float], batches: int, tally: Tally) -> None:
        start = time.perf_counter()
        for moment in moments:
            await asyncio.sleep(max(0.0, moment - (time.perf_counter() - start)))
            line = Line(self._port, self._context, device, tally)
            try:
                await device.exchange(line, tally, batches)
            except (RuntimeError, OSError, asyncio.IncompleteReadError, ssl.SSLError) as error:
                tally.errors.append(f"{type(error).__name__} {error}"[:200])
            finally:
                await line.close()

"""A bad line made of real packets: two network namespaces joined by TUN devices, and this process between them.

Every IP packet waits its turn at the bit rate, is lost by chance, and arrives after half the round trip. A cut resets
every connection at both ends, as a mobile network that lost its state does, and the line stays dead for some seconds.
The kernels' own TCP meets all of that. Needs root on Linux. ``python bad_line.py PREFIX`` obeys lines on stdin:
``bad {profile}``, ``clear``, ``counts``; every answer is one line.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Final

CLIENT_ADDRESS: Final = "10.99.0.1"
SERVER_ADDRESS: Final = "10.99.0.2"
_MTU: Final = 1400
_QUEUE_BYTES: Final = 64 * 1024  # what a modem keeps waiting before it drops
_TUNSETIFF: Final = 0x400454CA
_TUN_WITHOUT_HEADER: Final = 0x0001 | 0x1000
_FIN, _SYN, _RST, _ACK = 1, 2, 4, 16


@dataclass(frozen=True, slots=True)
class Profile:
    """How bad: bits a second each way, milliseconds there and back, share of packets lost, seconds between cuts.

    ``first_cut`` seconds after it begins comes the first of them. Nothing of a kind is 0.
    """

    rate: int = 0
    round_trip_ms: int = 0
    loss: float = 0.0
    cut_every: float = 0.0
    cut_lasts: float = 3.0
    first_cut: float = 0.0
    seed: int = 1


@dataclass(slots=True)
class Packet:
    """What is known of a TCP packet."""

    flow: bytes
    sequence: int
    acknowledged: int
    flags: int
    size: int

    @classmethod
    def read(cls, raw: bytes) -> "Packet | None":
        """None when it is not TCP over IPv4."""
        if len(raw) < 40 or raw[0] >> 4 != 4 or raw[9] != 6:
            return None
        start = (raw[0] & 15) * 4
        sequence, acknowledged, offset, flags = struct.unpack_from(">IIBB", raw, start + 4)
        return cls(
            raw[12:20] + raw[start : start + 4],
            sequence,
            acknowledged,
            flags,
            len(raw) - start - (offset >> 4) * 4,
        )


def other_way(flow: bytes) -> bytes:
    """The same connection seen from the other end."""
    return flow[4:8] + flow[0:4] + flow[10:12] + flow[8:10]


def reset_packet(flow: bytes, sequence: int) -> bytes:
    """A reset that ends a connection at the receiver, in the sender's name."""
    addresses, ports = flow[:8], flow[8:]
    tcp = ports + struct.pack(">IIBBHHH", sequence, 0, 0x50, _RST, 0, 0, 0)
    check = _checksum(addresses + struct.pack(">BBH", 0, 6, len(tcp)) + tcp)
    tcp = tcp[:16] + struct.pack(">H", check) + tcp[18:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + addresses
    return ip[:10] + struct.pack(">H", _checksum(ip)) + ip[12:] + tcp


def _checksum(data: bytes) -> int:
    total: int = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return int(~total & 0xFFFF)


@dataclass(slots=True)
class Way:
    """One direction: what it carries, and how far each connection's stream has got in it."""

    source: int
    target: int
    free_at: float = 0.0
    packets: int = 0
    octets: int = 0
    stream: int = 0
    repeated: int = 0
    reached: dict[bytes, int] = field(default_factory=dict)
    acknowledged: dict[bytes, int] = field(default_factory=dict)

    def count(self, raw: bytes, packet: Packet | None) -> None:
        """``stream`` grows by what a connection carries for the first time: retransmissions of TCP are ``repeated``."""
        self.packets += 1
        self.octets += len(raw)
        if packet is None:
            return
        if packet.flags & _SYN:
            self.reached[packet.flow] = packet.sequence + 1 & 0xFFFFFFFF
        elif packet.flow in self.reached:
            ahead = packet.sequence + packet.size - self.reached[packet.flow] & 0xFFFFFFFF
            new = ahead if ahead < 1 << 31 else 0
            self.repeated += max(0, packet.size - new)
            if new:
                self.stream += new
                self.reached[packet.flow] = packet.sequence + packet.size & 0xFFFFFFFF
        if packet.flags & _ACK:
            self.acknowledged[packet.flow] = packet.acknowledged


class Line:
    """The two ways, the schedule of cuts, and the packets that are under way."""

    def __init__(self, near: int, far: int) -> None:
        self.up, self.down = Way(near, far), Way(far, near)
        self._waiting: list[tuple[float, int, int, bytes]] = []
        self._number = 0
        self._dead: set[bytes] = set()
        self._calls: set[bytes] = set()
        self.cuts = 0
        self.begin(Profile())

    def begin(self, profile: Profile) -> None:
        """Be as bad as that from now on and count from nothing; connections go on."""
        self.profile = profile
        self._chance = random.Random(profile.seed)
        now = time.monotonic()
        self._next_cut = now + (profile.first_cut or profile.cut_every) if profile.cut_every else float("inf")
        self._down_until = 0.0
        self.cuts, self._calls = 0, set()
        for way in (self.up, self.down):
            way.packets = way.octets = way.stream = way.repeated = 0

    def counts(self) -> dict[str, int]:
        """What was carried since it began."""
        return {
            "up": self.up.octets,
            "down": self.down.octets,
            "stream_up": self.up.stream,
            "stream_down": self.down.stream,
            "repeated": self.up.repeated + self.down.repeated,
            "connections": len(self._calls),
            "cuts": self.cuts,
        }

    def take(self, way: Way) -> None:
        """Read what an end has sent."""
        for _ in range(64):
            try:
                raw = os.read(way.source, 65536)
            except BlockingIOError:
                return
            packet = Packet.read(raw)
            way.count(raw, packet)
            if packet is not None and self._is_dead(way, packet):
                continue
            self._queue(way, raw)

    def _is_dead(self, way: Way, packet: Packet) -> bool:
        """A connection that was cut stays cut: whoever still speaks on it is told."""
        if packet.flags & _SYN:
            self._dead.discard(packet.flow if way is self.up else other_way(packet.flow))
            if way is self.up:
                self._calls.add(packet.flow)
            return False
        name = packet.flow if way is self.up else other_way(packet.flow)
        if name in self._dead and not packet.flags & _RST:
            os.write(way.source, reset_packet(other_way(packet.flow), packet.acknowledged))
        return name in self._dead

    def _queue(self, way: Way, raw: bytes) -> None:
        now, profile = time.monotonic(), self.profile
        start = max(now, way.free_at)
        if now < self._down_until or (profile.rate and (start - now) * profile.rate > 8 * _QUEUE_BYTES):
            return
        way.free_at = start + (len(raw) * 8 / profile.rate if profile.rate else 0.0)
        if self._chance.random() < profile.loss:
            return
        self._number += 1
        due = way.free_at + profile.round_trip_ms / 2000
        heapq.heappush(self._waiting, (due, self._number, way.target, raw))

    def deliver(self) -> float:
        """Hand over what is due and cut when it is time; returns the seconds until something is due again."""
        now = time.monotonic()
        if now >= self._next_cut:
            self._cut(now)
        while self._waiting and self._waiting[0][0] <= now:
            _, _, target, raw = heapq.heappop(self._waiting)
            os.write(target, raw)
        return max(0.0, min(self._next_cut, self._waiting[0][0] if self._waiting else float("inf")) - now)

    def _cut(self, now: float) -> None:
        self.cuts += 1
        self._next_cut = now + self.profile.cut_every
        self._down_until = now + self.profile.cut_lasts
        self._waiting.clear()
        for way, back in ((self.up, self.down), (self.down, self.up)):
            for flow, acknowledged in way.acknowledged.items():
                name = flow if way is self.up else other_way(flow)
                if name in self._dead:
                    continue
                # What the sender of `flow` expects next: what it acknowledged last, or all that was carried to it.
                carried = back.reached.get(other_way(flow), acknowledged)
                for sequence in {acknowledged, carried}:
                    os.write(way.source, reset_packet(other_way(flow), sequence))
        self._dead.update(self.up.reached)
        for way in (self.up, self.down):
            way.acknowledged.clear()


def make_namespace(name: str, here: str, there: str) -> int:
    """A namespace with one TUN device; returns the device's open file."""
    libc = ctypes.CDLL(None, use_errno=True)
    _ip("netns", "add", name)
    mine, other = (os.open(path, os.O_RDONLY) for path in ("/proc/self/ns/net", f"/run/netns/{name}"))
    if libc.setns(other, 0):
        raise OSError(ctypes.get_errno(), "setns")
    try:
        device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH14x", b"line0", _TUN_WITHOUT_HEADER))
    finally:
        libc.setns(mine, 0)
    for words in (
        ("link", "set", "lo", "up"),
        ("addr", "add", here, "peer", there, "dev", "line0"),
        ("link", "set", "line0", "mtu", str(_MTU), "up"),
    ):
        _ip("-n", name, *words)
    for setting in ("tcp_congestion_control=reno", "tcp_no_metrics_save=1"):
        subprocess.run(["ip", "netns", "exec", name, "sysctl", "-qw", f"net.ipv4.{setting}"], check=True)
    return device


def _ip(*words: str, check: bool = True) -> None:
    subprocess.run(["ip", *words], check=check, capture_output=True)


def obey(line: Line, words: str) -> str:
    """The answer to one line of stdin."""
    word, _, rest = words.strip().partition(" ")
    if word == "counts":
        return json.dumps(line.counts())
    line.begin(Profile(**json.loads(rest)) if word == "bad" else Profile())
    return "ok"


def main(prefix: str) -> None:
    """Carry packets until stdin ends."""
    ends = (f"{prefix}-c", f"{prefix}-s")
    for name in ends:
        _ip("netns", "del", name, check=False)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit())  # leaves no namespace behind
    os.nice(-10)  # a packet that waits for this process would be late
    try:
        near = make_namespace(ends[0], CLIENT_ADDRESS, SERVER_ADDRESS)
        far = make_namespace(ends[1], SERVER_ADDRESS, CLIENT_ADDRESS)
        line = Line(near, far)
        print("ready", flush=True)
        while True:
            seconds = line.deliver()
            ready, _, _ = select.select([near, far, 0], [], [], min(seconds, 1.0))
            if near in ready:
                line.take(line.up)
            if far in ready:
                line.take(line.down)
            if 0 in ready:
                words = sys.stdin.readline()
                if not words:
                    return
                print(obey(line, words), flush=True)
    finally:
        for name in ends:
            _ip("netns", "del", name, check=False)


if __name__ == "__main__":
    main(sys.argv[1])

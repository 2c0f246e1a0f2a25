"""A line in memory between two replicas, and what a centre must know before it answers."""

from dataclasses import dataclass, field

from tarahum_desktop.models import Device
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.exchange.access import current_device, find_device
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.hello import answer_hello
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.exchange.pull import answer_pull
from tarahum_desktop.sync.exchange.push import answer_push
from tarahum_desktop.sync.exchange.snapshot import answer_snapshot
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tests.sync.worlds import SCOPE, World, writing

GATE = Gate(lambda connection, number: current_device(connection, number).signing_key, lambda _c, _b: None)


@dataclass
class MemoryLine:
    """Calls the answering halves directly; breaks after a number of calls when told to."""

    centre: Replica
    device: int
    breaks_after: int | None = None
    calls: list[str] = field(default_factory=list)

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if self.breaks_after is not None and len(self.calls) > self.breaks_after:
            raise LineFailed

    def fail(self) -> None:
        raise LineFailed

    def _known(self, connection):
        return find_device(connection, self.device)

    def hello(self, request):
        self._call("hello")
        with self.centre.engine.connect() as connection:
            return answer_hello(connection, self.centre, self._known(connection), request, 0)

    def push(self, payload):
        self._call("push")
        with self.centre.engine.connect() as connection:
            device = self._known(connection)
        return answer_push(self.centre.engine, self.centre, device, payload, GATE)

    def push_run(self, payloads):
        for payload in payloads:
            reply = self.push(payload)
            if reply.code != "ok":
                break
        return reply

    def pull(self, request):
        self._call("pull")
        with self.centre.engine.connect() as connection:
            return answer_pull(connection, self._known(connection), request)

    def snapshot(self, request):
        self._call("snapshot")
        with self.centre.engine.connect() as connection:
            return answer_snapshot(connection, self.centre, self._known(connection), request)

    def ask(self, call, request):
        self._call(call.name)
        with self.centre.engine.connect() as connection:
            device = self._known(connection)
        return ANSWERS[call.name].reply(self.centre, device, request)


def enrol(world: World, centre: Replica, number: int) -> None:
    with writing(centre) as session:
        session.add(
            Device(
                scope="national",
                number=number,
                name=f"d{number}",
                kind="laptop",
                signing_key=world.keys[number],
                sealing_key=bytes(32),
                scopes=["national", SCOPE],
                enrolled_at=from_milliseconds(0),
            )
        )
        session.commit()
    publish_own(centre)


def meet(
    world: World, replica: Replica, centre: Replica, breaks_after: int | None = None
) -> tuple[Outcome, MemoryLine]:
    line = MemoryLine(centre, replica.device, breaks_after)
    return exchange(replica, line, world.keys[1], 1, lambda _progress: None), line

"""A centre and four devices on real files, made afresh in milliseconds from one prepared set."""

import contextlib
import functools
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.sync.exchange.exchange import exchange
from tarahum_desktop.sync.exchange.outcome import Outcome
from tarahum_desktop.sync.receive import Gate, hold_batch, hold_reason, receive_batch
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tests.sync.lines import MemoryLine, enrol
from tests.sync.proofs import prove_same
from tests.sync.worlds import SCOPE, Wall, World, hurry

CENTRE = 1
DEVICES = (2, 3, 4, 5)
YEAR_MS = 365 * 86_400_000


@functools.cache
def prepared() -> tuple[dict[int, bytes], dict[int, bytes]]:
    """``(private keys, database files)`` by number: a centre that has enrolled four empty devices."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        replicas = {number: world.replica(number) for number in (CENTRE, *DEVICES)}
        for number in replicas:
            enrol(world, replicas[CENTRE], number)
        files = {}
        for number, replica in replicas.items():
            with replica.engine.connect() as connection:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            replica.engine.dispose()
            files[number] = world.path(number).read_bytes()
        return {number: replica.signer.private for number, replica in replicas.items()}, files


@dataclass
class Town:
    """The replicas, what lies in their letter boxes, and how to bring all of it home."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="tarahum-town-")))
    true_time: Wall = field(default_factory=Wall)
    walls: dict[int, Wall] = field(default_factory=dict)
    replicas: dict[int, Replica] = field(default_factory=dict)
    letters: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        private, files = prepared()
        for number, data in files.items():
            (self.folder / f"{number}.db").write_bytes(data)
            signer = SigningKey(private[number])
            self.keys[number] = signer.public
            self.walls[number] = self.true_time if number == CENTRE else Wall()
            self.replicas[number] = self._open(number, signer)

    def _open(self, number: int, signer: SigningKey) -> Replica:
        engine = open_sqlite(self.folder / f"{number}.db")
        hurry(engine)
        return Replica(engine, number, signer, self.walls[number]).load()

    def restart(self, number: int) -> None:
        old = self.replicas[number]
        old.engine.dispose()
        self.replicas[number] = self._open(number, old.signer)

    def close(self) -> None:
        for replica in self.replicas.values():
            replica.engine.dispose()
        shutil.rmtree(self.folder)

    def gate(self) -> Gate:
        return Gate(lambda _connection, number: self.keys[number], lambda _connection, _batch: None)

    def post(self, sender: int, payload: bytes) -> None:
        for number in self.replicas:
            if number != sender:
                self.letters[number].append(payload)

    def open_letter(self, number: int, payload: bytes) -> bool:
        """Apply or hold one letter; False when it must come again later."""
        replica = self.replicas[number]
        try:
            with replica.engine.begin() as connection:
                receive_batch(connection, replica, payload, self.gate())
        except TarahumError as error:
            reason = hold_reason(error)
            if reason is None:
                if error.code not in {"batch_gap", "clock_ahead"}:
                    raise
                return False
            with replica.engine.begin() as connection:
                hold_batch(connection, replica, payload, reason)
        return True

    def meet(self, number: int, breaks_after: int | None = None) -> Outcome:
        line = MemoryLine(self.replicas[CENTRE], number, breaks_after)
        return exchange(self.replicas[number], line, self.keys[CENTRE], CENTRE, lambda _progress: None)

    def come_to_rest(self) -> None:
        """Everybody meets the centre until nobody has news; letters nobody needs any more are thrown away."""
        for _ in range(2 + len(DEVICES)):
            outcomes = [self.meet(number) for number in DEVICES]
            for number, letters in self.letters.items():
                letters[:] = [payload for payload in letters if not self.open_letter(number, payload)]
        for outcome in outcomes:
            assert outcome.proven == {SCOPE, "national"}
            assert (outcome.pushed, outcome.pulled) == (0, 0)
        prove_same(list(self.replicas.values()))
        prove_same(list(self.replicas.values()), "national")


@contextlib.contextmanager
def town():
    place = Town()
    try:
        yield place
    finally:
        place.close()

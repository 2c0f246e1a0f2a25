"""The state of one running exchange, which its steps hand on to each other."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from tarahum_desktop.sync.blobs.store import doubt_blobs
from tarahum_desktop.sync.change import Batch
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.blob_phase import Files
from tarahum_desktop.sync.exchange.carrier import Carrier
from tarahum_desktop.sync.exchange.heal import Healed
from tarahum_desktop.sync.exchange.line_memory import LineMemory
from tarahum_desktop.sync.exchange.messages import LOWEST_VERSION
from tarahum_desktop.sync.exchange.outcome import Progress, Report
from tarahum_desktop.sync.exchange.relay import OtherSide, take_from_start
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.scope_book import read_scopes


@dataclass(slots=True)
class Running:
    """One exchange while it runs.

    ``moved`` are the scopes in which something was sent or taken in one go, so that the heads named by the hello are
    outdated; ``held`` those of which the other side keeps a batch unapplied; ``version`` is what the hello agreed on.
    """

    replica: Replica
    carrier: Carrier
    side: OtherSide
    report: Report
    line: LineMemory
    progress: Progress = field(default_factory=Progress)
    moved: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    healed: list[Healed] = field(default_factory=list)
    version: int = LOWEST_VERSION

    @property
    def is_first_version(self) -> bool:
        """Whether the other side knows no calls beside the first release's."""
        return self.version == LOWEST_VERSION

    @property
    def gate(self) -> Gate:
        """Who decides on batches: the centre's own, and those it checked before it let them into its log."""
        return Gate(self._key_of, _trust_the_centre, centre_key=self.side.key)

    def enter(self, phase: str) -> None:
        """Say what is done from here on."""
        self.progress.phase = phase
        self.report(self.progress)

    def pushed(self, rows: int) -> None:
        """So many rows more were acknowledged."""
        self.progress.pushed += rows
        self.report(self.progress)

    def pulled(self, rows: int, touched: dict[str, set[bytes]]) -> None:
        """So many rows more were taken."""
        self.progress.pulled += rows
        self.progress.touched = touched
        self.report(self.progress)

    def moved_files(self, files: Files) -> None:
        """So far the contents of attachments are."""
        self.progress.files = files
        self.report(self.progress)

    def position(self, scope: str) -> int:
        """How far the other side's log was taken."""
        with self.replica.engine.connect() as connection:
            return read_scopes(connection)[scope].remote_position

    def start_anew(self, scope: str) -> None:
        """Take the other side's log from its beginning: it is not the one whose position is known."""
        with self.replica.engine.begin() as connection:
            take_from_start(connection, scope)
            doubt_blobs(connection, self.replica.now())

    def _key_of(self, connection: Connection, device: int) -> bytes:
        if device == self.side.device:
            return self.side.key
        return find_device(connection, device).signing_key


def _trust_the_centre(_connection: Connection, _batch: Batch) -> None:
    """The centre checked what each author may write before it let a batch into its log."""

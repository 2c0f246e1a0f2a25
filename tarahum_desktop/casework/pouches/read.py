"""Reads every pouch on a stick in order, takes each in at once, and says in plain values what came of it."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import Connection

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.parties import Party, party, reader, require_carrier
from tarahum_desktop.casework.pouches.records import note_exchange
from tarahum_desktop.casework.pouches.sticks import known_stick
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.errors import UnknownDevice
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.pouch import forward, shelf
from tarahum_desktop.sync.pouch.disk import plain_disk_errors
from tarahum_desktop.sync.pouch.errors import (
    PouchError,
    PouchForeign,
    PouchMakerRevoked,
    PouchMakerUnknown,
    RequestRefused,
    StickError,
)
from tarahum_desktop.sync.pouch.header import SUFFIX, Header, check_whole, fingerprint_digits, read_header
from tarahum_desktop.sync.pouch.layout import MOST_KEPT_BYTES
from tarahum_desktop.sync.pouch.newcomer import MOST_REQUEST_BYTES, REQUEST_SUFFIX
from tarahum_desktop.sync.pouch.opened import foreign
from tarahum_desktop.sync.pouch.read import PouchRead, Reader, whole_file
from tarahum_desktop.sync.pouch.take import Taken

MOST_FILES: Final = 1_000
READ: Final = "read"
REPEATED: Final = "repeated"
CARRIED: Final = "carried"
REFUSED: Final = "refused"
REQUEST: Final = "request"
FOREIGN: Final = "foreign"


@dataclass(frozen=True, slots=True)
class PouchProgress:
    """Which file of how many is read, and what came of it so far."""

    file: int
    files: int
    changes: int = 0
    rows: int = 0


Progress = Callable[[PouchProgress], None]


@dataclass(frozen=True, slots=True)
class PouchSummary:
    """One file of the stick and what came of it.

    ``state``: ``read``; ``repeated`` (read before, on ``read_before``); ``carried`` (kept as it is for the centre);
    ``request`` (a machine asks to join); ``foreign`` (for somebody else: leave it on the stick); ``refused``. ``code`` and ``facts`` say why, as an error would, for refused
    ones and those carried because they could not be judged here. ``changes`` and ``rows`` were new, ``conflicts`` ask
    for a decision, ``confirmed`` own changes are now confirmed by the centre, ``held`` batches wait here for earlier
    ones, ``for_centre`` go on to the centre to be judged, ``clock_ahead`` were stamped by a clock that runs ahead,
    ``missing`` are numbers of earlier pouches that never came here, ``clock_set`` tells that this machine's own clock
    was wrong.
    """

    file: str
    state: str
    maker: int = 0
    maker_name: str = ""
    number: int = 0
    fingerprint: str = ""
    made_at: dt.datetime | None = None
    changes: int = 0
    rows: int = 0
    conflicts: int = 0
    files: int = 0
    confirmed: int = 0
    receipts: int = 0
    held: int = 0
    for_centre: int = 0
    clock_ahead: int = 0
    missing: tuple[int, ...] = ()
    clock_set: bool = False
    read_before: dt.datetime | None = None
    code: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
    touched: frozenset[str] = frozenset()


def read_pouches(desk: Desk, folder: Path, progress: Progress) -> tuple[PouchSummary, ...]:
    """Read everything on the stick that is meant for this machine; what is not ours is named and left alone.

    Raises:
        NotAllowed; StickUnregistered, StickForeign, StickRetired, StickGone: nothing was read.
    """
    started = desk.now()
    with desk.reading() as connection:
        require_carrier(desk, connection)
        known_stick(connection, desk, folder)
        here, with_key = party(connection, desk), reader(connection, desk)
    files = list(_files(folder))
    done: list[PouchSummary] = []
    for at, (header, path) in enumerate(files, 1):
        if header is not None and header.maker == here.me.number:
            continue  # our own, on its way
        report = functools.partial(_report, progress, at, len(files))
        done.append(_One(desk, here, with_key, path, header).read(report))
    if here.is_office:
        done += _requests(desk, folder)
    pulled = sum(one.changes + one.rows for one in done)
    if done:
        note_exchange(desk, started, pulled=pulled)
    return tuple(done)


def _report(progress: Progress, at: int, files: int, taken: Taken) -> None:
    progress(PouchProgress(at, files, taken.changes, taken.rows))


def _files(folder: Path) -> Iterator[tuple[Header | None, Path]]:
    """Pouch files in the order in which their makers numbered them; what is no pouch comes last."""
    with plain_disk_errors():
        names = sorted(path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))
        found = [(_header(path), path) for path in names[:MOST_FILES] if path.is_file()]
    yield from sorted(found, key=lambda one: (one[0] is None, one[0].number if one[0] else 0, one[1].name))


def _header(path: Path) -> Header | None:
    try:
        with path.open("rb") as file:
            return read_header(file)
    except PouchError:
        return None


class _One:
    """One file."""

    def __init__(self, desk: Desk, here: Party, with_key: Reader, path: Path, header: Header | None) -> None:
        self._desk, self._here, self._reader, self._path, self._header = desk, here, with_key, path, header

    def read(self, report: Callable[[Taken], None]) -> PouchSummary:
        try:
            with plain_disk_errors(), self._path.open("rb") as file:
                return self._read(file, report)
        except (PouchError, StickError) as error:
            return self._refused(error)

    def _read(self, file: BinaryIO, report: Callable[[Taken], None]) -> PouchSummary:
        header = self._header or read_header(file)  # says why it is none
        file.seek(0)
        if self._here.me.number not in header.receivers:
            if self._carries(header):
                return self._carry(file, header, "")
            raise foreign(header)
        try:
            found = self._reader.read(file, report)
        except (PouchMakerUnknown, PouchMakerRevoked) as error:
            if self._here.is_office and self._here.enrolment.centre_device in header.receivers:
                return self._carry(file, header, error.code)
            raise
        return self._told(found)

    def _carries(self, header: Header) -> bool:
        """Whether it is for the centre alone, from a machine of this office's committee."""
        if not self._here.is_office or header.receivers[0] != self._here.enrolment.centre_device:
            return False
        with self._desk.reading() as connection:
            try:
                return find_device(connection, header.maker).committee == self._here.committee
            except UnknownDevice:
                return False

    def _carry(self, file: BinaryIO, header: Header, code: str) -> PouchSummary:
        file.seek(0)
        check_whole(file, read_header(file))
        if header.size > MOST_KEPT_BYTES:
            raise PouchError("pouch_too_large")
        replica = self._desk.replica
        now = replica.now()
        with replica.engine.begin() as connection:
            before = shelf.find_read(connection, header)
            if before is None:
                life = round(shelf.LIFE.total_seconds() * 1000)
                shelf.keep_read(connection, header, CARRIED, (now, now + life), {}, now, whole_file(file))
        return PouchSummary(
            self._path.name,
            CARRIED if before is None else REPEATED,
            header.maker,
            self._name(header.maker),
            header.number,
            fingerprint_digits(header.fingerprint),
            read_before=None if before is None else before.handled_at,
            code=code,
        )

    def _told(self, found: PouchRead) -> PouchSummary:
        header, taken = found.header, found.taken
        return PouchSummary(
            self._path.name,
            REPEATED if found.repeated else READ,
            header.maker,
            self._name(header.maker),
            header.number,
            fingerprint_digits(header.fingerprint),
            from_milliseconds(found.head.made_at),
            taken.changes,
            taken.rows,
            taken.conflicts,
            taken.files,
            taken.confirmed,
            taken.receipts,
            taken.held,
            taken.for_centre,
            taken.clock_ahead,
            found.missing,
            found.clock_set,
            found.repeated,
            touched=frozenset(taken.touched),
        )

    def _refused(self, error: TarahumError) -> PouchSummary:
        header = self._header
        if header is None:
            return PouchSummary(self._path.name, REFUSED, code=error.code, facts=error.facts)
        return PouchSummary(
            self._path.name,
            FOREIGN if isinstance(error, PouchForeign) else REFUSED,
            header.maker,
            self._name(header.maker),
            header.number,
            fingerprint_digits(header.fingerprint),
            code=error.code,
            facts=error.facts,
        )

    def _name(self, number: int) -> str:
        with self._desk.reading() as connection:
            return device_name(connection, number)


def device_name(connection: Connection, number: int) -> str:
    """What people call a device; empty for one that is not known here."""
    try:
        return find_device(connection, number).name
    except UnknownDevice:
        return ""


def _requests(desk: Desk, folder: Path) -> Iterator[PouchSummary]:
    """Requests to join, kept until the centre can be asked."""
    for path in sorted(folder.glob(f"*{REQUEST_SUFFIX}"))[:MOST_FILES]:
        try:
            with plain_disk_errors(), path.open("rb") as file:
                content = file.read(MOST_REQUEST_BYTES + 1)
            with desk.replica.engine.begin() as connection:
                fresh = forward.keep_request(connection, desk.replica, content)
        except (RequestRefused, StickError) as error:
            yield PouchSummary(path.name, REFUSED, code=error.code)
            continue
        yield PouchSummary(path.name, REQUEST if fresh else REPEATED)

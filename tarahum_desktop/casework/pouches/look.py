"""Looks at what is plugged in, so that the desk can say what lies on a stick before anything is read or written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.drives import Drive, find_drives
from tarahum_desktop.casework.pouches.parties import Party, Receiver, party, receivers, require_carrier
from tarahum_desktop.casework.pouches.read import MOST_FILES
from tarahum_desktop.casework.pouches.sticks import known_stick
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Pouch
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.disk import plain_disk_errors
from tarahum_desktop.sync.pouch.errors import StickError, StickUnregistered
from tarahum_desktop.sync.pouch.header import SUFFIX, read_header
from tarahum_desktop.sync.pouch.newcomer import MOST_REQUEST_BYTES, REQUEST_SUFFIX, request_name

UNREGISTERED: Final = StickUnregistered.code
_POUCH: Any = Pouch.__table__
_PRISON: Final = "prison"


@dataclass(frozen=True, slots=True)
class StickSeen:
    """A stick, or a folder that stands for one.

    ``name`` is the registered one, else the drive's label; ``code`` why it does not do, empty for a good one;
    ``waiting`` pouches and requests on it were not read here yet; ``free_bytes`` is -1 where it is not known.
    """

    folder: Path
    name: str
    free_bytes: int
    code: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class PouchRights:
    """What the person and this machine may do with pouches; ``receivers`` is empty below an office."""

    may_carry: bool
    may_register: bool
    is_office: bool
    receivers: tuple[Receiver, ...] = ()


def pouch_rights(desk: Desk) -> PouchRights:
    """Whom this machine writes to, and what the person may do; raises SyncError ``not_enrolled``."""
    with desk.reading() as connection:
        here = party(connection, desk)
        carries = bool(desk.scopes_for(Action.CARRY_POUCH, connection))
        registers = here.is_office and bool(desk.scopes_for(Action.REGISTER_STICK, connection))
    known = receivers(desk) if here.is_office else ()
    others = [one for one in known if one.number != here.enrolment.centre_device]
    return PouchRights(carries, registers, here.is_office, tuple(sorted(others, key=_likelihood)))


def _likelihood(one: Receiver) -> tuple[float, bool, int]:
    """Whoever sent a pouch last comes first, then prisons, which have no other way."""
    last = one.last_read_at.timestamp() if one.last_read_at is not None else 0.0
    return -last, one.kind != _PRISON, one.number


def look_for_sticks(desk: Desk) -> tuple[StickSeen, ...]:
    """What is plugged in, those that can be used first. Raises NotAllowed, SyncError ``not_enrolled``."""
    seen = [_look(desk, drive) for drive in find_drives()]
    return tuple(sorted(seen, key=lambda one: (one.code != "", one.code == UNREGISTERED, one.name)))


def look_at_stick(desk: Desk, folder: Path) -> StickSeen:
    """One folder that was chosen by hand. Raises as ``look_for_sticks``."""
    return _look(desk, Drive(folder, folder.name or str(folder), -1))


def _look(desk: Desk, drive: Drive) -> StickSeen:
    with desk.reading() as connection:
        require_carrier(desk, connection)
        here = party(connection, desk)
        try:
            stick = known_stick(connection, desk, drive.folder)
            waiting = _waiting(connection, here, drive.folder)
        except StickError as error:
            return StickSeen(drive.folder, drive.label, drive.free_bytes, error.code)
    return StickSeen(drive.folder, stick.said.name, drive.free_bytes, waiting=waiting)


def _waiting(connection: Connection, here: Party, folder: Path) -> int:
    with plain_disk_errors():
        pouches = [path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith(".")]
        found = sum(_is_new(connection, here, path) for path in pouches[:MOST_FILES])
        if here.is_office:
            asking = list(folder.glob(f"*{REQUEST_SUFFIX}"))[:MOST_FILES]
            found += sum(_is_new_request(connection, path) for path in asking)
    return found


def _is_new(connection: Connection, here: Party, path: Path) -> bool:
    """A pouch for this machine that was never read; one that cannot be read counts, for reading says why."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            header = read_header(file)
    except TarahumError:
        return True
    if header.maker == here.me.number:
        return False
    carried = here.is_office and header.receivers[0] == here.enrolment.centre_device
    mine = here.me.number in header.receivers or carried
    return mine and shelf.find_read(connection, header) is None


def _is_new_request(connection: Connection, path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        name = request_name(file.read(MOST_REQUEST_BYTES + 1))
    return connection.scalar(select(_POUCH.c.id).where(_POUCH.c.fingerprint == name).limit(1)) is None

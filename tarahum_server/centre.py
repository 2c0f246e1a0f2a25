"""The centre as a replica: its database, its signing key, its clock. Made once by `init`, opened by every command."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, select

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Device
from tarahum_desktop.models.engine import open_postgres, open_sqlite
from tarahum_desktop.models.ids import seed_id
from tarahum_desktop.models.migrations import current_revision, head_revision, upgrade
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.adopt import adopt_after_upgrade
from tarahum_desktop.sync.blobs.at_rest import Sealed, new_key
from tarahum_desktop.sync.blobs.store import prove_key
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.pouch.forwarded import AUTHORITY_KEY
from tarahum_desktop.sync.pouch.seal import new_sealing_key, public_of
from tarahum_desktop.sync.publish import publish, publish_own
from tarahum_desktop.sync.replica import Replica, WallClock
from tarahum_desktop.sync.resuming import is_resuming
from tarahum_desktop.sync.settings import write_setting
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_server.private_files import read_private, write_private
from tarahum_server.settings import Settings
from tarahum_server.tls import make_certificates

CENTRE_DEVICE: Final = 1
NATIONAL: Final = "national"
KEY_FILE: Final = "centre.key"
_SEALING_KEY_FILE: Final = "centre.sealing"
# Contents of attachments lie sealed under it, so that the database or a copy of it alone shows no picture.
_FILES_KEY_FILE: Final = "files.key"
# All of them belong into a backup: without the last, no content of an attachment can be read again.
KEY_FILES: Final = (KEY_FILE, _SEALING_KEY_FILE, _FILES_KEY_FILE)
DATABASE_FILE: Final = "centre.db"


class NotPrepared(TarahumError):
    """The folder was not prepared by `init`, or the database waits for an upgrade by it."""

    code = "centre_not_prepared"


@dataclass(frozen=True)
class Centre:
    """An open centre; ``close`` gives its connections back."""

    settings: Settings
    replica: Replica
    key: SigningKey

    @property
    def engine(self) -> Engine:
        """The open database."""
        return self.replica.engine

    def close(self) -> None:
        """Close every connection."""
        self.replica.engine.dispose()


def wall_clock() -> int:
    """UTC milliseconds by this machine's clock."""
    return time.time_ns() // 1_000_000


def open_centre(settings: Settings, wall: WallClock = wall_clock) -> Centre:
    """Open a prepared centre; raises NotPrepared, or SyncError ``blob_sealed`` for another centre's ``files.key``."""
    key_file = settings.path(KEY_FILE)
    if not all(settings.path(name).is_file() for name in KEY_FILES):
        raise NotPrepared
    key = SigningKey(read_private(key_file))
    engine = _open_engine(settings)
    try:
        _refuse_old(engine)
        replica = Replica(
            engine, CENTRE_DEVICE, key, wall, sealing_private=read_private(settings.path(_SEALING_KEY_FILE)),
            at_rest=Sealed(read_private(settings.path(_FILES_KEY_FILE))),
        ).load()  # fmt: skip
        with engine.connect() as connection:
            prove_key(connection, replica.at_rest)
        adopt_after_upgrade(replica)
        publish_own(replica)
    except BaseException:
        engine.dispose()
        raise
    return Centre(settings, replica, key)


def _refuse_old(engine: Engine) -> None:
    if current_revision(engine) != head_revision():
        raise NotPrepared


def prepare(settings: Settings, hosts: Sequence[str], wall: WallClock = wall_clock) -> Centre:
    """Make what is missing of a centre: folder, key, certificates, tables and its own entry among the devices."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    key_file = settings.path(KEY_FILE)
    if not key_file.is_file():
        write_private(key_file, SigningKey.generate().private)
    if not settings.path(_SEALING_KEY_FILE).is_file():
        write_private(settings.path(_SEALING_KEY_FILE), new_sealing_key())
    if not settings.path(_FILES_KEY_FILE).is_file():
        write_private(settings.path(_FILES_KEY_FILE), new_key())
    if not settings.plain_http and not settings.path(settings.certificate).is_file():
        make_certificates(settings.path(settings.certificate).parent, hosts, dt.datetime.now(dt.UTC))
    engine = _open_engine(settings)
    try:
        upgrade(engine)
    finally:
        engine.dispose()
    centre = open_centre(settings, wall)
    _introduce(centre)
    return centre


def _open_engine(settings: Settings) -> Engine:
    if settings.database:
        return open_postgres(settings.database, pool_size=settings.threads)
    return open_sqlite(settings.path(DATABASE_FILE))


def _introduce(centre: Centre) -> None:
    """Its own entry among the devices, by which others seal pouches to it, and whom newcomers are told to trust."""
    sealing_key = public_of(centre.replica.sealing_private)
    with captured_session(centre.replica, None) as session:
        write_setting(session.connection(), AUTHORITY_KEY, centre.settings.authority_pem())
        known = session.scalars(select(Device).where(Device.number == CENTRE_DEVICE)).one_or_none()
        if known is None:
            session.add(
                Device(
                    id=seed_id("device", "centre"),
                    scope=NATIONAL,
                    number=CENTRE_DEVICE,
                    name="centre",
                    kind="centre",
                    signing_key=centre.key.public,
                    sealing_key=sealing_key,
                    scopes=[],
                    enrolled_at=from_milliseconds(centre.replica.wall()),
                )
            )
        elif known.sealing_key != sealing_key and not is_resuming(centre.replica):
            known.sealing_key = sealing_key
        session.flush()
        publish(session.connection(), centre.replica)
        session.commit()

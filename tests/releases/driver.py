"""Runs one release of the program as a device: told on standard input, in JSON lines, what to do.

Started with the folder of that release first on the path, so that everything imported here is that release's own.
``future`` in the arguments makes it a program that does not exist yet: with one more table and more fields.
"""

import json
import sys
import time
import uuid
from pathlib import Path


def make_future() -> None:
    """A program two releases on: a table of sponsors, and new fields of every policy and kind that matters."""
    from types import MappingProxyType

    from tarahum_desktop.domain import merge_policy

    policy = merge_policy.Policy
    known = dict(merge_policy.POLICIES)
    fields = {"nickname": policy.MERGE, "guardian_id": policy.REVIEW, "origin": policy.FIXED}
    known["household"] = MappingProxyType({**known["household"], **fields})
    sponsor = {"name": policy.MERGE, "household_id": policy.FIXED, "pledge": policy.REVIEW}
    known["sponsor"] = MappingProxyType({**sponsor, "removed_at": policy.REVIEW})
    merge_policy.POLICIES = MappingProxyType(known)

    import sqlalchemy as sa
    from sqlalchemy.orm import Mapped, mapped_column

    from tarahum_desktop.models import Household, Replicated
    from tarahum_desktop.models.types import OptionalReference, OptionalWords, RowId, Words  # noqa: F401 - as above

    Household.nickname = mapped_column(sa.Text(), nullable=True)
    Household.guardian_id = mapped_column(RowId(), nullable=True)
    Household.origin = mapped_column(sa.Text(), nullable=True)
    columns = {
        "__tablename__": "sponsor",
        "__annotations__": {
            "name": Mapped[str],
            "household_id": Mapped[uuid.UUID],
            "pledge": Mapped[int],
        },
        "name": mapped_column(sa.Text()),
        "household_id": mapped_column(RowId()),
        "pledge": mapped_column(sa.BigInteger()),
        "__module__": __name__,
    }
    globals()["Sponsor"] = type("Sponsor", (Replicated,), columns)


FUTURE = "future" in sys.argv[1:]
if FUTURE:
    make_future()

from sqlalchemy import inspect, select  # noqa: E402 - the future must be made first

from tarahum_desktop import models  # noqa: E402 - as above
from tarahum_desktop.domain.errors import TarahumError  # noqa: E402 - as above
from tarahum_desktop.models.engine import open_sqlite  # noqa: E402 - as above
from tarahum_desktop.models.migrations import upgrade  # noqa: E402 - as above
from tarahum_desktop.sync.capture import captured_session  # noqa: E402 - as above
from tarahum_desktop.sync.carriers.http import HttpCarrier  # noqa: E402 - as above
from tarahum_desktop.sync.exchange.enrol import enrol, keep_enrolment, load_replica, read_invitation  # noqa: E402 - as above
from tarahum_desktop.sync.exchange.exchange import exchange  # noqa: E402 - as above
from tarahum_desktop.sync.scope_book import read_scopes  # noqa: E402 - as above
from tarahum_desktop.sync.signatures import SigningKey  # noqa: E402 - as above


class Keys:
    """A device's keys, kept in a file beside its database."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(SigningKey.generate().private)
        self._key = SigningKey(file.read_bytes())
        self.signing_public = self.sealing_public = self._key.public

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def wall() -> int:
    return time.time_ns() // 1_000_000


class Device:
    """The device of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = Keys(folder / "device.key")
        self.engine = open_sqlite(folder / "desktop.db")
        upgrade(self.engine)
        if FUTURE:
            self._grow()

    def _grow(self) -> None:
        """What the migrations of the future would do."""
        from tarahum_desktop.sync import adopt

        with self.engine.begin() as connection:
            if not inspect(connection).has_table("sponsor"):
                globals()["Sponsor"].__table__.create(connection)
                for column, kind in (("nickname", "TEXT"), ("guardian_id", "BLOB"), ("origin", "TEXT")):
                    connection.exec_driver_sql(f"ALTER TABLE household ADD COLUMN {column} {kind}")
        adopt.HEAD = "9999"

    def join(self, address: str, code: str, login: str) -> dict:
        symbols, trust = read_invitation(code)
        with HttpCarrier(address, 0, self.keys, wall, trust) as line:
            reply = enrol(line, symbols, "device", login, self.keys, wall())
        with self.engine.begin() as connection:
            keep_enrolment(connection, reply, address, "device")
        return {"device": reply.device}

    def replica(self):
        return load_replica(self.engine, self.keys, wall)

    def add(self, entity: str, row_id: str, author: str, values: dict) -> dict:
        model = globals().get("Sponsor") if entity == "sponsor" else getattr(models, entity)
        with captured_session(self.replica()[0], uuid.UUID(author)) as session:
            session.add(model(id=uuid.UUID(row_id), **plain(values)))
            session.commit()
        return {}

    def edit(self, entity: str, row_id: str, author: str, values: dict) -> dict:
        model = globals().get("Sponsor") if entity == "sponsor" else getattr(models, entity)
        with captured_session(self.replica()[0], uuid.UUID(author)) as session:
            row = session.get(model, uuid.UUID(row_id))
            for name, value in plain(values).items():
                setattr(row, name, value)
            session.commit()
        return {}

    def exchange(self) -> dict:
        replica, known = self.replica()
        try:
            with HttpCarrier(known.address, replica.device, self.keys, wall, known.trust) as line:
                done = exchange(replica, line, known.centre_key, known.centre_device, lambda _p: None)
        except TarahumError as error:
            return {"refused": error.code}
        return {"proven": sorted(done.proven), "disputed": sorted(done.disputed), "pushed": done.pushed}

    def read(self, table: str, row_id: str) -> dict:
        with self.engine.connect() as connection:
            found = models.Base.metadata.tables[table]
            row = connection.execute(select(found).where(found.c.id == uuid.UUID(row_id))).one_or_none()
        return {} if row is None else {name: shown(value) for name, value in row._mapping.items()}

    def books(self) -> dict:
        with self.engine.connect() as connection:
            return {
                scope: [book.row_count, book.digest.hex(), book.next_sequence - 1 - book.acknowledged]
                for scope, book in read_scopes(connection).items()
            }


def plain(values: dict) -> dict:
    """Ids are told as ``id:<hex>``."""
    return {
        name: uuid.UUID(value[3:]) if isinstance(value, str) and value.startswith("id:") else value
        for name, value in values.items()
    }


def shown(value):
    if isinstance(value, uuid.UUID):
        return f"id:{value.hex}"
    return value.hex() if isinstance(value, bytes) else value if isinstance(value, (str, int)) else str(value)


def say(answer: dict) -> None:
    sys.stdout.write(json.dumps(answer, default=str) + "\n")
    sys.stdout.flush()


def main() -> None:
    device = Device(Path(sys.argv[1]))
    say({"ready": True})
    for line in sys.stdin:
        name, arguments = json.loads(line)
        say(getattr(device, name)(**arguments))


if __name__ == "__main__":
    main()

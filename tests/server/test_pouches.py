"""The centre reads, answers and admits by files, on both databases, without any office in between."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Household
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.enrol import keep_enrolment, load_replica, read_stick_invitation
from tarahum_desktop.sync.pouch import shelf
from tarahum_desktop.sync.pouch.layout import Peer
from tarahum_desktop.sync.pouch.newcomer import Welcome, make_request, read_welcome
from tarahum_desktop.sync.pouch.opened import look_through
from tarahum_desktop.sync.pouch.read import Reader
from tarahum_desktop.sync.pouch.take import Trusted
from tarahum_desktop.sync.pouch.write import Addressed, write_pouch
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.centre import Centre, wall_clock
from tarahum_server.cli import make_app
from tarahum_server.devices import Invitee, invite
from tarahum_server.pouches import admit_newcomer, answer_device, read_file
from tests.server.centres import LOGIN, SCOPE, digests, empty_database, hurry, make_centre


@pytest.fixture(params=["file", "postgres"])
def either(request, tmp_path) -> Iterator[Centre]:
    """A centre on a file, and one on PostgreSQL."""
    settings = {}
    if request.param == "postgres":
        settings["database"] = request.getfixturevalue("cluster").database()
    made = make_centre(tmp_path / "centre", **settings)
    yield made
    made.close()


class Prison:
    """A machine that joins by files alone."""

    def __init__(self, centre: Centre, folder: Path) -> None:
        self.centre, self.folder = centre, folder
        self.keys = DeviceKeys.generate()
        path = folder / "prison.db"
        path.write_bytes(empty_database())
        self.engine = open_sqlite(path)
        hurry(self.engine)

    def join(self) -> None:
        invitee = Invitee("prison", "prison", SCOPE, (SCOPE,))
        typed = invite(self.centre, invitee, dt.timedelta(hours=1), by_stick=True)
        code, pin = read_stick_invitation(typed)
        request = make_request(code, "prison", LOGIN, self.keys, wall_clock())
        file = self.folder / "one.tarahum-request"
        file.write_bytes(request)
        written = admit_newcomer(self.centre, file, self.folder)
        again = admit_newcomer(self.centre, file, self.folder)
        assert written.header.receivers == again.header.receivers
        found: list[Welcome] = []

        def key_of(head):
            found.append(read_welcome(head.welcome, pin, request))
            return found[0].reply.centre_key

        path = self.folder / written.header.file_name
        with path.open("rb") as opened:
            look_through(opened, self.keys.sealing_private, key_of)
        with self.engine.begin() as connection:
            keep_enrolment(connection, found[0].reply, "", "prison")
        self.replica, self.enrolment = load_replica(self.engine, self.keys, wall_clock)
        self.read(path)

    def read(self, path: Path):
        known = self.enrolment
        trusted = Trusted(known.centre_device, known.centre_key, frozenset(known.scopes))
        with path.open("rb") as file:
            return Reader(self.replica, self.keys.sealing_private, trusted).read(file, lambda _taken: None)

    def write(self) -> Path:
        with self.engine.connect() as connection:
            peer = Peer(find_device(connection, 1), shelf.last_head(connection, 1))
        written = write_pouch(self.replica, Addressed(peer), self.folder, lambda _size: None)
        return self.folder / written.header.file_name

    def write_homes(self, count: int) -> None:
        with captured_session(self.replica, self.user()) as session:
            session.add_all(
                Household(scope=SCOPE, file_number=f"P-{n}", committee_code=SCOPE) for n in range(count)
            )
            session.commit()

    def user(self):
        import uuid

        return uuid.UUID(bytes=self.enrolment.user)


def test_a_prison_joins_sends_and_is_confirmed_by_files_alone(either, tmp_path):
    prison = Prison(either, tmp_path)
    try:
        prison.join()
        prison.write_homes(5)
        read = read_file(either, prison.write())
        assert (read.taken.changes, read.taken.held) == (5, 0)
        answer = answer_device(either, prison.replica.device, tmp_path)
        assert prison.read(tmp_path / answer.header.file_name).taken.confirmed == 5
        here, there = digests(prison.replica), digests(either.replica)
        assert here == {scope: there[scope] for scope in here}
        again = read_file(either, prison.write())
        assert again.taken.changes == 0
        with either.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(Household.__table__)) == 5
    finally:
        prison.engine.dispose()


def test_a_code_serves_one_machine_only(centre, tmp_path):
    typed = invite(centre, Invitee("p", "prison", SCOPE, (SCOPE,)), dt.timedelta(hours=1), by_stick=True)
    code, _ = read_stick_invitation(typed)
    for at in range(2):
        file = tmp_path / f"{at}.tarahum-request"
        file.write_bytes(make_request(code, "p", LOGIN, DeviceKeys.generate(), wall_clock()))
        if at == 0:
            admit_newcomer(centre, file, tmp_path)
        else:
            with pytest.raises(TarahumError) as refusal:
                admit_newcomer(centre, file, tmp_path)
            assert refusal.value.code == "invitation_refused"


def test_a_request_that_was_changed_on_its_way_is_refused(centre, tmp_path):
    typed = invite(centre, Invitee("p", "prison", SCOPE, (SCOPE,)), dt.timedelta(hours=1), by_stick=True)
    request = bytearray(make_request(read_stick_invitation(typed)[0], "p", LOGIN, DeviceKeys.generate(), 1))
    file = tmp_path / "x.tarahum-request"
    for at in range(0, len(request), 9):
        changed = bytearray(request)
        changed[at] ^= 0x10
        file.write_bytes(bytes(changed))
        with pytest.raises(TarahumError):
            admit_newcomer(centre, file, tmp_path)


def test_the_commands_say_what_they_did(centre, tmp_path):
    folder = str(centre.settings.folder)
    prison = Prison(centre, tmp_path)
    try:
        prison.join()
        prison.write_homes(2)
        run = CliRunner().invoke(make_app(), ["pouch", "read", str(prison.write()), "--folder", folder])
        assert run.exit_code == 0, run.output
        assert "2 changes" in run.output
        number = str(prison.replica.device)
        run = CliRunner().invoke(make_app(), ["pouch", "answer", number, str(tmp_path), "--folder", folder])
        assert run.exit_code == 0, run.output
        run = CliRunner().invoke(make_app(), ["pouch", "answer", "999", str(tmp_path), "--folder", folder])
        assert (run.exit_code, "device_unknown" in run.output) == (1, True)
    finally:
        prison.engine.dispose()

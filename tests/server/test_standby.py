"""The primary dies under load and its synchronous standby takes over; a centre goes back to a moment before a mistake."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.scope_book import read_scopes, read_vector
from tarahum_server.centre import open_centre
from tarahum_server.settings import Settings
from tests.convergence.profiles import share
from tests.server.centres import SCOPE, assert_same, empty_database, home_numbers, join, make_centre
from tests.server.postgres_nodes import postgres_nodes
from tests.server.server_processes import ServerProcess, serving

pytestmark = pytest.mark.postgres
DEVICES = 3
EXCHANGES = share(3, 30)
DEADLINE = 60


@pytest.fixture
def nodes():
    with postgres_nodes() as made:
        yield made


def ask(node, words, database="postgres"):
    engine = create_engine(
        node.address(database).replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            result = connection.execute(text(words))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


class Load:
    """Devices that write and exchange until told to end; a broken line is met again, nothing else is forgiven."""

    def __init__(self, desktops) -> None:
        self.ended = threading.Event()
        self._changed = threading.Condition()
        self.exchanges = {desktop.replica.device: 0 for desktop in desktops}
        self.written = 0
        self.broken = 0

    def work(self, desktop):
        device = desktop.replica.device
        while not self.ended.is_set():
            with self._changed:
                start, self.written = self.written, self.written + 5
            desktop.write_homes(5, f"D{device}-{start}")
            try:
                desktop.exchange()
            except LineFailed:
                with self._changed:
                    self.broken += 1
            else:
                with self._changed:
                    self.exchanges[device] += 1
                    self._changed.notify_all()

    def each_does(self, count, working):
        """Wait until each device has ended that many more exchanges."""
        with self._changed:
            goal = {device: done + count for device, done in self.exchanges.items()}

            def reached():
                failed = [each for each in working if each.done() and each.exception()]
                return failed or all(self.exchanges[device] >= goal[device] for device in goal)

            assert self._changed.wait_for(reached, DEADLINE), (self.exchanges, goal, self.broken)
        for each in working:
            if each.done():
                each.result()


def acknowledged(desktop):
    with desktop.replica.engine.connect() as connection:
        return read_scopes(connection)[SCOPE].acknowledged


def test_the_primary_is_killed_under_load_and_every_receipt_stays_covered(nodes, tmp_path):
    empty_database()
    primary, standby = nodes.node("primary"), nodes.node("standby")
    primary.create()
    primary.start()
    ask(primary, "CREATE DATABASE tarahum")
    both = f"postgresql://tarahum@{primary.host},{standby.host}/tarahum"
    centre = make_centre(tmp_path / "centre", database=both)
    standby.copy_of(
        primary, "-R"
    )  # before the next setting: promoted, it must not wait for a standby of its own
    standby.start()
    ask(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    ask(primary, "SELECT pg_reload_conf()")
    server = ServerProcess(centre.settings.folder, database=both)
    with serving(server), ThreadPoolExecutor(DEVICES) as pool:
        desktops = [join(server.address, centre, tmp_path, f"d{n}") for n in range(DEVICES)]
        assert ask(primary, "SELECT sync_state FROM pg_stat_replication") == "sync"
        load = Load(desktops)
        working = [pool.submit(load.work, desktop) for desktop in desktops]
        try:
            load.each_does(EXCHANGES, working)
            primary.kill()
            standby.promote()
            receipts = {desktop.replica.device: acknowledged(desktop) for desktop in desktops}
            with centre.engine.connect() as connection:
                vector = read_vector(connection, SCOPE)
            assert all(vector[device] >= sequence > 0 for device, sequence in receipts.items())
            load.each_does(2, working)
        finally:
            load.ended.set()
        for each in working:
            each.result()
        for desktop in desktops:
            assert desktop.exchange().proven == {"national", SCOPE}
            assert_same(desktop, centre)
    assert len(home_numbers(centre.replica)) == load.written
    centre.close()


def test_a_centre_goes_back_to_a_moment_and_stands_as_it_stood_then(nodes, tmp_path):
    archive = nodes.folder / "archive"
    primary, restored = nodes.node("primary"), nodes.node("restored")
    primary.create()
    nodes_can_write(nodes, archive)
    primary.start("archive_mode=on", f"archive_command='cp %p {archive}/%f'")
    ask(primary, "CREATE DATABASE tarahum")
    centre = make_centre(tmp_path / "centre", database=primary.address())
    server = ServerProcess(centre.settings.folder, database=primary.address())
    with serving(server):
        restored.copy_of(primary)
        a = join(server.address, centre, tmp_path, "a")
        a.write_homes(40, "before")
        a.exchange()
        with centre.engine.connect() as connection:
            then = {scope: (book.head, book.digest) for scope, book in read_scopes(connection).items()}
        moment = ask(primary, "SELECT clock_timestamp()")
        time.sleep(
            0.01
        )  # the moment is a time of the database's clock, and the next commit must lie after it
        a.write_homes(10, "after")
        a.exchange()
    ask(primary, "SELECT pg_switch_wal()")
    until_archived(primary)
    centre.close()
    primary.stop()
    (restored.data / "recovery.signal").touch()
    if nodes.user:
        import shutil

        shutil.chown(restored.data / "recovery.signal", nodes.user, nodes.user)
    restored.start(
        f"restore_command='cp {archive}/%f %p'",
        f"recovery_target_time='{moment.isoformat()}'",
        "recovery_target_action=promote",
    )
    until_it_takes_writes(restored)
    back = open_centre(Settings(folder=tmp_path / "centre", database=restored.address()))
    try:
        with back.engine.connect() as connection:
            now = {scope: (book.head, book.digest) for scope, book in read_scopes(connection).items()}
        assert now == then
        assert len(home_numbers(back.replica)) == 40
    finally:
        back.close()


def nodes_can_write(nodes, folder):
    folder.mkdir()
    if nodes.user:
        import shutil

        shutil.chown(folder, nodes.user, nodes.user)


def until(condition):
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def until_archived(node):
    last = ask(node, "SELECT pg_walfile_name(pg_current_wal_lsn() - 1)")
    until(lambda: (ask(node, "SELECT last_archived_wal FROM pg_stat_archiver") or "") >= last)


def until_it_takes_writes(node):
    until(lambda: ask(node, "SELECT pg_is_in_recovery()") is False)

"""Compaction at a centre that is in use: on both databases, beside pushes and pulls, and killed at any point."""

import datetime as dt
import multiprocessing
import os
import signal
import threading

import pytest
from sqlalchemy import delete, func, select, update
from typer.testing import CliRunner

from tarahum_desktop.models import BatchLog, Household, ScopeState
from tarahum_desktop.sync.codec.envelope import read_header
from tarahum_desktop.sync.codec.pack import is_pack, open_pack
from tarahum_desktop.sync.log import PACK_DEVICE
from tarahum_desktop.sync.mend_book import mend_book
from tarahum_desktop.sync.signatures import verify
from tarahum_server import compaction
from tarahum_server.centre import open_centre
from tarahum_server.cli import make_app
from tarahum_server.compaction import Compacted, compact, days_before
from tarahum_server.settings import Settings
from tests.server.centres import SCOPE, assert_same, join, listening, make_centre, more

LOG = BatchLog.__table__
DAY_MS = 86_400_000
TOMORROW = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)


@pytest.fixture(params=["file", "postgres"])
def served(request, tmp_path):
    """A centre that listens, on each kind of database."""
    settings = {}
    if request.param == "postgres":
        settings["database"] = request.getfixturevalue("cluster").database()
    centre = make_centre(tmp_path / "centre", **settings)
    with listening(centre) as running:
        yield running


def changes_in_log(centre, scope=SCOPE):
    """Every change the log holds, as ``(device, sequence)`` in log order, however it is kept."""
    found = []
    query = select(LOG.c.payload).where(LOG.c.scope == scope).order_by(LOG.c.position)
    with centre.engine.connect() as connection:
        for payload in connection.execute(query).scalars():
            heads = (
                open_pack(payload, centre.key.public, verify).heads if is_pack(payload) else [_head(payload)]
            )
            found += [(head.device, at) for head in heads for at in range(head.first, head.last + 1)]
    return found


def _head(payload):
    return read_header(payload)[1]


def packs(centre, scope=SCOPE):
    query = select(func.count()).where(LOG.c.scope == scope, LOG.c.device == PACK_DEVICE)
    with centre.engine.connect() as connection:
        return connection.execute(query).scalar_one()


def test_a_log_is_packed_while_a_laptop_is_in_the_middle_of_it(served, tmp_path):
    centre = served.centre
    writer = join(served.address, centre, tmp_path, "writer")
    reader = join(served.address, centre, tmp_path, "reader")
    reader.exchange()
    for day in range(12):
        writer.write_homes(3, f"W{day}")
        writer.exchange()
        if day == 5:
            reader.exchange()
    before = changes_in_log(centre)
    done = compact(centre.replica, TOMORROW)
    assert done.entries >= 12
    assert done.bytes_after < done.bytes_before
    assert changes_in_log(centre) == before
    assert packs(centre) == 1
    assert reader.exchange().proven == {SCOPE, "national"}
    assert_same(reader, centre)
    assert_same(writer, centre)


def test_a_laptop_older_than_the_horizon_catches_up_over_the_real_line(served, tmp_path):
    centre = served.centre
    writer = join(served.address, centre, tmp_path, "writer")
    late = join(served.address, centre, tmp_path, "late")
    late.exchange()
    late.write_homes(40, "unsent")
    for day in range(4):
        writer.write_homes(3, f"W{day}")
        writer.exchange()
    assert compact(centre.replica, TOMORROW, TOMORROW).dropped > 0
    outcome = late.exchange()
    assert outcome.pushed == 40
    assert outcome.proven == {SCOPE, "national"}
    writer.exchange()
    assert_same(late, centre)
    assert_same(writer, centre)


def test_damage_on_either_side_is_found_and_mended_over_the_real_line(served, tmp_path):
    centre = served.centre
    laptop = join(served.address, centre, tmp_path, "laptop")
    laptop.write_homes(90, "W")
    laptop.exchange()
    with centre.engine.begin() as connection:
        connection.execute(delete(Household).where(Household.file_number == "W-7"))
        connection.execute(update(ScopeState).where(ScopeState.scope == SCOPE).values(row_count=3))
    with laptop.replica.engine.begin() as connection:
        connection.execute(delete(Household).where(Household.file_number == "W-8"))
    assert mend_book(centre.replica, SCOPE)
    assert mend_book(laptop.replica, SCOPE)
    outcome = laptop.exchange()
    assert [(done.found, done.taken, done.offered, done.left) for done in outcome.healed] == [(2, 1, 1, 0)]
    assert outcome.proven == {SCOPE, "national"}
    assert_same(laptop, centre)
    with centre.engine.begin() as connection:
        connection.execute(update(ScopeState).where(ScopeState.scope == SCOPE).values(row_count=3))
    assert laptop.exchange().proven == {SCOPE, "national"}
    assert not mend_book(centre.replica, SCOPE)


def test_compacting_beside_pushes_and_pulls_loses_and_doubles_nothing(served, tmp_path):
    centre = served.centre
    desktops = [join(served.address, centre, tmp_path, f"d{n}") for n in range(3)]
    done = threading.Event()
    failed = []

    def keep_packing():
        while not done.is_set():
            try:
                compact(centre.replica, TOMORROW, None)
            except Exception as error:  # noqa: BLE001 - a thread's failure must fail the test
                failed.append(error)
                return

    packing = threading.Thread(target=keep_packing)
    packing.start()
    try:
        for day in range(10):
            for number, desktop in enumerate(desktops):
                desktop.write_homes(2, f"D{number}-{day}")
                desktop.exchange()
    finally:
        done.set()
        packing.join()
    assert not failed
    for desktop in desktops:
        desktop.exchange()
        assert_same(desktop, centre)
    assert len(set(changes_in_log(centre))) == len(changes_in_log(centre)) == 60
    assert packs(centre) > 0


def test_two_compactions_at_once_pack_each_entry_once(served, tmp_path):
    centre = served.centre
    writer = join(served.address, centre, tmp_path, "writer")
    for day in range(10):
        writer.write_homes(2, f"W{day}")
        writer.exchange()
    before = changes_in_log(centre)
    start = threading.Barrier(2)

    def once():
        start.wait()
        compact(centre.replica, TOMORROW, None)

    threads = [threading.Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert changes_in_log(centre) == before
    assert packs(centre) == 1


def _compact_forked(settings):
    centre = open_centre(settings)
    compact(centre.replica, TOMORROW, days_before(centre.replica, 1))
    os._exit(0)


def test_killed_at_any_moment_the_log_is_whole_and_the_next_pass_goes_on(tmp_path):
    centre = make_centre(tmp_path / "centre")
    with listening(centre) as served:
        writer = join(served.address, centre, tmp_path, "writer")
        for day in range(60):
            writer.write_homes(60, f"W{day}")
            writer.exchange()
    settings = Settings(folder=tmp_path / "centre")
    centre = open_centre(settings)
    before = changes_in_log(centre)
    centre.close()
    context = multiprocessing.get_context("fork")
    for attempt in range(more("TARAHUM_KILLS", 8)):
        process = context.Process(target=_compact_forked, args=(settings,))
        process.start()
        process.join(0.02 * attempt)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        centre = open_centre(settings)
        assert changes_in_log(centre) == before
        centre.close()
    centre = open_centre(settings)
    compact(centre.replica, TOMORROW)
    assert changes_in_log(centre) == before
    assert packs(centre) > 0
    centre.close()


def test_the_command_packs_by_age_and_says_what_it_did(tmp_path):
    folder = tmp_path / "centre"
    centre = make_centre(folder)
    with listening(centre) as served:
        writer = join(served.address, centre, tmp_path, "writer")
        for day in range(9):
            writer.write_homes(2, f"W{day}")
            writer.exchange()
    run = CliRunner().invoke(make_app(), ["compact", "--folder", str(folder), "--older-than", "1"])
    assert run.exit_code == 0
    assert run.output.startswith("0 entries")
    centre = open_centre(Settings(folder=folder))
    from_now = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
    with centre.engine.begin() as connection:
        connection.execute(LOG.update().values(received_at=from_now))
    centre.close()
    run = CliRunner().invoke(make_app(), ["compact", "--folder", str(folder)])
    assert run.exit_code == 0
    assert " in 1 packs " in run.output
    assert run.output.strip().endswith(" 0 entries dropped")
    run = CliRunner().invoke(make_app(), ["compact", "--folder", str(folder), "--drop-older-than", "35"])
    assert not run.output.strip().endswith(" 0 entries dropped")


@pytest.mark.postgres
def test_no_second_pass_begins_while_one_is_at_work(cluster, tmp_path, monkeypatch):
    database = cluster.database()
    centre = make_centre(tmp_path / "centre", database=database)
    other = open_centre(Settings(folder=tmp_path / "centre", database=database))
    meanwhile = []
    real = compaction._pack_scope

    def packing(replica, *given):
        if replica is centre.replica:
            meanwhile.append(compact(other.replica, TOMORROW))
        real(replica, *given)

    with listening(centre) as running:
        a = join(running.address, centre, tmp_path, "a")
        for number in range(12):
            a.write_homes(1, f"A-{number}")
            a.exchange()
        monkeypatch.setattr(compaction, "_pack_scope", packing)
        assert compact(centre.replica, TOMORROW).packs > 0
        assert meanwhile
        assert all(done == Compacted() for done in meanwhile)
        monkeypatch.undo()
        for number in range(12):
            a.write_homes(1, f"B-{number}")
            a.exchange()
        assert compact(other.replica, TOMORROW).packs > 0  # the lock was given back
    other.close()

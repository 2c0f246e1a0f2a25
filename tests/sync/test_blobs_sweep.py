"""What is let go, and when: never the only copy of a picture that somebody's record names."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from tarahum_desktop.models import Attachment, Blob, BlobChunk, ScopeState
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.at_rest import Sealed, new_key
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.state import Counted, files_state
from tarahum_desktop.sync.blobs.store import confirm_blob, drop_blob, is_whole, keep_blob, read_blob
from tarahum_desktop.sync.blobs.sweep import sweep_centre, sweep_desktop
from tarahum_desktop.sync.blobs.wanted import to_send, to_take
from tarahum_desktop.sync.replica import Replica
from tests.sync.blob_drafts import draft_naming
from tests.sync.worlds import SCOPE, START_MS, World, writing

NOW = from_milliseconds(START_MS)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def replica(world: World) -> Iterator[Replica]:
    made = world.replica(2)
    yield made
    made.engine.dispose()


def keep(
    replica: Replica, content: bytes, thumb: bytes = b"", *, row: bool = True, confirmed: bool = False
) -> bytes:
    with replica.engine.begin() as connection:
        name = keep_blob(connection, content, NOW, replica.at_rest)
        small = keep_blob(connection, thumb, NOW, replica.at_rest) if thumb else None
        for one in (name, small) if confirmed else ():
            if one:
                confirm_blob(connection, one, NOW)
    if row:
        with writing(replica) as session:
            session.add(
                Attachment(
                    id=new_id(START_MS), scope=SCOPE, household_id=None, owner_entity="visit", owner_id=new_id(),
                    kind="damage", sha256=name, media_type="image/jpeg", size=len(content), thumb_sha256=small,
                    thumb_size=len(thumb) or None,
                )
            )  # fmt: skip
            session.commit()
    return name


def days_pass(replica: Replica, days: int) -> None:
    replica.wall.now += days * 86_400_000


def here(replica: Replica, name: bytes) -> bool:
    with replica.engine.connect() as connection:
        return is_whole(connection, name)


def test_what_a_row_or_a_draft_names_stays_for_ever(replica: Replica) -> None:
    named, begun = keep(replica, b"named", b"small", confirmed=True), keep(replica, b"begun", row=False)
    with replica.engine.begin() as connection:
        draft_naming(connection, begun)
    days_pass(replica, 4_000)
    assert sweep_desktop(replica).contents == 0
    assert here(replica, named)
    assert here(replica, begun)


def test_the_blobs_of_a_family_that_moved_away_go_once_the_centre_has_them(replica: Replica) -> None:
    sent, unsent = keep(replica, b"sent", confirmed=True), keep(replica, b"not sent yet")
    with replica.engine.begin() as connection:
        connection.execute(delete(Attachment))  # as the departure leaves it
    days_pass(replica, 2)
    sweep_desktop(replica)
    assert not here(replica, sent)
    assert here(replica, unsent)
    with replica.engine.connect() as connection:
        assert [one.sha256 for one in to_send(connection)] == [unsent]
    days_pass(replica, 90)
    sweep_desktop(replica)
    assert not here(replica, unsent)


def test_content_kept_a_moment_before_its_row_is_written_is_not_swept(replica: Replica) -> None:
    name = keep(replica, b"just now", row=False, confirmed=True)
    sweep_desktop(replica)
    assert here(replica, name)


def test_on_a_short_disk_old_confirmed_originals_go_and_thumbnails_stay(replica: Replica) -> None:
    first, only = keep(replica, os.urandom(5_000), b"t1", confirmed=True), keep(replica, b"only copy", b"t2")
    days_pass(replica, 200)
    with replica.engine.begin() as connection:  # the centre was asked again lately
        now = from_milliseconds(replica.now())
        connection.execute(update(Blob).where(Blob.confirmed_at.is_not(None)).values(confirmed_at=now))
    assert sweep_desktop(replica).contents == 0
    assert sweep_desktop(replica, missing_bytes=1).contents == 1
    assert not here(replica, first)
    assert here(replica, only)
    now = from_milliseconds(replica.now())
    with replica.engine.connect() as connection:
        assert (
            connection.scalar(select(func.count()).select_from(BlobChunk).where(BlobChunk.sha256 == first))
            == 0
        )
        # It is not fetched again by itself, only when somebody asks.
        assert to_take(connection, BlobPolicy(keep=dt.timedelta(days=999)), now) == []
        assert [one.sha256 for one in to_take(connection, BlobPolicy(wanted=frozenset({first})), now)] == [
            first
        ]


def test_what_was_confirmed_long_ago_is_asked_again_before_it_is_let_go(replica: Replica) -> None:
    name = keep(replica, os.urandom(5_000), confirmed=True)
    days_pass(replica, 200)
    assert sweep_desktop(replica, missing_bytes=10**9).contents == 0
    assert here(replica, name)
    with replica.engine.connect() as connection:
        assert [one.sha256 for one in to_send(connection)] == [name]


def test_the_centre_keeps_removed_ones_for_a_year_and_unnamed_ones_for_a_month(replica: Replica) -> None:
    removed, unnamed = keep(replica, b"removed"), keep(replica, b"unnamed", row=False)
    with replica.engine.begin() as connection:
        connection.execute(update(Attachment).values(removed_at=NOW))
    days_pass(replica, 29)
    assert sweep_centre(replica).contents == 0
    days_pass(replica, 2)
    assert sweep_centre(replica).contents == 1
    assert not here(replica, unnamed)
    days_pass(replica, 330)
    assert here(replica, removed)
    days_pass(replica, 10)
    sweep_centre(replica)
    assert not here(replica, removed)


def test_the_centre_seals_what_lay_open_once(replica: Replica) -> None:
    content = b"a roof that leaks" * 9_000
    name = keep(replica, content)
    replica.at_rest = Sealed(new_key())
    assert sweep_centre(replica).sealed == 3
    assert sweep_centre(replica).sealed == 0
    with replica.engine.connect() as connection:
        assert read_blob(connection, name, replica.at_rest) == content
        assert all(b"roof" not in kept for kept in connection.scalars(select(BlobChunk.content)))


def test_a_sweep_that_is_ended_leaves_nothing_half_done(replica: Replica) -> None:
    names = [keep(replica, os.urandom(10), row=False, confirmed=True) for _ in range(150)]
    days_pass(replica, 2)

    def stop(_doing: str, _rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep_desktop(replica, 0, stop)
    assert sum(here(replica, name) for name in names) == 50
    with replica.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(BlobChunk)) == 50


def test_counts_say_what_is_here_what_goes_and_what_comes(replica: Replica) -> None:
    with replica.engine.begin() as connection:
        connection.execute(
            insert(ScopeState).values(
                scope=SCOPE, next_sequence=1, head=0, remote_position=0, acknowledged=0, digest=bytes(8),
                row_count=0, complete=True,
            )
        )  # fmt: skip
    keep(replica, bytes(100), confirmed=True)
    keep(replica, bytes(200))
    coming = keep(replica, bytes(300))
    with replica.engine.begin() as connection:
        drop_blob(connection, coming)
        state = files_state(connection, BlobPolicy(), NOW)
        later = files_state(connection, BlobPolicy(), NOW + dt.timedelta(days=365))
    assert state.here == Counted(2, 300)
    assert state.confirmed == Counted(1, 100)
    assert state.waiting_out == Counted(1, 200)
    assert (state.waiting_in, state.on_demand) == (Counted(1, 300), Counted(0, 0))
    assert (later.waiting_in, later.on_demand) == (Counted(0, 0), Counted(1, 300))

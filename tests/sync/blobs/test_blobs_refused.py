"""What may not move does not: wrong bytes, too much, a metered or slow line, a full disk, a side that lies."""

import datetime as dt
import hashlib
import os
import random

import pytest
from sqlalchemy import func, select

from tarahum_desktop.domain.store_errors import DiskFull
from tarahum_desktop.models import Blob
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.speed import LineSpeed
from tarahum_desktop.sync.blobs.store import (
    MOST_BYTES,
    append_bytes,
    held_bytes,
    is_whole,
    keep_blob,
    read_blob,
)
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange import blob_phase
from tarahum_desktop.sync.exchange.blob_phase import move_files
from tarahum_desktop.sync.exchange.blobs import (
    BLOB_PULL,
    BLOB_PUSH,
    DAILY_BYTES,
    MOST_NAMES,
    BlobHaveRequest,
    BlobPiece,
    BlobPushRequest,
    answer_blob_push,
    answer_have,
)
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.settings import write_setting
from tests.sync.blob_drafts import draft_naming
from tests.sync.blobs.town import (
    NOW,
    Heard,
    Town,
    an_hour_passes,
    attach,
    confirmed,
    content_at,
    known,
    meet,
    record,
)
from tests.sync.lines import MemoryLine
from tests.sync.worlds import START_MS


def test_wrong_bytes_are_dropped_and_said_and_the_right_ones_come_after_them(town: Town) -> None:
    content = os.urandom(40_000)
    name = attach(town.near, content)
    meet(town, town.near, BlobPolicy(budget_bytes=0))
    poison = BlobPiece(name, len(content), 0, os.urandom(30_000))
    assert answer_blob_push(town.centre, known(town, 3), BlobPushRequest([poison])).answers[0].held == 30_000
    outcome = meet(town, town.near)
    assert outcome.files.sent == 1
    assert content_at(town.centre, name) == content


def test_a_whole_content_that_is_not_what_its_hash_names_is_not_kept(town: Town) -> None:
    name = hashlib.sha256(b"true").digest()
    record(town.centre, name, 4)
    answer = answer_blob_push(
        town.centre, known(town, 2), BlobPushRequest([BlobPiece(name, 4, 0, b"lies")])
    ).answers[0]
    assert (answer.code, answer.held, answer.receipt) == ("blob_damaged", 0, None)
    with town.centre.engine.connect() as connection:
        assert held_bytes(connection, name, town.centre.at_rest) == 0
        assert connection.scalar(select(func.count()).select_from(Blob)) == 0


@pytest.mark.parametrize(
    ("size", "at", "data", "code", "held"),
    [
        (5, 0, b"ab", "blob_size", 0),
        (MOST_BYTES + 1, 0, b"ab", "blob_size", 0),
        (-1, 0, b"ab", "blob_size", 0),
        (4, -1, b"ab", "blob_size", 0),
        (4, 2, b"ab", "ok", 0),  # would leave a gap
        (4, 0, b"true and much more", "ok", 4),
        (4, 0, b"", "ok", 0),
    ],
)
def test_pieces_that_do_not_fit(town: Town, size: int, at: int, data: bytes, code: str, held: int) -> None:
    name = hashlib.sha256(b"true").digest()
    record(town.centre, name, 4)
    piece = BlobPiece(name, size, at, data)
    answer = answer_blob_push(town.centre, known(town, 2), BlobPushRequest([piece])).answers[0]
    assert (answer.code, answer.held) == (code, held)


def test_too_many_names_in_one_request_are_refused(town: Town) -> None:
    names = [bytes(32)] * (MOST_NAMES + 1)
    with pytest.raises(SyncError, match="message_too_large"):
        answer_have(town.centre, known(town, 2), BlobHaveRequest(names))


def test_a_device_that_sends_more_in_a_day_than_any_office_makes_is_told_to_wait(town: Town) -> None:
    name = attach(town.near, b"one more")
    day = START_MS // 86_400_000
    with town.centre.engine.begin() as connection:
        write_setting(connection, "files_from:2", [day, DAILY_BYTES])
    outcome = meet(town, town.near)
    assert (outcome.files.code, outcome.files.wait_out) == ("blob_allowance", 1)
    assert outcome.complete
    town.centre.wall.now += 86_400_000
    town.near.wall.now += 86_400_000
    assert meet(town, town.near).files.sent == 1
    assert confirmed(town.near, name)


def test_on_a_metered_line_only_thumbnails_and_what_was_asked_for_move(town: Town) -> None:
    first = attach(town.near, os.urandom(50_000), os.urandom(2_000))
    second = attach(town.near, os.urandom(60_000), os.urandom(2_000))
    assert meet(town, town.near, BlobPolicy(metered=True)).files.sent == 2
    meet(town, town.near)
    outcome = meet(town, town.far, BlobPolicy(metered=True, wanted=frozenset({first})))
    assert outcome.files.taken == 3
    assert content_at(town.far, first) is not None
    assert content_at(town.far, second) is None


def test_originals_of_long_ago_come_only_when_asked_for(town: Town) -> None:
    name = attach(town.near, os.urandom(9_000), os.urandom(1_000))
    meet(town, town.near)
    later = dt.timedelta(days=200) // dt.timedelta(milliseconds=1)
    for replica in (town.centre, town.far):
        replica.wall.now += later
    assert meet(town, town.far).files.taken == 1
    assert content_at(town.far, name) is None
    assert meet(town, town.far, BlobPolicy(wanted=frozenset({name}))).files.taken == 1
    assert content_at(town.far, name) is not None


class _Clock:
    """Each look at it takes as long as told."""

    def __init__(self, seconds: float) -> None:
        self.now, self._seconds = 0.0, seconds

    def __call__(self) -> float:
        self.now += self._seconds
        return self.now


def test_on_a_slow_line_thumbnails_come_and_originals_wait(town: Town) -> None:
    thumbs = [attach(town.near, os.urandom(150_000), os.urandom(6_000)) for _ in range(3)]
    meet(town, town.near)
    meet(town, town.far, BlobPolicy(budget_bytes=0))
    side = OtherSide(1, town.world.keys[1], is_centre=True)
    line = MemoryLine(town.centre, 3)
    speed = LineSpeed(_Clock(5.0))
    policy = BlobPolicy(budget_seconds=10_000)
    files = move_files(town.far, line, side, policy, lambda _files: None, speed)
    assert files.taken == 3
    assert files.wait_in == 3
    wanted = BlobPolicy(budget_seconds=10_000, wanted=frozenset(thumbs[:1]))
    assert move_files(town.far, line, side, wanted, lambda _files: None, speed).taken == 1


def test_a_full_disk_here_ends_the_files_and_not_the_exchange(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = attach(town.near, os.urandom(30_000))
    meet(town, town.near)

    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr(blob_phase, "append_bytes", full)
    outcome = meet(town, town.far)
    assert outcome.complete
    assert (outcome.files.code, outcome.files.wait_in) == ("disk_full", 1)
    monkeypatch.undo()
    meet(town, town.far)
    assert content_at(town.far, name) is not None


def test_a_receipt_that_is_not_the_centres_confirms_nothing(town: Town) -> None:
    name = attach(town.near, b"precious")
    meet(town, town.near, BlobPolicy(budget_bytes=0))

    class Liar(MemoryLine):
        def ask(self, call, request):
            if call is BLOB_PUSH:
                answer = super().ask(call, request).answers[0]
                receipt = type(answer.receipt)(name, 8, 1, 0, bytes(64))
                return call.answers([type(answer)("ok", 8, receipt)])
            return super().ask(call, request)

    outcome = meet(town, town.near, line=Liar(town.centre, 2))
    assert outcome.files.code == "receipt_signature"
    assert not confirmed(town.near, name)


def test_a_lying_side_hands_over_nothing_that_the_hash_does_not_name(town: Town) -> None:
    name = attach(town.near, b"precious")
    meet(town, town.near)

    class Liar(MemoryLine):
        def ask(self, call, request):
            reply = super().ask(call, request)
            if call is BLOB_PULL:
                piece = reply.pieces[0]
                return call.answers([type(piece)("ok", piece.size, b"worthles", piece.receipt)])
            return reply

    outcome = meet(town, town.far, line=Liar(town.centre, 3))
    assert outcome.files.code == "blob_damaged"
    assert content_at(town.far, name) is None
    an_hour_passes(town)
    meet(town, town.far)
    assert content_at(town.far, name) == b"precious"


def test_pieces_may_be_of_any_length(town: Town) -> None:
    chance = random.Random(7)
    content = chance.randbytes(200_000)
    name, at = hashlib.sha256(content).digest(), 0
    while at < len(content):
        step = chance.randrange(1, 70_000)
        begin = max(0, at - chance.randrange(0, 500))  # some of it twice
        with town.centre.engine.begin() as connection:
            at = append_bytes(connection, name, len(content), begin, content[begin : at + step], NOW).held
    with town.centre.engine.connect() as connection:
        assert is_whole(connection, name)
        assert read_blob(connection, name) == content


def test_what_is_only_in_a_draft_stays_here(town: Town) -> None:
    with town.near.engine.begin() as connection:
        name = keep_blob(connection, b"not submitted", NOW)
        draft_naming(connection, name)
    assert meet(town, town.near).files.sent == 0
    assert not confirmed(town.near, name)


def test_what_an_offices_hub_has_is_handed_on_once_and_confirmed_by_the_centre_alone(town: Town) -> None:
    content = os.urandom(30_000)
    name = hashlib.sha256(content).digest()
    for replica in (town.near, town.far):
        meet(town, replica)
    attach(town.near, content)
    record(town.far, name, len(content))  # as the hub has it from the laptop's records
    hub = OtherSide(3, town.world.keys[3], is_centre=False)
    line = MemoryLine(town.far, 2)
    assert move_files(town.near, line, hub, BlobPolicy(), lambda _files: None).sent == 1
    assert content_at(town.far, name) == content
    assert not confirmed(town.near, name)
    again = MemoryLine(town.far, 2)
    assert move_files(town.near, again, hub, BlobPolicy(), lambda _files: None).wait_out == 1
    assert again.calls == []  # it is there: nothing more to say to it
    meet(town, town.far)
    assert content_at(town.centre, name) == content
    line = Heard(town.centre, 2)
    meet(town, town.near, line=line)
    assert line.contents == 0
    assert confirmed(town.near, name)


def test_a_centre_set_back_to_an_older_day_gets_the_contents_again(town: Town) -> None:
    attach(town.near, os.urandom(2_000))
    meet(town, town.near)
    town.centre.engine.dispose()
    older = town.world.path(1).read_bytes()
    content = os.urandom(20_000)
    name = attach(town.near, content)
    meet(town, town.near)
    assert confirmed(town.near, name)
    town.centre.engine.dispose()
    for part in ("", "-wal", "-shm"):
        town.world.path(1).with_name(town.world.path(1).name + part).unlink(missing_ok=True)
    town.world.path(1).write_bytes(older)
    meet(town, town.near)
    assert content_at(town.centre, name) == content
    assert confirmed(town.near, name)

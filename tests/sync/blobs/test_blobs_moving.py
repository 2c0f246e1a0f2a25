"""Contents of attachments between real replicas: after the records, resumed at any byte, to nobody they are not for."""

import hashlib
import os
import random

import pytest
from sqlalchemy import select

from tarahum_desktop.models import Attachment, Blob, BlobChunk, Device
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.blobs import (
    NOT_YOURS,
    BlobHaveRequest,
    BlobPiece,
    BlobPushRequest,
    answer_blob_pull,
    answer_blob_push,
    answer_have,
)
from tarahum_desktop.sync.exchange.carrier import LineFailed
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
    pull,
    record,
)
from tests.sync.lines import MemoryLine
from tests.sync.worlds import SCOPE, writing


def test_a_picture_reaches_the_centre_and_every_colleague(town: Town) -> None:
    content, thumb = os.urandom(200_000), os.urandom(5_000)
    name = attach(town.near, content, thumb)
    outcome = meet(town, town.near)
    assert (outcome.files.sent, outcome.files.wait_out, outcome.files.code) == (2, 0, "")
    assert content_at(town.centre, name) == content
    assert confirmed(town.near, name)
    outcome = meet(town, town.far)
    assert (outcome.files.taken, outcome.files.wait_in) == (2, 0)
    assert content_at(town.far, name) == content
    assert confirmed(town.far, name)


def test_an_exchange_without_news_is_one_request(town: Town) -> None:
    attach(town.near, os.urandom(50_000), os.urandom(3_000))
    meet(town, town.near)
    meet(town, town.far)
    for replica in (town.near, town.far):
        meet(town, replica)
        line = MemoryLine(town.centre, replica.device)
        meet(town, replica, line=line)
        assert line.calls == ["hello"]


def test_what_nobody_has_yet_is_asked_for_once_an_hour(town: Town) -> None:
    record(town.near, hashlib.sha256(b"on another laptop").digest(), 17)
    meet(town, town.near)
    first, second = MemoryLine(town.centre, 3), MemoryLine(town.centre, 3)
    assert meet(town, town.far, line=first).files.wait_in == 1
    assert first.calls.count("blob_pull") == 1
    assert meet(town, town.far, line=second).files.wait_in == 1
    assert second.calls == ["hello"]
    an_hour_passes(town)
    third = MemoryLine(town.centre, 3)
    meet(town, town.far, line=third)
    assert third.calls.count("blob_pull") == 1


def test_a_line_that_breaks_in_the_files_leaves_the_records_proven(town: Town) -> None:
    attach(town.near, os.urandom(100_000))
    line = Heard(town.centre, 2, breaks_at=frozenset(range(4, 999)))
    outcome = meet(town, town.near, line=line)
    assert outcome.complete
    assert outcome.files.code == "line_failed"
    assert outcome.files.wait_out == 1


@pytest.mark.parametrize("seed", range(4))
def test_cut_at_any_call_both_ways_until_all_is_there(town: Town, seed: int) -> None:
    chance = random.Random(seed)
    kept = {}
    for _ in range(6):
        content, thumb = chance.randbytes(chance.randrange(0, 150_000)), chance.randbytes(2_000)
        kept[attach(town.near, content, thumb)] = content
    sent = 0
    for replica in (town.near, town.far):
        for _ in range(60):
            cuts = frozenset(chance.sample(range(3, 40), 6))
            line = Heard(town.centre, replica.device, breaks_at=cuts)
            try:
                files = meet(town, replica, line=line).files
            except LineFailed:
                continue  # the cut was in the records
            sent += line.contents
            if not (files.code or files.wait_out or files.wait_in):
                break
    for name, content in kept.items():
        assert content_at(town.centre, name) == content
        assert content_at(town.far, name) == content
    assert sent > 0


def test_only_what_was_on_the_line_is_sent_again(town: Town) -> None:
    attach(town.near, os.urandom(1_000_000))
    sent = 0
    for _ in range(40):
        line = Heard(town.centre, 2, breaks_at=frozenset({7}))
        files = meet(town, town.near, line=line).files
        sent += line.contents
        if not files.code:
            break
    assert not files.wait_out
    # What arrived although its answer was lost is not sent twice: `have` says how far it is.
    assert sent <= 1_000_000 + 256 * 1024


def test_two_devices_with_the_same_content_send_it_once_between_them(town: Town) -> None:
    content = os.urandom(300_000)
    name = attach(town.near, content)
    attach(town.far, content)
    first, second = Heard(town.centre, 2, breaks_at=frozenset({7})), Heard(town.centre, 3)
    meet(town, town.near, line=first)
    meet(town, town.far, line=second)
    meet(town, town.near)
    assert content_at(town.centre, name) == content
    assert first.contents + second.contents <= 300_000 + 64 * 1024
    assert confirmed(town.near, name)
    assert confirmed(town.far, name)


def test_another_office_with_the_same_content_is_told_only_through_its_own_row(town: Town) -> None:
    content = os.urandom(10_000)
    name = attach(town.near, content)
    meet(town, town.near)
    with writing(town.centre) as session:
        device = session.scalars(select(Device).where(Device.number == 3)).one()
        device.scopes = ["national", "jed"]
        session.commit()
    with town.centre.engine.connect() as connection:
        stranger = find_device(connection, 3)
    assert answer_have(town.centre, stranger, BlobHaveRequest([name])).held[0].held == NOT_YOURS
    assert answer_blob_pull(town.centre, stranger, pull(name)).pieces[0].code == "blob_denied"
    piece = BlobPiece(name, len(content), 0, content)
    assert answer_blob_push(town.centre, stranger, BlobPushRequest([piece])).answers[0].code == "blob_denied"
    record(town.centre, name, len(content), scope="jed")
    told = answer_have(town.centre, stranger, BlobHaveRequest([name])).held[0]
    assert told.receipt is not None
    assert answer_blob_pull(town.centre, stranger, pull(name)).pieces[0].data == content


def test_a_removed_record_gives_its_content_to_nobody(town: Town) -> None:
    name = attach(town.near, b"gone")
    meet(town, town.near)
    with writing(town.near) as session:
        session.scalars(select(Attachment)).one().removed_at = NOW
        session.commit()
    meet(town, town.near)
    assert answer_blob_pull(town.centre, known(town, 3), pull(name)).pieces[0].code == "blob_denied"


def test_a_write_only_device_sends_and_reads_nothing(town: Town) -> None:
    with writing(town.centre) as session:
        device = session.scalars(select(Device).where(Device.number == 2)).one()
        device.scopes, device.write_scopes = ["national"], [SCOPE]
        session.commit()
    record(town.centre, hashlib.sha256(b"mine").digest(), 4)
    piece = BlobPiece(hashlib.sha256(b"mine").digest(), 4, 0, b"mine")
    answer = answer_blob_push(town.centre, known(town, 2), BlobPushRequest([piece])).answers[0]
    assert (answer.code, answer.held) == ("ok", 4)
    assert answer_blob_pull(town.centre, known(town, 2), pull(piece.sha256)).pieces[0].code == "blob_denied"


def test_the_only_copy_of_a_picture_follows_a_family_that_moved_before_it_was_sent(town: Town) -> None:
    content = os.urandom(20_000)
    name = hashlib.sha256(content).digest()
    attach(town.near, content)
    meet(town, town.near, BlobPolicy(budget_bytes=0))
    with town.centre.engine.begin() as connection:  # as a relocation leaves it
        connection.execute(Attachment.__table__.update().values(scope="jed"))
    with town.near.engine.begin() as connection:
        connection.execute(Attachment.__table__.delete())
    piece = BlobPiece(name, len(content), 0, content)
    assert answer_blob_push(town.centre, known(town, 2), BlobPushRequest([piece])).answers[0].code == "ok"
    with town.centre.engine.begin() as connection:
        connection.execute(Blob.__table__.delete())
        connection.execute(BlobChunk.__table__.delete())
    outcome = meet(town, town.near)
    assert outcome.files.sent == 1
    assert content_at(town.centre, name) == content

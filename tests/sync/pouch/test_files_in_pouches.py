"""Contents of attachments travel with pouches: small ones first, never more than fit, and what is lacking is asked for."""

import datetime as dt
import os
import uuid

import msgspec
from sqlalchemy import select

from tarahum_desktop.models import Attachment, Blob
from tarahum_desktop.sync.blobs.store import is_whole, keep_blob, read_blob
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.pouch.files import files_for, wanted_files
from tarahum_desktop.sync.pouch.layout import Peer, lay_out
from tarahum_desktop.sync.pouch.manifest import Head
from tests.sync.pouch.sticks import CENTRE, CLERK, OFFICE, OTHER_OFFICE, PRISON
from tests.sync.worlds import SCOPE, writing

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def attach(country, number: int, size: int, thumb: int = 0) -> tuple[bytes, bytes]:
    """A picture and its small picture at a device; returns their hashes."""
    replica = country.replicas[number]
    with replica.engine.begin() as connection:
        whole = keep_blob(connection, os.urandom(size), NOW)
        small = keep_blob(connection, os.urandom(thumb), NOW) if thumb else None
    with writing(replica, CLERK) as session:
        session.add(
            Attachment(
                scope=SCOPE,
                owner_entity="household",
                owner_id=uuid.uuid4(),
                kind="picture",
                sha256=whole,
                media_type="image/jpeg",
                size=size,
                thumb_sha256=small,
                thumb_size=thumb or None,
            )
        )
        session.commit()
    return whole, small or b""


def here(country, number: int, sha256: bytes) -> bool:
    with country.replicas[number].engine.connect() as connection:
        return is_whole(connection, sha256)


def test_a_picture_goes_with_its_record_and_is_the_same_there(country):
    whole, small = attach(country, PRISON, 300_000, 5_000)
    read = country.carry(PRISON, OFFICE, (CENTRE,))
    assert (read.taken.changes, read.taken.files) == (1, 2)
    contents = []
    for number in (PRISON, OFFICE):
        with country.replicas[number].engine.connect() as connection:
            contents.append((read_blob(connection, whole), read_blob(connection, small)))
    assert contents[0] == contents[1]


def test_small_pictures_go_first_and_what_does_not_fit_is_asked_for_and_comes_later(country):
    whole, small = attach(country, PRISON, 200_000, 4_000)
    replica = country.replicas[PRISON]
    with replica.engine.connect() as connection:
        fitting = files_for(connection, [SCOPE], [], 10_000)
    assert [one.sha256 for one in fitting] == [small]
    from tarahum_desktop.sync.pouch.write import Addressed, write_pouch

    addressed = Addressed(country.peer(PRISON, OFFICE), file_bytes=10_000)
    country.read(OFFICE, country.path(write_pouch(replica, addressed, country.stick, lambda _size: None)))
    assert (here(country, OFFICE, small), here(country, OFFICE, whole)) == (True, False)
    with country.replicas[OFFICE].engine.connect() as connection:
        assert wanted_files(connection, [SCOPE]) == [whole]
    country.meet(OFFICE)
    answer = country.carry(OFFICE, PRISON)
    assert answer.head.wanted == [whole]
    country.carry(PRISON, OFFICE, (CENTRE,))
    assert here(country, OFFICE, whole)


def test_nobody_gets_a_content_by_naming_its_hash_alone(country):
    whole, _ = attach(country, OFFICE, 1_000)
    with country.replicas[OFFICE].engine.connect() as connection:
        assert files_for(connection, ["national"], [whole], 10**9) == []
        assert [one.sha256 for one in files_for(connection, [SCOPE], [whole], 10**9)] == [whole]
    assert not here(country, OTHER_OFFICE, whole)


def test_a_reading_cut_in_the_middle_of_a_file_goes_on_from_there(country, monkeypatch):
    from tarahum_desktop.sync.pouch import take

    whole, _ = attach(country, PRISON, 400_000)
    path = country.path(country.write(PRISON, OFFICE, (CENTRE,)))
    real, pieces = take.keep_piece, []

    def cut(*given):
        pieces.append(1)
        if len(pieces) == 4:
            raise KeyboardInterrupt
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(take, "keep_piece", cut)
        try:
            country.read(OFFICE, path)
        except KeyboardInterrupt:
            pieces.append(0)
    assert not here(country, OFFICE, whole)
    assert country.read(OFFICE, path).taken.files == 1
    assert here(country, OFFICE, whole)


def confirmed(country, number: int, sha256: bytes) -> bool:
    with country.replicas[number].engine.connect() as connection:
        return connection.scalar(select(Blob.confirmed_at).where(Blob.sha256 == sha256)) is not None


def test_a_prison_learns_from_the_centres_own_pouch_that_its_pictures_are_safe(country):
    whole, small = attach(country, PRISON, 50_000, 2_000)
    country.carry(PRISON, CENTRE)
    assert not confirmed(country, PRISON, whole)
    assert country.carry(CENTRE, PRISON).taken.files_confirmed == 2
    assert confirmed(country, PRISON, whole)
    assert confirmed(country, PRISON, small)
    assert country.carry(PRISON, CENTRE).head.unconfirmed == []


def test_the_office_brings_the_centres_word_on_pictures_once_it_has_it(country):
    whole, small = attach(country, PRISON, 50_000, 2_000)
    country.carry(PRISON, OFFICE, (CENTRE,))
    assert country.carry(OFFICE, PRISON).taken.files_confirmed == 0
    assert not confirmed(country, PRISON, whole)
    assert country.meet(OFFICE).files.sent == 2
    assert country.carry(OFFICE, PRISON).taken.files_confirmed == 2
    assert confirmed(country, PRISON, whole)
    assert confirmed(country, PRISON, small)


def test_a_program_that_asks_nothing_of_words_gets_none_and_reads_on(country):
    attach(country, PRISON, 5_000)
    read = country.carry(PRISON, CENTRE)
    head = msgspec.msgpack.decode(
        msgspec.msgpack.encode(list(msgspec.structs.astuple(read.head))[:-1]), type=Head
    )
    with country.replicas[CENTRE].engine.connect() as connection:
        peer = Peer(find_device(connection, PRISON), head)
        assert lay_out(connection, country.replicas[CENTRE], peer).words == []


def test_nobody_is_told_of_a_content_that_no_record_of_theirs_names(country):
    whole, _ = attach(country, OFFICE, 1_000)
    country.meet(OFFICE)
    asked = country.write(OTHER_OFFICE, CENTRE)
    head = country.read(CENTRE, country.path(asked)).head
    with country.replicas[CENTRE].engine.connect() as connection:
        for number, told in ((OTHER_OFFICE, 0), (OFFICE, 1)):
            peer = Peer(find_device(connection, number), msgspec.structs.replace(head, unconfirmed=[whole]))
            assert len(lay_out(connection, country.replicas[CENTRE], peer).words) == told

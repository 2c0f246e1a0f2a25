"""Contents of attachments travel with pouches: small ones first, never more than fit, and what is lacking is asked for."""

import datetime as dt
import os
import uuid

from tarahum_desktop.models import Attachment
from tarahum_desktop.sync.blobs.store import is_whole, keep_blob, read_blob
from tarahum_desktop.sync.pouch.files import files_for, wanted_files
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

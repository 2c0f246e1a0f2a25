"""Pictures of a laptop that meets only its office's hub: handed is not confirmed, and the centre's own word comes along."""

import os
import uuid

import pytest
from sqlalchemy import select

from tarahum_desktop.bootstrap.fetcher import Fetcher
from tarahum_desktop.casework.attachments.errors import ContentNotThere
from tarahum_desktop.casework.office_exchange import keep_hub_address
from tarahum_desktop.models import Attachment, Blob
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.store import doubt_blobs, drop_blob, is_whole, keep_blob
from tarahum_desktop.sync.blobs.words import take_word, words_on
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.lease import keep_lease, lease_until
from tests.hub.offices import LOOPBACK, serving, to_centre, to_hub, write
from tests.server.centres import SCOPE


def attach(place, size=20_000):
    content = os.urandom(size)
    with place.replica.engine.begin() as connection:
        name = keep_blob(connection, content, from_milliseconds(place.replica.now()))
    with captured_session(place.replica, place.desk.user.id) as session:
        session.add(
            Attachment(
                scope=SCOPE, owner_entity="household", owner_id=uuid.uuid4(), kind="damage", sha256=name,
                media_type="image/jpeg", size=size,
            )
        )  # fmt: skip
        session.commit()
    return name


def confirmed(place, name):
    with place.replica.engine.connect() as connection:
        return connection.scalar(select(Blob.confirmed_at).where(Blob.sha256 == name)) is not None


def here(replica, name):
    with replica.engine.connect() as connection:
        return is_whole(connection, name)


def words_at(place, name):
    with place.replica.engine.connect() as connection:
        return words_on(connection, place.replica, [name], own=False)


def test_a_picture_given_to_the_hub_is_confirmed_by_the_centres_word_the_hub_brings_back(town, office, a):
    name = attach(a)
    with serving(office) as hub:
        to_hub(a, hub)
        assert here(office.replica, name)
        assert not confirmed(a, name)
        to_hub(a, hub)
        assert not confirmed(a, name)
        to_centre(office)
        assert here(town.centre, name)
        outcome = to_hub(a, hub)
    assert confirmed(a, name)
    assert (outcome.files.wait_out, outcome.files.code) == (0, "")


def test_a_word_that_is_not_the_centres_or_of_another_content_confirms_nothing(office, a):
    name, other = attach(a), attach(a)
    with serving(office) as hub:
        to_hub(a, hub)
        to_centre(office)
    (word,) = words_at(office, name)
    known = a.enrolment
    for wrong in (
        type(word)(other, word.size, word.device, word.time, word.signature),
        type(word)(name, word.size, office.replica.device, word.time, word.signature),
        type(word)(name, word.size, word.device, word.time + 1, word.signature),
    ):
        with a.replica.engine.begin() as connection:
            assert not take_word(connection, a.replica, wrong, known.centre_device, known.centre_key)
    assert not confirmed(a, name)
    assert not confirmed(a, other)


def test_words_from_before_the_centre_was_set_back_count_no_more(office, a):
    name = attach(a)
    with serving(office) as hub:
        to_hub(a, hub)
        to_centre(office)
        with a.replica.engine.begin() as connection:
            doubt_blobs(connection, a.replica.now())
        to_hub(a, hub)
        assert not confirmed(a, name)
    to_centre(a)
    assert confirmed(a, name)


@pytest.fixture
def fetcher(a):
    made = Fetcher(a)
    yield made
    made.stop()


def test_one_picture_is_fetched_from_the_hub_when_the_centre_does_not_answer(office, a, fetcher, monkeypatch):
    name = attach(office)
    to_centre(office)
    to_centre(a)
    with a.replica.engine.begin() as connection:
        drop_blob(connection, name)

    def cut():
        raise LineFailed

    with serving(office) as hub, monkeypatch.context() as patch:
        patch.setattr(type(a), "line", lambda _place: cut())
        keep_hub_address(a.replica, f"https://{LOOPBACK}:{hub.port}")
        fetcher.fetch_now(name)
        assert here(a.replica, name)
        with office.replica.engine.begin() as connection:
            drop_blob(connection, name)
        with a.replica.engine.begin() as connection:
            drop_blob(connection, name)
        with pytest.raises(ContentNotThere):
            fetcher.fetch_now(name)
    with monkeypatch.context() as patch:
        patch.setattr(type(a), "line", lambda _place: cut())
        with pytest.raises(LineFailed):
            fetcher.fetch_now(name)
    keep_hub_address(a.replica, "")
    to_centre(a)
    to_centre(office)


def test_the_centres_word_that_the_hub_brings_begins_the_lease_anew(town, office, a):
    to_centre(a)
    with a.replica.engine.begin() as connection:
        before = lease_until(connection)
        keep_lease(connection, before - 1_000_000, town.centre.wall() - 1_000_000)
    write(a, "lease-a")
    with serving(office) as hub:
        to_hub(a, hub)
        to_centre(office)
        to_hub(a, hub)
    with a.replica.engine.connect() as connection:
        assert lease_until(connection) >= before
    town.rest(office, a)

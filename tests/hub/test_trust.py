"""Whom a laptop believes to be its office's hub, and what the hub lets in."""

import datetime as dt
import threading
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import func, select

from tarahum_desktop.bootstrap.hub import _config, _listen, _make_app, _Server
from tarahum_desktop.models import BatchLog, HeldBatch, Region
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.hub_line import look_at
from tarahum_desktop.sync.carriers.trust import CentreUntrusted
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import find_device
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.hub_answers import served
from tarahum_desktop.sync.exchange.hub_card import known_hub, read_card, sign_card
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_server.devices import revoke
from tarahum_server.tls import make_passing_certificate
from tests.hub.offices import LOOPBACK, SCOPE, book, homes, serving, to_centre, to_hub, unsent, write

PRINT = b"p" * 32


def believed(place, shown: bytes, committee: str = SCOPE) -> int:
    with place.replica.engine.connect() as connection:
        return known_hub(connection, read_card(shown), committee).number


def test_the_card_of_the_office_is_believed_by_its_device_key(office, a):
    card = sign_card(office.replica.device, PRINT, 5, office.keys)
    assert believed(a, card) == office.replica.device


@pytest.mark.parametrize("changed", ["device", "fingerprint", "time", "signature"])
def test_a_card_with_anything_changed_is_not_believed(office, a, changed):
    card = read_card(sign_card(office.replica.device, PRINT, 5, office.keys))
    other = {"device": a.replica.device, "fingerprint": b"q" * 32, "time": 6, "signature": b"s" * 64}[changed]
    with pytest.raises(CentreUntrusted):
        believed(a, msgspec.msgpack.encode(msgspec.structs.replace(card, **{changed: other})))


def test_neither_a_laptop_nor_a_stranger_nor_another_committees_office_is_a_hub(office, a, b):
    stranger = SigningKey(b"x" * 32)
    for card, committee in (
        (sign_card(b.replica.device, PRINT, 5, b.keys), SCOPE),
        (sign_card(office.replica.device, PRINT, 5, stranger), SCOPE),
        (sign_card(4_000, PRINT, 5, stranger), SCOPE),
        (sign_card(office.replica.device, PRINT, 5, office.keys), "jed"),
        (sign_card(office.replica.device, PRINT[:-1], 5, office.keys), SCOPE),
        (b"", SCOPE),
        (b"\xc1" * 40, SCOPE),
        (b"x" * 5_000, SCOPE),
    ):
        with pytest.raises(CentreUntrusted):
            believed(a, card, committee)


def test_whoever_repeats_the_card_without_its_certificate_learns_nothing(town, office, a):
    """The line stands between laptop and hub and shows the hub's true card under a certificate of its own."""
    with serving(office) as hub:
        true = look_at(f"https://{LOOPBACK}:{hub.port}")
        listener = _listen(LOOPBACK, 0)
        false = _Server(
            _config(
                _make_app(office, msgspec.msgpack.encode(true), lambda: None),
                make_passing_certificate(dt.datetime.now(dt.UTC), 1),
            )
        )
        thread = threading.Thread(target=false.run, args=([listener],))
        thread.start()
        false.up.wait()
        write(a, "secret")
        try:
            with pytest.raises(CentreUntrusted):
                to_hub(a, listener.getsockname()[1])
        finally:
            false.should_exit = True
            thread.join()
    assert "secret" not in homes(office.replica)
    town.rest(*town.places.values())


def test_nobody_at_the_address_is_a_failed_line(a):
    listener = _listen(LOOPBACK, 0)
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(LineFailed):
        to_hub(a, port)


def test_the_hub_serves_the_machines_of_its_committee_and_only_what_is_whole_there(office, a):
    with office.replica.engine.connect() as connection:
        device = find_device(connection, a.replica.device)
        assert served(connection, device, SCOPE).scopes == {"national", SCOPE}
        wider = replace(device, scopes=frozenset({"jed", SCOPE}))
        assert served(connection, wider, SCOPE).scopes == {SCOPE}
        with pytest.raises(SyncError) as refused:
            served(connection, device, "jed")
    assert refused.value.code == "hub_foreign"


def test_what_an_author_may_not_write_is_neither_taken_nor_relayed_by_the_hub(town, office, a):
    with captured_session(a.replica, a.desk.user.id) as session:
        session.add(Region(scope="national", code="xx", iso="SA-99", name_ar="س", name_en="x"))
        session.commit()
    before = book(office.replica, "national").digest
    with serving(office) as hub:
        outcome = to_hub(a, hub)
        assert "national" in outcome.held
    assert book(office.replica, "national").digest == before
    with office.replica.engine.connect() as connection:
        held = select(func.count()).select_from(HeldBatch.__table__)
        log = select(func.count()).select_from(BatchLog.__table__)
        assert connection.execute(held).scalar_one() == 1
        of_a = log.where(BatchLog.device == a.replica.device, BatchLog.scope == "national")
        assert connection.execute(of_a).scalar_one() == 0
    to_centre(office)
    assert book(town.centre, "national").digest == before


def test_a_revoked_laptop_is_sent_away_as_soon_as_the_office_knows(town, office):
    lost = town.join("lost")
    write(lost, "lost-1")
    revoke(town.running.centre, lost.replica.device)
    to_centre(office)
    with serving(office) as hub, pytest.raises(SyncError) as refused:
        to_hub(lost, hub)
    assert refused.value.code == "device_revoked"
    assert "lost-1" not in homes(office.replica)
    assert unsent(lost) == 1


def test_two_starts_have_two_certificates_and_leave_no_key_behind(office, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    prints = []
    for _ in range(2):
        with serving(office) as hub:
            prints.append(look_at(f"https://{LOOPBACK}:{hub.port}").fingerprint)
            assert list(tmp_path.iterdir()) == []
    assert len(set(prints)) == 2

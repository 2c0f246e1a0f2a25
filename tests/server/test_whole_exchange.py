"""A real server with TLS on the loopback address, and desktops that call it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models import Device, HeldBatch, Household, RoleGrant
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.trust import Trust
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.enrol import enrol, read_invitation
from tarahum_desktop.sync.exchange.messages import HelloRequest, PullRequest, SnapshotRequest
from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_server.centre import open_centre, wall_clock
from tarahum_server.devices import Invitee, invite, revoke, widen
from tarahum_server.people import add_user, grant
from tarahum_server.quarantine import list_held, release
from tests.server.centres import LOGIN, SCOPE, a_home, assert_same, digests, home_numbers, join, listening
from tests.sync.worlds import send

YEAR = 365 * 86_400_000


def held(centre):
    with Session(centre.engine) as session:
        return [(one.device, one.reason) for one in session.scalars(select(HeldBatch))]


def test_what_one_laptop_writes_reaches_another_over_tls_and_the_digests_prove_it(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    a.write_homes(300, "A")
    outcome = a.exchange()
    assert outcome.pushed == 300
    assert outcome.proven == {"national", SCOPE}
    assert b.exchange().proven == {"national", SCOPE}
    assert home_numbers(b.replica) == home_numbers(a.replica)
    assert_same(a, running.centre)
    assert a.enrolment.scopes == ["national", SCOPE]


def test_an_exchange_without_news_is_one_small_request(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    with a.line() as line:
        a.over(line)
        assert line.requests == 1
        assert 0 < line.bytes_out + line.bytes_in < 400


@pytest.mark.parametrize("off", [-YEAR, YEAR])
def test_a_device_with_a_wrong_clock_enrols_and_exchanges_by_the_centres_time(running, tmp_path, off):
    a = join(running.address, running.centre, tmp_path, "a", wall=lambda: wall_clock() + off)
    a.write_homes(3, "A")
    outcome = a.exchange()
    assert abs(outcome.clock_error_ms - off) < 60_000
    assert outcome.proven == {"national", SCOPE}
    assert_same(a, running.centre)


def test_an_author_without_a_role_is_held_and_nothing_of_it_applied(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(2, "A", author=uuid.uuid4())
    assert a.exchange().held == {SCOPE}
    assert held(running.centre) == [(a.replica.device, "author_not_allowed")]
    assert home_numbers(running.centre.replica) == []
    assert len(home_numbers(a.replica)) == 2


def test_an_administrator_lets_a_held_batch_in_and_the_next_exchange_goes_on(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(2, "A", author=uuid.uuid4())
    a.exchange()
    [one] = list_held(running.centre)
    assert release(running.centre, one.id) == 2
    assert list_held(running.centre) == []
    a.write_homes(1, "B")
    assert a.exchange().proven == {"national", SCOPE}
    assert_same(a, running.centre)
    with pytest.raises(TarahumError, match="admin_refused"):
        release(running.centre, one.id)


@pytest.mark.parametrize(
    ("role", "scope", "first", "last"),
    [
        ("officer", "mkk", None, None),
        ("panel", SCOPE, None, None),
        ("officer", SCOPE, dt.date(2001, 1, 1), dt.date(2001, 12, 31)),
    ],
)
def test_a_role_of_another_place_kind_or_time_does_not_let_a_batch_in(
    running, tmp_path, role, scope, first, last
):
    author = add_user(running.centre, "someone", "أحد", "Someone", SCOPE)
    grant(running.centre, "someone", role, scope, first, last)
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(1, "A", author=author)
    assert a.exchange().held == {SCOPE}
    assert held(running.centre) == [(a.replica.device, "author_not_allowed")]


def test_a_desktop_cannot_give_itself_a_role(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    with captured_session(a.replica, a.user) as session:
        session.add(RoleGrant(scope="national", user_id=a.user, role="system_admin", scope_code="national"))
        session.commit()
    assert a.exchange().held == {"national"}


def test_a_revoked_devices_late_batch_is_kept_in_quarantine(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    a.write_homes(2, "A")
    late = send(a.replica)
    revoke(running.centre, a.replica.device)
    with a.line() as line:
        assert line.push(late).code == "held"
        assert line.push(late).code == "held"
    assert held(running.centre) == [(a.replica.device, "device_revoked")]
    with pytest.raises(TarahumError, match="device_revoked"):
        a.exchange()
    assert home_numbers(running.centre.replica) == []


def test_a_batch_forged_in_a_revoked_devices_name_is_not_even_kept(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    b = join(running.address, running.centre, tmp_path, "b")
    a.exchange()
    a.write_homes(1, "A")
    a.replica.signer = DeviceKeys.generate()
    forged = send(a.replica)
    revoke(running.centre, a.replica.device)
    with b.line() as line:
        assert line.push(forged).code == "batch_signature"
    assert held(running.centre) == []


def test_a_scope_the_device_does_not_hold_is_refused(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    with captured_session(a.replica, a.user) as session:
        home = a_home("M-1")
        home.scope = "mkk"
        session.add(home)
        session.commit()
    with a.line() as line:
        assert line.push(send(a.replica, "mkk")).code == "scope_denied"
        for ask in (
            lambda: line.pull(PullRequest("mkk", 0, 1)),
            lambda: line.snapshot(SnapshotRequest("mkk", b"", 1)),
        ):
            with pytest.raises(TarahumError, match="scope_denied"):
                ask()


def test_a_device_that_may_hold_more_takes_it_at_its_next_exchange(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.exchange()
    assert f"{SCOPE}/caseload-1" not in digests(a.replica)
    held_now = widen(running.centre, a.replica.device, [f"{SCOPE}/caseload-1"])
    assert held_now == ("national", SCOPE, f"{SCOPE}/caseload-1")
    assert f"{SCOPE}/caseload-1" in a.exchange().proven
    for scopes in ((), ("nowhere",)):
        with pytest.raises(TarahumError, match="admin_refused"):
            widen(running.centre, a.replica.device, scopes)


def test_duplicate_gapped_and_reordered_batches_are_named(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    a.write_homes(3, "A")
    first, second, third = (send(a.replica, limit=1) for _ in range(3))
    with a.line() as line:
        assert line.push(second).code == "batch_gap"
        assert line.push(first).code == "ok"
        again = line.push(first)
        assert (again.code, again.receipt.sequence) == ("ok", 1)
        assert line.push(third).code == "batch_gap"
        assert line.push(second).code == "ok"
        assert line.push(third).receipt.sequence == 3
    assert home_numbers(running.centre.replica) == ["A-0", "A-1", "A-2"]


def test_a_code_is_used_once_but_a_lost_answer_may_be_asked_for_again(running):
    typed = invite(running.centre, Invitee("x", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    code, trust = read_invitation(typed.lower().replace("0", "o").replace("1", "l"))
    mine, other = DeviceKeys.generate(), DeviceKeys.generate()
    with HttpCarrier(running.address, 0, mine, wall_clock, trust) as line:
        first = enrol(line, code, "x", LOGIN, mine, 0)
        assert enrol(line, code, "x", LOGIN, mine, 0).device == first.device
    with (
        HttpCarrier(running.address, 0, other, wall_clock, trust) as line,
        pytest.raises(TarahumError, match="invitation_refused"),
    ):
        enrol(line, code, "x", LOGIN, other, 0)
    with Session(running.centre.engine) as session:
        assert session.query(Device).count() == 2


def test_an_expired_or_invented_code_and_an_unknown_user_are_refused(running):
    keys = DeviceKeys.generate()
    expired = invite(running.centre, Invitee("x", "laptop", SCOPE, (SCOPE,)), dt.timedelta(seconds=-1))
    good = invite(running.centre, Invitee("x", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    _, trust = read_invitation(good)
    with HttpCarrier(running.address, 0, keys, wall_clock, trust) as line:
        for typed, login, code in (
            (expired, LOGIN, "invitation_refused"),
            ("-".join(["0000"] * 5), LOGIN, "invitation_refused"),
            ("not a code", LOGIN, "invitation_refused"),
            (good, "nobody", "user_unknown"),
        ):
            with pytest.raises(TarahumError, match=code):
                enrol(line, typed, "x", login, keys, 0)
        assert enrol(line, good, "x", LOGIN, keys, 0).device == 2


def test_a_key_shown_without_holding_it_is_refused(running):
    typed = invite(running.centre, Invitee("x", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    code, trust = read_invitation(typed)
    mine, stolen = DeviceKeys.generate(), DeviceKeys.generate()
    with (
        HttpCarrier(running.address, 0, mine, wall_clock, trust) as line,
        pytest.raises(TarahumError, match="request_signature"),
    ):
        enrol(line, code, "x", LOGIN, stolen, 0)


def test_nothing_is_said_to_a_centre_with_another_certificate(running):
    with pytest.raises(TarahumError, match="centre_untrusted"):
        HttpCarrier(running.address, 0, DeviceKeys.generate(), wall_clock, Trust(pin=bytes(12)))
    with (
        HttpCarrier(running.address, 2, DeviceKeys.generate(), wall_clock, Trust()) as line,
        pytest.raises(TarahumError, match="centre_untrusted"),
    ):
        line.hello(HelloRequest(1, 1, 1, 0, {}))


def test_a_silent_centre_is_a_broken_line(running, tmp_path):
    a = join(running.address, running.centre, tmp_path, "a")
    with pytest.raises(LineFailed):
        a.exchange("https://127.0.0.1:9")


def test_two_centre_processes_over_one_database_serve_as_one(running, tmp_path):
    second = open_centre(running.centre.settings)
    a = join(running.address, running.centre, tmp_path, "a")
    with listening(second) as other:
        b = join(other.address, second, tmp_path, "b")
        assert b.replica.device == a.replica.device + 1
        for turn in range(3):
            a.write_homes(20, f"A{turn}")
            b.write_homes(20, f"B{turn}")
            a.exchange([running.address, other.address][turn % 2])
            b.exchange([running.address, other.address][(turn + 1) % 2])
        a.exchange(other.address)
        assert b.exchange(running.address).proven == {"national", SCOPE}
        assert_same(a, running.centre)
        assert_same(b, running.centre)
    with Session(running.centre.engine) as session:
        assert session.query(Household).count() == 120

"""A device leaves a scope only after all it wrote there has arrived, and nothing of it can be read from its file then."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Device, Draft, FieldHistory, Household
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.messages import PullRequest, SnapshotRequest
from tarahum_desktop.sync.leave import LEFT, leave_scope, scopes_to_leave
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.devices import BadRequest, narrow, widen
from tests.server.centres import SCOPE, Desktop, Running, home_numbers, join, listening, make_centre

SECRET = "حي الياسمين السري"
OTHER = "ryd/caseload-1"


@pytest.fixture
def running(tmp_path: Path):
    with listening(make_centre(tmp_path / "centre", plain_http=True)) as running:
        yield running


@pytest.fixture
def laptop(running: Running, tmp_path: Path):
    desktop = join(running.address, running.centre, tmp_path, "laptop", scopes=(SCOPE, OTHER))
    desktop.exchange()
    yield desktop
    desktop.replica.engine.dispose()


def write_secret(desktop: Desktop, number: str) -> uuid.UUID:
    with captured_session(desktop.replica, desktop.user) as session:
        home = Household(scope=SCOPE, file_number=number, committee_code=SCOPE, district=SECRET)
        session.add(home)
        session.commit()
        home.directions = SECRET
        session.commit()
        return home.id


def a_draft(household: uuid.UUID, user: uuid.UUID) -> Draft:
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    return Draft(
        id=new_id(), kind="visit", subject_id=household, user_id=user, form_code="f", form_version=1,
        begun_at=now, changed_at=now,
    )  # fmt: skip


def readable(desktop: Desktop) -> bool:
    """Whether the secret is in any byte of the desktop's file or of what lies beside it."""
    folder, name = desktop.folder.parent, desktop.folder.name
    return any(SECRET.encode() in file.read_bytes() for file in folder.glob(f"{name}*"))


def device_row(running: Running, number: int) -> Device:
    with Session(running.centre.engine) as session:
        return session.scalars(select(Device).where(Device.number == number)).one()


def test_what_was_not_sent_is_sent_first_and_then_nothing_readable_remains(running, laptop):
    write_secret(laptop, "A-1")
    laptop.exchange()
    write_secret(laptop, "A-2")
    assert readable(laptop)
    narrow(running.centre, laptop.replica.device, [SCOPE])
    outcome = laptop.exchange()
    assert outcome.left == {SCOPE}
    assert home_numbers(running.centre.replica) == ["A-1", "A-2"]
    assert home_numbers(laptop.replica) == []
    assert not readable(laptop)
    row = device_row(running, laptop.replica.device)
    assert (SCOPE in row.scopes, row.leaving) == (False, [])
    assert laptop.exchange().complete


def test_what_it_may_no_longer_read_it_is_not_given_even_before_it_has_left(running, laptop):
    narrow(running.centre, laptop.replica.device, [SCOPE])
    with laptop.line() as line:
        for ask, request in (
            (line.pull, PullRequest(SCOPE, 0, 1000)),
            (line.snapshot, SnapshotRequest(SCOPE, b"", 10)),
        ):
            with pytest.raises(SyncError) as refused:
                ask(request)
            assert refused.value.code == "scope_denied"


def test_a_line_that_breaks_before_the_receipt_leaves_everything_in_place(running, laptop):
    write_secret(laptop, "B-1")
    narrow(running.centre, laptop.replica.device, [SCOPE])

    with laptop.line() as line:
        sent = line.push

        def lost_receipt(payload: bytes):
            sent(payload)
            raise LineFailed

        line.push = lost_receipt
        with pytest.raises(LineFailed):
            laptop.over(line)
    assert home_numbers(laptop.replica) == ["B-1"]
    assert leave_scope(laptop.replica, SCOPE) is False
    assert laptop.exchange().left == {SCOPE}
    assert home_numbers(running.centre.replica) == ["B-1"]


def test_a_form_somebody_began_for_a_family_keeps_the_scope_until_it_is_finished(running, laptop):
    home = write_secret(laptop, "C-1")
    with Session(laptop.replica.engine) as session:
        session.add(a_draft(home, laptop.user))
        session.commit()
    narrow(running.centre, laptop.replica.device, [SCOPE])
    assert laptop.exchange().left == frozenset()
    assert home_numbers(laptop.replica) == ["C-1"]
    with Session(laptop.replica.engine) as session:
        session.delete(session.scalars(select(Draft)).one())
        session.commit()
    assert laptop.exchange().left == {SCOPE}


def test_other_scopes_are_untouched(running, laptop):
    with captured_session(laptop.replica, laptop.user) as session:
        session.add(Household(scope=OTHER, file_number="STAYS", committee_code=SCOPE))
        session.commit()
    write_secret(laptop, "D-1")
    narrow(running.centre, laptop.replica.device, [SCOPE])
    laptop.exchange()
    assert home_numbers(laptop.replica) == ["STAYS"]


def test_a_device_that_is_given_the_scope_again_goes_on_counting_and_loses_nothing(running, laptop):
    write_secret(laptop, "E-1")
    narrow(running.centre, laptop.replica.device, [SCOPE])
    laptop.exchange()
    widen(running.centre, laptop.replica.device, [SCOPE])
    assert laptop.exchange().complete
    write_secret(laptop, "E-2")
    assert laptop.exchange().complete
    assert home_numbers(running.centre.replica) == home_numbers(laptop.replica) == ["E-1", "E-2"]


def test_one_that_keeps_sending_is_heard_and_never_answered(running, laptop):
    narrow(running.centre, laptop.replica.device, [SCOPE], keeps_sending=True)
    assert laptop.exchange().left == {SCOPE}
    office = join(running.address, running.centre, laptop.folder.parent, "office")
    office.exchange()
    office.write_homes(2, "OFFICE")
    office.exchange()
    write_secret(laptop, "F-1")
    outcome = laptop.exchange()
    assert outcome.complete
    assert home_numbers(laptop.replica) == ["F-1"]
    assert office.exchange().complete
    assert home_numbers(office.replica) == ["F-1", "OFFICE-0", "OFFICE-1"]
    office.replica.engine.dispose()


def test_the_device_reads_in_its_own_entry_what_it_is_to_leave(running, laptop):
    write_secret(laptop, "G-1")
    laptop.exchange()
    narrow(running.centre, laptop.replica.device, [SCOPE])
    kept = select(FieldHistory.entity).where(FieldHistory.entity == "household")
    with laptop.replica.engine.connect() as connection:
        assert scopes_to_leave(connection, laptop.replica) == []  # its entry has not arrived
        assert connection.execute(kept).all() != []
    with captured_session(
        laptop.replica, laptop.user
    ) as session:  # a begun form keeps it from leaving at once
        session.add(a_draft(session.scalars(select(Household.id)).one(), laptop.user))
        session.commit()
    laptop.exchange()
    with Session(laptop.replica.engine) as session:
        assert scopes_to_leave(session.connection(), laptop.replica) == [SCOPE]
        session.delete(session.scalars(select(Draft)).one())
        session.commit()
    laptop.exchange()
    with laptop.replica.engine.connect() as connection:
        assert read_scopes(connection)[SCOPE].mode == LEFT
        assert connection.execute(kept).all() == []


def test_nobody_is_asked_to_leave_what_everybody_needs_or_what_it_does_not_hold(running, laptop):
    for scopes in (["national"], ["mak"], []):
        with pytest.raises(BadRequest):
            narrow(running.centre, laptop.replica.device, scopes)

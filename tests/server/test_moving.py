"""A family changes hands over the real line: the centre acts right after each push, whichever worker takes it."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.domain.store_errors import DiskFull
from tarahum_desktop.models import Case, Household, Membership, Person, Relocation
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.publish import publish_own
from tarahum_server.people import add_user, grant
from tarahum_server.relocations import settle
from tests.server.centres import Desktop, Running, join

MOMENT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


@pytest.fixture
def supervisors(running: Running) -> dict[str, uuid.UUID]:
    found = {}
    for committee in ("ryd", "jed"):
        found[committee] = add_user(running.centre, f"{committee}.lead", "مشرف", "Lead", committee)
        grant(running.centre, f"{committee}.lead", "supervisor", committee)
    return found


def offered(desktop: Desktop, author: uuid.UUID, number: str) -> uuid.UUID:
    """A family of Riyadh that is offered to Jeddah."""
    with captured_session(desktop.replica, author) as session:
        person = Person(
            id=new_id(), scope="ryd", first_name="فاطمة", family_name="الحربي", gender="female", nationality="SA",
            id_kind="national_id", id_seen=True,
        )  # fmt: skip
        home = Household(
            id=new_id(), scope="ryd", file_number=number, committee_code="ryd", head_person_id=person.id
        )
        session.add_all([person, home])
        session.add(
            Membership(scope="ryd", household_id=home.id, person_id=person.id, relation="self", resident=True)
        )
        session.add(
            Case(
                scope="ryd", number=f"{number}-1", household_id=home.id, committee_code="ryd", state="transfer_out",
                restricted=False,
            )
        )  # fmt: skip
        session.add(
            Relocation(
                scope="ryd", household_id=home.id, kind="transfer", from_scope="ryd", to_scope="jed", state="offered",
                reason="انتقلت", offered_by=author, offered_at=MOMENT,
            )
        )  # fmt: skip
        session.commit()
        return home.id


def accept_all(desktop: Desktop, author: uuid.UUID) -> int:
    with captured_session(desktop.replica, author) as session:
        copies = session.scalars(select(Relocation).where(Relocation.offer_id.is_not(None))).all()
        for copy in copies:
            copy.state, copy.decided_by, copy.decided_at = "accepted", author, MOMENT
        session.commit()
        return len(copies)


def homes(desktop: Desktop) -> list[str]:
    with Session(desktop.replica.engine) as session:
        return sorted(session.scalars(select(Household.file_number)))


def test_one_exchange_of_each_office_is_enough(running: Running, supervisors, tmp_path: Path) -> None:
    old = join(running.address, running.centre, tmp_path, "old", scopes=("ryd",))
    new = join(running.address, running.centre, tmp_path, "new", scopes=("jed",))
    assert old.exchange().complete
    offered(old, supervisors["ryd"], "F-1")
    assert old.exchange().complete
    assert new.exchange().complete
    assert accept_all(new, supervisors["jed"]) == 1
    assert new.exchange().complete
    assert homes(new) == ["F-1"]
    assert old.exchange().complete
    assert homes(old) == []


def test_what_one_call_leaves_the_next_takes_up(running: Running, supervisors, tmp_path: Path) -> None:
    centre = running.centre.replica
    here = Desktop(tmp_path, centre, None, None, supervisors["ryd"])  # type: ignore[arg-type]  # nothing is exchanged
    for number in range(4):
        offered(here, supervisors["ryd"], f"F-{number}")
    publish_own(centre)
    assert [settle(centre, limit=3) for _ in range(3)] == [3, 1, 0]
    assert accept_all(here, supervisors["jed"]) == 4
    publish_own(centre)
    assert [settle(centre, limit=3) for _ in range(3)] == [3, 1, 0]
    with Session(centre.engine) as session:
        assert set(session.scalars(select(Household.scope))) == {"jed"}


def test_a_fault_while_settling_fails_nobodys_exchange_and_is_made_good_later(
    running: Running,
    supervisors,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    old = join(running.address, running.centre, tmp_path, "old", scopes=("ryd",))
    new = join(running.address, running.centre, tmp_path, "new", scopes=("jed",))
    old.exchange()
    offered(old, supervisors["ryd"], "F-1")

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr("tarahum_server.relocations.step", full)
        assert old.exchange().complete
    assert "settling stopped by DiskFull" in caplog.text
    caplog.clear()
    assert new.exchange().complete
    assert accept_all(new, supervisors["jed"]) == 1

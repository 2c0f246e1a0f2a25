"""Programs one and two releases older, and two that do not exist yet, work with this centre and lose nothing."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import Household, StrangeRow, User
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.capture import captured_session
from tarahum_server.devices import Invitee, invite
from tests.releases.programs import RELEASED, ROOT, program, unpack_release
from tests.server.centres import LOGIN, SCOPE, Running, assert_same, join, listening, make_centre


@pytest.fixture
def centre_that_listens(tmp_path: Path):
    centre = make_centre(tmp_path / "centre", plain_http=True)
    with listening(centre) as running:
        yield running


@pytest.fixture
def officer(centre_that_listens: Running) -> str:
    with Session(centre_that_listens.centre.engine) as session:
        return session.scalars(select(User).where(User.login == LOGIN)).one().id.hex


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {number: unpack_release(number, folder) for number in RELEASED}


def code_for(running: Running, name: str) -> str:
    return invite(running.centre, Invitee(name, "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))


def home(number: str, **values) -> dict:
    return {"scope": SCOPE, "file_number": number, "committee_code": SCOPE, **values}


def at_centre(running: Running, row_id: str) -> Household | None:
    with Session(running.centre.engine) as session:
        return session.get(Household, uuid.UUID(row_id))


@pytest.mark.parametrize("number", RELEASED)
def test_an_older_program_hands_in_its_work_and_is_told_to_update_when_it_meets_what_it_does_not_know(
    number, releases, centre_that_listens, officer, tmp_path
):
    running, row_id = centre_that_listens, new_id().hex
    with program(releases[number], tmp_path / "old") as old:
        old.join(address=running.address, code=code_for(running, f"old-{number}"), login=LOGIN)
        old.exchange()
        old.add(entity="Household", row_id=row_id, author=officer, values=home(f"OLD-{number}", rooms=3))
        told = old.exchange()
        kept = old.books()
    assert at_centre(running, row_id).rooms == 3
    assert kept[SCOPE][2] == 0
    assert "refused" not in told or told["refused"] == "schema_newer"


@pytest.mark.parametrize("number", RELEASED)
def test_an_older_device_that_is_updated_has_everything_and_is_proven_equal(
    number, releases, centre_that_listens, officer, tmp_path
):
    running, row_id, unsent = centre_that_listens, new_id().hex, new_id().hex
    device = tmp_path / "device"
    with program(releases[number], device) as old:
        old.join(address=running.address, code=code_for(running, f"aged-{number}"), login=LOGIN)
        old.exchange()
        old.add(entity="Household", row_id=row_id, author=officer, values=home(f"AGED-{number}", rooms=3))
        old.exchange()
        old.add(entity="Household", row_id=unsent, author=officer, values=home(f"LATE-{number}"))
    newer = join(running.address, running.centre, tmp_path, f"newer-{number}")
    newer.exchange()
    with captured_session(newer.replica, uuid.UUID(officer)) as session:
        session.get(Household, uuid.UUID(row_id)).district = "حي الورود"
        session.commit()
    newer.exchange()
    with program(ROOT, device) as present:
        done = present.exchange()
        assert set(done["proven"]) == {"national", SCOPE}
        assert present.read(table="household", row_id=row_id)["district"] == "حي الورود"
    assert at_centre(running, unsent) is not None


def test_what_a_newer_program_writes_travels_through_this_one_whole_and_proven(
    centre_that_listens, officer, tmp_path
):
    running = centre_that_listens
    row_id, sponsor, guardian = new_id().hex, new_id().hex, new_id().hex
    present = join(running.address, running.centre, tmp_path, "present")
    with (
        program(ROOT, tmp_path / "a", future=True) as first,
        program(ROOT, tmp_path / "b", future=True) as second,
    ):
        first.join(address=running.address, code=code_for(running, "a"), login=LOGIN)
        second.join(address=running.address, code=code_for(running, "b"), login=LOGIN)
        first.exchange()
        first.add(
            entity="Household", row_id=row_id, author=officer,
            values=home("NEW-1", nickname="أبو خالد", origin="written"),
        )  # fmt: skip
        first.add(
            entity="sponsor", row_id=sponsor, author=officer,
            values={"scope": SCOPE, "name": "محسن", "household_id": f"id:{row_id}", "pledge": 5},
        )  # fmt: skip
        first.edit(
            entity="Household", row_id=row_id, author=officer, values={"guardian_id": f"id:{guardian}"}
        )
        assert set(first.exchange()["proven"]) == {"national", SCOPE}
        assert present.exchange().complete
        assert_same(present, running.centre)
        with Session(running.centre.engine) as session:
            assert session.scalars(select(StrangeRow.entity)).all() == ["sponsor"]
        # One that lies between edits what it knows of the row; two of the future edit what only they know.
        with captured_session(present.replica, uuid.UUID(officer)) as session:
            session.get(Household, uuid.UUID(row_id)).rooms = 4
            session.commit()
        assert present.exchange().complete
        assert set(second.exchange()["proven"]) == {"national", SCOPE}
        second.edit(entity="sponsor", row_id=sponsor, author=officer, values={"pledge": 7})
        first.edit(entity="sponsor", row_id=sponsor, author=officer, values={"pledge": 9})
        for one in (first, second, first, second):
            assert set(one.exchange()["proven"]) == {"national", SCOPE}
        assert present.exchange().complete
        for one in (first, second):
            found = one.read(table="household", row_id=row_id)
            assert (found["nickname"], found["origin"], found["rooms"]) == ("أبو خالد", "written", 4)
            assert found["guardian_id"] == f"id:{guardian}"
        assert first.read(table="sponsor", row_id=sponsor) == second.read(table="sponsor", row_id=sponsor)
        assert first.read(table="sponsor", row_id=sponsor)["household_id"] == f"id:{row_id}"
        assert first.books() == second.books()


def test_what_lay_aside_becomes_rows_and_fields_when_the_program_is_updated(
    centre_that_listens, officer, tmp_path
):
    running = centre_that_listens
    row_id, sponsor = new_id().hex, new_id().hex
    device = tmp_path / "device"
    with program(ROOT, tmp_path / "maker", future=True) as maker:
        maker.join(address=running.address, code=code_for(running, "maker"), login=LOGIN)
        maker.exchange()
        maker.add(entity="Household", row_id=row_id, author=officer, values=home("UP-1", nickname="أم سعد"))
        maker.add(
            entity="sponsor", row_id=sponsor, author=officer,
            values={"scope": SCOPE, "name": "فاعل خير", "household_id": f"id:{row_id}", "pledge": 1},
        )  # fmt: skip
        maker.edit(entity="sponsor", row_id=sponsor, author=officer, values={"pledge": 2})
        maker.exchange()
        with program(ROOT, device) as now:
            now.join(address=running.address, code=code_for(running, "now"), login=LOGIN)
            assert set(now.exchange()["proven"]) == {"national", SCOPE}
            before = now.books()
        with program(ROOT, device, future=True) as updated:
            assert updated.exchange()["disputed"] == []
            assert updated.books() == before
            assert updated.read(table="household", row_id=row_id)["nickname"] == "أم سعد"
            assert updated.read(table="sponsor", row_id=sponsor) == maker.read(
                table="sponsor", row_id=sponsor
            )

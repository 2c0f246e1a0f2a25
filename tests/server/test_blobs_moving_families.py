"""A family that moves takes its pictures along, also those that had not been sent when it left."""

import os
import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tarahum_desktop.models import Attachment
from tarahum_desktop.models.types import from_milliseconds
from tarahum_desktop.sync.blobs.policy import BlobPolicy
from tarahum_desktop.sync.blobs.store import is_whole, keep_blob, read_blob
from tarahum_desktop.sync.blobs.sweep import sweep_desktop
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.sync.exchange.exchange import exchange
from tests.server.centres import Desktop, Running, join
from tests.server.test_moving import accept_all, offered
from tests.server.test_moving import supervisors as supervisors  # noqa: PLC0414 - a fixture shared between files


def attach(desktop: Desktop, household: uuid.UUID, author: uuid.UUID) -> tuple[bytes, bytes]:
    content = os.urandom(60_000)
    with desktop.replica.engine.begin() as connection:
        name = keep_blob(connection, content, from_milliseconds(desktop.replica.now()))
    with captured_session(desktop.replica, author) as session:
        session.add(
            Attachment(
                scope="ryd", household_id=household, owner_entity="visit", owner_id=household, kind="damage",
                sha256=name, media_type="image/jpeg", size=len(content), width=None, height=None,
            )
        )  # fmt: skip
        session.commit()
    return name, content


def records_only(desktop: Desktop) -> None:
    known = desktop.enrolment
    with desktop.line() as line:
        policy = BlobPolicy(budget_bytes=0)
        exchange(
            desktop.replica, line, known.centre_key, known.centre_device, lambda _progress: None, files=policy
        )


def content_at(desktop: Desktop, name: bytes) -> bytes | None:
    with desktop.replica.engine.connect() as connection:
        return read_blob(connection, name)


@pytest.mark.parametrize("sent_before", [True, False], ids=["sent before", "not sent yet"])
def test_pictures_reach_the_new_owner_and_leave_the_old_one(
    running: Running, supervisors: dict[str, uuid.UUID], tmp_path: Path, sent_before: bool
) -> None:
    old = join(running.address, running.centre, tmp_path, "old", scopes=("ryd",))
    new = join(running.address, running.centre, tmp_path, "new", scopes=("jed",))
    old.exchange()
    home = offered(old, supervisors["ryd"], "F-1")
    name, content = attach(old, home, supervisors["ryd"])
    old.exchange() if sent_before else records_only(old)
    new.exchange()
    assert accept_all(new, supervisors["jed"]) == 1
    records_only(new)
    records_only(old)  # the family leaves this office
    with old.replica.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Attachment)) == 0
    assert content_at(old, name) == content
    old.exchange()
    new.exchange()
    assert content_at(new, name) == content
    old.replica.offset_ms += 2 * 86_400_000
    sweep_desktop(old.replica)
    with old.replica.engine.connect() as connection:
        assert not is_whole(connection, name)

"""An approval made offline by somebody whose role had ended is held at the centre, and nothing of it counts."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import HeldBatch, PlanItem
from tarahum_desktop.sync.capture import captured_session
from tarahum_server.people import add_user, grant
from tests.server.centres import SCOPE, join

TODAY = dt.datetime.now(dt.UTC).date()
DAY = dt.timedelta(days=1)


def proposed(desktop) -> uuid.UUID:
    item = PlanItem(
        scope=SCOPE, person_id=uuid.uuid4(), committee_code=SCOPE, service_code="BC-01", state="proposed", quantity=1,
        amount_halalas=30_000, proposed_by=desktop.user, level="L1", rules_version=1,
    )  # fmt: skip
    with captured_session(desktop.replica, desktop.user) as session:
        session.add(item)
        session.commit()
    return item.id


def approve(desktop, item_id, author):
    with captured_session(desktop.replica, author) as session:
        session.get_one(PlanItem, item_id).state = "approved"
        session.commit()


@pytest.mark.parametrize(
    ("last", "counts"), [(TODAY - 2 * DAY, False), (TODAY + 2 * DAY, True)], ids=["ended", "in force"]
)
def test_the_centre_asks_for_the_role_on_the_day_of_the_decision(running, tmp_path, last, counts):
    author = add_user(running.centre, "decider", "مقرر", "Decider", SCOPE)
    grant(running.centre, "decider", "panel", SCOPE, dt.date(2020, 1, 1), last)
    desktop = join(running.address, running.centre, tmp_path, "a")
    desktop.exchange()
    item = proposed(desktop)
    assert desktop.exchange().held == set()
    approve(desktop, item, author)
    assert desktop.exchange().held == (set() if counts else {SCOPE})
    with Session(running.centre.engine) as session:
        assert session.get_one(PlanItem, item).state == ("approved" if counts else "proposed")
        reasons = [one.reason for one in session.scalars(select(HeldBatch))]
    assert reasons == ([] if counts else ["author_not_allowed"])

"""What waits at other desks is counted for whom it waits, and for nobody else."""

import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.waiting_counts import Awaited
from tarahum_desktop.models import Addendum, Amendment, Case, InmateRequest, Referral, Relocation, Ruling
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office


def counted(office: Office, login: str) -> dict[Awaited, int]:
    return {row.kind: row.count for row in today_board(office.desk(login)).counts}


def an_offer(**values) -> Relocation:
    given = {
        "scope": SCOPE, "household_id": uuid.uuid4(), "offer_id": uuid.uuid4(), "kind": "transfer", "from_scope": "jed",
        "to_scope": SCOPE, "state": "offered", "offered_at": dt.datetime.now(dt.UTC), **values,
    }  # fmt: skip
    return Relocation(**given)


def test_an_offer_and_a_late_edit_wait_for_who_may_take_them(office) -> None:
    now = office.desk().now()
    office.add(
        an_offer(), an_offer(), an_offer(state="accepted"), an_offer(offer_id=None), an_offer(removed_at=now),
        Addendum(scope=SCOPE, household_id=office.household, entity="household", row_id=office.household,
                 changes={}, from_scope="jed", made_by=STAFF["officer"], made_at=now, state="open"),
        Addendum(scope=SCOPE, household_id=office.household, entity="household", row_id=office.household,
                 changes={}, from_scope="jed", made_by=STAFF["officer"], made_at=now, state="taken"),
    )  # fmt: skip
    assert counted(office, "supervisor") == {Awaited.OFFERS: 2, Awaited.LATE_EDITS: 1}
    assert counted(office, "office_admin") == {Awaited.LATE_EDITS: 1}
    assert counted(office, "officer") == counted(office, "stranger") == {}


def test_nobody_is_asked_to_decide_their_own_correction(office) -> None:
    for author in ("officer", "supervisor"):
        office.add(
            Amendment(scope=SCOPE, visit_id=uuid.uuid4(), household_id=office.household, changes={}, reason="تصحيح",
                      state="proposed", proposed_by=STAFF[author], proposed_at=office.desk().now())
        )  # fmt: skip
    assert counted(office, "supervisor") == {Awaited.AMENDMENTS: 1}


@pytest.mark.parametrize(("state", "waits"), [("open", 1), ("in_hand", 1), ("answered", 0), ("refused", 0)])
def test_an_officer_is_told_what_prisoners_of_their_families_ask_for(office, state: str, waits: int) -> None:
    office.add(
        *(
            InmateRequest(scope=SCOPE, person_id=person, committee_code=SCOPE, kind="visit", made_on=TODAY, state=state)
            for person in (office.prisoner, uuid.uuid4())
        )
    )  # fmt: skip
    assert counted(office, "officer").get(Awaited.REQUESTS, 0) == waits
    assert counted(office, "clerk").get(Awaited.REQUESTS, 0) == 2 * waits, "the prison desk answers all"
    with UnitOfWork(office.desk("supervisor")) as work:
        work.session.get_one(Case, office.case).officer_id = STAFF["supervisor"]
    assert counted(office, "supervisor").get(Awaited.REQUESTS, 0) == waits


@pytest.mark.parametrize(("days", "waits"), [(1, 0), (60, 1)])
def test_a_referral_left_without_an_answer_is_told_to_its_author_and_to_who_leads(
    office, days, waits
) -> None:
    office.wall.now -= days * 86_400_000  # written that day
    office.add(
        Referral(scope=SCOPE, person_id=office.head, agreement_id=uuid.uuid4(), purpose="دورة", document={},
                 document_hash=b"x" * 32, referred_by=STAFF["clerk"], referred_at=office.desk().now(), state="sent")
    )  # fmt: skip
    office.wall.now += days * 86_400_000
    assert counted(office, "office_admin").get(Awaited.REFERRALS, 0) == waits
    assert counted(office, "officer") == {}


def test_a_value_of_mine_that_was_set_aside_comes_back_to_me_alone(office) -> None:
    office.add(
        Ruling(scope=SCOPE, kind="conflict", subject=f"household:{office.household.hex}:district",
               first_id=office.household, second_id=STAFF["officer"], verdict="written",
               decided_by=STAFF["supervisor"], decided_at=office.desk().now())
    )  # fmt: skip
    (line,) = today_board(office.desk()).set_aside
    assert (line.field, line.about.household_id) == ("district", office.household)
    assert today_board(office.desk("supervisor")).set_aside == ()

"""What cannot be true together is found, said to whom it concerns, and settled by a person with a reason."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.scan import yielding
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing
from tarahum_desktop.casework.exceptions.double import grant_sides, keep_grant
from tarahum_desktop.casework.exceptions.queue import (
    ExceptionLine,
    correct_exception,
    open_exceptions,
    settle_exception,
)
from tarahum_desktop.casework.exceptions.registry import detectors, kinds
from tarahum_desktop.casework.exceptions.scan import look_for_exceptions
from tarahum_desktop.casework.findings import DUPLICATE
from tarahum_desktop.casework.person_resolver import resolve_person
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import (
    Case,
    CaseMove,
    CustodyEpisode,
    Delivery,
    Entitlement,
    Household,
    Membership,
    Person,
    PlanItem,
    Replicated,
    RoleGrant,
    Ruling,
)
from tarahum_desktop.models.ids import new_id
from tests.casework.two_offices import two_offices
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office, a_person, add

NOW = dt.datetime(2026, 9, 24, 9, tzinfo=dt.UTC)


def look(office: Office) -> list[ExceptionLine]:
    look_for_exceptions(office.replica, yielding)
    return open_exceptions(office.desk("supervisor"))


def quiet(office: Office) -> Office:
    """The office's own case stands where no step led it: take a step that does."""
    office.add(step(office.case, "registered", "study"))
    return office


def step(case: uuid.UUID, source: str, target: str, hour: int = 1) -> CaseMove:
    at = dt.datetime(2026, 9, 20, hour, tzinfo=dt.UTC)
    return CaseMove(
        scope=SCOPE, case_id=case, from_state=source, to_state=target, role="supervisor", moved_at=at
    )


def item(**values: object) -> PlanItem:
    return PlanItem(**{
        "id": new_id(), "scope": SCOPE, "committee_code": SCOPE, "service_code": "BC-01", "state": "approved", "quantity": 1,
        "amount_halalas": 100, **values,
    })  # fmt: skip


BORN_2015 = {"birth": "g2015", "birth_first": dt.date(2015, 1, 1), "birth_last": dt.date(2015, 12, 31)}
BORN_1980 = {"birth": "g1980", "birth_first": dt.date(1980, 1, 1), "birth_last": dt.date(1980, 12, 31)}
BORN_2018 = {"birth": "g2018", "birth_first": dt.date(2018, 1, 1), "birth_last": dt.date(2018, 12, 31)}
BORN_2030 = {"birth": "g2030", "birth_first": dt.date(2030, 1, 1), "birth_last": dt.date(2030, 12, 31)}


def a_circle(_office: Office) -> list[Replicated]:
    one, other = new_id(), new_id()
    return [a_person("أ", id=one, mother_id=other), a_person("ب", id=other, mother_id=one)]


def parent_and_child(parent: dict, child: dict) -> list[Replicated]:
    mother = new_id()
    return [a_person("أ", id=mother, **parent), a_person("ب", mother_id=mother, **child)]


def a_double_grant(office: Office) -> list[Replicated]:
    items = [item(person_id=office.head, household_id=office.household) for _ in range(2)]
    claim = {
        "scope": "national",
        "claim": "c",
        "committee_code": SCOPE,
        "service_code": "BC-01",
        "first_day": TODAY,
    }
    return [*items, *(Entitlement(**claim, plan_item_id=one.id, state="granted") for one in items)]


def a_stay(office: Office) -> list[Replicated]:
    days = {"entry_day": dt.date(2025, 5, 1), "release_day": dt.date(2024, 5, 1)}
    codes = {"entry": "g2025-05-01", "release": "g2024-05-01"}
    return [CustodyEpisode(scope=SCOPE, person_id=office.child, status="released", **days, **codes)]


def given_twice(office: Office) -> list[Replicated]:
    one = item(person_id=office.head, household_id=office.household)
    given = {
        "scope": SCOPE, "household_id": office.household, "person_id": office.head, "plan_item_id": one.id,
        "committee_code": SCOPE, "service_code": "BC-01", "delivered_on": TODAY, "quantity": 1, "amount_halalas": 100,
        "confirmed_at": NOW, "person_kind": "wife",
    }  # fmt: skip
    return [one, Delivery(**given), Delivery(**given)]


def a_late_step(office: Office) -> list[Replicated]:
    gone = uuid.uuid4()
    before = step(office.case, "draft", "registered", 0)
    before.moved_by = gone
    grant = RoleGrant(
        scope="national", user_id=gone, role="supervisor", scope_code=SCOPE, last_day=dt.date(2026, 9, 1)
    )
    return [before, grant]


CASE = {
    "scope": SCOPE,
    "number": "RYD-2026-12-00001-1",
    "committee_code": SCOPE,
    "state": "draft",
    "restricted": False,
}
FAULTS: dict[str, Callable[[Office], list[Replicated]]] = {
    "kin_circle": a_circle,
    "kin_parent_younger": lambda _office: parent_and_child(BORN_2015, BORN_1980),
    "kin_parent_too_young": lambda _office: parent_and_child(BORN_2015, BORN_2018),
    "birth_in_future": lambda _office: [a_person("أ", **BORN_2030)],
    "birth_unreadable": lambda _office: [a_person("أ", birth="h1299-01-01")],
    "file_number_twice": lambda _office: [
        Household(scope=SCOPE, file_number="RYD-2026-12-00001", committee_code=SCOPE)
    ],
    "case_number_twice": lambda _office: [Case(**CASE)],
    "row_of_nobody": lambda office: [
        Membership(
            scope=SCOPE, household_id=office.household, person_id=new_id(), relation="son", resident=True
        )
    ],
    "case_state_not_reached": lambda office: [step(office.case, "study", "assessed", 2)],
    "case_step_not_allowed": lambda office: [step(office.case, "active", "study", 2)],
    "custody_release_before_entry": a_stay,
    "approval_without_role": lambda office: [
        item(person_id=office.head, decided_by=STAFF["clerk"], decided_on=TODAY)
    ],
    "double_grant": a_double_grant,
    "over_given": given_twice,
    "role_ended": a_late_step,
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_rule_finds_its_fault_once_and_lets_it_rest_when_settled(office: Office, kind: str) -> None:
    assert look(quiet(office)) == []
    office.add(*FAULTS[kind](office))
    [line] = look(office)
    assert line.kind == kind
    assert look(office) == [line]
    office.wall.now += 1000
    settle_exception(office.desk("supervisor"), line, "روجع مع الأسرة")
    assert look(office) == []
    with Session(office.replica.engine) as session:
        [ruling] = session.scalars(select(Ruling)).all()
    assert (ruling.kind, ruling.subject, ruling.reason) == (kind, line.subject, "روجع مع الأسرة")


def test_one_of_two_grants_is_kept_for_a_reason_and_the_other_is_released(office: Office) -> None:
    quiet(office).add(*a_double_grant(office))
    [line] = look(office)
    desk = office.desk("supervisor")
    first, second = grant_sides(desk, [line])[line.subject]
    assert (first.office_ar, first.first_day, first.last_day, first.here, first.amount) == (
        SCOPE,
        TODAY,
        None,
        True,
        100,
    )
    assert first.may_keep
    assert second.may_keep
    assert not any(side.may_keep for side in grant_sides(office.desk("clerk"), [line])[line.subject])
    with pytest.raises(ReasonMissing):
        keep_grant(desk, line, second.entitlement_id, " ")
    keep_grant(desk, line, second.entitlement_id, "سبق إليه")
    assert open_exceptions(desk) == look(office) == []
    assert grant_sides(desk, [line]) == {}
    with Session(office.replica.engine) as session:
        kept = {row.id: (row.state, row.settled_reason) for row in session.scalars(select(Entitlement))}
    assert kept == {
        first.entitlement_id: ("released", "سبق إليه"), second.entitlement_id: ("settled", "سبق إليه"),
    }  # fmt: skip


def test_headquarters_sees_what_two_offices_granted_without_their_plans(office: Office) -> None:
    _one, _other, *claims = a_double_grant(office)
    quiet(office).add(*claims)
    look_for_exceptions(office.replica, yielding)
    [line] = open_exceptions(office.desk("analyst"))
    assert (line.kind, line.scope) == ("double_grant", "national")
    sides = grant_sides(office.desk("analyst"), [line])[line.subject]
    assert [(side.here, side.may_keep) for side in sides] == [(False, True), (False, True)]
    assert open_exceptions(office.desk("supervisor")) == []


def test_what_was_put_right_is_no_longer_listed(office: Office) -> None:
    quiet(office).add(*FAULTS["birth_unreadable"](office))
    [line] = look(office)
    with UnitOfWork(office.desk()) as work:
        row = work.session.get(Person, line.first_id)
        row.birth, row.birth_first, row.birth_last = "g1980", dt.date(1980, 1, 1), dt.date(1980, 12, 31)
    assert look(office) == []


def test_a_role_that_ended_while_its_bearer_worked_without_a_line(office: Office) -> None:
    quiet(office).add(item(person_id=office.head, decided_by=STAFF["panel"], decided_on=TODAY))
    assert look(office) == []
    with Session(office.replica.engine) as session:
        grant = session.scalars(select(RoleGrant).where(RoleGrant.user_id == STAFF["panel"])).one().id
    with UnitOfWork(office.desk()) as work:
        work.session.get(RoleGrant, grant).last_day = TODAY - dt.timedelta(days=1)
    [line] = look(office)
    assert (line.kind, line.facts["by"]) == ("approval_without_role", STAFF["panel"].hex)


def test_settling_needs_the_right_and_a_reason(office: Office) -> None:
    quiet(office).add(*FAULTS["birth_unreadable"](office))
    [line] = look(office)
    assert open_exceptions(office.desk("officer")) == []
    with pytest.raises(NotAllowed):
        settle_exception(office.desk("officer"), line, "لا بأس")
    with pytest.raises(ReasonMissing):
        settle_exception(office.desk("supervisor"), line, " \u200f ")
    with pytest.raises(CaseworkError, match="exception_by_hand"):
        correct_exception(office.desk("supervisor"), line)


def test_a_late_row_of_a_merged_person_is_found_and_pointed_on(office: Office) -> None:
    kept, gone = a_person("سالم", id=new_id(), id_kind="none"), a_person("سالم", id=new_id(), id_kind="none")
    quiet(office).add(kept, gone)
    merge_people(office.desk("supervisor"), kept.id, gone.id)
    late = CustodyEpisode(id=new_id(), scope=SCOPE, person_id=gone.id, status="convicted")
    office.add(late)
    [line] = look(office)
    assert (line.kind, line.first_id) == ("row_of_merged_person", late.id)
    correct_exception(office.desk("supervisor"), line)
    assert look(office) == []
    with Session(office.replica.engine) as session:
        assert session.get_one(CustodyEpisode, late.id).person_id == kept.id


def test_a_ring_of_merges_is_shown_and_opened(tmp_path: Path) -> None:
    offices = two_offices(tmp_path)
    x, y = (a_person("سالم", id=new_id(), id_kind="none") for _ in range(2))
    stays = [CustodyEpisode(id=new_id(), scope=SCOPE, person_id=one.id, status="released") for one in (x, y)]
    add(offices.a, x, y, *stays)
    offices.meet()
    merge_people(offices.desk(offices.a), x.id, y.id)
    merge_people(offices.desk(offices.b), y.id, x.id)
    offices.meet()
    desk = offices.desk(offices.a)
    for _ in range(3):
        look_for_exceptions(offices.a, yielding)
        for line in open_exceptions(desk):
            correct_exception(desk, line)
    look_for_exceptions(offices.a, yielding)
    assert open_exceptions(desk) == []
    offices.meet()
    stands = min(x.id, y.id, key=lambda one: one.bytes)
    with offices.b.engine.connect() as connection:
        assert resolve_person(connection, y.id) == resolve_person(connection, x.id) == stands
    with Session(offices.b.engine) as session:
        assert set(session.scalars(select(CustodyEpisode.person_id))) == {stands}


def test_every_kind_belongs_to_one_rule() -> None:
    assert len(kinds()) == len(set(kinds()))
    assert DUPLICATE not in kinds()
    assert all(detector.kinds for detector in detectors())

"""What cannot be true together is found, said to whom it concerns, and settled by a person with a reason."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.scan import yielding
from tarahum_desktop.casework.errors import CaseworkError, NotAllowed, ReasonMissing
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


def rows_for(office: Office, kind: str) -> list[Replicated]:
    born = {"birth": "g2015", "birth_first": dt.date(2015, 1, 1), "birth_last": dt.date(2015, 12, 31)}
    old = {"birth": "g1980", "birth_first": dt.date(1980, 1, 1), "birth_last": dt.date(1980, 12, 31)}
    mother, child = new_id(), new_id()
    if kind.startswith("kin_circle"):
        return [a_person("أ", id=mother, mother_id=child), a_person("ب", id=child, mother_id=mother)]
    if kind == "kin_parent_younger":
        return [a_person("أ", id=mother, **born), a_person("ب", mother_id=mother, **old)]
    if kind == "kin_parent_too_young":
        return [
            a_person("أ", id=mother, **born),
            a_person("ب", mother_id=mother, birth_first=dt.date(2018, 1, 1), birth_last=dt.date(2018, 1, 1)),
        ]
    if kind == "birth_in_future":
        return [
            a_person("أ", birth="g2030", birth_first=dt.date(2030, 1, 1), birth_last=dt.date(2030, 12, 31))
        ]
    if kind == "birth_unreadable":
        return [a_person("أ", birth="h1299-01-01")]
    if kind == "file_number_twice":
        return [Household(scope=SCOPE, file_number="RYD-2026-12-00001", committee_code=SCOPE)]
    if kind == "case_number_twice":
        return [
            Case(
                scope=SCOPE,
                number="RYD-2026-12-00001-1",
                committee_code=SCOPE,
                state="draft",
                restricted=False,
            )
        ]
    if kind == "row_of_nobody":
        return [
            Membership(
                scope=SCOPE, household_id=office.household, person_id=new_id(), relation="son", resident=True
            )
        ]
    if kind == "case_state_not_reached":
        return [step(office.case, "study", "assessed", 2)]
    if kind == "case_step_not_allowed":
        return [step(office.case, "active", "study", 2)]
    if kind == "custody_release_before_entry":
        return [CustodyEpisode(scope=SCOPE, person_id=office.child, status="released", entry="g2025-05-01", entry_day=dt.date(2025, 5, 1),
                               release="g2024-05-01", release_day=dt.date(2024, 5, 1))]  # fmt: skip
    if kind == "approval_without_role":
        return [item(person_id=office.head, decided_by=STAFF["clerk"], decided_on=TODAY)]
    assert kind == "double_grant"
    items = [item(person_id=office.head, household_id=office.household) for _ in range(2)]
    claims = [
        Entitlement(
            scope="national",
            claim="c",
            committee_code=SCOPE,
            service_code="BC-01",
            plan_item_id=one.id,
            first_day=TODAY,
            state="granted",
        )
        for one in items
    ]
    return [*items, *claims]


@pytest.mark.parametrize("kind", [
    "kin_circle", "kin_parent_younger", "kin_parent_too_young", "birth_in_future", "birth_unreadable", "file_number_twice",
    "case_number_twice", "row_of_nobody", "case_state_not_reached", "case_step_not_allowed", "custody_release_before_entry",
    "approval_without_role", "double_grant",
])  # fmt: skip
def test_each_rule_finds_its_fault_once_and_lets_it_rest_when_settled(office: Office, kind: str) -> None:
    assert look(quiet(office)) == []
    office.add(*rows_for(office, kind))
    [line] = look(office)
    assert line.kind == kind
    assert look(office) == [line]
    office.wall.now += 1000
    settle_exception(office.desk("supervisor"), line, "روجع مع الأسرة")
    assert look(office) == []
    with Session(office.replica.engine) as session:
        [ruling] = session.scalars(select(Ruling)).all()
    assert (ruling.kind, ruling.subject, ruling.reason) == (kind, line.subject, "روجع مع الأسرة")


def test_what_was_put_right_is_no_longer_listed(office: Office) -> None:
    quiet(office).add(*rows_for(office, "birth_unreadable"))
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
    quiet(office).add(*rows_for(office, "birth_unreadable"))
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

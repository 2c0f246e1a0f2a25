"""Two records become one without losing a row, and become two again when that was a mistake."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.duplicates.errors import MergeRefused
from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.duplicates.references import CHOSEN, FIELDS, MOVED, RESOLVED, TOGETHER
from tarahum_desktop.casework.duplicates.undo import merges_of, undo_merge
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.person_resolver import end_of, resolve_person
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.models import (
    Attendance,
    Base,
    Case,
    Consent,
    CourseMember,
    CustodyEpisode,
    Delivery,
    FollowUp,
    Household,
    InmateRequest,
    Membership,
    Payment,
    Person,
    PersonMerge,
    PlanItem,
    Replicated,
    Ruling,
    replicated_entities,
)
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import RowId
from tests.casework.worlds import SCOPE, TODAY, Office, a_person

NOT_PEOPLE = {
    # rows of other kinds
    "id", "case_id", "household_id", "visit_id", "plan_item_id", "minute_id", "sheet_id", "payment_id", "session_id",
    "course_id", "agreement_id", "consent_id", "episode_id", "delivery_id", "draft_id", "run_id", "offer_id",
    "relocation_id",
    # staff, who are users and not persons
    "author", "user_id", "officer_id", "moved_by", "proposed_by", "decided_by", "confirmed_by", "settled_by", "signed_by",
    "opened_by", "made_by", "given_by", "raised_by", "acknowledged_by", "handled_by", "referred_by", "offered_by",
    "merged_by", "undone_by", "registered_by",
}  # fmt: skip


def test_every_place_that_names_a_person_is_moved_or_resolved() -> None:
    unknown = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, RowId)
        and column.name not in NOT_PEOPLE
        and column.name not in MOVED.get(table.name, ())
        and column.name not in RESOLVED.get(table.name, ())
    }
    assert unknown == set()


def test_what_is_moved_may_change_and_what_is_resolved_may_not() -> None:
    entities = replicated_entities()
    for entity, columns in MOVED.items():
        assert all(POLICIES[entity][column] is not Policy.FIXED for column in columns), entity
    for entity, columns in RESOLVED.items():
        if entity in entities:
            assert all(POLICIES[entity][column] is Policy.FIXED for column in columns), entity


def test_every_field_of_a_person_is_chosen_or_moved() -> None:
    table = set(Person.__table__.columns.keys()) - Replicated.BOOKKEEPING - {"removed_at"}
    assert table == set(FIELDS) | set(MOVED["person"])
    together = {name for names in TOGETHER.values() for name in names}
    assert set(CHOSEN) | together == set(FIELDS)


def two(office: Office, **values: object) -> tuple[uuid.UUID, uuid.UUID]:
    kept = a_person("سالم", "الحربي", id=new_id(), id_number="1900000017", gender="male")
    gone = a_person(
        "سالم",
        "الحربي",
        id=new_id(),
        id_kind="none",
        gender="male",
        mother_name="هند",
        birth="h1405",
        **values,
    )
    office.add(kept, gone)
    return kept.id, gone.id


def everything_of(person: uuid.UUID) -> list[Replicated]:
    now = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    common = {"scope": SCOPE, "person_id": person}
    money = {"committee_code": SCOPE, "service_code": "BC-01", "amount_halalas": 100, "quantity": 1}
    item = PlanItem(id=new_id(), **common, **money, state="approved")
    return [
        Household(scope=SCOPE, file_number="RYD-9", committee_code=SCOPE, head_person_id=person),
        Membership(**common, household_id=new_id(), relation="self", resident=True),
        CustodyEpisode(**common, status="convicted"),
        Case(**common, number="N", committee_code=SCOPE, state="study", restricted=False),
        item,
        Delivery(**common, **money, plan_item_id=item.id, delivered_on=TODAY, person_kind="family"),
        Payment(scope=SCOPE, person_id=person, sheet_id=new_id(), plan_item_id=item.id, position=1, amount_halalas=1,
                payee_name="x", payee_kind="self", state="sent"),
        Consent(**common, purpose="study", given=True, means="signature", signer_capacity="self", notice_version="1", given_at=now),
        FollowUp(**common, case_id=new_id(), kind="visit", due_on=TODAY),
        InmateRequest(**common, committee_code=SCOPE, kind="visit", made_on=TODAY, state="open"),
        CourseMember(**common, course_id=new_id()),
        a_person("ابن", father_id=person, mother_id=person, merged_into=person),
        Attendance(**common, session_id=new_id(), mark="present"),
    ]  # fmt: skip


def names(office: Office, person: uuid.UUID) -> dict[str, int]:
    """How many rows name a person, by column."""
    found = {}
    with Session(office.replica.engine) as session:
        for entity, columns in {**MOVED, "attendance": ("person_id",)}.items():
            model = replicated_entities()[entity]
            for column in columns:
                query = select(model.id).where(getattr(model, column) == person, model.removed_at.is_(None))
                if count := len(session.scalars(query).all()):
                    found[f"{entity}.{column}"] = count
    return found


def test_a_merge_moves_every_row_and_undoing_it_moves_every_row_back(office: Office) -> None:
    kept, gone = two(office)
    office.add(*everything_of(gone))
    before_kept, before_gone = names(office, kept), names(office, gone)
    assert len(before_gone) == 15, "every column is tried"
    desk = office.desk("supervisor")
    done = merge_people(desk, kept, gone, {"mother_name": "gone", "birth": "gone"}, "هو نفسه")
    assert names(office, gone) == {"attendance.person_id": 1}
    after = names(office, kept)
    assert after.pop("person.merged_into") == before_gone["person.merged_into"] + 1
    assert after == {
        name: count
        for name, count in before_gone.items()
        if name not in {"attendance.person_id", "person.merged_into"}
    }
    assert (person(office, kept).mother_name, person(office, kept).birth) == ("هند", "h1405")
    with office.replica.engine.connect() as connection:
        assert resolve_person(connection, gone) == kept
    [line] = merges_of(desk, kept)
    assert (line.reason, line.undone) == ("هو نفسه", False)
    undone = undo_merge(desk, done.merge_id)
    assert undone.left == ()
    assert (names(office, kept), names(office, gone)) == (before_kept, before_gone)
    assert person(office, kept).mother_name is None
    with pytest.raises(MergeRefused, match="merge_undone"):
        undo_merge(desk, done.merge_id)


def test_undoing_leaves_alone_what_changed_since(office: Office) -> None:
    kept, gone = two(office)
    desk = office.desk("supervisor")
    done = merge_people(desk, kept, gone, {"mother_name": "gone"})
    with UnitOfWork(desk) as work:
        work.session.get(Person, kept).mother_name = "نورة"
    undone = undo_merge(desk, done.merge_id)
    assert undone.left == (("person", kept, "mother_name"),)
    assert person(office, kept).mother_name == "نورة"
    assert person(office, gone).merged_into is None


def test_who_is_in_the_same_household_twice_is_in_it_once(office: Office) -> None:
    kept, gone = two(office)
    for one in (kept, gone):
        office.add(
            Membership(
                scope=SCOPE, household_id=office.household, person_id=one, relation="son", resident=True
            )
        )
    done = merge_people(office.desk("supervisor"), kept, gone)
    assert names(office, kept)["membership.person_id"] == 1
    undo_merge(office.desk("supervisor"), done.merge_id)
    assert names(office, gone)["membership.person_id"] == 1


def test_search_shows_one(office: Office) -> None:
    kept, gone = two(office, mobile="+966598765432")
    office.add(
        *(
            Membership(
                scope=SCOPE, household_id=office.household, person_id=one, relation="son", resident=True
            )
            for one in (kept, gone)
        )
    )
    done = merge_people(office.desk("supervisor"), kept, gone)
    assert {hit.person_id for hit in find(office.desk(), "سالم الحربي")} == {kept}
    assert gone not in {hit.person_id for hit in find(office.desk(), "0598765432")}
    undo_merge(office.desk("supervisor"), done.merge_id)
    assert find(office.desk(), "0598765432")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"id_kind": "national_id", "id_number": "1900000025"}, "merge_two_ids"),
        ({"scope": "ryd/women"}, "merge_two_scopes"),
    ],
)
def test_what_must_not_be_merged_is_refused(office: Office, values: dict[str, str], code: str) -> None:
    kept = a_person("سالم", id=new_id(), id_number="1900000017")
    gone = a_person("سالم", id=new_id(), **{"id_kind": "none", **values})
    office.add(kept, gone)
    with pytest.raises(MergeRefused, match=code):
        merge_people(office.desk("supervisor"), kept.id, gone.id)
    assert names(office, kept.id) == {}


def test_an_iqama_and_the_national_id_that_followed_it_may_be_merged(office: Office) -> None:
    kept = a_person("سالم", id=new_id(), id_number="1900000017")
    gone = a_person("سالم", id=new_id(), id_kind="iqama", id_number="2900000015")
    office.add(kept, gone)
    assert merge_people(office.desk("office_admin"), kept.id, gone.id).rows == 0


def test_a_merge_needs_the_right_the_records_and_two_of_them(office: Office) -> None:
    kept, gone = two(office)
    with pytest.raises(NotAllowed):
        merge_people(office.desk("officer"), kept, gone)
    desk = office.desk("supervisor")
    with pytest.raises(RecordMissing):
        merge_people(desk, kept, new_id())
    with pytest.raises(MergeRefused, match="merge_same_record"):
        merge_people(desk, kept, kept)
    merge_people(desk, kept, gone)
    with pytest.raises(MergeRefused, match="merge_already"):
        merge_people(desk, kept, gone)
    with Session(office.replica.engine) as session:
        assert (
            len(session.scalars(select(PersonMerge)).all()) == len(session.scalars(select(Ruling)).all()) == 1
        )


def test_chains_and_rings_of_merges_have_one_end() -> None:
    a, b, c, d = (uuid.UUID(int=number) for number in (1, 2, 3, 4))
    assert end_of({d: c, c: b}, d) == b
    assert {end_of({a: b, b: a, c: b}, one) for one in (a, b, c)} == {a}
    assert end_of({}, d) == d
    assert {end_of({b: c, c: d, d: b, a: b}, one) for one in (a, b, c, d)} == {b}


def person(office: Office, row_id: uuid.UUID) -> Person:
    with Session(office.replica.engine) as session:
        return session.get_one(Person, row_id)

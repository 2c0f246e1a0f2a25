"""A visit repeated: the same people, the same stay, and only what changed is written."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.drafts import begin_visit, save_fields
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.models import Membership, Outbox, Person
from tarahum_desktop.models.ids import new_id
from tests.casework.again import asked_anew, edit, on_record, visit_again
from tests.casework.answers import a_draft, whole_visit


def test_a_second_visit_that_changes_nothing_writes_no_fact(office):
    submit_visit(office.desk(), a_draft(office))
    # the prisoner was left out of the first visit and is not told about in the second either
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, asked_anew(office) | {f"members/{office.prisoner}": None})
    before = on_record(office)
    with Session(office.replica.engine) as session:
        outbox = session.scalar(select(func.count()).select_from(Outbox))
    done = submit_visit(desk, draft)
    assert on_record(office) == before
    assert not {"person", "membership", "custody_episode", "household"} & done.summary.touched.keys()
    with Session(office.replica.engine) as session:
        written = session.scalar(select(func.count()).select_from(Outbox)) - outbox
    assert written == sum(len(ids) for ids in done.summary.touched.values())


def test_one_changed_member_edits_only_that_person(office):
    submit_visit(office.desk(), a_draft(office))
    before = on_record(office)
    done = visit_again(office, **{
        f"members/{office.prisoner}": None, f"members/{office.child}/m_education": "intermediate",
    })  # fmt: skip
    after = on_record(office)
    assert [key for key in after if after[key] != before.get(key)] == [("person", office.child)]
    assert after["person", office.child]["education"] == "intermediate"
    assert done.summary.touched["person"] == {office.child}


def test_somebody_new_keeps_the_rows_id_and_is_known_by_it_at_the_next_visit(office):
    row_id = str(new_id())
    new = {key.replace("new1", row_id): value for key, value in whole_visit(office).items()}
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, new | {"needs/n2/need_person": row_id})
    submit_visit(desk, draft)
    renamed = {"first": "هديل", "father": "خالد", "family": "الحربي"}
    visit_again(office, **{f"members/{office.prisoner}": None, f"members/{row_id}/m_name": renamed})
    people = {key[1]: row for key, row in on_record(office).items() if key[0] == "person"}
    assert len(people) == 4
    assert [str(found) for found, row in people.items() if row["first_name"] == "هديل"] == [row_id]


@pytest.mark.parametrize("known_by", ["m_id", "m_name"])
def test_a_member_entered_once_more_makes_no_second_person(office, known_by):
    edit(office, Person, office.child, id_number="1098765432" if known_by == "m_id" else None)
    name = {"first": "أحمد", "father": "خالد", "family": "الحربي"}
    again = {
        "members/again": {}, "members/again/m_relation": "son", "members/again/m_birth": "g2015-03",
        "members/again/m_name": name if known_by == "m_name" else name | {"first": "حمد"},
        "members/again/m_gender": "male", "members/again/m_resident": True, "members/again/m_education": "primary",
        "members/again/m_enrolled": "attending", "members/again/m_id_reason": "not_available",
    }  # fmt: skip
    if known_by == "m_id":
        again |= {"members/again/m_id": "1098765432", "members/again/m_id_reason": None}
    submit_visit(office.desk(), a_draft(office, **again))
    kinds = [key[0] for key in on_record(office)]
    assert (kinds.count("person"), kinds.count("membership")) == (4, 4), "only the daughter is new"


def test_two_members_of_one_name_born_apart_stay_two(office):
    uncle = {
        "members/other": {}, "members/other/m_relation": "other", "members/other/m_birth": "g1950",
        "members/other/m_name": {"first": "أحمد", "father": "خالد", "family": "الحربي"},
        "members/other/m_gender": "male", "members/other/m_resident": True, "members/other/m_education": "illiterate",
        "members/other/m_enrolled": "not_applicable", "members/other/m_id_reason": "lost",
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **uncle))
    people = [
        row for key, row in on_record(office).items() if key[0] == "person" and row["first_name"] == "أحمد"
    ]
    assert sorted(row["birth"] for row in people) == ["g1950", "g2015-03"]


def test_a_head_entered_among_the_members_stays_the_head(office):
    head = {
        "members/me": {}, "members/me/m_relation": "spouse", "members/me/m_birth": "g1988", "members/me/m_id": "1023456781",
        "members/me/m_name": {"first": "فاطمة", "father": "سعد", "family": "الغامدي"}, "members/me/m_gender": "female",
        "members/me/m_resident": True, "members/me/m_education": "primary", "members/me/m_enrolled": "not_applicable",
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **head))
    record = on_record(office)
    relations = [
        row["relation"]
        for key, row in record.items()
        if row.get("person_id") == office.head and "relation" in row
    ]
    assert relations == ["self"]
    assert sum(row.get("id_number") == "1023456781" for row in record.values()) == 1


def test_whoever_was_taken_from_the_household_meanwhile_is_not_made_twice(office):
    draft = a_draft(office)
    with Session(office.replica.engine) as session:
        member = session.scalars(select(Membership.id).where(Membership.person_id == office.child)).one()
    edit(office, Membership, member, removed_at=office.desk().now())
    submit_visit(office.desk(), draft)
    people = [
        row for key, row in on_record(office).items() if key[0] == "person" and row["first_name"] == "أحمد"
    ]
    assert len(people) == 1

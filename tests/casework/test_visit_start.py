"""A visit to a family that is known begins with what is known."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.drafts import begin_visit, discard_draft, flatten, load_draft, save_fields
from tarahum_desktop.casework.errors import VisitNotReady
from tarahum_desktop.casework.register import NewFamily, NewMember, register_family
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.forms.state import SectionStatus
from tarahum_desktop.models import Case, CustodyEpisode, Household, Membership, Person
from tests.casework.again import NEVER, begun, edit, visit_again
from tests.casework.answers import a_draft
from tests.casework.worlds import SCOPE, STAFF, a_person


def test_the_head_comes_from_the_record(office):
    answers = begun(office)
    assert {code: answers.get(code) for code in ("head_first", "head_father", "head_family")} == {
        "head_first": "فاطمة", "head_father": "سعد", "head_family": "الغامدي",
    }  # fmt: skip
    assert [answers.get(c) for c in ("id_type", "id_number", "birth", "gender", "nationality", "marital")] == [
        "national_id", "1023456781", "g1988", "female", "SA", "married",
    ]  # fmt: skip
    assert answers.get("mobile") == "+966551234567"


def test_members_are_rows_of_their_own_persons_and_the_head_is_not_among_them(office):
    rows = {row.id: row for row in begun(office).rows("members")}
    assert rows.keys() == {str(office.child), str(office.prisoner)}
    child = rows[str(office.child)]
    assert child.get("m_name") == {"first": "أحمد", "father": "خالد", "family": "الغامدي"}
    assert (child.get("m_relation"), child.get("m_birth"), child.get("m_resident")) == ("son", "g2015", True)
    assert rows[str(office.prisoner)].get("m_resident") is False


def test_home_and_stay_come_from_the_record(office):
    edit(
        office,
        Household,
        office.household,
        tenure="rent",
        annual_rent_halalas=900_000,
        short_address="RAAA2919",
    )
    answers = begun(office)
    assert [answers.get(c) for c in ("district", "neighbourhood", "tenure", "annual_rent", "short_address")] == [
        "dawadmi", "حي النخيل", "rent", 900_000, "RAAA2919",
    ]  # fmt: skip
    assert [answers.get(c) for c in ("inmate_person", "inmate_relation", "custody_status", "entry_date")] == [
        str(office.prisoner), "wife", "convicted", "g2025-02-01",
    ]  # fmt: skip


def test_who_may_not_see_custody_begins_without_any_of_it(office):
    submit_visit(office.desk(), a_draft(office))
    edit(office, Case, office.case, officer_id=STAFF["supervisor"])
    answers = begun(office)
    for code in (
        "inmate_person",
        "inmate_relation",
        "custody_status",
        "facility",
        "entry_date",
        "was_breadwinner",
    ):
        assert answers.get(code) is None, code
    assert answers.get("head_first") == "فاطمة"
    assert begun(office, office.desk("supervisor")).get("custody_status") == "convicted"


def test_who_may_not_see_health_or_debts_does_not_find_them_in_the_draft(office):
    given = {"decision": "given", "at": "2026-09-24T08:05:00+00:00"}
    sensitive = {
        "chronic": ("diabetes",), f"members/{office.child}/m_health": "chronic", "consent_credit": given,
        "debts/d1": {}, "debts/d1/debt_type": "personal", "debts/d1/debt_amount": 500, "debts/d1/debt_remaining": 400,
        "debts/d1/debt_reason": "علاج",
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **sensitive))
    own = begun(office, office.desk("supervisor"))
    assert (own.get("chronic"), len(own.rows("debts"))) == (("diabetes",), 1)
    assert own.row("members", str(office.child)).get("m_health") == "chronic"
    edit(office, Case, office.case, officer_id=STAFF["supervisor"])
    answers = begun(office)
    assert (answers.get("chronic"), answers.rows("debts")) == (None, ())
    assert answers.row("members", str(office.child)).get("m_health") is None


def test_what_the_last_visit_said_that_lasts_is_there_and_the_record_goes_before_it(office):
    submit_visit(office.desk(), a_draft(office))
    edit(office, Person, office.head, mobile="+966500000001")
    answers = begun(office)
    assert (answers.get("inc_salary"), answers.get("exp_food")) == (300_000, 120_000)
    assert answers.get("furniture")["fridge"] == "present"
    assert answers.get("mobile") == "+966500000001"


@pytest.mark.parametrize("visited", [False, True])
def test_what_belongs_to_the_visit_itself_is_asked_anew(office, visited):
    if visited:
        submit_visit(office.desk(), a_draft(office))
    assert not NEVER & begun(office).values.keys()


def test_a_registered_head_alone_fills_the_heads_section(office):
    entered = {"first_name": "منى", "father_name": "علي", "family_name": "القحطاني", "gender": "female",
               "id_number": "1023456781", "id_kind": "national_id", "mobile": "0551112223", "birth": "h1410"}  # fmt: skip
    desk = office.desk()
    made = register_family(desk, NewFamily(SCOPE, NewMember("self", entered)))
    answers = load_draft(desk, begin_visit(desk, made.household_id)).answers
    assert [answers.get(c) for c in ("head_first", "id_number", "mobile", "birth")] == [
        "منى", "1023456781", "+966551112223", "h1410",
    ]  # fmt: skip
    assert answers.rows("members") == ()
    assert answers.get("nationality") is None, "unknown is no nationality"


def test_nobody_says_that_a_head_has_no_document_before_it_was_asked(office):
    desk = office.desk()
    made = register_family(
        desk, NewFamily(SCOPE, NewMember("self", {"first_name": "منى", "family_name": "علي"}))
    )
    answers = load_draft(desk, begin_visit(desk, made.household_id)).answers
    assert (answers.get("id_type"), answers.get("gender")) == (None, None)


def test_who_left_the_household_is_not_asked_about_again(office):
    submit_visit(office.desk(), a_draft(office))
    with Session(office.replica.engine) as session:
        member = session.scalars(select(Membership.id).where(Membership.person_id == office.child)).one()
    edit(office, Membership, member, last_day=dt.date(2026, 9, 1))
    assert str(office.child) not in [row.id for row in begun(office).rows("members")]


def test_sections_filled_from_the_record_follow_the_engines_ordinary_rules(office):
    desk = office.desk()
    submit_visit(desk, a_draft(office))
    draft = load_draft(desk, begin_visit(desk, office.household))
    with desk.reading() as connection:
        engine = desk.forms.version(connection, draft.form_code, draft.form_version)
    sections = engine.state(draft.answers, desk.today()).sections
    assert sections["C"].status is SectionStatus.IN_PROGRESS
    assert sections["C"].missing == ("id_seen",)
    assert sections["I"].status is SectionStatus.COMPLETE
    assert sections["A"].missing


def test_answers_from_the_record_can_be_changed_and_cleared(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(desk, draft, {"mobile": None, "marital": "widowed", f"members/{office.child}": None})
    answers = load_draft(desk, draft).answers
    assert (answers.get("mobile"), answers.get("marital")) == (None, "widowed")
    assert [row.id for row in answers.rows("members")] == [str(office.prisoner)]


def test_a_draft_that_was_begun_keeps_its_answers_when_the_record_changes(office):
    first = begun(office)
    edit(office, Household, office.household, tenure="owned")
    assert begun(office) == first
    desk = office.desk()
    discard_draft(desk, begin_visit(desk, office.household))
    assert begun(office).get("tenure") == "owned"


def test_a_visit_begun_from_the_record_still_waits_for_what_the_officer_confirms(office):
    submit_visit(office.desk(), a_draft(office))
    with pytest.raises(VisitNotReady) as refused:
        visit_again(office, id_seen=None, inc_verified=None, **{f"members/{office.prisoner}": None})
    assert refused.value.missing == ("id_seen", "inc_verified")


def test_the_last_visits_own_rows_are_matched_to_their_persons(office):
    submit_visit(office.desk(), a_draft(office, **{"members/new1/m_talent": "رسم"}))
    rows = begun(office).rows("members")
    assert "new1" not in [row.id for row in rows]
    assert [row.get("m_talent") for row in rows if row.get("m_relation") == "daughter"] == ["رسم"]


def test_a_new_stay_does_not_inherit_what_was_said_about_the_old_one(office):
    submit_visit(office.desk(), a_draft(office, sentence={"years": 2, "months": 0}))
    assert begun(office, office.desk("supervisor")).get("sentence") == {"years": 2, "months": 0}
    office.add(CustodyEpisode(scope=SCOPE, person_id=office.prisoner, status="detained", entry="g2026-08",
                              entry_day=dt.date(2026, 8, 1)))  # fmt: skip
    answers = begun(office)
    assert (answers.get("custody_status"), answers.get("entry_date")) == ("detained", "g2026-08")
    assert (answers.get("facility"), answers.get("sentence"), answers.get("expected_release")) == (
        None,
        None,
        None,
    )


def test_answers_taken_from_the_record_are_kept_in_the_order_of_births_with_the_unknown_last(office):
    office.add(
        elder := a_person(
            "سارة", birth="g2010", birth_first=dt.date(2010, 1, 1), birth_last=dt.date(2010, 12, 31)
        )
    )
    office.add(
        Membership(
            scope=SCOPE, household_id=office.household, person_id=elder.id, relation="daughter", resident=True
        )
    )
    rows = [row.id for row in begun(office).rows("members")]
    assert rows == [str(elder.id), str(office.child), str(office.prisoner)]
    assert flatten(begun(office))[f"members/{elder.id}/m_relation"] == "daughter"

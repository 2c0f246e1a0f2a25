"""Corrections of submitted visits: proposed by who visited, decided by another, and what was signed stays."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.amending.amend_draft import (
    REASON,
    amended_visit,
    begin_amendment,
    propose_draft,
)
from tarahum_desktop.casework.amending.amendments import (
    answers_as_amended,
    decide_amendment,
    list_amendments,
    propose_amendment,
    read_visit,
)
from tarahum_desktop.casework.amending.changes import changes_between
from tarahum_desktop.casework.amending.errors import AmendmentRefused
from tarahum_desktop.casework.drafts import list_drafts, load_draft, save_field, save_fields
from tarahum_desktop.casework.errors import DraftMissing, NotAllowed, RecordMissing
from tarahum_desktop.casework.visit_report import read_visit_report
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.forms.answers import read_answers
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import CustodyEpisode, Household, MatrixRating, Membership, Person, Visit
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import canonical_json
from tests.casework.again import edit
from tests.casework.answers import a_draft

WHY = "كُتب الإيجار خطأ"


@pytest.fixture
def visit(office):
    return submit_visit(office.desk(), a_draft(office)).visit_id


def amended(office, visit_id):
    desk = office.desk()
    with desk.reading() as connection:
        return answers_as_amended(desk, connection, read_visit(connection, visit_id))


def one(office, entity, *where):
    with Session(office.replica.engine) as session:
        return session.scalars(select(entity).where(*where)).one()


def approved(office, visit_id, changes, reason=WHY):
    made = propose_amendment(office.desk(), visit_id, changes, reason)
    return decide_amendment(office.desk("supervisor"), made, approve=True)


def test_an_approved_correction_is_read_over_the_signed_answers_which_do_not_change(office, visit):
    before = one(office, Visit).answers
    approved(office, visit, {"annual_rent": 900_000, "inc_salary": 250_000})
    answers = amended(office, visit)
    assert (answers.get("annual_rent"), answers.get("inc_salary"), answers.get("inc_total")) == (
        900_000, 250_000, 250_000,
    )  # fmt: skip
    row = one(office, Visit)
    assert row.answers == before
    assert read_answers(canonical_json(row.answers).encode()).get("annual_rent") == 1_200_000


def test_what_is_only_proposed_or_rejected_changes_nothing(office, visit):
    made = propose_amendment(office.desk(), visit, {"annual_rent": 900_000}, WHY)
    assert amended(office, visit).get("annual_rent") == 1_200_000
    decide_amendment(office.desk("supervisor"), made, approve=False, reason="العقد يقول غير ذلك")
    assert amended(office, visit).get("annual_rent") == 1_200_000
    assert one(office, Household).annual_rent_halalas == 1_200_000


def test_facts_that_still_say_what_the_visit_said_follow_the_correction(office, visit):
    child = f"members/{office.child}"
    done = approved(
        office,
        visit,
        {
            "annual_rent": 900_000, "mobile": "0551112222", "birth": "h1409", "expected_release": "g2027-06",
            f"{child}/m_name": {"first": "أحمد", "father": "خالد", "family": "العتيبي"}, f"{child}/m_resident": False,
        },
    )  # fmt: skip
    assert done.facts == 6
    assert one(office, Household).annual_rent_halalas == 900_000
    head = one(office, Person, Person.id == office.head)
    assert (head.mobile, head.birth, head.birth_first.year) == ("+966551112222", "h1409", 1988)
    assert one(office, Person, Person.id == office.child).family_name == "العتيبي"
    assert one(office, Membership, Membership.person_id == office.child).resident is False
    stay = one(office, CustodyEpisode)
    assert (stay.expected_release, stay.expected_release_day) == ("g2027-06", dt.date(2027, 6, 30))


def test_a_fact_that_was_learned_anew_since_is_left_alone(office, visit):
    edit(office, Household, office.household, annual_rent_halalas=1_500_000)
    done = approved(office, visit, {"annual_rent": 900_000})
    assert done.facts == 0
    assert one(office, Household).annual_rent_halalas == 1_500_000
    assert amended(office, visit).get("annual_rent") == 900_000


def test_a_forgotten_member_joins_and_a_wrong_one_leaves_by_mistake(office, visit):
    forgotten = {
        "m_relation": "son", "m_name": {"first": "زياد", "father": "خالد", "family": "الحربي"}, "m_birth": "g2020",
        "m_gender": "male", "m_resident": True, "m_education": "below_school_age", "m_enrolled": "not_applicable",
    }  # fmt: skip
    approved(office, visit, {"members/n9": forgotten, f"members/{office.child}": None})
    ziad = one(office, Person, Person.first_name == "زياد")
    assert one(office, Membership, Membership.person_id == ziad.id).relation == "son"
    gone = one(office, Membership, Membership.person_id == office.child)
    assert (gone.last_day, gone.end_reason) == (dt.date(2026, 9, 24), "mistake")
    assert {row.id for row in amended(office, visit).rows("members")} == {"new1", "n9"}


def test_a_corrected_rating_stands_beside_the_one_that_was_signed(office, visit):
    scores = dict(amended(office, visit).get("ssm")) | {"housing": 4}
    approved(office, visit, {"ssm": scores})
    with Session(office.replica.engine) as session:
        ratings = session.scalars(select(MatrixRating).where(MatrixRating.domain == "housing")).all()
    assert {(one.score, one.removed_at is None) for one in ratings} == {(3, False), (4, True)}


def test_the_author_cannot_decide(office, visit):
    made = propose_amendment(office.desk("supervisor"), visit, {"rooms": 4}, WHY)
    with pytest.raises(AmendmentRefused) as refused:
        decide_amendment(office.desk("supervisor"), made, approve=True)
    assert refused.value.code == "amendment_own"
    (line,) = list_amendments(office.desk("supervisor"))
    assert line.may_decide is False


def test_an_officer_decides_nothing_and_another_officers_visit_is_not_theirs_to_correct(office, visit):
    made = propose_amendment(office.desk(), visit, {"rooms": 4}, WHY)
    with pytest.raises(NotAllowed):
        decide_amendment(office.desk(), made, approve=True)
    with pytest.raises(NotAllowed):
        propose_amendment(office.desk("clerk"), visit, {"rooms": 4}, WHY)
    supervisors = submit_visit(office.desk("supervisor"), a_draft(office, office.desk("supervisor"))).visit_id
    with pytest.raises(NotAllowed):
        propose_amendment(office.desk(), supervisors, {"rooms": 4}, WHY)


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"rooms": 4}, "  \u202e ", "amendment_reason_missing"),
        ({"rooms": 3}, WHY, "amendment_empty"),
        ({}, WHY, "amendment_empty"),
        ({"no_such_answer": 1}, WHY, "amendment_answer_unknown"),
        ({"members/x/no_such_column": 1}, WHY, "amendment_answer_unknown"),
        ({"rooms/x/y": 1}, WHY, "amendment_answer_unknown"),
        ({"members": ()}, WHY, "amendment_answer_unknown"),
        ({"a/b/c/d": 1}, WHY, "amendment_answer_unknown"),
        ({"signature": None}, WHY, "amendment_answer_unknown"),
        ({"inc_total": 5}, WHY, "amendment_answer_unknown"),
        ({"started_at": "2026-01-01T00:00:00+00:00"}, WHY, "amendment_answer_unknown"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(office, visit, changes, reason, code):
    with pytest.raises(AmendmentRefused) as refused:
        propose_amendment(office.desk(), visit, changes, reason)
    assert refused.value.code == code
    assert list_amendments(office.desk()) == []


def test_a_decision_is_made_once_and_a_rejection_has_a_reason(office, visit):
    made = propose_amendment(office.desk(), visit, {"rooms": 4}, WHY)
    desk = office.desk("supervisor")
    with pytest.raises(AmendmentRefused) as refused:
        decide_amendment(desk, made, approve=False)
    assert refused.value.code == "amendment_reason_missing"
    decide_amendment(desk, made, approve=True)
    with pytest.raises(AmendmentRefused) as refused:
        decide_amendment(desk, made, approve=False, reason="متأخر")
    assert refused.value.code == "amendment_decided"


def test_two_corrections_of_one_answer_cannot_both_be_approved(office, visit):
    first = propose_amendment(office.desk(), visit, {"rooms": 4}, WHY)
    second = propose_amendment(office.desk(), visit, {"rooms": 5}, WHY)
    decide_amendment(office.desk("supervisor"), first, approve=True)
    with pytest.raises(AmendmentRefused) as refused:
        decide_amendment(office.desk("supervisor"), second, approve=True)
    assert refused.value.code == "amendment_outdated"
    decide_amendment(office.desk("supervisor"), second, approve=False, reason="سبق تصحيحه")


def test_the_list_tells_a_decision_all_it_needs(office, visit):
    propose_amendment(office.desk(), visit, {"rooms": 4}, WHY)
    (line,) = list_amendments(office.desk("supervisor"), state="proposed")
    assert (line.visit_id, line.reason, line.state, line.may_decide) == (visit, WHY, "proposed", True)
    assert [(str(c.path), c.before, c.after) for c in line.changes] == [("rooms", 3, 4)]
    assert (line.proposed_by_en, line.file_number) == ("officer", "RYD-2026-12-00001")
    assert [one.id for one in list_amendments(office.desk(), visit_id=visit)] == [line.id]
    assert [one.id for one in list_amendments(office.desk(), household_id=office.household)] == [line.id]
    assert list_amendments(office.desk("stranger")) == []


def test_a_visit_that_is_not_here_cannot_be_corrected(office):
    with pytest.raises(RecordMissing):
        propose_amendment(office.desk(), new_id(), {"rooms": 4}, WHY)
    with pytest.raises(RecordMissing):
        decide_amendment(office.desk("supervisor"), new_id(), approve=True)


def test_a_correction_is_written_in_a_draft_that_survives_and_is_proposed_from_it(office, visit):
    desk = office.desk()
    draft = begin_amendment(desk, visit)
    save_fields(desk, draft, {"rooms": 4, f"members/{office.child}/m_grade": 5})
    save_field(desk, draft, REASON, WHY)
    assert begin_amendment(desk, visit) == draft, "what was begun is found again"
    assert [line.id for line in list_drafts(desk)] == [], "a correction is no visit being recorded"
    assert amended_visit(desk, draft).visited_on == dt.date(2026, 9, 24)
    propose_draft(desk, draft)
    (line,) = list_amendments(desk)
    assert [str(c.path) for c in line.changes] == [f"members/{office.child}/m_grade", "rooms"]
    with pytest.raises(DraftMissing):
        load_draft(desk, draft)


def test_a_draft_that_changed_nothing_is_kept_and_not_proposed(office, visit):
    desk = office.desk()
    draft = begin_amendment(desk, visit)
    save_field(desk, draft, REASON, WHY)
    with pytest.raises(AmendmentRefused):
        propose_draft(desk, draft)
    assert load_draft(desk, draft).answers.get("rooms") == 3


def test_answers_given_as_they_were_make_no_change(office, visit):
    desk = office.desk()
    answers = amended(office, visit)
    with desk.reading() as connection:
        document = desk.forms.latest(connection).document
    assert changes_between(document, answers, answers) == ()


def test_the_report_prints_the_visit_as_amended_and_says_so(office, visit):
    words = load_words("ar")
    assert read_visit_report(office.desk(), visit, words).amended_at is None
    approved(office, visit, {"inc_salary": 250_000, "next_visit": "2026-11-01"})
    report = read_visit_report(office.desk(), visit, words)
    assert (report.income_total, report.next_visit) == (250_000, dt.date(2026, 11, 1))
    assert report.amended_at is not None

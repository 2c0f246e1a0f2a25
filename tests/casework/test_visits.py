"""Submitting a visit: all of it, once, or nothing."""

import datetime as dt
import hashlib
import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.drafts import begin_visit, list_drafts, load_draft, save_field, save_fields
from tarahum_desktop.casework.errors import DraftMissing, NotAllowed, VisitNotReady
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.visits import household_for_visit, last_visit_answers, submit_visit
from tarahum_desktop.models import (
    CaseMove,
    Consent,
    CustodyEpisode,
    FollowUp,
    Household,
    MatrixRating,
    Membership,
    Outbox,
    Person,
    PlanItem,
    Visit,
)
from tarahum_desktop.models.types import canonical_json
from tests.casework.answers import a_draft, whole_visit
from tests.casework.worlds import SCOPE, STAFF


def rows(office, entity, *conditions):
    with Session(office.replica.engine) as session:
        return session.scalars(select(entity).where(*conditions)).all()


def test_a_submitted_visit_carries_the_canonical_answers_and_their_hash(office):
    done = submit_visit(office.desk(), a_draft(office))
    (visit,) = rows(office, Visit)
    text = canonical_json(visit.answers)
    assert visit.answers_hash == hashlib.sha256(text.encode()).digest()
    assert json.loads(text)["form"] == "social-study-2"
    assert visit.answers["answers"]["inc_total"] == 300_000
    assert (visit.income_halalas, visit.visited_on) == (300_000, dt.date(2026, 9, 24))
    assert done.receipt_number == visit.receipt_number == "RYD-2026-R12-00001"
    assert visit.case_id == office.case


def test_thirteen_ratings_and_every_consent_asked_are_kept(office):
    submit_visit(office.desk(), a_draft(office))
    ratings = {row.domain: row.score for row in rows(office, MatrixRating)}
    assert len(ratings) == 13
    assert (ratings["income"], ratings["recovery"], ratings["food"]) == (2, None, 3)
    consents = {row.purpose: row.given for row in rows(office, Consent)}
    assert consents == {
        "case": True, "health": True, "criminal": True, "credit": False, "share": False, "contact": True,
    }  # fmt: skip


def test_facts_learned_change_the_people_and_the_home(office):
    submit_visit(office.desk(), a_draft(office))
    (head,) = rows(office, Person, Person.id == office.head)
    assert (head.grandfather_name, head.marital, head.mobile) == ("علي", "deserted", "+966559876543")
    assert (head.id_number, head.id_warning) == ("1023456781", None)
    assert (head.birth, head.birth_first.year) == ("h1408", 1987)
    (child,) = rows(office, Person, Person.id == office.child)
    assert (child.family_name, child.birth, child.enrolment) == ("الحربي", "g2015-03", "attending")
    (home,) = rows(office, Household)
    assert (home.tenure, home.rooms, home.annual_rent_halalas) == ("rent", 3, 1_200_000)
    assert (home.latitude_e6, home.district) == (24_500_000, "حي الريان")


def test_a_child_met_for_the_first_time_joins_the_household_once(office):
    submit_visit(office.desk(), a_draft(office))
    (huda,) = rows(office, Person, Person.first_name == "هدى")
    (membership,) = rows(office, Membership, Membership.person_id == huda.id)
    assert (membership.household_id, membership.relation) == (office.household, "daughter")
    again = a_draft(office, visit_type="update")
    submit_visit(office.desk(), again)
    assert len(rows(office, Person, Person.first_name == "هدى")) == 1, (
        "the same name in the same family is one child"
    )


def test_the_stay_in_custody_is_brought_up_to_date_not_doubled(office):
    submit_visit(office.desk(), a_draft(office))
    (stay,) = rows(office, CustodyEpisode)
    assert (stay.expected_release, stay.expected_release_day) == ("g2027-01", dt.date(2027, 1, 31))


def test_a_return_to_prison_is_a_stay_of_its_own(office):
    released = {
        "custody_status": "released", "release_date": "g2025-12-01", "release_type": "sentence_served",
        "expected_release": None,
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **released))
    submit_visit(office.desk(), a_draft(office, entry_date="g2026-06-01"))
    stays = rows(office, CustodyEpisode)
    assert sorted((stay.entry, stay.release) for stay in stays) == [
        ("g2025-02-01", "g2025-12-01"),
        ("g2026-06-01", None),
    ]


def test_without_consent_to_criminal_data_custody_is_left_alone(office):
    refused = {"decision": "refused", "at": "2026-09-24T08:05:00+00:00"}
    submit_visit(office.desk(), a_draft(office, consent_criminal=refused))
    (stay,) = rows(office, CustodyEpisode)
    assert stay.expected_release == "g2026-12-01"


def test_needs_become_proposed_services_with_the_proposed_amount(office):
    submit_visit(office.desk(), a_draft(office))
    (huda,) = rows(office, Person, Person.first_name == "هدى")
    items = {row.service_code: row for row in rows(office, PlanItem)}
    assert {code: (row.person_id, row.amount_halalas, row.state) for code, row in items.items()} == {
        "BC-01": (office.head, 0, "proposed"),
        "BC-06": (huda.id, 900_000, "proposed"),
    }
    assert items["BC-01"].proposed_by == STAFF["officer"]
    submit_visit(office.desk(), a_draft(office))
    assert len(rows(office, PlanItem)) == 2, "what is proposed already is not proposed again"


def test_the_next_visit_becomes_due_and_the_last_one_is_done(office):
    office.add(FollowUp(scope=SCOPE, case_id=office.case, kind="visit", due_on=dt.date(2026, 9, 20)))
    submit_visit(office.desk(), a_draft(office))
    contacts = {row.due_on: row.done_on for row in rows(office, FollowUp)}
    assert contacts == {dt.date(2026, 9, 20): dt.date(2026, 9, 24), dt.date(2026, 12, 24): None}


def test_a_case_under_study_is_assessed_by_the_visit_and_the_step_is_on_record(office):
    done = submit_visit(office.desk(), a_draft(office))
    assert done.case_state == "assessed"
    (move,) = rows(office, CaseMove)
    assert (move.from_state, move.to_state, move.role, move.moved_by) == (
        "study", "assessed", "officer", STAFF["officer"],
    )  # fmt: skip


def test_a_supervisor_may_visit_but_the_officers_step_waits(office):
    desk = office.desk("supervisor")
    assert submit_visit(desk, a_draft(office, desk)).case_state == "study"


def test_a_double_click_makes_one_visit(office):
    desk, draft = office.desk(), a_draft(office)
    first, second = submit_visit(desk, draft), submit_visit(desk, draft)
    assert (first.visit_id, first.receipt_number, first.case_state) == (
        second.visit_id, second.receipt_number, second.case_state,
    )  # fmt: skip
    assert len(rows(office, Visit)) == 1
    assert not second.summary.touched
    assert list_drafts(desk) == []


def test_what_is_missing_is_listed_and_nothing_is_written(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    values = whole_visit(office)
    del values["observations"], values["ssm"], values["members/new1/m_birth"]
    save_fields(desk, draft, values)
    before = load_draft(desk, draft)
    with pytest.raises(VisitNotReady) as refused:
        submit_visit(desk, draft)
    assert refused.value.missing == ("members/new1/m_birth", "ssm", "observations")
    assert refused.value.facts == {"count": 3}
    assert rows(office, Visit) == []
    assert load_draft(desk, draft) == before


def test_a_family_not_met_leaves_a_visit_without_findings(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    save_fields(
        desk, draft,
        {"visit_type": "initial", "visit_date": "2026-09-24", "outcome": "nobody_home", "outcome_reason": "لا أحد بالمنزل"},
    )  # fmt: skip
    done = submit_visit(desk, draft)
    assert (done.receipt_number, done.case_state) == ("", "study")
    (visit,) = rows(office, Visit)
    assert visit.observations == "لا أحد بالمنزل"
    assert rows(office, MatrixRating) == rows(office, Consent) == []


def test_everything_a_visit_wrote_is_in_the_outbox(office):
    with Session(office.replica.engine) as session:
        before = session.scalar(select(func.count()).select_from(Outbox))
    done = submit_visit(office.desk(), a_draft(office))
    written = sum(len(ids) for ids in done.summary.touched.values())
    with Session(office.replica.engine) as session:
        assert session.scalar(select(func.count()).select_from(Outbox)) - before == written
    assert {"visit", "matrix_rating", "consent", "plan_item", "follow_up", "person"} <= set(
        done.summary.touched
    )


def test_a_draft_of_somebody_else_cannot_be_submitted(office):
    draft = a_draft(office)
    with pytest.raises(DraftMissing):
        submit_visit(office.desk("supervisor"), draft)


def test_who_lost_the_right_meanwhile_cannot_submit(office):
    from tarahum_desktop.casework.desk import Desk, DeskUser

    draft = a_draft(office)
    with pytest.raises(NotAllowed):
        submit_visit(Desk(office.replica, DeskUser(STAFF["officer"], "officer"), ()), draft)
    assert rows(office, Visit) == []


def test_a_household_without_a_case_gets_one(office):
    from tarahum_desktop.casework.unit_of_work import UnitOfWork
    from tarahum_desktop.models import Case

    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).state = "closed_other"
    done = submit_visit(office.desk(), a_draft(office))
    assert done.case_state == "registered"
    assert {row.number for row in rows(office, Case)} == {"RYD-2026-12-00001-1", "RYD-2026-12-00001-2"}


def test_the_file_shows_the_visit_its_ratings_and_needs(office):
    done = submit_visit(office.desk(), a_draft(office))
    file = family_file(office.desk(), office.household)
    assert [line.id for line in file.visits] == [done.visit_id]
    assert file.matrix["income"] == 2
    assert len(file.trend) == 1
    assert {line.service_code for line in file.plan} == {"BC-01", "BC-06"}
    assert {line.purpose for line in file.consents if line.given} == {"case", "health", "criminal", "contact"}


def test_the_last_answers_are_there_for_as_last_time(office):
    desk = office.desk()
    assert last_visit_answers(desk, office.household) is None
    draft = a_draft(office)
    assert household_for_visit(desk, draft) == office.household
    submit_visit(desk, draft)
    assert household_for_visit(desk, draft) == office.household
    last = last_visit_answers(desk, office.household)
    assert last.get("tenure") == "rent"
    assert [row.id for row in last.rows("members")] == [str(office.child), "new1"]


def test_an_identity_number_with_a_wrong_digit_is_kept_with_its_warning(office):
    desk, draft = office.desk(), a_draft(office)
    save_field(desk, draft, "id_number", "1023456782")
    submit_visit(desk, draft)
    (head,) = rows(office, Person, Person.id == office.head)
    assert (head.id_number, head.id_warning) == ("1023456782", "person_id_check_digit")

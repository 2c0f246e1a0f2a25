"""Which stay in custody a visit means, and a prisoner who was not on record."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.care.returns import RETURNED_TO_PRISON
from tarahum_desktop.casework.drafts import begin_visit, load_draft, save_field
from tarahum_desktop.casework.errors import VisitNotReady
from tarahum_desktop.casework.stay_choice import stays_to_choose
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.casework.visit_custody import parts_of
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.names import NameParts
from tarahum_desktop.models import Case, CaseMove, CustodyEpisode, CustodyMove, Membership, Person, Visit
from tests.casework.answers import a_draft
from tests.casework.worlds import SCOPE


def stays(office, person):
    with Session(office.replica.engine) as session:
        query = (
            select(CustodyEpisode)
            .where(CustodyEpisode.person_id == person)
            .order_by(CustodyEpisode.entry_day)
        )
        return list(session.scalars(query))


def earlier_stay(office):
    stay = CustodyEpisode(
        scope=SCOPE, person_id=office.prisoner, status="released", entry="g2020-01-05", entry_day=dt.date(2020, 1, 5),
        release="g2021-01-05", release_day=dt.date(2021, 1, 5), facility_code="ryd-hair",
    )  # fmt: skip
    office.add(stay)
    return stays(office, office.prisoner)[0].id


def test_one_open_stay_leaves_nothing_to_choose(office):
    draft = begin_visit(office.desk(), office.household)
    assert stays_to_choose(office.desk(), draft) == []


def test_several_stays_are_offered_with_the_open_one_first(office):
    earlier_stay(office)
    draft = begin_visit(office.desk(), office.household)
    assert [line.entry for line in stays_to_choose(office.desk(), draft)] == ["g2025-02-01", "g2020-01-05"]


def test_the_open_stay_is_meant_unless_another_is_chosen(office):
    earlier_stay(office)
    submit_visit(office.desk(), a_draft(office, case_class="financial"))
    assert [stay.case_class for stay in stays(office, office.prisoner)] == [None, "financial"]


def test_the_stay_that_was_chosen_is_corrected_and_the_other_left_alone(office):
    chosen = earlier_stay(office)
    released = {
        "inmate_stay": str(chosen), "custody_status": "released", "entry_date": "g2020-01-05",
        "expected_release": None, "release_date": "g2021-03", "release_type": "pardon",
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **released))
    first, second = stays(office, office.prisoner)
    assert (first.release, first.release_type) == ("g2021-03", "pardon")
    assert (second.release, second.status) == (None, "convicted")


def test_a_stay_is_ended_with_a_date_and_a_kind(office):
    released = {
        "custody_status": "released", "release_date": "g2026-09-20", "release_type": "parole", "expected_release": None,
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **released))
    (stay,) = stays(office, office.prisoner)
    assert (stay.status, stay.release_day, stay.release_type) == ("released", dt.date(2026, 9, 20), "parole")


def test_a_new_stay_can_be_said_outright(office):
    submit_visit(office.desk(), a_draft(office, inmate_stay="new"))
    assert len(stays(office, office.prisoner)) == 2


def test_a_release_before_the_entry_is_refused_and_kept_as_typed(office):
    desk = office.desk()
    draft = a_draft(office, custody_status="released", expected_release=None, release_date="g2024-01-01")
    with pytest.raises(VisitNotReady) as refused:
        submit_visit(desk, draft)
    assert refused.value.wrong == ("release_date",)
    assert load_draft(desk, draft).answers.get("release_date") == "g2024-01-01"
    save_field(desk, draft, "release_date", "g2026-01-01")
    assert submit_visit(desk, draft).receipt_number


def test_another_facility_than_before_is_kept_as_a_move(office):
    submit_visit(office.desk(), a_draft(office))
    submit_visit(office.desk(), a_draft(office, facility="ryd-hair"))
    with Session(office.replica.engine) as session:
        (move,) = session.scalars(select(CustodyMove))
    assert (move.from_facility, move.to_facility, move.moved_on) == ("ryd-malaz", "ryd-hair", None)


def test_a_prisoner_who_is_not_on_record_is_created_by_name(office):
    submit_visit(office.desk(), a_draft(office, inmate_person="new:سالم بن ناصر بن علي الشهري"))
    with Session(office.replica.engine) as session:
        (salem,) = session.scalars(select(Person).where(Person.first_name == "سالم"))
        (belongs,) = session.scalars(select(Membership).where(Membership.person_id == salem.id))
        (stay,) = session.scalars(select(CustodyEpisode).where(CustodyEpisode.person_id == salem.id))
    assert (salem.father_name, salem.grandfather_name, salem.family_name, salem.gender) == (
        "ناصر", "علي", "الشهري", "male",
    )  # fmt: skip
    assert (belongs.relation, belongs.resident, stay.status) == ("spouse", False, "convicted")


def test_a_prisoner_typed_by_name_who_is_on_record_is_not_doubled(office):
    submit_visit(office.desk(), a_draft(office, inmate_person="new:خالد سعد الحربي"))
    with Session(office.replica.engine) as session:
        assert len(session.scalars(select(Person).where(Person.first_name == "خالد")).all()) == 1
    assert len(stays(office, office.prisoner)) == 1


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("سالم", NameParts("سالم")),
        ("سالم الشهري", NameParts("سالم", family="الشهري")),
        ("سالم بن ناصر الشهري", NameParts("سالم", "ناصر", "", "الشهري")),
        ("نورة بنت ناصر علي آل سعد", NameParts("نورة", "ناصر", "علي", "آل سعد")),
        ("  ", NameParts("")),
        ("\u202eسالم\u202c ناصر الشهري", NameParts("سالم", "ناصر", "", "الشهري")),
    ],
)
def test_a_name_is_taken_apart_as_it_is_said(said, parts):
    assert parts_of(said) == parts


def closed_after_release(office):
    with UnitOfWork(office.desk()) as work:
        (stay,) = work.session.query(CustodyEpisode)
        stay.status, stay.release, stay.release_day = "released", "g2026-03-01", dt.date(2026, 3, 1)
        case = work.session.get_one(Case, office.case)
        case.state, case.closed_on = "closed_sufficiency", dt.date(2026, 6, 1)


def cases(office):
    with Session(office.replica.engine) as session:
        return [(case.id, case.state) for case in session.scalars(select(Case).order_by(Case.id))]


@pytest.mark.parametrize("told", [{"inmate_stay": "new"}, {"entry_date": "g2026-09-10"}])
def test_a_visit_that_tells_of_a_return_opens_the_closed_case_and_keeps_the_chain_of_stays(office, told):
    closed_after_release(office)
    done = submit_visit(office.desk(), a_draft(office, **told))
    assert done.case_state == "reopened"
    assert cases(office) == [(office.case, "reopened")]
    assert [stay.status for stay in stays(office, office.prisoner)] == ["released", "convicted"]
    with Session(office.replica.engine) as session:
        (move,) = session.scalars(select(CaseMove))
        (visit,) = session.scalars(select(Visit))
    assert (move.reason, visit.case_id) == (RETURNED_TO_PRISON, office.case)


def test_any_other_visit_after_the_case_was_closed_begins_another_case(office):
    closed_after_release(office)
    released = {
        "custody_status": "released", "release_date": "g2026-03-01", "release_type": "parole", "expected_release": None,
    }  # fmt: skip
    submit_visit(office.desk(), a_draft(office, **released))
    assert cases(office)[0] == (office.case, "closed_sufficiency")
    assert len(cases(office)) == 2


def test_a_member_without_a_document_gets_a_key_of_this_machine(office):
    submit_visit(office.desk(), a_draft(office))
    with Session(office.replica.engine) as session:
        keys = {row.first_name: row.temporary_key for row in session.scalars(select(Person))}
    assert keys == {"فاطمة": None, "أحمد": None, "خالد": None, "هدى": "RYD-T12-00001"}

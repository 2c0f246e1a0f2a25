"""A visit begun before its family moved away is submitted all the same, and reaches the office that has them now."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.drafts import begin_visit, list_drafts, save_fields
from tarahum_desktop.casework.errors import RecordMissing, VisitNotReady
from tarahum_desktop.casework.visit_departed import where_gone
from tarahum_desktop.casework.visit_slip import read_visit_slip
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import Alert, Committee, Draft, Household, MatrixRating, Person, Visit
from tarahum_desktop.sync.publish import publish_own
from tests.casework.answers import whole_visit
from tests.sync.moving_world import NEW, OLD, WHO, Region
from tests.sync.worlds import writing


@pytest.fixture
def region(tmp_path):
    made = Region(tmp_path)
    for number, scope in ((2, OLD), (3, NEW), (4, OLD)):
        made.join(number, scope)
    yield made
    made.close()


def desk(region: Region, number: int) -> Desk:
    return open_desk(region.devices[number], WHO[region.holds[number][0]])


def rows(region: Region, number: int, model):
    with Session(region.devices[number].engine) as session:
        return session.scalars(select(model)).all()


@pytest.fixture
def left(region):
    """A laptop of the old office with a finished draft; its family was accepted by the other office meanwhile."""
    committee = Committee(
        scope="national", code=NEW, region_code="mk", name_ar="لجنة جدة", name_en="Jeddah", seat_city_ar="جدة",
        has_women_section=True,
    )  # fmt: skip
    with writing(region.centre) as session:
        session.add(committee)
        session.commit()
    publish_own(region.centre)
    family = region.family(2)
    region.come_to_rest()
    draft = begin_visit(desk(region, 4), family.home)
    met = SimpleNamespace(prisoner=family.people[2], child=family.people[1])
    today = desk(region, 4).today().isoformat()
    said = whole_visit(met, risk_flags=("domestic_violence",), visit_date=today)
    save_fields(desk(region, 4), draft, said)
    offer = region.offer(2, family.home)
    region.meet(2)
    region.meet(3)
    assert region.answer(3, offer)
    region.come_to_rest()
    assert rows(region, 4, Household) == []
    return SimpleNamespace(draft=draft, home=family.home, case=family.case)


def test_the_officer_is_told_who_has_the_family_and_keeps_the_receipt_for_it(region, left) -> None:
    place = desk(region, 4)
    assert [line.id for line in list_drafts(place)] == [left.draft]
    gone = where_gone(place, left.home)
    done = submit_visit(place, left.draft)
    assert done.gone == gone
    assert (gone.now_with_ar, gone.to_scope, gone.case_id) == ("لجنة جدة", NEW, left.case)
    assert done.receipt_number.startswith("RYD-")
    assert read_visit_slip(place, left.draft, load_words("ar")).receipt_number == done.receipt_number
    assert submit_visit(place, left.draft).receipt_number == done.receipt_number, (
        "a second click finds the first"
    )
    assert rows(region, 4, Draft) == []


def test_the_visit_with_its_ratings_and_alert_arrives_where_the_family_is(region, left) -> None:
    people = {person.id for person in rows(region, 3, Person)}
    submit_visit(desk(region, 4), left.draft)
    region.come_to_rest()
    (visit,) = rows(region, 3, Visit)
    assert (visit.id, visit.scope, visit.household_id, visit.case_id) == (
        left.draft,
        NEW,
        left.home,
        left.case,
    )
    assert visit.answers["answers"]["rooms"] == 3
    assert len(rows(region, 3, MatrixRating)) == 13
    assert [(alert.kind, alert.case_id) for alert in rows(region, 3, Alert)] == [
        ("domestic_violence", left.case)
    ]
    assert {person.id for person in rows(region, 3, Person)} == people, (
        "the record is the new owner's to change"
    )
    for number in (2, 4):
        assert rows(region, number, Visit) == rows(region, number, Alert) == []


def test_what_is_missing_is_still_asked_for_and_nothing_is_lost(region, left) -> None:
    place = desk(region, 4)
    save_fields(place, left.draft, {"observations": None})
    with pytest.raises(VisitNotReady):
        submit_visit(place, left.draft)
    assert len(rows(region, 4, Draft)) == 1


def test_a_family_that_never_was_here_is_still_missing(region, left) -> None:
    place = desk(region, 4)
    with place.replica.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM departure WHERE entity = 'household'")
    with pytest.raises(RecordMissing):
        submit_visit(place, left.draft)
    assert len(rows(region, 4, Draft)) == 1

"""The receipt slip, the form version a visit keeps, and what a visit is compared with."""

import datetime as dt
import json

import pytest
from sqlalchemy import select

from tarahum_desktop.casework.drafts import begin_visit, load_draft, save_fields
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.places import known_positions
from tarahum_desktop.casework.visit_before import visit_before
from tarahum_desktop.casework.visit_slip import print_visit_slip, read_visit_slip
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import FormVersion, Place, Visit
from tarahum_desktop.resource_files import resource
from tests.casework.again import edit
from tests.casework.answers import a_draft, whole_visit
from tests.reports.pdf_reading import page_count, plain, poppler_text


def submitted(office, **answers):
    return submit_visit(office.desk(), a_draft(office, **answers))


def test_the_slip_says_the_number_the_days_and_who_came_and_nothing_about_the_family(office):
    done = submitted(office)
    words = load_words("ar")
    pdf = print_visit_slip(office.desk(), done.visit_id, words, Formatter(words, "arabic"))
    said = plain(poppler_text(pdf))
    assert page_count(pdf) == 1
    assert done.receipt_number in said
    assert "2026-09-24" in said
    assert "2026-12-24" in said
    assert "موظف officer" in said
    for private in (
        "فاطمة",
        "الغامدي",
        "1023456781",
        "0559876543",
        "966559876543",
        "خالد",
        "النخيل",
        "الريان",
    ):
        assert private not in said


def test_the_same_slip_gives_the_same_bytes(office):
    done = submitted(office)
    words = load_words("en")
    made = [print_visit_slip(office.desk(), done.visit_id, words, Formatter(words)) for _ in range(2)]
    assert made[0] == made[1]


def test_a_visit_where_nobody_was_met_has_no_slip(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    answers = {
        "visit_type": "initial",
        "visit_date": "2026-09-24",
        "outcome": "nobody_home",
        "outcome_reason": "لا أحد",
    }
    save_fields(desk, draft, answers)
    done = submit_visit(desk, draft)
    with pytest.raises(RecordMissing):
        read_visit_slip(desk, done.visit_id, load_words("ar"))


def test_who_may_not_print_gets_no_slip(office):
    done = submitted(office)
    with pytest.raises(NotAllowed):
        read_visit_slip(office.desk("stranger"), done.visit_id, load_words("ar"))


def published(office, version):
    document = json.loads(resource("catalogue", "forms", "social-study-2.json").read_bytes())
    document["version"] = version
    document["title"] = {"ar": f"الاستمارة {version}", "en": f"Form {version}"}
    office.add(FormVersion(scope="national", code="social-study", version=version, document=document))


def test_a_draft_keeps_the_version_it_was_begun_with_and_the_next_takes_the_new_one(office):
    desk = office.desk()
    draft = begin_visit(desk, office.household)
    published(office, 3)
    assert load_draft(desk, draft).answers.form == "social-study-2"
    save_fields(desk, draft, whole_visit(office))
    visit = submit_visit(desk, draft).visit_id
    later = begin_visit(desk, office.household)
    kept = load_draft(desk, later)
    assert (kept.form_version, kept.answers.form) == (3, "social-study-3")
    assert kept.answers.get("tenure") == "rent", "what lasts comes along into the new version"
    with desk.reading() as connection:
        row = connection.execute(select(Visit.__table__).where(Visit.__table__.c.id == visit)).one()
        assert desk.forms.version(connection, "social-study", row.form_version).document.title.en != "Form 3"
    assert row.form_version == 2


def test_a_visit_is_compared_with_the_last_completed_one(office):
    desk = office.desk()
    first = begin_visit(desk, office.household)
    before = visit_before(desk, first)
    assert (before.title, before.answers) == ("فاطمة بنت سعد الغامدي", None)
    save_fields(desk, first, whole_visit(office))
    submit_visit(desk, first)
    second = visit_before(desk, begin_visit(desk, office.household))
    assert second.visited_on == dt.date(2026, 9, 24)
    assert second.answers is not None
    assert second.answers.get("rooms") == 3
    now = {row.id for row in load_draft(desk, begin_visit(desk, office.household)).answers.rows("members")}
    assert {row.id for row in second.answers.rows("members")} <= now, (
        "a member met by another row is the same member"
    )


def test_places_without_a_position_offer_none(office):
    assert known_positions(office.desk()) == {}
    with office.replica.engine.connect() as connection:
        place = connection.scalar(select(Place.__table__.c.id))
    edit(office, Place, place, latitude_e6=24_480_000, longitude_e6=44_390_000)
    assert known_positions(office.desk()) == {"dawadmi": (24_480_000, 44_390_000)}

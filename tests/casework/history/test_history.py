"""The timeline, the history of fields, and reading a visit."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import delete

from tarahum_desktop.casework.amending.amendments import propose_amendment
from tarahum_desktop.casework.care.alerts import raise_alert
from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.family_edit import edit_contact
from tarahum_desktop.casework.history.events import EventKind
from tarahum_desktop.casework.history.field_changes import Known, field_changes
from tarahum_desktop.casework.history.timeline import PAGE, family_timeline
from tarahum_desktop.casework.history.visit_reading import read_submitted
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.domain.vulnerability import AlertKind
from tarahum_desktop.models import CustodyEpisode, Device, FieldHistory, FollowUp, PersonMerge
from tests.casework.answers import a_draft
from tests.casework.worlds import DEVICE, SCOPE, STAFF, TODAY


def _visited(office, **changes):
    return submit_visit(office.desk(), a_draft(office, **changes)).visit_id


def test_the_timeline_tells_everything_once_and_the_newest_first(office):
    _visited(office)
    raise_alert(office.desk(), office.case, AlertKind.DOMESTIC_VIOLENCE)
    told = family_timeline(office.desk(), office.household)
    kinds = {event.kind for event in told.events}
    assert {EventKind.VISIT, EventKind.CUSTODY, EventKind.PLAN, EventKind.CONSENT, EventKind.ALERT} <= kinds
    assert [event.day for event in told.events] == sorted((e.day for e in told.events), reverse=True)
    assert len({(event.kind, event.what, event.id) for event in told.events}) == told.total
    assert told.staff[STAFF["officer"]][0] == "موظف officer"


def test_the_timeline_is_filtered_by_kind_and_still_counts_the_others(office):
    _visited(office)
    told = family_timeline(office.desk(), office.household, frozenset({EventKind.VISIT}))
    assert [event.what for event in told.events] == ["visit"]
    assert told.counts[EventKind.CONSENT] > 0


def test_pages_of_the_timeline_meet_without_a_gap_or_a_double(office):
    for number in range(PAGE + 15):
        day = TODAY - dt.timedelta(number // 3)
        office.add(FollowUp(scope=SCOPE, case_id=office.case, kind="service", due_on=day, done_on=day))
    contacts = frozenset({EventKind.CONTACT})
    first = family_timeline(office.desk(), office.household, contacts)
    second = family_timeline(office.desk(), office.household, contacts, PAGE)
    ids = [event.id for event in (*first.events, *second.events)]
    assert (len(first.events), len(ids), len(set(ids))) == (PAGE, PAGE + 15, PAGE + 15)
    assert first.total == PAGE + 15


def test_coming_back_to_prison_is_told_as_a_return(office):
    office.add(
        CustodyEpisode(
            scope=SCOPE, person_id=office.child, status="released", entry="g2020", entry_day=dt.date(2020, 1, 1),
            release_day=dt.date(2021, 1, 1),
        ),
        CustodyEpisode(
            scope=SCOPE, person_id=office.child, status="detained", entry="g2026", entry_day=dt.date(2026, 1, 1),
        ),
    )  # fmt: skip
    told = family_timeline(office.desk(), office.household, frozenset({EventKind.CUSTODY}))
    own = [event.what for event in told.events if event.person_id == office.child]
    assert own == ["returned", "released", "entered"]


def test_custody_is_no_part_of_the_past_for_who_may_not_see_it(office):
    told = family_timeline(office.desk("office_admin"), office.household)
    assert EventKind.CUSTODY not in told.counts
    changes = field_changes(office.desk("office_admin"), office.household)
    assert all(record.entity != "custody_episode" for record in changes.records)


def test_a_merge_and_its_undoing_are_both_told(office):
    moment = office.desk().now()
    office.add(
        PersonMerge(
            scope=SCOPE, kept_id=office.head, gone_id=uuid.uuid4(), moved=[], merged_at=moment, merged_by=STAFF["supervisor"],
            undone_at=moment + dt.timedelta(days=1), undone_by=STAFF["supervisor"],
        )
    )  # fmt: skip
    told = family_timeline(office.desk(), office.household, frozenset({EventKind.MERGE}))
    assert [event.what for event in told.events] == ["undone", "merged"]


def test_a_past_that_is_not_here_or_not_theirs_is_refused(office):
    for read in (family_timeline, field_changes):
        with pytest.raises(RecordMissing):
            read(office.desk(), office.child)
        with pytest.raises(NotAllowed):
            read(office.desk("stranger"), office.household)


def test_an_edit_is_told_with_before_after_author_moment_and_machine(office):
    office.add(
        Device(
            scope="national", number=DEVICE, name="حاسب المكتب", kind="office", signing_key=b"s", sealing_key=b"k",
            scopes=[], enrolled_at=office.desk().now(),
        )
    )  # fmt: skip
    edit_contact(office.desk(), office.head, {"mobile": "0551112223"})
    edit_contact(office.desk("supervisor"), office.head, {"mobile": "0551112224"})
    changes = field_changes(office.desk(), office.household, office.head).changes
    last, first = (one for one in changes if one.field == "mobile")
    assert (last.before, last.after) == ("+966551112223", "+966551112224")
    assert (last.by_ar, last.device, last.known) == ("موظف supervisor", "حاسب المكتب", Known.WHOLE)
    assert first.after == "+966551112223"
    assert changes[-1].known is Known.MADE


def test_what_a_snapshot_brought_knows_only_its_last_edit_and_says_so(office):
    edit_contact(office.desk(), office.head, {"mobile": "0551112223"})
    with office.replica.engine.begin() as connection:
        connection.execute(delete(FieldHistory))
    changes = field_changes(office.desk(), office.household, office.head).changes
    (edit,) = (one for one in changes if one.field == "mobile")
    assert (edit.known, edit.before, edit.after) == (Known.LAST_ONLY, None, "+966551112223")


def test_fields_that_follow_from_others_are_not_told_twice(office):
    _visited(office)
    fields = {change.field for change in field_changes(office.desk(), office.household).changes}
    assert "birth" in fields
    assert not fields & {"birth_first", "birth_last", "id_warning", "entry_day", "eligibility"}


def test_a_visit_is_read_beside_the_one_before(office):
    _visited(office)
    office.wall.now += 30 * 86_400_000
    again = _visited(office, visit_type="update", visit_date="2026-10-24", rooms=4, next_visit="2027-01-01")
    reading = read_submitted(office.desk(), again)
    assert reading.before_on == TODAY
    assert {str(one.path): (one.before, one.after) for one in reading.changes}["rooms"] == (3, 4)
    assert reading.amended_at is None


def test_the_first_visit_has_nothing_to_be_compared_with(office):
    reading = read_submitted(office.desk(), _visited(office))
    assert (reading.before_on, reading.changes) == (None, ())
    assert reading.receipt_number
    assert (reading.may_amend, reading.may_print) == (True, True)


def test_a_correction_that_waits_is_counted_and_changes_nothing_yet(office):
    visit = _visited(office)
    propose_amendment(office.desk(), visit, {"rooms": 5}, "أخطأت في العد")
    reading = read_submitted(office.desk(), visit)
    assert (reading.waiting, reading.answers.get("rooms")) == (1, 3)


def test_sensitive_answers_are_left_out_for_who_may_not_see_them(office):
    visit = _visited(office)
    reading = read_submitted(office.desk("office_admin"), visit)
    assert reading.answers.get("custody_status") is None
    assert "custody_status" in reading.hidden
    assert read_submitted(office.desk(), visit).answers.get("custody_status") == "convicted"

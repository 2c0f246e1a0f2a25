"""Lists of families by what is known of them: filters together, counted, in order, page by page."""

import datetime as dt
import threading
import uuid

import pytest

from tarahum_desktop.casework.person_index import memory_of
from tarahum_desktop.casework.search.family_book import FamilyBook
from tarahum_desktop.casework.search.find import How, Why
from tarahum_desktop.casework.search.lists import Filters, Wish, browse, filters_from
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.models import Case, CustodyEpisode, FollowUp, Household, Membership, Person, PlanItem
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office, a_person


def a_family(
    office: Office, number: int, first: str, *, officer: str = "officer", **case: object
) -> uuid.UUID:
    head = a_person(first, gender="male")
    office.add(head)
    home = Household(
        scope=SCOPE, file_number=f"RYD-2026-12-{number:05d}", committee_code=SCOPE, head_person_id=head.id,
        place_code="dawadmi", district="حي السلام",
    )  # fmt: skip
    office.add(home)
    office.add(
        Membership(scope=SCOPE, household_id=home.id, person_id=head.id, relation="self", resident=True),
        Case(
            scope=SCOPE, number=f"{home.file_number}-1", household_id=home.id, committee_code=SCOPE,
            **{"state": "active", "officer_id": STAFF[officer], "restricted": False, **case},
        ),
    )  # fmt: skip
    return home.id


def listed(office: Office, role: str = "officer", **filters: object) -> list[uuid.UUID | None]:
    page = browse(office.desk(role), Wish(filters=Filters(**filters)))
    return [hit.household_id for hit in page.hits]


def test_without_words_or_filters_every_family_of_ones_scopes_is_listed_by_name(office):
    other = a_family(office, 2, "سالم")
    page = browse(office.desk(), Wish())
    assert [hit.household_id for hit in page.hits] == [other, office.household]
    assert {hit.why for hit in page.hits} == {Why.LISTED}
    assert page.total == 2


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"state": "study"}, True), ({"state": "active"}, False), ({"place": "dawadmi"}, True),
        ({"officer": str(STAFF["officer"])}, True), ({"officer": str(STAFF["supervisor"])}, False),
        ({"women": True}, True), ({"children": True}, True), ({"kind": "prisoner"}, True),
        ({"kind": "released"}, False), ({"old_study": True}, True), ({"overdue": True}, False),
        ({"restricted": True}, False), ({"committee": "ryd"}, True), ({"committee": "jed"}, False),
        ({"need": "BC-01"}, False), ({"women": True, "children": True, "state": "study"}, True),
    ],
)  # fmt: skip
def test_each_filter_keeps_and_drops_the_right_family(office, filters, fits):
    assert (listed(office, **filters) == [office.household]) is fits


def test_filters_follow_what_is_changed_while_people_work(office):
    desk = office.desk()
    assert listed(office, overdue=True) == []
    office.add(FollowUp(scope=SCOPE, case_id=office.case, kind="visit", due_on=TODAY - dt.timedelta(days=3)))
    assert listed(office, overdue=True) == [office.household]
    office.add(
        PlanItem(
            scope=SCOPE, case_id=office.case, household_id=office.household, person_id=office.child,
            committee_code=SCOPE, service_code="BC-06", state="proposed", quantity=1, amount_halalas=0,
        )
    )  # fmt: skip
    assert listed(office, need="BC-06") == [office.household]
    with UnitOfWork(desk) as work:
        work.session.get_one(Case, office.case).restricted = True
        work.session.get_one(Household, office.household).place_code = None
    assert listed(office, restricted=True) == [office.household]
    assert listed(office, place="dawadmi") == []
    with UnitOfWork(desk) as work:
        work.session.get_one(Household, office.household).removed_at = desk.now()
    assert listed(office) == []


def test_what_an_unfinished_transaction_writes_is_counted_once_it_has_ended(office):
    assert listed(office, restricted=True) == []
    work = UnitOfWork(office.desk())
    work.session.get_one(Case, office.case).restricted = True
    work.session.flush()
    assert listed(office, restricted=True) == []
    work.commit()
    work.session.close()
    assert listed(office, restricted=True) == [office.household]


def test_a_release_changes_the_kind(office):
    with UnitOfWork(office.desk()) as work:
        stay = work.session.query(CustodyEpisode).one()
        stay.release_day, stay.status = TODAY - dt.timedelta(days=1), "released"
    assert listed(office, kind="released") == [office.household]


def test_counts_tell_what_each_further_choice_would_leave(office):
    a_family(office, 2, "سالم", state="active")
    a_family(office, 3, "ماجد", state="active", officer="supervisor")
    page = browse(office.desk(), Wish(filters=Filters(state="active")))
    assert page.total == 2
    assert page.counts["state"] == {"study": 1, "active": 2}
    assert page.counts["officer"] == {str(STAFF["officer"]): 1, str(STAFF["supervisor"]): 1}
    assert "children" not in page.counts or page.counts["children"] == {}


def test_words_and_filters_narrow_together(office):
    other = a_family(office, 2, "أحمد", state="active")
    both = browse(office.desk(), Wish("احمد"))
    assert {hit.household_id for hit in both.hits} == {office.household, other}
    page = browse(office.desk(), Wish("احمد", Filters(state="active")))
    assert [(hit.household_id, hit.why) for hit in page.hits] == [(other, Why.NAME)]
    assert browse(office.desk(), Wish("احمذ", Filters(state="active"))).hits[0].how is How.SIMILAR
    assert browse(office.desk(), Wish("1023456781", Filters(state="active"))).hits == ()
    assert browse(office.desk(), Wish("1023456781", Filters(state="study"))).total == 1
    assert browse(office.desk(), Wish("حي السلام", Filters(state="active"))).hits[0].why is Why.PLACE


def test_lists_come_page_by_page_and_in_the_order_asked_for(office):
    for number in range(2, 12):
        a_family(office, number, f"سعد{'ابتثجحخدذر'[number - 2]}")
    desk = office.desk()
    first, second = (browse(desk, Wish(sort="file", offset=at), 6).hits for at in (0, 6))
    numbers = [hit.file_number for hit in (*first, *second)]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 11
    words = browse(desk, Wish("سعد", sort="file", offset=8), 6)
    assert [hit.file_number[-5:] for hit in words.hits] == ["00009", "00010", "00011"]
    assert words.total == 11


@pytest.mark.parametrize("sort", ["best", "name", "file", "study"])
def test_changed_and_new_families_stand_where_sorting_all_anew_would_put_them(office, sort):
    desk = office.desk()
    homes = [a_family(office, number, f"سعد{'خبتثج'[number - 2]}") for number in range(2, 7)]
    browse(desk, Wish(sort=sort))
    a_family(office, 1, "سعدح")
    with UnitOfWork(desk) as work:
        head = work.session.get_one(Household, homes[3]).head_person_id
        work.session.get_one(Person, head).first_name = "ابراهيم"
    moved = [hit.household_id for hit in browse(desk, Wish(sort=sort)).hits]
    with desk.reading() as connection:
        fresh = FamilyBook(connection, desk.today().isoformat(), threading.Event())
    every = fresh.any_of("scope", [SCOPE])
    assert moved == [uuid.UUID(bytes=fresh.ids[at]) for at in fresh.ordered(every, sort, 10)]
    assert len(moved) == 7


def test_nobody_lists_families_of_a_scope_that_is_not_theirs(office):
    assert listed(office, "stranger") == []
    assert browse(office.desk("stranger"), Wish("احمد")).total == 0


def test_who_is_in_prison_is_listed_only_to_those_whose_files_say_it(office):
    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Case, office.case).officer_id = STAFF["supervisor"]
    assert listed(office, kind="prisoner") == []
    assert listed(office, "supervisor", kind="prisoner") == [office.household]


def test_a_large_replica_says_that_its_lists_are_not_ready_yet(office, monkeypatch):
    monkeypatch.setattr("tarahum_desktop.casework.search.memory._SMALL", 0)
    desk = office.desk()
    assert not browse(desk, Wish()).ready
    memory_of(office.replica).warm(office.replica.engine, desk.today().isoformat())
    assert browse(desk, Wish()).ready


def test_filters_kept_by_another_version_lose_only_what_is_not_known(office):
    del office
    assert filters_from({"state": "active", "women": True, "colour": "green", "kind": 3}) == Filters(
        state="active", women=True
    )

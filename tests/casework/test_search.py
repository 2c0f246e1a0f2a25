"""Finding families as people type."""

import pytest

from tarahum_desktop.casework.search.find import Why, find
from tarahum_desktop.casework.search.query import read_query
from tests.casework.worlds import a_person


@pytest.mark.parametrize(
    "typed", ["احمد", "أحم", "أحمد خالد", "خالد احمد", "فاطمه", "فاطمة الغامدى", "غامدي", "فَاطِمَة"]
)
def test_other_spellings_and_orders_find_the_family(office, typed):
    hits = find(office.desk(), typed)
    assert [hit.household_id for hit in hits] == [office.household]
    assert hits[0].why is Why.NAME


def test_a_hit_names_household_head_place_and_who_matched(office):
    hit = find(office.desk(), "احمد")[0]
    assert hit.file_number == "RYD-2026-12-00001"
    assert hit.head_name == "فاطمة بنت سعد الغامدي"
    assert (hit.place_ar, hit.place_en, hit.district) == ("الدوادمي", "Ad Dawadimi", "حي النخيل")
    assert (hit.person_id, hit.person_name) == (office.child, "أحمد بن خالد الغامدي")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1023456781", Why.ID_NUMBER),
        ("10234", Why.ID_NUMBER),
        ("١٠٢٣٤٥٦٧٨١", Why.ID_NUMBER),
        ("0551234567", Why.MOBILE),
        ("+966 55 123", Why.MOBILE),
        ("55123", Why.MOBILE),
        ("ryd-2026-12", Why.FILE_NUMBER),
        ("RYD", Why.FILE_NUMBER),
    ],
)
def test_numbers_find_the_family_and_say_why(office, typed, why):
    hits = find(office.desk(), typed)
    assert [(hit.household_id, hit.why) for hit in hits] == [(office.household, why)]


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '"*) OR words:(', "NEAR(", "-", "\u202eabc\u202c", "^", "ا" * 5000]
)
def test_nothing_typed_breaks_the_search(office, typed):
    assert find(office.desk(), typed) in ([], find(office.desk(), "ا"))


def test_a_family_is_listed_once_though_several_members_match(office):
    assert len(find(office.desk(), "ا")) == 1


def test_a_family_with_the_whole_word_comes_before_one_that_only_begins_so(office):
    office.add(a_person("سالمين"), a_person("سالم"))
    names = [hit.person_name for hit in find(office.desk(), "سالم")]
    assert names[0].startswith("سالم بن") or names[0].startswith("سالم بنت")
    assert len(names) == 2


def test_a_changed_name_is_found_and_the_old_one_is_not(office):
    from tarahum_desktop.casework.unit_of_work import UnitOfWork
    from tarahum_desktop.models import Person

    with UnitOfWork(office.desk()) as work:
        work.session.get_one(Person, office.child).first_name = "ياسر"
    assert find(office.desk(), "ياسر")
    assert not find(office.desk(), "احمد")


def test_a_removed_person_is_no_longer_found(office):
    from tarahum_desktop.casework.unit_of_work import UnitOfWork
    from tarahum_desktop.models import Person

    desk = office.desk()
    with UnitOfWork(desk) as work:
        work.session.get_one(Person, office.child).removed_at = desk.now()
    assert not find(desk, "احمد")


def test_the_family_mark_is_asked_for_either_way(office):
    office.add(a_person("نورة", "آل سعود"))
    assert find(office.desk(), "آل سعود")
    assert find(office.desk(), "السعود")
    assert find(office.desk(), "نوره سعود")


def test_nobody_finds_families_of_a_scope_that_is_not_theirs(office):
    office.add(a_person("غريب", scope="jed"))
    assert not find(office.desk("officer"), "غريب")
    assert not find(office.desk("stranger"), "احمد")
    assert find(office.desk("analyst"), "غريب")


def test_a_standing_article_belongs_to_the_family_after_it():
    assert read_query("محمد آل سعود").words == ("محمد", "السعود")


def test_a_passport_number_is_found_in_either_case(office):
    office.add(a_person("رحيم", id_kind="passport", id_number="AB12345"))
    assert [hit.why for hit in find(office.desk(), "ab123")] == [Why.ID_NUMBER]


def test_a_number_of_another_scope_is_not_found(office):
    office.add(a_person("غريب", scope="jed", id_number="2123456789", mobile="+966500000000"))
    assert not find(office.desk(), "2123456789")
    assert not find(office.desk(), "0500000000")
    assert find(office.desk("analyst"), "2123456789")

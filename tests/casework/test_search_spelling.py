"""Whoever is on record is found by any part of any of their names, and by a name with one letter wrong."""

import json
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tarahum_desktop.casework.person_index import memory_of
from tarahum_desktop.casework.search.find import How, find
from tarahum_desktop.domain.names import fold
from tarahum_desktop.resource_files import resource
from tests.casework.worlds import Office, Wall, a_person, reopen, replica_on

LETTERS = "ابتجحدرسشعغفقكلمنهوي"


def _names() -> list[tuple[str, str, str, str]]:
    """Forty people with the names of the catalogue, some of them compound, some with a family mark."""
    given_names = [entry["ar"] if isinstance(entry, dict) else entry for entry in _catalogue()["male"]][:30]
    families = [entry["ar"] if isinstance(entry, dict) else entry for entry in _catalogue()["family"]][:40]
    return [
        (given_names[at % 30], given_names[(at * 7 + 3) % 30], given_names[(at * 11 + 5) % 30], family)
        for at, family in enumerate([*families[:38], "آل سعود", "أبو الحسن"])
    ]


def _catalogue():
    return json.loads(resource("catalogue", "names.json").read_text("utf-8"))


PEOPLE = _names()


@pytest.fixture(scope="module")
def town(furnished, tmp_path_factory) -> Iterator[tuple[Office, dict[int, object]]]:
    folder, made = furnished
    here = tmp_path_factory.mktemp("town") / "vault"
    shutil.copytree(folder, here)
    vault, _ = reopen(here)
    wall = Wall()
    with vault:
        replica = replica_on(vault.engine, wall)
        office = Office(vault, replica, wall, made.household, made.head, made.child, made.prisoner, made.case)
        people = [
            a_person(first, family, father_name=father, grandfather_name=grandfather)
            for first, father, grandfather, family in PEOPLE
        ]
        office.add(*people)
        yield office, {at: person.id for at, person in enumerate(people)}


def words_of(at: int) -> list[str]:
    return [word for word in fold(" ".join(PEOPLE[at])).split() if len(word) >= 3]


PERSON = st.integers(0, len(PEOPLE) - 1)


def finds(town, at: int, typed: str) -> bool:
    office, ids = town
    return ids[at] in {hit.person_id for hit in find(office.desk(), typed, 50)}


@settings(max_examples=60, deadline=None)
@given(PERSON, st.data())
def test_each_word_and_each_beginning_of_it_finds_its_bearer(town, at, data):
    word = data.draw(st.sampled_from(words_of(at)))
    assert finds(town, at, word[: data.draw(st.integers(3, len(word)))])


@settings(max_examples=60, deadline=None)
@given(PERSON, st.data())
def test_each_three_letters_inside_a_word_find_its_bearer(town, at, data):
    word = data.draw(st.sampled_from(words_of(at)))
    begin = data.draw(st.integers(0, len(word) - 3))
    assert finds(town, at, word[begin : data.draw(st.integers(begin + 3, len(word)))])


@settings(max_examples=120, deadline=None)
@given(PERSON, st.data())
def test_a_name_with_one_letter_wrong_missing_added_or_swapped_still_finds_its_bearer(town, at, data):
    first, family = fold(PEOPLE[at][0]), fold(PEOPLE[at][3]).split()[-1]
    wrong = _spoilt(family, data)
    assert finds(town, at, f"{first} {wrong}")


def _spoilt(word: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from(LETTERS))
    ways = [
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :] if len(word) > 3 else word,
    ]
    return data.draw(st.sampled_from(ways))


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("قحظاني", "القحطاني"),
        ("القحتاني", "القحطاني"),
        ("غمدي", "الغامدي"),
        ("زهراتي", "الزهراني"),
        ("مدخلى", "مدخلي"),
    ],
)
def test_the_misspellings_people_make_are_found_and_called_similar(office, typed, family):
    person = a_person("سارة", family)
    office.add(person)
    hits = {hit.person_id: hit for hit in find(office.desk(), typed)}
    assert person.id in hits
    assert hits[person.id].how in ({How.EXACT} if fold(typed) == fold(family) else {How.SIMILAR})


def test_a_part_of_a_compound_name_finds_it(office):
    person = a_person("عبد الرحمن")
    office.add(person)
    hits = find(office.desk(), "رحمن")
    assert [(hit.person_id, hit.how) for hit in hits] == [(person.id, How.INSIDE)]


def test_what_is_spelt_right_comes_before_what_is_only_similar(office):
    office.add(a_person("سلمان"), a_person("سليمان"))
    names = [(hit.person_name.split()[0], hit.how) for hit in find(office.desk(), "سليمان")]
    assert names == [("سليمان", How.EXACT), ("سلمان", How.SIMILAR)]


def test_a_word_new_since_the_words_were_read_is_found_by_a_part(office):
    find(office.desk(), "احمد")
    assert memory_of(office.replica).need_words
    office.add(a_person("شهرزاد"))
    assert find(office.desk(), "هرزا")


@pytest.mark.parametrize(
    "typed",
    ["6781", "345678", "234567", "00001", "1", "12-00001", "RYD-2026-12-00001-1", "ryd-2026-12-00001-1"],
)
def test_a_part_of_a_number_or_a_serial_alone_finds_the_family(office, typed):
    assert office.household in [hit.household_id for hit in find(office.desk(), typed)]


@pytest.mark.parametrize(
    "typed", ["النخيل", "حي النخيل", "الدوادمي", "دوادمي", "dawadimi", "فاطمة النخيل", "احمد الدوادمي"]
)
def test_place_and_district_find_the_families_living_there(office, typed):
    assert office.household in [hit.household_id for hit in find(office.desk(), typed)]

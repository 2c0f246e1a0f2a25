"""The full year counted anew, from the files alone and against the published totals written out here."""

import json
from collections import Counter, defaultdict

import pytest

from tarahum_desktop.domain.partial_date import is_first_of_rajab
from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.plan import FamilyFile, Plan
from tarahum_desktop.synthetic.world import World

pytestmark = pytest.mark.slow


def _served(files: list[FamilyFile]) -> list[tuple[str, str, int, int]]:
    """(committee, identity number, kind, service) of every plan item."""
    return [
        (file.committee.code, file.family.members[item.member].person.id_number,
         file.family.members[item.member].kind, item.service)
        for file in files
        for case in file.cases
        for item in case.items
    ]  # fmt: skip


def test_exactly_59000_services_reach_exactly_40000_people(full_files: list[FamilyFile]) -> None:
    served = _served(full_files)
    assert len(served) == 59_000
    assert len({number for _c, number, _k, _s in served}) == 40_000
    assert all(item.deliveries for file in full_files for case in file.cases for item in case.items)


def test_people_have_one_to_six_services_as_published(full_files: list[FamilyFile]) -> None:
    per_person = Counter(number for _c, number, _k, _s in _served(full_files))
    assert Counter(per_person.values()) == {1: 26_770, 2: 9_390, 3: 2_460, 4: 960, 5: 290, 6: 130}


def test_the_three_tracks_have_their_totals(world: World, full_files: list[FamilyFile]) -> None:
    tracks = Counter(world.services[service].code[:2] for _c, _n, _k, service in _served(full_files))
    assert tracks == {"BC": 34_220, "FC": 10_030, "CD": 14_750}


def test_the_matrix_of_committees_and_services_is_met_in_every_cell(
    world: World, full_files: list[FamilyFile]
) -> None:
    year = json.loads(resource("catalogue", "synthetic_year.json").read_text(encoding="utf-8"))
    wanted = {
        (line["committee"], code): count
        for line in year["matrix"]
        for code, count in zip(year["service_codes"], line["services"], strict=True)
    }
    counted = Counter((committee, world.services[s].code) for committee, _n, _k, s in _served(full_files))
    assert len(wanted) == 15 * 23
    assert counted == wanted
    assert sum(count for (committee, _s), count in counted.items() if committee == "ryd") == 11_672


def test_kinds_are_met_in_the_country_and_in_every_committee(full_files: list[FamilyFile]) -> None:
    people = {
        (file.committee.code, member.person.number): member.kind
        for file in full_files
        for member in file.family.members
        if member.home and not file.shadow
    }
    assert Counter(people.values()) == {0: 10_800, 1: 4_400, 2: 24_800}
    riyadh = Counter(kind for (code, _n), kind in people.items() if code == "ryd")
    assert riyadh == {0: 2_117, 1: 916, 2: 4_967}


def test_480_people_are_known_to_a_second_committee_and_240_twins_have_no_number(
    full_year: Plan, full_files: list[FamilyFile]
) -> None:
    committees: dict[str, set[str]] = defaultdict(set)
    for code, number, _kind, _service in _served(full_files):
        committees[number].add(code)
    assert Counter(len(codes) for codes in committees.values()) == {1: 39_520, 2: 480}
    assert full_year.doubled == 480
    twins = [file for file in full_files if file.shadow]
    assert len(twins) == 240
    assert not any(file.family.members[0].person.id_number for file in twins)


def test_months_follow_their_weights(full_files: list[FamilyFile]) -> None:
    months = Counter(
        item.deliveries[0].day.month for file in full_files for case in file.cases for item in case.items
    )
    weights = (0.07, 0.07, 0.12, 0.14, 0.06, 0.10, 0.05, 0.12, 0.08, 0.06, 0.06, 0.07)
    for month, weight in enumerate(weights, start=1):
        assert abs(months[month] - 59_000 * weight) <= 15  # at most one a committee


def test_births_numbers_and_mobiles_are_untidy_in_the_stated_shares(full_files: list[FamilyFile]) -> None:
    people = [
        member.person
        for file in full_files
        for member in file.family.members
        if member.home and not file.shadow
    ]
    codes = [person.birth.to_code() for person in people]
    assert len(people) == 40_000
    assert sum(code.startswith("h") and len(code) == 11 for code in codes) == 8_800  # a Hijri day only
    assert sum(code.endswith("~") for code in codes) == 2_000  # a year only
    assert sum(person.mobile is None for person in people) == 2_800
    assert sum(person.eastern_digits for person in people) == 14_000
    assert sum(person.resident for person in people) == 2_800


def test_one_person_in_six_was_born_on_the_first_of_rajab(full_files: list[FamilyFile]) -> None:
    births = [
        member.person.birth
        for file in full_files
        for member in file.family.members
        if member.home and not file.shadow
    ]
    marked = sum(map(is_first_of_rajab, births))
    assert 7_200 <= marked <= 7_200 + 200  # 18 %, and those who really were born that day


def test_one_home_visit_in_four_has_no_position(full_files: list[FamilyFile]) -> None:
    done = [
        visit
        for file in full_files
        for case in file.cases
        for visit in case.visits
        if visit.outcome == "done"
    ]
    missing = sum(not visit.located for visit in done) / len(done)
    assert abs(missing - 0.25) < 0.01


def test_cases_stand_where_the_year_says(full_files: list[FamilyFile]) -> None:
    states = Counter(file.cases[-1].state for file in full_files)
    total = sum(states.values())
    wanted = {
        "registered": 0.05, "study": 0.06, "assessed": 0.04, "plan_pending": 0.05, "active": 0.43,
        "follow_up": 0.17, "closed_sufficiency": 0.08, "closed_other": 0.06, "ineligible": 0.04,
        "transfer_out": 0.01, "suspended": 0.01,
    }  # fmt: skip
    assert set(states) == set(wanted)
    for state, share in wanted.items():
        assert abs(states[state] / total - share) < 0.003


def test_households_have_about_five_people_counting_those_in_prison(full_files: list[FamilyFile]) -> None:
    sizes = [len(file.family.members) for file in full_files if file.family.pattern != "alone"]
    assert 4.9 < sum(sizes) / len(sizes) < 5.2
    assert max(sizes) <= 13


def test_men_and_women_are_as_many_as_the_year_says(full_files: list[FamilyFile]) -> None:
    men, everybody = Counter[int](), Counter[int]()
    for file in full_files:
        for member in file.family.members:
            if member.home and not file.shadow:
                everybody[member.kind] += 1
                men[member.kind] += member.person.male
    for kind, share in ((0, 0.94), (1, 0.93), (2, 0.42)):
        assert abs(men[kind] / everybody[kind] - share) < 0.015

"""What holds in every single family file, at a hundredth of the year."""

import datetime as dt
import itertools
import re

from tarahum_desktop.domain.case_states import TRANSITIONS, CaseState
from tarahum_desktop.domain.identifiers import check_mobile, check_person_id
from tarahum_desktop.domain.matrix import MatrixDomain, Rating
from tarahum_desktop.domain.names import NameMatch, NameParts, compare_names
from tarahum_desktop.domain.permissions import Role
from tarahum_desktop.synthetic.families import PRISONER, RELATIVE, RELEASED
from tarahum_desktop.synthetic.plan import FamilyFile
from tarahum_desktop.synthetic.world import World


def test_services_go_only_to_eligible_kinds_and_once_a_person(
    world: World, small_files: list[FamilyFile]
) -> None:
    for file in small_files:
        for member in file.family.members:
            assert all(world.services[s].kinds[member.kind] for s in member.services)
            assert len(set(member.services)) == len(member.services)


def test_identity_numbers_are_right_yet_nobody_has_them(small_files: list[FamilyFile]) -> None:
    for file in small_files:
        for member in file.family.members:
            person = member.person
            if not file.shadow:
                assert check_person_id(person.id_number).warning is None
                assert person.id_number.startswith("29" if person.resident else "19")
            if person.mobile:
                assert check_mobile(person.mobile).warning is None
                assert person.mobile.startswith("+96652")


def test_no_two_people_share_an_identity_number(small_files: list[FamilyFile]) -> None:
    numbers = {
        (member.person.number, member.person.id_number)
        for file in small_files
        if not file.shadow
        for member in file.family.members
    }
    assert len(numbers) == len({number for number, _ in numbers}) == len({text for _, text in numbers})


def test_everyones_kind_on_every_delivery_follows_from_their_custody(small_files: list[FamilyFile]) -> None:
    for file in small_files:
        for opened, item in ((case.opened, item) for case in file.cases for item in case.items):
            stays, kind = file.stays[item.member], file.family.members[item.member].kind
            for given in item.deliveries:
                inside = any(
                    s.entry <= given.day and (s.release is None or s.release > given.day) for s in stays
                )
                left = any(s.release is not None and s.release <= given.day for s in stays)
                assert (PRISONER if inside else RELEASED if left else RELATIVE) == kind
            assert opened <= item.proposed <= item.decided < item.deliveries[0].day


def test_every_step_of_a_case_is_lawful_and_in_order(small_files: list[FamilyFile]) -> None:
    for case in (case for file in small_files for case in file.cases):
        assert case.moves[0].source == "draft"
        assert case.moves[-1].target == case.state
        for move in case.moves:
            allowed = TRANSITIONS[CaseState(move.source), CaseState(move.target)]
            assert Role(move.role) in allowed
        for before, after in itertools.pairwise(case.moves):
            assert before.target == after.source
            assert before.day <= after.day
        assert case.moves[-1].day <= dt.date(2023, 12, 31)


def test_a_household_has_one_open_case_at_a_time(small_files: list[FamilyFile]) -> None:
    for file in small_files:
        for earlier, later in itertools.pairwise(file.cases):
            assert earlier.closed is not None
            assert earlier.closed <= later.opened


def test_amounts_stay_within_each_services_model(world: World, small_files: list[FamilyFile]) -> None:
    for item in (item for file in small_files for case in file.cases for item in case.items):
        service = world.services[item.service]
        handed_over = sum(given.amount for given in item.deliveries)
        assert item.amount == handed_over if item.state == "completed" else item.amount >= handed_over
        assert item.fund in service.funds
        for given in item.deliveries:
            if service.amount is None:
                assert given.amount == 0
            elif given.amount or not service.optional_amount:
                assert service.amount.lowest <= given.amount <= service.amount.highest
        limit = world.limits[item.level]
        assert limit is None or item.amount <= limit


def test_recurring_deliveries_keep_the_repeat_guard_and_the_yearly_cap(
    world: World, small_files: list[FamilyFile]
) -> None:
    for item in (item for file in small_files for case in file.cases for item in case.items):
        service = world.services[item.service]
        assert len(item.deliveries) <= service.yearly_cap
        for before, after in itertools.pairwise(item.deliveries):
            assert (after.day - before.day).days >= max(1, service.guard_days)
        assert item.deliveries[-1].day <= dt.date(2023, 12, 31)


def test_ratings_are_ones_the_matrix_accepts(world: World, small_files: list[FamilyFile]) -> None:
    for visit in (visit for file in small_files for case in file.cases for visit in case.visits):
        if visit.ratings:
            scores = {
                MatrixDomain(code): score
                for (code, _optional), score in zip(world.domains, visit.ratings, strict=True)
            }
            assert Rating(visit.day, scores).scores == scores


def test_remarks_are_whole_arabic_sentences(small_files: list[FamilyFile]) -> None:
    for visit in (visit for file in small_files for case in file.cases for visit in case.visits):
        assert len(visit.observations) >= 20
        assert "{" not in visit.observations
        assert not re.search("[A-Za-z]", visit.observations)


def test_a_twin_without_a_number_is_still_found_by_name(tenth_files: list[FamilyFile]) -> None:
    """Each twin follows the family of the person it repeats, spelled as another clerk would."""
    found = 0
    before: FamilyFile | None = None
    for file in tenth_files:
        if file.shadow:
            assert before is not None
            twin = file.family.members[0].person.name
            names = [member.person.name for member in before.family.members]
            found += any(
                compare_names(
                    NameParts(twin.first, twin.father, twin.grandfather, twin.family),
                    NameParts(name.first, name.father, name.grandfather, name.family),
                )
                is NameMatch.MATCH
                for name in names
            )
        else:
            before = file
    assert found >= 23  # of 24; a rare spelling goes beyond what the folding joins


def test_every_promised_visit_is_in_the_calendar_and_open_ones_are_at_most_a_week_late(
    small_files: list[FamilyFile],
) -> None:
    for case in (case for file in small_files for case in file.cases):
        due = {contact.due: contact for contact in case.contacts if contact.kind == "visit"}
        for visit in (visit for visit in case.visits if visit.next_visit):
            wanted = case.state != "ineligible" and (case.closed is None or visit.next_visit <= case.closed)
            assert visit.next_visit in due or not wanted
        for contact in due.values():
            assert contact.done is not None or contact.due > dt.date(2023, 12, 24)
            assert contact.done is None or contact.done <= dt.date(2023, 12, 31)
            assert (contact.done is None) == (contact.outcome is None)

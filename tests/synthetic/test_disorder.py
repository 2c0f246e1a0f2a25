"""The disorder the exchange has to live with: wrong clocks, late papers, one family edited twice."""

import datetime as dt
from fractions import Fraction

from tarahum_desktop.domain.merge_policy import POLICIES, Policy
from tarahum_desktop.synthetic.disorder import double_edits
from tarahum_desktop.synthetic.plan import FamilyFile, Plan
from tarahum_desktop.synthetic.rows import committee_rows
from tarahum_desktop.synthetic.world import World


def test_two_people_edit_the_same_family_to_different_values(world: World) -> None:
    plan = Plan(world, 4, Fraction("0.1"))
    households = {
        row["id"]: row
        for chunk in committee_rows(plan, "ryd")
        for entity, rows in chunk
        if entity == "household"
        for row in rows
    }
    edits = list(double_edits(plan, "ryd"))
    assert edits
    assert edits == list(double_edits(plan, "ryd"))
    for edit in edits:
        before = households[edit.row_id][edit.field]
        assert len({before, edit.first[1], edit.second[1]}) == 3
        assert edit.first[0] != edit.second[0]
    policies = {POLICIES[edit.entity][edit.field] for edit in edits}
    assert policies == {Policy.MERGE, Policy.REVIEW}


def test_some_visits_come_from_a_laptop_three_days_ahead(world: World) -> None:
    plan = Plan(world, 4, Fraction("0.1"))
    ahead = [
        row["started_at"].date() - row["visited_on"]
        for chunk in committee_rows(plan, "ryd")
        for entity, rows in chunk
        if entity == "visit"
        for row in rows
    ]
    assert set(ahead) == {dt.timedelta(0), dt.timedelta(days=3)}


def test_some_papers_come_late_but_within_the_year(tenth_files: list[FamilyFile]) -> None:
    waits = [
        (given.recorded - given.day).days
        for file in tenth_files
        for case in file.cases
        for item in case.items
        for given in item.deliveries
    ]
    late = sum(wait >= 7 for wait in waits) / len(waits)
    assert 0.02 < late < 0.04
    assert min(waits) == 0

"""The year moved to end on another day: the same year, nothing in its future but what is promised."""

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from tarahum_desktop.domain.forms.answers import read_answers
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.national import national_rows
from tarahum_desktop.synthetic.period import Period
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import Row
from tarahum_desktop.synthetic.rows import committee_rows
from tarahum_desktop.synthetic.staff import user_id
from tarahum_desktop.synthetic.world import World

ENDS = dt.date(2026, 11, 22)
SCALE = Fraction("0.2")
Tables = dict[str, list[Row]]


def _tables(plan: Plan, code: str) -> Tables:
    found: Tables = defaultdict(list)
    for chunk in committee_rows(plan, code):
        for entity, rows in chunk:
            found[entity] += rows
    return found


@pytest.fixture(scope="module")
def tables(world: World) -> Tables:
    return _tables(Plan(world, 2023, SCALE, ENDS), "qsm")


def test_months_keep_their_lengths_and_places() -> None:
    period = Period(ENDS)
    assert period.month_end(12) == ENDS
    assert period.day(1, 1) == ENDS - dt.timedelta(days=364)
    assert period.month_end(1) == period.day(1, 31)
    assert [period.month_of(period.day(month, 9)) for month in range(1, 13)] == list(range(1, 13))
    assert Period().month_end(2) == dt.date(2023, 2, 28)


def test_the_moved_year_serves_the_same_people_with_the_same_services(world: World, tables: Tables) -> None:
    still = _tables(Plan(world, 2023, SCALE), "qsm")
    for entity, column in (("plan_item", "service_code"), ("person", "id_number"), ("case_file", "state")):
        moved = Counter(row[column] for row in tables[entity])
        assert moved == Counter(row[column] for row in still[entity])


def test_nothing_that_happened_lies_in_the_future(tables: Tables) -> None:
    days = {
        "delivery": ("delivered_on",), "visit": ("visited_on",), "follow_up": ("done_on",),
        "case_file": ("opened_on", "closed_on"), "plan_item": ("proposed_on", "decided_on"),
        "membership": ("first_day",), "custody_episode": ("entry_day", "release_day"),
    }  # fmt: skip
    for entity, columns in days.items():
        for row in tables[entity]:
            assert all(row[column] is None or row[column] <= ENDS for column in columns), entity
    made = max(row["id"].int >> 80 for rows in tables.values() for row in rows)
    assert dt.datetime.fromtimestamp(made / 1000, dt.UTC).date() <= ENDS


def test_deliveries_fill_the_twelve_months_before_the_last_day(tables: Tables) -> None:
    days = [row["delivered_on"] for row in tables["delivery"]]
    assert ENDS - min(days) < dt.timedelta(days=365)
    assert ENDS - max(days) < dt.timedelta(days=14)
    weekdays = Counter(day.weekday() for day in min_days(tables).values())
    assert not weekdays.keys() & {4, 5}  # nothing begins on a Friday or Saturday


def min_days(tables: Tables) -> dict[object, dt.date]:
    """The first delivery of each plan item."""
    found: dict[object, dt.date] = {}
    for row in tables["delivery"]:
        item = row["plan_item_id"]
        found[item] = min(found.get(item, row["delivered_on"]), row["delivered_on"])
    return found


def test_every_officer_has_visits_and_contacts_of_this_week(tables: Tables) -> None:
    today = ENDS + dt.timedelta(days=1)
    open_days = defaultdict(list)
    for row in tables["follow_up"]:
        if row["done_on"] is None:
            open_days[row["officer_id"], row["kind"] == "visit"].append((row["due_on"] - today).days)
    for officer in ("officer1", "officer2", "women1"):
        visits = open_days[user_id(f"qsm.{officer}"), True]
        assert any(0 <= days <= 7 for days in visits)
        assert any(-7 <= days < 0 for days in visits)
    overdue = [days for (_officer, visit), days in open_days.items() if not visit]
    assert any(-21 <= day < 0 for days in overdue for day in days)


def test_some_releases_lie_in_the_next_six_months_and_codes_say_the_same(tables: Tables) -> None:
    ahead = [row for row in tables["custody_episode"] if row["expected_release_day"]]
    assert any((row["expected_release_day"] - ENDS).days < 183 for row in ahead)
    for row in tables["custody_episode"]:
        for code, day in (
            ("entry", "entry_day"), ("expected_release", "expected_release_day"), ("release", "release_day"),
        ):  # fmt: skip
            assert row[code] == (PartialDate.of_day(row[day]).to_code() if row[day] else None)


def test_answers_speak_of_the_moved_days_and_could_have_been_submitted(tables: Tables) -> None:
    engine = FormEngine(read_document(resource("catalogue", "forms", "social-study-1.json").read_bytes()))
    for row in tables["visit"]:
        given = read_answers(canonical_json(row["answers"]).encode())
        assert given.values["visit_date"] == row["visited_on"].isoformat()
        assert row["next_visit_on"] is None or row["outcome"] != "done" or (
            given.values["next_visit"] == row["next_visit_on"].isoformat()
        )  # fmt: skip
        state = engine.state(given, row["visited_on"])
        assert state.problems == ()
        assert state.kept.values == given.values


def test_people_keep_their_ages(tables: Tables) -> None:
    young = [row for row in tables["person"] if row["enrolment"] in {"attending", "dropped_out"}]
    assert young
    assert all(5 <= (ENDS - row["birth_last"]).days / 365.25 < 19.1 for row in young)


def test_agreements_run_as_long_before_and_after_the_year() -> None:
    def terms(period: Period) -> list[tuple[dt.date, dt.date]]:
        rows = dict(national_rows(resource("catalogue"), period))["agreement"]
        return [(row["first_day"], row["last_day"]) for row in rows]

    moved = Period(ENDS).moved
    assert terms(Period(ENDS)) == [(first + moved, last + moved) for first, last in terms(Period())]

"""Figures on a year small enough to count by hand, on every database a figure is asked of."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, insert

from tarahum_desktop.models import Delivery, Household, Person, Service, Visit
from tarahum_desktop.models.engine import open_sqlcipher, open_sqlite
from tarahum_desktop.models.migrations import upgrade
from tarahum_desktop.reports.figures import (
    MEASURES,
    Dimension,
    FigureError,
    Only,
    Period,
    amount_halalas,
    deliveries,
    direct_beneficiaries,
    households_served,
    services_provided,
    visits,
)
from tests.fresh_postgres import fresh_postgres

YEAR = Period.year(2026)
CONFIRMED = dt.datetime(2027, 1, 3, tzinfo=dt.UTC)  # entry and exchange days do not matter


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def _base(number: int, scope: str) -> dict:
    return {"id": _id(number), "scope": scope, "stamp": bytes(12)}


def _person(number, scope, gender, id_number=None, id_kind="national_id"):
    return _base(number, scope) | {
        "first_name": "ا", "family_name": "ب", "gender": gender, "nationality": "SA", "id_kind": id_kind,
        "id_number": id_number, "id_seen": True,
    }  # fmt: skip


def _delivery(number, item, person, scope, service, day, amount, **values):
    return _base(number, scope) | {
        "plan_item_id": _id(item), "person_id": _id(person), "household_id": _id(values.pop("home", 900)),
        "committee_code": scope, "service_code": service, "delivered_on": dt.date.fromisoformat(day), "quantity": 1,
        "amount_halalas": amount, "person_kind": values.pop("kind", "family_member"), "confirmed_at": CONFIRMED,
        "removed_at": None, **values,
    }  # fmt: skip


PERSONS = [
    _person(1, "ryd", "female", "1000000001"),
    _person(2, "jed", "female", "1000000001"),  # the same woman, known to a second committee
    _person(3, "ryd", "male"),
    _person(4, "ryd", "male"),  # two men without a number are two
    _person(5, "ryd", "male", "A12", "passport"),
    _person(6, "jed", "male", "A12", "passport"),  # passports of two countries may share a number
]
DELIVERIES = [
    # A food card: charged twice in the year, begun the year before.
    _delivery(101, 11, 1, "ryd", "BC-01", "2025-12-20", 300),
    _delivery(102, 11, 1, "ryd", "BC-01", "2026-01-20", 300),
    _delivery(103, 11, 1, "ryd", "BC-01", "2026-02-20", 300),
    # Rent: begun in the year, paid three times.
    _delivery(104, 12, 3, "ryd", "BC-06", "2026-03-01", 5_000, kind="released", home=901),
    _delivery(105, 12, 3, "ryd", "BC-06", "2026-06-01", 5_000, kind="family_member", home=901),
    _delivery(106, 12, 3, "ryd", "BC-06", "2026-12-31", 5_000, kind="family_member", home=901),
    # Others, one each.
    _delivery(107, 13, 2, "jed", "BC-01", "2026-01-01", 400, home=902),
    _delivery(108, 14, 4, "ryd", "CD-03", "2026-05-05", 0),
    _delivery(109, 15, 5, "ryd", "CD-03", "2026-05-05", 0),
    _delivery(110, 16, 6, "jed", "CD-03", "2026-05-06", 0, home=902),
    # What does not count: not confirmed, removed, after the year.
    _delivery(111, 17, 4, "ryd", "BC-01", "2026-05-05", 900, confirmed_at=None),
    _delivery(112, 18, 4, "ryd", "BC-01", "2026-05-05", 900, removed_at=CONFIRMED),
    _delivery(113, 19, 4, "ryd", "BC-01", "2027-01-01", 900),
]
SERVICES = [
    _base(200 + at, "national") | {
        "code": code, "programme_code": "p", "track_code": track, "name_ar": "", "name_en": "", "unit_ar": "",
        "unit_en": "", "amount_kind": "", "approval_level": "L1", "kinds": [], "rules": {}, "evidence": [],
    }
    for at, (code, track) in enumerate((("BC-01", "BC"), ("BC-06", "BC"), ("CD-03", "CD")))
]  # fmt: skip
HOUSEHOLDS = [
    _base(number, scope) | {"file_number": str(number), "committee_code": scope}
    for number, scope in ((900, "ryd"), (901, "ryd"), (902, "jed"))
]
VISITS = [
    _base(300 + at, scope) | {
        "household_id": _id(home), "form_code": "f", "form_version": 1, "kind": "initial", "place": "home",
        "visited_on": dt.date.fromisoformat(day), "outcome": outcome, "submitted_at": CONFIRMED, "answers": {},
        "answers_hash": b"",
    }
    for at, (scope, home, day, outcome) in enumerate(
        (
            ("ryd", 900, "2026-01-01", "done"),
            ("ryd", 901, "2026-12-31", "done"),
            ("jed", 902, "2026-07-01", "done"),
            ("jed", 902, "2026-07-02", "nobody_home"),
            ("ryd", 900, "2025-12-31", "done"),
        )
    )
]  # fmt: skip


@pytest.fixture(
    params=["sqlite", "sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)], scope="module"
)
def engine(request, tmp_path_factory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("figures") / "figures.db"
    if request.param == "postgres":
        with fresh_postgres() as engine:
            _fill(engine)
            yield engine
        return
    engine = open_sqlite(path) if request.param == "sqlite" else open_sqlcipher(path, bytes(range(32)))
    _fill(engine)
    yield engine
    engine.dispose()


def _fill(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        for entity, rows in (
            (Person, PERSONS), (Delivery, DELIVERIES), (Service, SERVICES), (Household, HOUSEHOLDS), (Visit, VISITS),
        ):  # fmt: skip
            connection.execute(insert(entity), rows)


@pytest.fixture
def reading(engine):
    with engine.connect() as connection:
        yield connection


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (services_provided, 5),  # rent, food in Jeddah, three trainings; the card began the year before
        (deliveries, 9),
        (direct_beneficiaries, 5),  # one woman in two committees; two men without, two with a passport
        (households_served, 3),
        (visits, 3),
        (amount_halalas, 300 + 300 + 15_000 + 400),
    ],
)
def test_the_year_counted_by_hand(reading, measure, value):
    assert measure(reading, YEAR) == {(): value}


def test_an_item_is_one_service_in_the_period_it_began_and_periods_add_up(reading):
    years = [services_provided(reading, Period.year(year))[()] for year in (2025, 2026, 2027)]
    assert years == [1, 5, 1]
    whole = Period(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
    assert services_provided(reading, whole) == {(): 7}


@pytest.mark.parametrize(
    ("merged", "people"),
    [
        ({4: 3}, 4),  # two men without a number are one
        ({4: 3, 3: 4}, 4),  # merged in opposite directions
        ({3: 4, 4: 5}, 3),  # one after the other, and the last has a passport
        ({1: 3}, 5),  # the woman's first record stands under the man's now; her second keeps its number
        ({3: 2}, 4),  # a record without a number counts by the number of the one it went into
        ({3: 99}, 5),  # into one that is not here
    ],
)
def test_merged_records_count_as_one_person(reading, merged, people):
    person = Person.__table__
    for gone, kept in merged.items():
        reading.execute(person.update().where(person.c.id == _id(gone)).values(merged_into=_id(kept)))
    assert direct_beneficiaries(reading, YEAR) == {(): people}
    assert deliveries(reading, YEAR) == {(): 9}
    reading.rollback()


def test_committees_count_a_shared_person_each_and_the_nation_once(reading):
    by_committee = direct_beneficiaries(reading, YEAR, by=[Dimension.COMMITTEE])
    assert by_committee == {("ryd",): 4, ("jed",): 2}
    assert sum(by_committee.values()) == 6


def test_a_service_belongs_to_the_kind_the_person_was_at_its_first_delivery(reading):
    assert services_provided(reading, YEAR, by=[Dimension.KIND]) == {("family_member",): 4, ("released",): 1}
    assert deliveries(reading, YEAR, Only(service="BC-06"), by=[Dimension.KIND]) == {
        ("family_member",): 2,
        ("released",): 1,
    }


def test_tracks_services_and_sexes_divide_the_whole(reading):
    assert services_provided(reading, YEAR, by=[Dimension.TRACK]) == {("BC",): 2, ("CD",): 3}
    assert deliveries(reading, YEAR, by=[Dimension.SERVICE]) == {("BC-01",): 3, ("BC-06",): 3, ("CD-03",): 3}
    assert direct_beneficiaries(reading, YEAR, by=[Dimension.SEX]) == {("female",): 1, ("male",): 4}
    assert amount_halalas(reading, YEAR, by=[Dimension.COMMITTEE, Dimension.TRACK]) == {
        ("ryd", "BC"): 15_600, ("ryd", "CD"): 0, ("jed", "BC"): 400, ("jed", "CD"): 0,
    }  # fmt: skip


def test_limits_and_groups_agree(reading):
    for name, measure in MEASURES.items():
        grouped = measure(reading, YEAR, by=[Dimension.COMMITTEE])
        for (committee,), value in grouped.items():
            assert measure(reading, YEAR, Only(committee=committee)) == {(): value}, name


def test_an_empty_period_counts_nothing(reading):
    empty = Period(dt.date(2000, 1, 1), dt.date(2000, 1, 1))
    for measure in MEASURES.values():
        assert measure(reading, empty) == {(): 0}


def test_visits_are_not_divided_by_what_they_do_not_have(reading):
    assert visits(reading, YEAR, by=[Dimension.COMMITTEE]) == {("ryd",): 2, ("jed",): 1}
    for asked in ({"by": [Dimension.SEX]}, {"only": Only(service="BC-01")}):
        with pytest.raises(FigureError):
            visits(reading, YEAR, **asked)


def test_a_period_ends_after_it_begins():
    with pytest.raises(FigureError) as refused:
        Period(dt.date(2026, 2, 1), dt.date(2026, 1, 1))
    assert refused.value.code == "figure_period"

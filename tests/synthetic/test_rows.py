"""The year as table rows: repeatable, fitting the models, and forms the form engine would have let through."""

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from tarahum_desktop.domain.forms.answers import read_answers
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.identifiers import check_iban, check_short_address
from tarahum_desktop.models import Replicated, replicated_entities
from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.resource_files import resource
from tarahum_desktop.synthetic.load import load_year
from tarahum_desktop.synthetic.national import national_rows
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.row_book import ORDER, Row
from tarahum_desktop.synthetic.rows import committee_rows, rows_digest
from tarahum_desktop.synthetic.world import World, read_world

_REFERENCES = {
    "membership": {"household_id": "household", "person_id": "person"},
    "custody_episode": {"person_id": "person"},
    "case_file": {"household_id": "household", "person_id": "person"},
    "case_move": {"case_id": "case_file"},
    "visit": {"case_id": "case_file", "household_id": "household"},
    "matrix_rating": {"visit_id": "visit", "household_id": "household"},
    "consent": {"person_id": "person", "visit_id": "visit"},
    "plan_item": {
        "case_id": "case_file",
        "household_id": "household",
        "person_id": "person",
        "visit_id": "visit",
    },
    "delivery": {"plan_item_id": "plan_item", "person_id": "person", "household_id": "household"},
    "follow_up": {"case_id": "case_file", "person_id": "person"},
    "household": {"head_person_id": "person"},
}

Tables = dict[str, list[Row]]


@pytest.fixture(scope="module")
def tables(small_year: Plan) -> Tables:
    found: Tables = defaultdict(list)
    for code in small_year.committees:
        for chunk in committee_rows(small_year, code):
            for entity, rows in chunk:
                found[entity] += rows
    return found


def _columns(entity: str) -> set[str]:
    kept = Replicated.BOOKKEEPING - {"id", "scope", "author"}
    return {column.name for column in replicated_entities()[entity].__table__.columns} - kept - {"removed_at"}


def test_rows_have_all_required_columns_of_their_tables_and_no_others(tables: Tables) -> None:
    assert set(tables) == set(ORDER)
    for entity, rows in tables.items():
        required = {
            column.name
            for column in replicated_entities()[entity].__table__.columns
            if not column.nullable and column.name != "stamp"
        }
        for row in rows:
            assert set(row) == set(rows[0])
            assert set(row) <= _columns(entity)
            assert all(row[name] is not None for name in required)


def test_ids_are_unique_and_of_version_seven(tables: Tables) -> None:
    ids = [row["id"] for rows in tables.values() for row in rows]
    assert len(set(ids)) == len(ids)
    assert {one.version for one in ids} == {7}


def test_every_reference_names_a_row_of_the_same_scope(tables: Tables) -> None:
    scopes = {entity: {row["id"]: row["scope"] for row in rows} for entity, rows in tables.items()}
    for entity, references in _REFERENCES.items():
        for row in tables[entity]:
            for column, target in references.items():
                if row[column] is not None:
                    assert scopes[target][row[column]] == row["scope"], (entity, column)


def test_every_author_is_one_of_the_invented_staff(tables: Tables) -> None:
    staff = {
        row["id"]
        for entity, rows in national_rows(resource("catalogue"))
        if entity == "user_account"
        for row in rows
    }
    assert {row["author"] for rows in tables.values() for row in rows} <= staff


def test_nobody_decided_on_a_plan_item_of_their_own(tables: Tables) -> None:
    assert all(row["decided_by"] != row["proposed_by"] for row in tables["plan_item"])


def test_accounts_and_addresses_pass_their_checks(tables: Tables) -> None:
    accounts = [row["iban"] for row in tables["person"] if row["iban"]]
    assert accounts
    assert all(check_iban(account).warning is None and account[4:6] == "00" for account in accounts)
    addresses = [row["short_address"] for row in tables["household"] if row["short_address"]]
    assert addresses
    assert all(check_short_address(address).warning is None for address in addresses)


def test_codes_in_rows_are_in_the_reference_lists(tables: Tables) -> None:
    lists: dict[str, set[str]] = defaultdict(set)
    for entity, rows in national_rows(resource("catalogue")):
        if entity == "reference_item":
            for row in rows:
                lists[row["list_code"]].add(row["code"])
    for entity, column, name in (
        ("person", "marital", "marital_status"), ("person", "education", "education"),
        ("person", "enrolment", "enrolment"), ("person", "work", "work_status"),
        ("person", "id_kind", "id_type"), ("person", "no_id_reason", "no_id_reason"),
        ("membership", "relation", "kinship"), ("household", "tenure", "tenure"),
        ("household", "house_type", "dwelling_type"), ("household", "house_condition", "dwelling_condition"),
        ("household", "environment", "environment"), ("visit", "outcome", "visit_outcome"),
        ("visit", "kind", "visit_type"), ("visit", "place", "visit_place"),
        ("visit", "recommendation", "recommendation"), ("custody_episode", "status", "custody_status"),
        ("custody_episode", "release_type", "release_type"), ("custody_episode", "case_class", "case_class"),
        ("consent", "purpose", "consent_purpose"), ("consent", "means", "consent_means"),
        ("plan_item", "state", "plan_item_state"), ("plan_item", "fund", "fund_source"),
        ("plan_item", "priority", "need_priority"), ("delivery", "person_kind", "beneficiary_kind"),
        ("case_file", "closure_reason", "closure_reason"), ("follow_up", "outcome", "follow_up_outcome"), ("follow_up", "kind", "follow_up_kind"),
        ("delivery", "receiver", "delivery_receiver"),
    ):  # fmt: skip
        used = {row[column] for row in tables[entity] if row[column] is not None}
        assert used, (entity, column)
        assert used <= lists[name], (entity, column)


def test_every_visit_could_have_been_submitted(tables: Tables) -> None:
    engine = FormEngine(read_document(resource("catalogue", "forms", "social-study-1.json").read_bytes()))
    for row in tables["visit"]:
        text = canonical_json(row["answers"]).encode()
        assert row["answers_hash"] == hashlib.sha256(text).digest()
        answers = read_answers(text)
        state = engine.state(answers, row["visited_on"])
        assert state.problems == ()
        assert state.kept.values == answers.values  # nothing hidden was sent, totals are right


def _digest_in_another_process(hash_seed: str) -> str:
    script = (
        "from fractions import Fraction\n"
        "from tarahum_desktop.resource_files import resource\n"
        "from tarahum_desktop.synthetic.plan import Plan\n"
        "from tarahum_desktop.synthetic.rows import rows_digest\n"
        "from tarahum_desktop.synthetic.world import read_world\n"
        "print(rows_digest(Plan(read_world(resource('catalogue')), 5, Fraction('0.02')), 'mkk'))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_one_seed_and_scale_make_the_same_bytes_in_every_process(world: World) -> None:
    here = rows_digest(Plan(world, 5, Fraction("0.02")), "mkk")
    assert _digest_in_another_process("1") == here
    assert _digest_in_another_process("2") == here
    assert rows_digest(Plan(world, 6, Fraction("0.02")), "mkk") != here


def test_a_committee_may_be_made_alone(world: World, small_year: Plan, tables: Tables) -> None:
    alone = Plan(world, small_year.seed, small_year.scale)
    ids = [row["id"] for chunk in committee_rows(alone, "jed") for _entity, rows in chunk for row in rows]
    assert set(ids) == {row["id"] for rows in tables.values() for row in rows if row["scope"] == "jed"}


def test_chunks_are_bounded(small_year: Plan) -> None:
    for chunk in committee_rows(small_year, "ryd", rows_a_chunk=500):
        assert sum(len(rows) for _entity, rows in chunk) < 500 + 400  # one family more at most


@pytest.mark.parametrize("scale", ["0.001", "0.1"])
def test_other_scales_serve_their_own_number_of_people(scale: str) -> None:
    plan = Plan(read_world(resource("catalogue")), 9, Fraction(scale))
    served, items = set(), 0
    for code in plan.committees:
        for file in plan.families(code):
            for item in (item for case in file.cases for item in case.items):
                served.add(file.family.members[item.member].person.id_number)
                items += 1
    assert len(served) == 40_000 * Fraction(scale)
    assert items == 59_000 * Fraction(scale)


def test_loading_hands_over_each_scope_in_dependence_order(small_year: Plan) -> None:
    written: dict[str, list[str]] = defaultdict(list)
    sizes = Counter[str]()

    def write(entity: str, rows: list[Row]) -> None:
        (scope,) = {row["scope"] for row in rows}
        written[scope].append(entity)
        sizes[entity] += len(rows)

    told: list[str] = []
    loaded = load_year(small_year, write, ["bhh", "jwf"], lambda scope, _rows: told.append(scope))
    assert list(written) == told == ["bhh", "jwf"]
    assert loaded == sizes
    assert written["bhh"] == [entity for entity in ORDER if entity in written["bhh"]]


def test_national_rows_fit_their_tables_and_keep_their_ids() -> None:
    first = dict(national_rows(resource("catalogue")))
    second = dict(national_rows(resource("catalogue")))
    assert first == second
    counts = {entity: len(rows) for entity, rows in first.items()}
    assert (counts["region"], counts["committee"], counts["place"], counts["facility"]) == (13, 15, 60, 36)
    assert (counts["track"], counts["programme"], counts["service"], counts["agreement"]) == (3, 12, 23, 26)
    for entity, rows in first.items():
        assert all(set(row) == _columns(entity) for row in rows), entity

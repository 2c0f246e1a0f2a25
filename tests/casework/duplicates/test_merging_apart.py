"""Two offices merge without knowing of each other: everything converges, and one record stands for the person."""

import uuid
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.duplicates.merge import merge_people
from tarahum_desktop.casework.person_resolver import resolve_people
from tarahum_desktop.models import Membership, Person
from tarahum_desktop.models.ids import new_id
from tests.casework.two_offices import TwoOffices, two_offices
from tests.casework.worlds import SCOPE, a_person, add
from tests.sync.worlds import digest_of


@pytest.fixture
def offices(tmp_path: Path) -> TwoOffices:
    return two_offices(tmp_path)


def people(offices: TwoOffices, count: int) -> list[uuid.UUID]:
    rows = [a_person("سالم", "الحربي", id=new_id(), id_kind="none", gender="male") for _ in range(count)]
    add(offices.a, *rows)
    for row in rows:
        add(
            offices.a,
            Membership(scope=SCOPE, household_id=new_id(), person_id=row.id, relation="self", resident=True),
        )
    offices.meet()
    return [row.id for row in rows]


def test_opposite_merges_converge_without_a_ring_for_readers(offices: TwoOffices) -> None:
    x, y = people(offices, 2)
    merge_people(offices.desk(offices.a), x, y)
    merge_people(offices.desk(offices.b), y, x)
    offices.meet()
    assert digest_of(offices.a) == digest_of(offices.b)
    stands = min(x, y, key=lambda one: one.bytes)
    for replica in (offices.a, offices.b):
        with replica.engine.connect() as connection:
            assert resolve_people(connection, [x, y]) == {x: stands, y: stands}


def test_a_chain_of_merges_at_two_offices_has_one_end(offices: TwoOffices) -> None:
    x, y, z = people(offices, 3)
    merge_people(offices.desk(offices.a), y, x)
    merge_people(offices.desk(offices.b), z, y)
    offices.meet()
    with offices.b.engine.connect() as connection:
        assert set(resolve_people(connection, [x, y, z]).values()) == {z}
    with Session(offices.a.engine) as session:
        left = set(session.scalars(select(Membership.person_id)))
        merged = {row.id: row.merged_into for row in session.scalars(select(Person))}
    assert merged == {x: y, y: z, z: None}
    assert left <= {y, z}

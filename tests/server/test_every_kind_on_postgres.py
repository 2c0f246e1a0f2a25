"""Every field of every replicated table, written on one database, travels to the other unchanged."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.models import replicated_entities
from tarahum_desktop.models.engine import open_postgres
from tarahum_desktop.models.ids import make_id
from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.codec.page import open_page, seal_page
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.shapes import Field, Kind, shapes
from tarahum_desktop.sync.signatures import SigningKey, verify
from tarahum_desktop.sync.snapshot import next_page
from tests.sync.worlds import SCOPE, Wall, World, send, writing

pytestmark = pytest.mark.postgres

ACTED_UPON = {"arrival", "departure"}
"""Rows whose arrival moves other rows: their values are not free, and they have tests of their own."""
VALUES = {
    Kind.ID: uuid.UUID(int=2**127 + 5),
    Kind.TEXT: "نصّ بـ'%s' و\\ \U0001f9d2",
    Kind.WHOLE: -(2**31),
    Kind.FLAG: True,
    Kind.DAY: dt.date(1958, 2, 28),
    Kind.MOMENT: dt.datetime(2026, 2, 28, 23, 59, 59, 999000, dt.UTC),
    Kind.DOCUMENT: {"ب": [1, None, 2.5, {"a": "%"}], "": False},
    Kind.BYTES: bytes(range(256)),
}


def value_of(field: Field) -> Any:
    return field.most if field.most > 2**40 and field.kind is Kind.WHOLE else VALUES[field.kind]


def fill(replica: Replica) -> None:
    with writing(replica, uuid.UUID(int=7)) as session:
        for number, (entity, model) in enumerate(replicated_entities().items()):
            if entity in ACTED_UPON:
                continue
            fields = [field for field in shapes()[entity].fields if field.name != "removed_at"]
            full = {field.name: value_of(field) for field in fields}
            least = {field.name: value_of(field) for field in fields if not field.optional}
            session.add(model(id=make_id(1, 2 * number), scope=SCOPE, **full))
            session.add(model(id=make_id(1, 2 * number + 1), scope=SCOPE, **least))
        session.commit()
        for entity, model in replicated_entities().items():
            if entity in ACTED_UPON:
                continue
            row = session.scalars(select(model).order_by(model.id)).first()
            row.removed_at = VALUES[Kind.MOMENT]
        session.commit()


def contents(replica: Replica) -> dict[tuple[str, uuid.UUID], dict[str, Any]]:
    found = {}
    with Session(replica.engine) as session:
        for entity, model in replicated_entities().items():
            for row in session.scalars(select(model)):
                names = [*shapes()[entity].names, "scope", "stamp", "author", "field_stamps"]
                found[entity, row.id] = {name: getattr(row, name) for name in names}
    return found


@pytest.fixture
def both(cluster, tmp_path):
    world = World(tmp_path)
    lite = world.replica(2)
    engine = open_postgres(cluster.database())
    signer = SigningKey.generate()
    world.keys[1] = signer.public
    yield world, Replica(engine, 1, signer, Wall()), lite
    engine.dispose()
    lite.engine.dispose()


@pytest.mark.parametrize("to_postgres", [True, False])
def test_rows_and_edits_arrive_unchanged(both, to_postgres):
    world, postgres, lite = both
    source, target = (lite, postgres) if to_postgres else (postgres, lite)
    fill(source)
    payload = send(source)
    batch = open_batch(payload, world.keys.__getitem__, verify)
    with target.engine.begin() as connection:
        apply_batch(connection, target, batch, payload)
    assert len(contents(source)) == 2 * len(replicated_entities().keys() - ACTED_UPON)
    assert contents(target) == contents(source)


def test_a_snapshot_page_reads_alike_from_both_databases(both):
    world, postgres, lite = both
    fill(lite)
    payload = send(lite)
    batch = open_batch(payload, world.keys.__getitem__, verify)
    with postgres.engine.begin() as connection:
        apply_batch(connection, postgres, batch, payload)
    pages = []
    for replica in (postgres, lite):
        cursor, seen = b"", []
        with replica.engine.connect() as connection:
            while True:
                page, cursor = next_page(connection, SCOPE, cursor, 1)
                if page is None:
                    break
                opened = open_page(seal_page(page, replica.signer), replica.signer.public, verify)
                seen.append((opened.group, opened.kept, opened.losers))
        pages.append(seen)
    assert len(pages[0]) == 2 * len(replicated_entities().keys() - ACTED_UPON)
    assert pages[0] == pages[1]


def test_a_number_that_postgres_cannot_hold_is_refused_by_every_replica():
    from tarahum_desktop.sync.shapes import wire_values_fit

    rooms = shapes()["household"].by_name["rooms"]
    assert wire_values_fit(rooms, [2**31 - 1, None])
    assert not wire_values_fit(rooms, [2**31])
    seen = shapes()["household"].by_name["removed_at"]
    assert not wire_values_fit(seen, [2**62])

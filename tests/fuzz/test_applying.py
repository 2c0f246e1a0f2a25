"""What reads well may still not fit the rows: a spoiled batch or page is applied, refused or held, and never half."""

from random import Random

import msgspec
import pytest

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.apply import apply_batch
from tarahum_desktop.sync.apply_page import apply_page
from tarahum_desktop.sync.codec.envelope import compress, open_batch
from tarahum_desktop.sync.codec.page import open_page
from tests.convergence.profiles import share
from tests.fuzz import seeds
from tests.fuzz.mutate import spoiled
from tests.sync.proofs import all_rows, prove_whole
from tests.sync.worlds import World
from tests.vectors.sync.story import TIME_MS

SEED = 20261123
PIECES = share(150, 10_000)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """A replica that has the vectors' three rows, and nothing of the office."""
    world = World(tmp_path_factory.mktemp("applying"))
    reader = world.replica(3)
    reader.wall.now = TIME_MS
    payload = seeds.hexed("batch_insert", "payload")[0]
    with reader.engine.begin() as connection:
        apply_batch(connection, reader, open_batch(payload, lambda _d: b"", lambda *_: True), payload)
        connection.exec_driver_sql("INSERT INTO applied_vector VALUES ('ryd', 12, 1)")
    return reader


def sealed(magic, header, random_parts, document):
    return msgspec.msgpack.encode([magic, header, random_parts, compress(document), bytes(64)])


def tried(reader, apply):
    """Whether it was applied; whatever came of it is undone."""
    with reader.engine.connect() as connection:
        try:
            apply(connection)
        except TarahumError:
            return False
        finally:
            connection.rollback()
    return True


@pytest.mark.parametrize("name", seeds.batches())
def test_a_spoiled_batch_is_applied_or_refused_whole(reader, name):
    before = all_rows(reader)
    header, ids, document = seeds.hexed(name, "header", "random_parts", "document")
    head = msgspec.msgpack.decode(header)
    if name in {"batch_insert", "batch_strange_field"}:
        head[2] = 9  # of another device, so that it is not known yet
    if name == "batch_resolving":
        head[3:] = [2, 2, {7: 3}]  # as if the edits it decides between were not needed
    chance = Random(f"{SEED}:{name}")
    applied = 0
    for _ in range(PIECES):
        payload = sealed(b"TRH1", msgspec.msgpack.encode(head), ids, spoiled(document, chance))

        def apply(connection, payload=payload):
            batch = open_batch(payload, lambda _device: b"", lambda *_: True)
            apply_batch(connection, reader, batch, payload)

        applied += tried(reader, apply)
    assert 0 < applied < PIECES
    assert all_rows(reader) == before
    prove_whole(reader)


def test_a_spoiled_page_is_applied_or_refused_whole(reader):
    before = all_rows(reader)
    header, ids, document = seeds.hexed("page", "header", "random_parts", "document")
    chance = Random(f"{SEED}:page")
    applied = 0
    for _ in range(PIECES):
        payload = sealed(b"TRS1", header, ids, spoiled(document, chance))

        def apply(connection, payload=payload):
            apply_page(connection, reader, open_page(payload, b"", lambda *_: True))

        applied += tried(reader, apply)
    assert 0 < applied < PIECES
    assert all_rows(reader) == before
    prove_whole(reader)


@pytest.mark.parametrize("name", ["a\x00b", "a\x00b:r", "", "x" * 80, "A", "a b", "a:rr", 5, None])
def test_a_field_of_a_name_that_no_database_keeps_is_refused(reader, name):
    """PostgreSQL keeps no U+0000; a field of a newer program may be called anything else that fields are called."""
    header, ids, document = seeds.hexed("batch_update", "header", "random_parts", "document")
    for fitting, wrong in ((True, "to_come:r"), (False, name)):
        tree = msgspec.msgpack.decode(document)
        tree[5][0][2][0] = wrong
        payload = sealed(b"TRH1", header, ids, msgspec.msgpack.encode(tree))

        def apply(connection, payload=payload):
            batch = open_batch(payload, lambda _device: b"", lambda *_: True)
            apply_batch(connection, reader, batch, payload)

        assert tried(reader, apply) is fitting

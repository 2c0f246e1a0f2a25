"""Many rows written at once travel like rows written one by one."""

from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.log import read_log
from tests.sync.worlds import SCOPE, World, digest_of


def test_loaded_rows_are_logged_and_reach_another_replica_with_the_same_digest(tmp_path):
    world = World(tmp_path)
    centre, other = world.replica(1), world.replica(2)
    with BulkWriter(centre, rows_a_batch=70) as writer:
        writer.write(
            "household",
            (
                {
                    "id": new_id(),
                    "scope": SCOPE,
                    "file_number": f"RYD-{n}",
                    "committee_code": "ryd",
                    "rooms": n % 7,
                }
                for n in range(200)
            ),
        )
    assert writer.written == 200
    with centre.engine.connect() as connection:
        entries, ended = read_log(connection, SCOPE, 0, 0, 100, 10**9)
    assert ended
    assert len(entries) == 3
    for entry in entries:
        world.receive(other, entry.payload)
    assert digest_of(centre) == digest_of(other)

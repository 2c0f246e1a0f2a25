"""Keeps a small database of the present schema for ever, to prove that later programs can take it over.

Run once a release, before the schema changes again: ``python -m tests.migrations.freeze``. It refuses to replace one.
"""

import gzip
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from tarahum_desktop.casework.person_index import PersonIndex
from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.models.migrations import HEAD, upgrade
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.bulk import BulkWriter
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.signatures import SigningKey
from tarahum_desktop.synthetic.load import load_national, load_year
from tarahum_desktop.synthetic.plan import Plan
from tarahum_desktop.synthetic.world import read_world

FROZEN = Path(__file__).parent / "frozen"
COMMITTEE = "ryd"


def main() -> int:
    """Write the frozen database of ``HEAD``."""
    target = FROZEN / f"{HEAD}.db.gz"
    if target.exists():
        sys.stderr.write(f"{target.name} is there already; a released schema is never frozen twice\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        target.write_bytes(gzip.compress(_database(Path(folder) / "frozen.db"), mtime=0))
    return 0


def _database(path: Path) -> bytes:
    engine = open_sqlite(path)
    upgrade(engine)
    replica = Replica(
        engine, 1, SigningKey(bytes(31) + b"\x01"), lambda: 1_790_000_000_000, indexes=(PersonIndex(),)
    )
    with BulkWriter(replica) as writer:
        load_national(resource("catalogue"), writer.write)
        load_year(Plan(read_world(resource("catalogue")), 1, Fraction(1, 1000)), writer.write, [COMMITTEE])
    engine.dispose()  # the last connection brings everything from the write-ahead log into the file
    return path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())

"""PouchDB replicating to pouchdb-server, LevelDB on both sides, plain HTTP: CouchDB's protocol."""

import json
import tempfile
from pathlib import Path

from benchmarks.peers.counting import CountingProxy
from benchmarks.peers.install import pouchdb_project
from benchmarks.peers.legs import WAYS, Leg, child, finished, free_port, measure_leg, silent_child, wait_for
from benchmarks.peers.rows import write_lines

_CLIENT = Path(__file__).absolute().with_name("pouchdb_client.js")
_SERVER = "node_modules/pouchdb-server/bin/pouchdb-server"


def version() -> str:
    """Which PouchDB was measured."""
    package = pouchdb_project() / "node_modules" / "pouchdb" / "package.json"
    return str(json.loads(package.read_text("utf-8"))["version"])


def legs(rows: int, documents_a_batch: int) -> list[Leg]:
    """Both ways of an amount of rows."""
    project, port = pouchdb_project(), free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = folder / "rows.jsonl"
        write_lines(rows, lines)
        options = ("--host", "127.0.0.1", "--port", str(port), "--no-stdout-logs")
        kept = ("--dir", folder / "data", "--config", folder / "config.json")
        with (
            silent_child("node", project / _SERVER, *options, *kept, folder=folder) as server,
            CountingProxy(port) as proxy,
        ):
            wait_for(port)

            def step(desktop: str, *what: str | Path) -> list[str | Path]:
                address = f"http://127.0.0.1:{proxy.port}/rows"
                return ["node", _CLIENT, folder / desktop, address, str(documents_a_batch), *what]

            finished(step("sender", "load", lines), project)
            found = []
            for desktop, what, way in zip(("sender", "taker"), ("push", "pull"), WAYS, strict=True):
                with child(*step(desktop, what), folder=project) as client:
                    found.append(measure_leg(client, server, proxy, way, rows))
            return found

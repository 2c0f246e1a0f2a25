"""Anki's own client and its own sync server (both Rust below), over plain HTTP, unencrypted files."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.peers.counting import CountingProxy
from benchmarks.peers.install import anki_python
from benchmarks.peers.legs import WAYS, Leg, child, finished, free_port, measure_leg, silent_child, wait_for
from benchmarks.peers.rows import fields, write_lines

_CLIENT = Path(__file__).absolute().with_name("anki_client.py")


def version() -> str:
    """Which Anki was measured."""
    ask = "import importlib.metadata as m; print(m.version('anki'))"
    return subprocess.check_output([anki_python(), "-c", ask], text=True).strip()


def legs(rows: int) -> list[Leg]:
    """Both ways of an amount of rows by Anki's ordinary sync; login is done before the clock runs."""
    python, port = anki_python(), free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines, names = folder / "rows.jsonl", folder / "fields.json"
        write_lines(rows, lines)
        names.write_text(json.dumps(fields()), "utf-8")
        environment = {
            **os.environ,
            "SYNC_USER1": "u:p",
            "SYNC_BASE": str(folder / "server"),
            "SYNC_HOST": "127.0.0.1",
            "SYNC_PORT": str(port),
        }
        with (
            silent_child(python, "-m", "anki.syncserver", environment=environment) as server,
            CountingProxy(port) as proxy,
        ):
            wait_for(port)

            def step(desktop: str, *what: str | Path) -> list[str | Path]:
                collection = folder / desktop / "collection.anki2"
                collection.parent.mkdir(exist_ok=True)
                return [python, _CLIENT, collection, f"http://127.0.0.1:{proxy.port}/", names, *what]

            finished(step("sender", "prepare"))
            finished(step("taker", "adopt"))
            finished(step("sender", "add", lines))
            found = []
            for desktop, way in zip(("sender", "taker"), WAYS, strict=True):
                with child(*step(desktop, "sync")) as client:
                    found.append(measure_leg(client, server, proxy, way, rows))
            return found

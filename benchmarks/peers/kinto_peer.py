"""Kinto under waitress, its store in memory or in PostgreSQL, plain HTTP; the taker keeps rows in a plain SQLite file."""

import subprocess
import tempfile
from pathlib import Path

from benchmarks.peers.counting import CountingProxy
from benchmarks.peers.install import kinto_python
from benchmarks.peers.legs import WAYS, Leg, child, finished, free_port, measure_leg, silent_child, wait_for
from benchmarks.peers.rows import write_lines

DEFAULT_BATCH, WIDE_BATCH = 25, 200
_CLIENT = Path(__file__).absolute().with_name("kinto_client.py")
_SETTINGS = """\
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.{backend}
kinto.storage_url = {database}
kinto.permission_backend = kinto.core.permission.{backend}
kinto.permission_url = {database}
kinto.storage_max_fetch_size = 100000
kinto.paginate_by = 1000
kinto.batch_max_requests = {batch}
kinto.userid_hmac_secret = bench
multiauth.policies = basicauth
multiauth.policy.basicauth.use = kinto.core.authentication.BasicAuthAuthenticationPolicy
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
threads = 4
max_request_body_size = 1073741824
[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = ERROR
handlers =
"""


def version() -> str:
    """Which Kinto was measured."""
    ask = "import importlib.metadata as m; print(m.version('kinto'))"
    return subprocess.check_output([kinto_python(), "-c", ask], text=True).strip()


def legs(rows: int, batch: int, database: str) -> list[Leg]:
    """Both ways of an amount of rows; ``database`` is a PostgreSQL address of its own, or empty for memory."""
    python, port = kinto_python(), free_port()
    program = python.with_name("kinto")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines, settings = folder / "rows.jsonl", folder / "kinto.ini"
        write_lines(rows, lines)
        backend = "postgresql" if database else "memory"
        settings.write_text(
            _SETTINGS.format(backend=backend, database=database, batch=batch, port=port), "utf-8"
        )
        if database:
            finished([program, "migrate", "--ini", settings])
        with (
            silent_child(program, "start", "--ini", settings, "--port", str(port)) as server,
            CountingProxy(port) as proxy,
        ):
            wait_for(port)

            def step(*what: str | Path) -> list[str | Path]:
                return [python, _CLIENT, str(proxy.port), str(batch), *what]

            finished(step("setup"))
            found = []
            for what, way in zip((("push", lines), ("pull", folder / "taken.db")), WAYS, strict=True):
                with child(*step(*what)) as client:
                    found.append(measure_leg(client, server, proxy, way, rows))
            return found

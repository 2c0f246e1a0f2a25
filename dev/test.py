"""`run.py test`: pytest, with a PostgreSQL beside it for the tests that want one.

Those tests find it by the address in TARAHUM_TEST_POSTGRES; it trusts the loopback address, so nothing secret is in it.
Without arguments everything runs, in two halves side by side: what is shown on screens and what lies under it, and what
travels. Each half is one process that runs its tests one after the other, as it does when named alone.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from dev.postgres import any_cluster
from dev.signals import end_politely

ADDRESS = "TARAHUM_TEST_POSTGRES"
TESTS = Path("tests")
TRAVELLING = ("convergence", "faults", "fuzz", "hub", "releases", "server", "sync", "vectors")
_INTERRUPTED = 2


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments, or everything without any; returns the worst exit code."""
    end_politely()
    with any_cluster() as cluster:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, ADDRESS: cluster.url}
        if arguments:
            return _wait(_start(arguments, environment))
        return _both_halves(environment)


def halves() -> tuple[list[str], list[str]]:
    """All folders of tests, parted in two; a new one belongs to the first half until it is named here."""
    folders = sorted(path.name for path in TESTS.iterdir() if path.is_dir() and path.name[0].isalpha())
    first = [f"tests/{name}" for name in folders if name not in TRAVELLING]
    return first, [f"tests/{name}" for name in folders if name in TRAVELLING]


def _both_halves(environment: Mapping[str, str]) -> int:
    """The first half is watched; what the second says is shown when it has ended."""
    first, second = halves()
    with tempfile.TemporaryFile("w+") as said:
        beside = _start(second, environment, said)
        codes = [_wait(_start(first, environment)), _wait(beside)]
        said.seek(0)
        sys.stdout.write(said.read())
    return max(codes)


def _start(
    arguments: Sequence[str], environment: Mapping[str, str], output: IO[str] | None = None
) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-u", "-m", "pytest", *arguments]  # what was said is not lost when it is killed
    return subprocess.Popen(
        line, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None
    )


def _wait(pytest: subprocess.Popen[bytes]) -> int:
    with pytest:
        try:
            return pytest.wait()
        except KeyboardInterrupt:  # the same key press reached pytest, which is reporting
            return pytest.wait() or _INTERRUPTED
        except SystemExit:
            pytest.terminate()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Small things that stand for very much are refused before they are built: in a process that may have little memory."""

import subprocess
import sys

import pytest

from tests.fuzz.bombs import BOMBS

MORE_MEMORY = 400 * 1024 * 1024
SECONDS = 60
CHILD = """
import pathlib, resource, sys
from tests.fuzz.bombs import burst
folder, more, seconds = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
bombs = {path.name: path.read_bytes().partition(b"\\n") for path in sorted(folder.iterdir())}
with open("/proc/self/statm") as file:
    now = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + more,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
for name, (kind, _, data) in bombs.items():
    print(name, burst((kind.decode(), data)), flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are set in this way on Linux alone")
def test_every_bomb_is_refused_in_little_memory_and_little_time(tmp_path):
    for name, make in BOMBS.items():
        kind, data = make()
        assert len(data) <= 16 * 1024 * 1024
        (tmp_path / name).write_bytes(kind.encode() + b"\n" + data)
    line = [sys.executable, "-c", CHILD, str(tmp_path), str(MORE_MEMORY), str(SECONDS)]
    child = subprocess.run(line, capture_output=True, text=True, check=False)
    told = dict(answer.split(" ", 1) for answer in child.stdout.splitlines())
    left = sorted(set(BOMBS) - set(told))
    assert child.returncode == 0, f"{left[:1]} ended the process: {child.stderr[-1000:]}"
    assert {name: answer for name, answer in told.items() if not answer.startswith("refused")} == {}
    assert not left

"""Many large requests at once take a bounded amount of a server's memory, and no more the second time than the first."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.convergence.profiles import share
from tests.server.centres import SCOPE, join
from tests.server.server_processes import ServerProcess, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads a process's peak from /proc"),
]
AT_ONCE = 4
ROWS = share(1_500, 8_000)
MOST_MIB = 400
GROWTH_MIB = 64


def peak_mib(process):
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) // 1024


def test_large_pushes_pulls_and_snapshots_at_once_keep_within_bounds(centre, tmp_path):
    server = ServerProcess(centre.settings.folder)
    with serving(server), ThreadPoolExecutor(AT_ONCE) as pool:
        writers = [join(server.address, centre, tmp_path, f"w{n}") for n in range(AT_ONCE)]
        peaks = []
        for turn in range(2):
            for place, writer in enumerate(writers):
                writer.write_homes(ROWS, f"{place}-{turn}")
            newcomers = [join(server.address, centre, tmp_path, f"n{turn}-{n}") for n in range(AT_ONCE)]
            for outcome in pool.map(lambda desktop: desktop.exchange(), [*writers, *newcomers]):
                assert not outcome.disputed
            peaks.append(peak_mib(server.process.pid))
        assert writers[0].exchange().proven == {"national", SCOPE}
    assert peaks[0] < MOST_MIB
    assert peaks[1] - peaks[0] < GROWTH_MIB, peaks

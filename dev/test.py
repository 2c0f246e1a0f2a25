"""`run.py test`: pytest, with a PostgreSQL beside it for the tests that want one.

Those tests find it by the address in TARAHUM_TEST_POSTGRES; it trusts the loopback address, so nothing secret is in it.
"""

import os
import subprocess
import sys

from dev.postgres import any_cluster
from dev.signals import end_politely

ADDRESS = "TARAHUM_TEST_POSTGRES"


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments and return its exit code."""
    end_politely()
    with any_cluster() as cluster:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, ADDRESS: cluster.url}
        line = [sys.executable, "-m", "pytest", *arguments]
        with subprocess.Popen(line, env=environment) as pytest:
            try:
                return pytest.wait()
            except KeyboardInterrupt:  # the same key press reached pytest, which is reporting
                return pytest.wait()
            except SystemExit:
                pytest.terminate()
                raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

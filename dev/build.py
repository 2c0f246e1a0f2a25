"""`run.py build`: freezes the desktop for this operating system and proves that the frozen program works.

The proof is the program's own `--smoke-test`: it makes and opens an encrypted vault in a temporary folder. A missing
library or data file shows there and not on the first officer's laptop.
"""

import os
import subprocess
import sys
from pathlib import Path

NAME = "tarahum-desktop"
SMOKE_TEST_LIMIT = 120  # seconds; a slow disk needs a few
DIST = Path("dist")


def program() -> Path:
    """Return where the frozen program lies."""
    return DIST / NAME / (f"{NAME}.exe" if os.name == "nt" else NAME)


def main() -> int:
    """Freeze, then smoke-test; return the first exit code that is not 0."""
    line = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    frozen = subprocess.run(
        [*line, "--distpath", str(DIST), "--workpath", "build", "build.spec"], check=False
    )
    if frozen.returncode != 0:
        return frozen.returncode
    size = sum(
        path.stat().st_size for path in (DIST / NAME).rglob("*") if path.is_file() and not path.is_symlink()
    )
    print(f"{program()}: {size / 1e6:.0f} MB with what it carries. Smoke test ...", flush=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    tested = subprocess.run(
        [str(program().resolve()), "--smoke-test"], env=environment, timeout=SMOKE_TEST_LIMIT, check=False
    )
    print(
        "The frozen program works." if tested.returncode == 0 else "The frozen program FAILED its smoke test."
    )
    return tested.returncode


if __name__ == "__main__":
    sys.exit(main())

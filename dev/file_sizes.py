"""Lists source files too long to be read in one sitting. The aim is 300 lines; this fails beyond 400."""

import subprocess
import sys
from pathlib import Path

LIMIT = 400  # lines
ALLOWED: dict[str, str] = {}  # path: why it is better whole
GENERATED = ("tarahum_desktop/models/migrations/versions/",)  # history: written once, never edited


def tracked_sources(root: Path) -> list[Path]:
    """Return the Python files under version control, new ones included, relative to `root`."""
    line = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.py"]
    listed = subprocess.run(line, capture_output=True, check=True).stdout.decode()
    paths = [Path(name) for name in listed.split("\0") if name]
    return [path for path in paths if (root / path).exists()]


def too_long(root: Path) -> list[tuple[str, int]]:
    """Return (path, lines) of each file beyond the limit that has no reason to be."""
    counted = (
        (path.as_posix(), len((root / path).read_bytes().splitlines())) for path in tracked_sources(root)
    )
    return [
        (name, lines)
        for name, lines in counted
        if lines > LIMIT and name not in ALLOWED and not name.startswith(GENERATED)
    ]


def main() -> int:
    """Print the files that are too long; return 1 if there are any."""
    found = too_long(Path.cwd())
    for name, lines in found:
        print(f"{name}: {lines} lines, more than {LIMIT}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Lists source files too long to be read in one sitting. The aim is 300 lines; this fails beyond 400."""

import sys
from pathlib import Path

LIMIT = 400  # lines
FOLDERS = ("tarahum_desktop", "tarahum_server", "dev", "tests", "benchmarks")
ALLOWED: dict[str, str] = {}  # path: why it is better whole
GENERATED = ("tarahum_desktop/models/migrations/versions/",)  # history: written once, never edited


def sources(root: Path) -> list[Path]:
    """Return the project's own Python files, relative to `root`."""
    found = [*root.glob("*.py"), *(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))]
    return sorted(path.relative_to(root) for path in found)


def too_long(root: Path) -> list[tuple[str, int]]:
    """Return (path, lines) of each file beyond the limit that has no reason to be."""
    counted = ((path.as_posix(), len((root / path).read_bytes().splitlines())) for path in sources(root))
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

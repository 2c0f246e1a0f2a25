"""`run.py check`: everything that can be wrong without running the program. All checks run; any failure fails it."""

import shutil
import subprocess
import sys
from pathlib import Path

PYTHON = [sys.executable, "-m"]


def _script(name: str) -> str:
    """Return the full path of a command installed beside this interpreter."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise FileNotFoundError(name)
    return found


def steps() -> dict[str, list[str]]:
    """Return the checks in order: a name and the command line of each."""
    return {
        "style": [*PYTHON, "ruff", "check", "."],
        "format": [*PYTHON, "ruff", "format", "--check", "."],
        "types": [*PYTHON, "mypy"],
        "import rules": [_script("lint-imports"), "--no-cache", "--no-logo"],
        "translations": [*PYTHON, "dev.translations"],
        "file sizes": [*PYTHON, "dev.file_sizes"],
    }


def main(arguments: list[str]) -> int:
    """Run the named checks, or all, and say at the end which failed."""
    wanted = {name: line for name, line in steps().items() if not arguments or name in arguments}
    if not wanted:
        print(f"No such check. There are: {', '.join(steps())}", file=sys.stderr)
        return 2
    failed = []
    for name, line in wanted.items():
        print(f"\n== {name}", flush=True)
        if subprocess.run(line, check=False).returncode != 0:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

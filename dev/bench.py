"""`run.py bench [NAME]`: runs benchmarks/bench_*.py and keeps what they print in docs/performance.md.

Each benchmark prints a Markdown section with its method and its table. The page's own words, outside the markers,
stay as people wrote them; a benchmark that fails leaves its old section alone.
"""

import os
import subprocess
import sys
from pathlib import Path

from dev.postgres import any_cluster
from dev.signals import end_politely

PAGE = Path("docs/performance.md")
ADDRESS = "TARAHUM_TEST_POSTGRES"  # as the tests get it
TITLE = "# Performance\n"


def benchmarks(folder: Path, wanted: list[str]) -> dict[str, Path]:
    """Return the benchmarks by name (`bench_apply.py` is `apply`): those wanted, or all."""
    every = {path.stem.removeprefix("bench_"): path for path in sorted(folder.glob("bench_*.py"))}
    unknown = set(wanted) - set(every)
    if unknown:
        sys.exit(f"No benchmark named {', '.join(sorted(unknown))}. There are: {', '.join(every) or 'none'}")
    return {name: path for name, path in every.items() if not wanted or name in wanted}


def with_section(page: str, name: str, section: str) -> str:
    """Return the page with the named section replaced, or added at its end."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    block = f"{begin}\n{section.strip()}\n{end}"
    before, found, rest = page.partition(begin)
    if not found:
        return f"{page.rstrip()}\n\n{block}\n"
    _, closed, after = rest.partition(end)
    if not closed:
        raise ValueError(f"the section {name} has no end marker")
    return f"{before}{block}{after}"


def run(path: Path, environment: dict[str, str]) -> str | None:
    """Run one benchmark and return what it printed, or None when it failed. Its progress goes to the terminal."""
    line = [sys.executable, str(path)]
    result = subprocess.run(
        line, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    print(result.stdout, flush=True)
    return result.stdout if result.returncode == 0 else None


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all; return 1 if any failed."""
    end_politely()
    chosen = benchmarks(Path("benchmarks"), arguments)
    failed = []
    with any_cluster() as cluster:
        environment = {
            "QT_QPA_PLATFORM": "offscreen",
            **os.environ,
            ADDRESS: cluster.url,
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(Path.cwd()),
        }
        for name, path in chosen.items():
            print(f"== {name}", file=sys.stderr, flush=True)
            section = run(path, environment)
            if section is None:
                failed.append(name)
                continue
            page = PAGE.read_text("utf-8") if PAGE.exists() else TITLE
            PAGE.write_text(with_section(page, name, section), "utf-8")
    print(f"Failed: {', '.join(failed)}" if failed else f"Written to {PAGE}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`run.py fuzz [--seconds N] [NAME ...]`: atheris on every decoder that meets bytes of strangers, one after the other.

What is found lies in `build/fuzz/NAME` as the bytes that did it; make a test of it before mending. The corpus beside
it grows from run to run.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

from dev.signals import end_politely

FOLDER = Path("build/fuzz")
MEMORY_MB = 1024
ONE_PIECE_SECONDS = 10
MOST_BYTES = 65_536
_DONE = re.compile(r"Done (\d+) (?:runs|in)|#(\d+)\s")


def names() -> list[str]:
    """Return the decoders, from the tests' own table."""
    line = [sys.executable, "-c", "from tests.fuzz.targets import TARGETS; print(*TARGETS)"]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()


def look(name: str, seconds: int) -> tuple[int, bool]:
    """Fuzz one decoder; return how many pieces were tried and whether all went well."""
    place = FOLDER / name
    place.mkdir(parents=True, exist_ok=True)
    options = (
        f"-max_total_time={seconds}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-timeout={ONE_PIECE_SECONDS}",
        f"-max_len={MOST_BYTES}",
        f"-artifact_prefix={place}/",
        "-print_final_stats=1",
    )
    line = [sys.executable, "-m", "tests.fuzz.harness", name, str(place / "corpus"), *options]
    found = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)  # fmt: skip
    tried = max((int(a or b) for a, b in _DONE.findall(found.stdout)), default=0)
    if found.returncode:
        print(found.stdout[-4000:], flush=True)
    return tried, found.returncode == 0


def main(arguments: list[str]) -> int:
    """Fuzz the named decoders, or all; return 1 if any broke."""
    end_politely()
    parser = argparse.ArgumentParser(prog="run.py fuzz", description="Fuzz the decoders.")
    parser.add_argument("--seconds", type=int, default=60, help="for each decoder")
    parser.add_argument("names", nargs="*")
    wanted = parser.parse_args(arguments)
    every = names()
    if unknown := set(wanted.names) - set(every):
        print(f"No decoder named {', '.join(sorted(unknown))}. There are: {', '.join(every)}")
        return 2
    broken = []
    for name in wanted.names or every:
        tried, well = look(name, wanted.seconds)
        print(f"{name:24} {tried:>10} tried  {'' if well else 'BROKEN'}", flush=True)
        if not well:
            broken.append(name)
    print(f"Broken: {', '.join(broken)}" if broken else "Nothing broke.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

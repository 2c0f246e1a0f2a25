"""Measuring in fresh processes, with the standard library alone: what is loaded here is part of every figure."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

PASSPHRASE: Final = "invented families only"  # noqa: S105 - of a vault made from a seed and thrown away


def in_fresh_process(script: str, *arguments: str, seconds: float = 600) -> dict[str, Any]:
    """Run a benchmark file in another role and return the JSON object it ends with.

    Python may keep compiled files there, as an installed program does, whatever this shell was told.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONUTF8": "1",
    }
    environment["TARAHUM_SPAWNED"] = repr(time.monotonic())
    done = subprocess.run(
        [sys.executable, script, *arguments], env=environment, capture_output=True,
        text=True, timeout=seconds, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def since_spawn() -> float:
    """Seconds since the parent started this process; the monotonic clock is one for the whole machine."""
    return time.monotonic() - float(os.environ["TARAHUM_SPAWNED"])


def finish(answer: Mapping[str, Any]) -> None:
    """Give the parent its answer and end at once: taking the window down is not what is measured."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os._exit(0)


def medians(runs: list[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def percentile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

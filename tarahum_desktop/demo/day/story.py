"""Leads through the day: which machine does what, when the line is there, and what must hold at the end."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tarahum_desktop.demo.day.family_choice import choose_family
from tarahum_desktop.demo.world import LAPTOP, OFFICE, OFFICE_SCOPE, DemoWorld, Machine, Say
from tarahum_desktop.reports.figures import Period, visits
from tarahum_desktop.sync.scope_book import read_scopes
from tarahum_server.centre import open_centre
from tarahum_server.settings import read_settings

FAMILY_FILE: Final = "family.json"
RESULT_FILE: Final = "results.json"
REPORT_FILE: Final = "visit-report.pdf"
_STAGE_SECONDS: Final = 300.0
_OFFSCREEN_NOISE: Final = "This plugin does not support"
_EVER: Final = dt.date(1900, 1, 1)


class DayBrokenError(Exception):
    """A part of the day did not go as it should; says which."""


@dataclass(frozen=True, slots=True)
class CentreView:
    """What the centre holds: digests of its scopes in hex, and visits on record."""

    digests: dict[str, str]
    visits: int


def play_day(world: DemoWorld, out: Path, say: Say) -> dict[str, Any]:
    """Play the whole day; returns what each machine found out, with the centre before and after."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    before = look_at_centre(world, out)
    say("The laptop has no line. The officer unlocks it, finds the family, and visits.")
    _play(world, out, "visit", LAPTOP, killed=True)
    say("The laptop lost its power in the middle of the form. The officer starts it again and goes on.")
    _play(world, out, "submit", LAPTOP)
    with world.server():
        say("The line is back: the laptop exchanges with the centre.")
        _play(world, out, "exchange", LAPTOP)
        say("The office exchanges too and opens the family's file.")
        _play(world, out, "office", OFFICE)
    after = look_at_centre(world)
    results: dict[str, Any] = json.loads((out / RESULT_FILE).read_text("utf-8"))
    results["centre"] = {
        "visits_before": before.visits, "visits_after": after.visits, "digests": after.digests,
    }  # fmt: skip
    (out / RESULT_FILE).write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
    say(f"Visits in the centre's figures: {before.visits} in the morning, {after.visits} now.")
    return results


def look_at_centre(world: DemoWorld, choose_into: Path | None = None) -> CentreView:
    """Read the centre's books and figures; on request also choose the family of the day."""
    centre = open_centre(read_settings(world.centre, {}))
    try:
        with centre.engine.connect() as connection:
            if choose_into is not None:
                choose_family(connection, OFFICE_SCOPE, LAPTOP.login).write(choose_into / FAMILY_FILE)
            digests = {scope: book.digest.hex() for scope, book in read_scopes(connection).items()}
            counted = visits(connection, Period(_EVER, dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)))
            return CentreView(digests, sum(counted.values()))
    finally:
        centre.close()


def _play(world: DemoWorld, out: Path, stage: str, machine: Machine, *, killed: bool = False) -> None:
    command = [
        sys.executable, "-m", "tarahum_desktop.demo.day", stage,
        "--machine", machine.name, "--world", str(world.folder), "--out", str(out),
    ]  # fmt: skip
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(  # noqa: S603 - our own program
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=_STAGE_SECONDS,
        check=False,
    )
    wanted = -getattr(signal, "SIGKILL", -1) if killed else 0
    if ended.returncode != wanted:
        said = [line for line in ended.stderr.splitlines() if _OFFSCREEN_NOISE not in line]
        raise DayBrokenError(
            f"{stage} on the {machine.name} ended with {ended.returncode}: {' / '.join(said)}"
        )

"""The scripted day, through the real windows in real processes: nothing is lost, and all three places agree."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tarahum_desktop.demo.day.answers import CHANGED_EDUCATION, KILLED_AFTER, NEW_MEMBER, OBSERVATIONS
from tarahum_desktop.demo.day.family_choice import ChosenFamily
from tarahum_desktop.demo.day.story import FAMILY_FILE, REPORT_FILE, RESULT_FILE
from tarahum_desktop.demo.world import LAPTOP, OFFICE_SCOPE, DemoWorld

PICTURES = (
    "laptop-locked", "laptop-today", "laptop-families-found", "laptop-family-file", "laptop-visit-A",
    "laptop-visit-power-cut", "laptop-visit-resumed", "laptop-visit-M", "laptop-visit-submitted", "laptop-report",
    "laptop-exchanged", "office-exchanged", "office-family-file",
)  # fmt: skip
MOST_KEYS = 760


@dataclass(frozen=True)
class Day:
    """A day that was played, and what its machines found out."""

    world: DemoWorld
    out: Path
    found: dict[str, Any]
    said: list[str]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The day as the demo command plays it where there is no display."""
    world = DemoWorld(tmp_path_factory.mktemp("demo") / "world")
    command = [
        sys.executable, "-m", "tarahum_desktop.demo",
        "--folder", str(world.folder), "--scale", "3/1000", "--scripted",
    ]  # fmt: skip
    played = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert played.returncode == 0, played.stderr[-2000:]
    out = world.folder / "day"
    return Day(world, out, json.loads((out / RESULT_FILE).read_text("utf-8")), played.stdout.splitlines())


def test_the_family_is_found_by_another_spelling_than_the_stored_one(day: Day) -> None:
    family = ChosenFamily.read(day.out / FAMILY_FILE)
    assert family.typed != f"{family.first} {family.family}"
    assert {"ة", "أ"} & set(f"{family.first}{family.family}")
    assert not {"ة", "أ", "إ", "آ"} & set(family.typed)


def test_no_finished_field_is_lost_when_the_power_fails_and_work_goes_on_at_the_same_field(day: Day) -> None:
    assert day.found["laptop"]["answers_kept"] is True
    assert day.found["laptop"]["resumed_at"] == KILLED_AFTER


def test_the_visit_is_submitted_with_a_receipt_of_this_laptop(day: Day) -> None:
    assert re.fullmatch(rf"{OFFICE_SCOPE.upper()}-\d{{4}}-R\d+-00001", day.found["laptop"]["receipt"])


def test_the_whole_visit_is_recorded_with_few_keys(day: Day) -> None:
    found = day.found["laptop"]
    assert found["keys_until_the_power_cut"] + found["keys_afterwards"] <= MOST_KEYS


def test_one_member_is_new_and_one_has_changed_and_nobody_is_there_twice(day: Day) -> None:
    before, after = day.found["laptop"]["members_before"], day.found["laptop"]["members_after"]
    assert len(before) > 1
    (new,) = after.keys() - before.keys()
    assert after[new][0].startswith(NEW_MEMBER)
    (changed,) = [person for person, known in before.items() if after[person] != known]
    assert after[changed] == [before[changed][0], CHANGED_EDUCATION]


def test_the_exchange_is_proven_and_the_office_shows_the_visit(day: Day) -> None:
    for machine in ("laptop", "office"):
        assert OFFICE_SCOPE in day.found[machine]["proven"]
        assert day.found[machine]["disputed"] == []
    assert day.found["laptop"]["kept_here"] == 0
    assert day.found["laptop"]["visit"] in day.found["office"]["visits_shown"]


def test_laptop_office_and_centre_hold_the_same_rows(day: Day) -> None:
    laptop, office, centre = (day.found[place]["digests"] for place in ("laptop", "office", "centre"))
    assert laptop.keys() == {"national", OFFICE_SCOPE}
    assert laptop == office == {scope: centre[scope] for scope in laptop}


def test_the_centres_figures_count_one_visit_more(day: Day) -> None:
    assert day.found["centre"]["visits_after"] == day.found["centre"]["visits_before"] + 1


def test_the_report_says_what_was_recorded(day: Day) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not on this machine")
    raw = subprocess.run(
        [tool, "-layout", str(day.out / REPORT_FILE), "-"], capture_output=True, check=True
    ).stdout
    text = unicodedata.normalize("NFKC", raw.decode())
    family = ChosenFamily.read(day.out / FAMILY_FILE)
    for word in (*OBSERVATIONS.split()[:3], family.first, family.family, day.found["laptop"]["receipt"]):
        assert _plain(word) in _plain(text), word


def test_every_step_leaves_its_picture(day: Day) -> None:
    for name in PICTURES:
        picture = day.out / f"{name}.png"
        assert picture.stat().st_size > 5_000, name


def test_nothing_is_left_running(day: Day) -> None:
    left = [line for line in _running() if str(day.world.folder) in line]
    assert left == []
    assert not (day.world.vault(LAPTOP) / "records.db-wal").exists()


def test_no_name_stands_in_clear_text_in_a_vault(day: Day) -> None:
    family = ChosenFamily.read(day.out / FAMILY_FILE)
    for file in day.world.vault(LAPTOP).iterdir():
        content = file.read_bytes()
        assert family.first.encode() not in content, file.name
        assert family.id_number.encode() not in content, file.name


def _running() -> list[str]:
    processes = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            processes.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:  # it has ended by now
            continue
    return processes


def _plain(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Mn"})


def test_the_results_are_kept_for_a_person_to_read(day: Day) -> None:
    assert json.loads((day.out / "results.json").read_text("utf-8")) == day.found


def test_the_command_ends_by_saying_where_everything_is(day: Day) -> None:
    assert day.said[-1].endswith(f"are in {day.out}.")
    assert day.found["laptop"]["receipt"] in day.said[-2]

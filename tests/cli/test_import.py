"""`import` on a real encrypted store: a dry run writes nothing, a run is saved, and the centre takes all of it."""

import datetime as dt
import json

import pytest

from tarahum_desktop.casework.imports.runs import import_lines
from tarahum_desktop.casework.imports.undo import undo_import
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.cli.terminal import wall_ms
from tarahum_desktop.reports.sheets.read import read_sheet
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import grant
from tests.casework.imports.sheets import FAMILY, csv
from tests.cli.conftest import WORDS
from tests.server.centres import LOGIN, SCOPE

BAD = ("35", "ماجد سالم علي الشهري", "رب الأسرة", "", "31/2/1400", "", "")
STAY = ("36", "بندر سالم علي الحربي", "رب الأسرة", "1000000040", "1390", "", "")


@pytest.fixture
def office(running, tarahum, secret, folder):
    grant(running.centre, LOGIN, "office_admin", SCOPE)
    code = invite(running.centre, Invitee("laptop", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    given = ("--server", running.address, "--login", LOGIN, "--code-fd", secret(code))
    assert tarahum("enrol", folder, *given).exit_code == 0
    assert tarahum("sync", folder).exit_code == 0
    return folder


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(csv([*FAMILY, BAD, STAY]))
    return path


def status(tarahum, folder):
    return json.loads(tarahum("status", folder, "--json").output)


def test_a_dry_run_names_what_is_wrong_and_writes_nothing(tarahum, office, register, tmp_path):
    before = status(tarahum, office)["kept_here"]
    sheet = tmp_path / "errors.xlsx"
    told = tarahum("import", office, register, "--dry-run", "--reason", "lost", "--errors", sheet)
    assert told.exit_code == 0, told.output
    assert "5\tWill not be saved" in told.output
    assert "Nothing was saved" in told.output
    assert read_sheet(sheet).rows[4].cells[1] == BAD[1]
    assert status(tarahum, office)["kept_here"] == before


def test_what_is_saved_and_what_is_undone_is_taken_by_the_centre(tarahum, office, register):
    done = tarahum("import", office, register, "--reason", "lost")
    assert done.exit_code == 0, done.output
    assert "4 rows were saved." in done.output
    assert tarahum("sync", office).exit_code == 0
    place = open_workplace(office, LOGIN, WORDS, wall_ms)
    assert len(find(place.desk, "RYD-00034")) == 1
    list(undo_import(place.desk, import_lines(place.desk)[0].id))
    assert find(place.desk, "RYD-00034") == []
    place.lock()
    assert tarahum("sync", office).exit_code == 0
    state = status(tarahum, office)
    assert (state["kept_here"], state["sent"]) == (0, state["confirmed"])


def test_all_or_nothing_ends_with_one_sentence_and_saves_nothing(tarahum, office, register):
    before = status(tarahum, office)["kept_here"]
    refused = tarahum("import", office, register, "--reason", "lost", "--all-or-nothing")
    assert refused.exit_code == 1
    assert status(tarahum, office)["kept_here"] == before

"""`form check` names every fault by its line; `form publish` publishes a file whole, and the centre takes it."""

import datetime as dt
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from tarahum_desktop.models import FormVersion
from tarahum_server.devices import Invitee, invite
from tarahum_server.people import grant
from tests.server.centres import LOGIN, SCOPE

WINTER = Path(__file__).parents[1] / "vectors/xlsform"


def test_a_good_document_and_a_good_workbook_pass(tarahum):
    assert tarahum("form", "check", WINTER / "winter-clothing.json", words=None).exit_code == 0
    told = tarahum("form", "check", WINTER / "winter-clothing.xlsx", words=None)
    assert told.exit_code == 0, told.output
    assert "The document has no fault." in told.output


def test_every_fault_is_told_by_its_line(tarahum, tmp_path):
    document = json.loads((WINTER / "winter-clothing.json").read_text("utf-8"))
    document["sections"][0]["fields"][0]["type"] = "slider"
    document["sections"][0]["fields"][2]["visible_when"] = ["eq", "$nobody", 1]
    path = tmp_path / "form.json"
    path.write_text(json.dumps(document, indent=1), "utf-8")
    told = tarahum("form", "check", path, words=None)
    assert told.exit_code == 1
    lines = path.read_text("utf-8").split("\n")
    slider = next(number for number, line in enumerate(lines, start=1) if "slider" in line)
    nobody = next(number for number, line in enumerate(lines, start=1) if "$nobody" in line)
    assert f"{slider}:" in told.output
    assert f"{nobody}:" in told.output


def test_what_is_no_file_is_said_plainly(tarahum, tmp_path):
    told = tarahum("form", "check", tmp_path / "nothing.json", words=None)
    assert told.exit_code == 1
    assert "could not be opened" in told.output


@pytest.mark.parametrize(
    ("role", "scope", "expected"), [("system_admin", "national", 0), ("supervisor", SCOPE, 1)]
)
def test_only_headquarters_publishes_and_the_centre_takes_it(
    running, tarahum, secret, folder, role, scope, expected
):
    grant(running.centre, LOGIN, role, scope)
    scopes = ("national", SCOPE)
    code = invite(running.centre, Invitee("hq", "office", SCOPE, scopes), dt.timedelta(hours=1))
    given = ("--server", running.address, "--login", LOGIN, "--code-fd", secret(code))
    assert tarahum("enrol", folder, *given).exit_code == 0
    assert tarahum("sync", folder).exit_code == 0
    told = tarahum("form", "publish", folder, WINTER / "winter-clothing.xlsx")
    assert told.exit_code == expected, told.output
    if expected == 0:
        assert tarahum("sync", folder).exit_code == 0
        table = FormVersion.__table__
        with running.centre.engine.connect() as connection:
            found = connection.execute(
                select(table.c.version).where(table.c.code == "winter-clothing")
            ).scalars()
            assert list(found) == [1]

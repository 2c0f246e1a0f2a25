"""A prison joins, sends and is answered with nothing but commands and a folder that stands for a stick."""

import datetime as dt
import json

import pytest

from tarahum_server.devices import Invitee, invite
from tarahum_server.people import add_user, grant
from tests.server.centres import SCOPE

ADMIN, CLERK = "ryd.admin", "ryd.clerk"


@pytest.fixture
def office(running, tarahum, secret, tmp_path):
    for login, role in ((ADMIN, "office_admin"), (CLERK, "clerk")):
        add_user(running.centre, login, "موظف", "Staff", SCOPE)
        grant(running.centre, login, role, SCOPE)
    folder = tmp_path / "office"
    code = invite(running.centre, Invitee("office", "office", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    args = ("--server", running.address, "--login", ADMIN, "--code-fd", secret(code))
    assert tarahum("enrol", folder, *args).exit_code == 0
    assert tarahum("sync", folder).exit_code == 0
    return folder


def test_a_machine_without_a_line_joins_and_is_answered_by_commands(
    running, tarahum, secret, office, tmp_path
):
    stick, prison = tmp_path / "stick", tmp_path / "prison"
    stick.mkdir()
    assert tarahum("pouch", "read", office, stick).exit_code == 1
    assert tarahum("pouch", "stick", office, stick, "--name", "ذاكرة").exit_code == 0
    invitee = Invitee("prison", "prison", SCOPE, (SCOPE,))
    code = invite(running.centre, invitee, dt.timedelta(hours=1), by_stick=True)
    asked = tarahum(
        "pouch",
        "request",
        prison,
        stick,
        "--login",
        CLERK,
        "--device-name",
        "prison",
        "--code-fd",
        secret(code),
    )
    assert asked.exit_code == 0, asked.output
    assert "asks to join" in tarahum("pouch", "read", office, stick).output
    assert tarahum("sync", office).exit_code == 0
    assert "Written" in tarahum("pouch", "read", office, stick, "--answer").output
    joined = tarahum("pouch", "join", prison, stick)
    assert joined.exit_code == 0, joined.output
    paper = tmp_path / "slip.pdf"
    written = tarahum("pouch", "write", prison, stick, "--slip", paper)
    assert written.exit_code == 0, written.output
    assert paper.read_bytes().startswith(b"%PDF-")
    read = json.loads(tarahum("pouch", "read", office, stick, "--answer", "--json").output)
    assert [one["state"] for one in read["read"] if one["maker_name"] == "prison"] == ["read"]
    assert [one["receiver_name"] for one in read["answered"]] == ["prison"]
    assert tarahum("pouch", "read", prison, stick).exit_code == 0
    states = [line["state"] for line in json.loads(tarahum("pouch", "list", prison, "--json").output)]
    assert "answered" in states


def test_a_file_that_is_no_pouch_is_one_sentence_and_status_one(tarahum, office, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    tarahum("pouch", "stick", office, stick, "--name", "one")
    (stick / "x.tarahum-pouch").write_bytes(b"nothing")
    result = tarahum("pouch", "read", office, stick)
    assert result.exit_code == 1
    assert "This file is not a pouch" in result.output
    assert "Traceback" not in result.output

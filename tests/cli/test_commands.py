"""From an empty folder to a printed visit, with nothing but commands."""

import datetime as dt
import json
import sqlite3
import uuid

import pytest

from tarahum_desktop.casework.drafts import begin_visit, save_fields
from tarahum_desktop.casework.register import NewFamily, NewMember, register_family
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.casework.workplace import open_workplace
from tarahum_desktop.cli.terminal import wall_ms
from tarahum_server.devices import Invitee, invite
from tests.cli.conftest import WORDS
from tests.server.centres import LOGIN, SCOPE


def a_code(running) -> str:
    return invite(running.centre, Invitee("laptop", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))


def joined(running, tarahum, secret, folder):
    result = tarahum(
        "enrol", folder, "--server", running.address, "--login", LOGIN, "--code-fd", secret(a_code(running))
    )
    assert result.exit_code == 0, result.output
    return result


def test_a_machine_joins_syncs_and_proves_that_both_sides_are_equal(running, tarahum, secret, folder):
    joined(running, tarahum, secret, folder)
    synced = tarahum("sync", folder)
    assert synced.exit_code == 0, synced.output
    assert "proven equal: 2" in synced.output
    state = json.loads(tarahum("status", folder, "--json").output)
    assert (state["kept_here"], state["confirmed"]) == (0, 0)
    scopes = {line["scope"]: line for line in state["scopes"]}
    assert set(scopes) == {"national", SCOPE}
    assert all(line["complete"] and len(line["digest"]) == 16 for line in scopes.values())
    assert [line["result"] for line in state["history"]] == ["ok"]
    assert state["last_complete_at"]
    assert "Kept here 0" in tarahum("status", folder).output


def test_a_vault_made_before_the_code_joins_and_its_user_is_the_centres(running, tarahum, secret, folder):
    assert tarahum("vault", "new", folder, "--login", LOGIN).exit_code == 0
    early = tarahum("status", folder)
    assert early.exit_code == 1
    joined(running, tarahum, secret, folder)
    assert tarahum("sync", folder).exit_code == 0
    place = open_workplace(folder, LOGIN, WORDS, wall_ms)
    assert (place.desk.user.login, place.desk.user.id.bytes) == (LOGIN, place.enrolment.user)
    assert place.desk.grants
    place.lock()
    again = tarahum(
        "enrol", folder, "--server", running.address, "--login", LOGIN, "--code-fd", secret(a_code(running))
    )
    assert again.exit_code == 1


def test_a_family_visited_here_is_found_printed_and_sent(running, tarahum, secret, folder, tmp_path):
    joined(running, tarahum, secret, folder)
    assert tarahum("sync", folder).exit_code == 0
    visit = _visit_a_family(folder)
    hits = json.loads(tarahum("find", folder, "احمد الغامدى", "--json").output)
    assert [hit["head_name"] for hit in hits] == ["أحمد بن سعد الغامدي"]
    assert "أحمد" in tarahum("find", folder, "أحمد").output
    assert "No family fits." in tarahum("find", folder, "زيد").output
    paper = tmp_path / "visit.pdf"
    printed = tarahum("report", "visit", folder, visit, "--out", paper)
    assert printed.exit_code == 0, printed.output
    assert paper.read_bytes().startswith(b"%PDF-")
    assert json.loads(tarahum("status", folder, "--json").output)["kept_here"] > 0
    assert tarahum("sync", folder).exit_code == 0
    state = json.loads(tarahum("status", folder, "--json").output)
    assert (state["kept_here"], state["sent"]) == (0, state["confirmed"])


def _visit_a_family(folder) -> uuid.UUID:
    place = open_workplace(folder, LOGIN, WORDS, wall_ms)
    head = {"first_name": "أحمد", "father_name": "سعد", "family_name": "الغامدي", "gender": "male"}
    family = register_family(place.desk, NewFamily(SCOPE, NewMember("self", head)))
    draft = begin_visit(place.desk, family.household_id)
    values = {
        "visit_type": "initial", "visit_date": place.desk.today().isoformat(), "outcome": "nobody_home",
        "outcome_reason": "لا أحد بالمنزل",
    }  # fmt: skip
    save_fields(place.desk, draft, values)
    visit = submit_visit(place.desk, draft).visit_id
    place.lock()
    return visit


def test_a_wrong_passphrase_is_one_sentence_and_status_one(running, tarahum, secret, folder):
    joined(running, tarahum, secret, folder)
    result = tarahum("status", folder, words="not the right words")
    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_without_a_line_sync_says_so_with_status_three(running, tarahum, secret, folder):
    joined(running, tarahum, secret, folder)
    place = open_workplace(folder, LOGIN, WORDS, wall_ms)
    from tarahum_desktop.sync.exchange.enrol import keep_enrolment
    from tarahum_desktop.sync.exchange.messages import EnrolReply

    known = place.enrolment
    reply = EnrolReply(
        known.device, known.user, known.scopes, known.committee, known.centre_device, known.centre_key, 0, known.authority
    )  # fmt: skip
    with place.vault.engine.begin() as connection:
        keep_enrolment(connection, reply, "https://127.0.0.1:9", known.device_name)
    place.lock()
    assert tarahum("sync", folder).exit_code == 3


@pytest.mark.parametrize("code", ["", "HELLO", "0000-0000-0000-0000-0000"])
def test_a_code_the_centre_did_not_give_joins_nothing(running, tarahum, secret, folder, code):
    result = tarahum(
        "enrol", folder, "--server", running.address, "--login", LOGIN, "--code-fd", secret(code)
    )
    assert result.exit_code == 1
    assert not (folder / "slots.json").exists()


def test_a_missing_vault_is_one_sentence(tarahum, folder):
    result = tarahum("find", folder, "احمد")
    assert result.exit_code == 1
    assert not folder.exists()


def test_the_invented_year_is_built_and_never_over_something_else(tarahum, tmp_path):
    centre = tmp_path / "centre"
    built = tarahum("demo", "build", "--centre", centre, "--scale", "0.001", words=None)
    assert built.exit_code == 0, built.output
    assert "59 services to 40 people" in built.output
    with sqlite3.connect(centre / "centre.db") as database:
        assert database.execute("SELECT count(*) FROM delivery").fetchone()[0] >= 59
    database.close()
    assert tarahum("demo", "build", "--centre", centre, "--scale", "0.001", words=None).exit_code == 1
    assert tarahum("demo", "build", "--centre", tmp_path / "b", "--scale", "many", words=None).exit_code == 2


@pytest.mark.parametrize("command", ["vault", "enrol", "sync", "status", "find", "report"])
def test_no_command_takes_a_secret_as_an_argument(command):
    from typer.testing import CliRunner

    from tarahum_desktop.cli.main import make_app

    arguments = {"vault": ["vault", "new"], "report": ["report", "visit"]}.get(command, [command])
    text = CliRunner().invoke(make_app(), [*arguments, "--help"], env={"COLUMNS": "200"}).output
    assert "--passphrase-fd" in text
    assert "--passphrase " not in text

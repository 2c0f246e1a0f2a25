"""The administrator's commands, as typed."""

import json
import os
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tarahum_server.centre import open_centre
from tarahum_server.cli import make_app
from tarahum_server.private_files import KeyFileOpen
from tarahum_server.settings import BadSettings, Settings, read_settings
from tests.server.centres import SCOPE, free_port, join, wait_for

DAY_SECONDS = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("typed") / "centre"
    said = typed(made, "init", "--host-name", "centre.example")
    assert "certificate SHA-256 " in said
    return made


def typed(folder, *words, code=0):
    result = CliRunner().invoke(make_app(), [*words, "--folder", str(folder)])
    assert result.exit_code == code, result.output
    return result.output


def test_preparing_again_adds_nothing_and_keeps_the_key(folder):
    key = (folder / "centre.key").read_bytes()
    assert typed(folder, "init").startswith("0 rows")
    assert (folder / "centre.key").read_bytes() == key


def test_keys_can_be_read_by_their_owner_only(folder):
    for name in ("centre.key", "tls/server.key", "tls/authority.key"):
        assert (folder / name).stat().st_mode & 0o077 == 0 or os.name == "nt"


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_key_that_others_can_read_is_not_used(folder):
    (folder / "centre.key").chmod(0o644)
    try:
        with pytest.raises(KeyFileOpen):
            open_centre(Settings(folder=folder))
    finally:
        (folder / "centre.key").chmod(0o600)


def test_users_roles_invitations_devices_and_state_in_one_go(folder):
    typed(folder, "add-user", "--login", "u1", "--name-ar", "أ", "--name-en", "A", "--committee", SCOPE)
    typed(
        folder, "grant", "--login", "u1", "--role", "officer", "--scope", SCOPE, "--first-day", "2026-01-01"
    )
    code = typed(folder, "invite", "--device", "L1", "--kind", "laptop", "--committee", SCOPE).strip()
    assert len(code) == 49
    assert len(typed(folder, "devices").splitlines()) == 1
    state = json.loads(typed(folder, "status", "--json"))
    assert state["scopes"]["national"]["rows"] == state["rows"] > 500
    assert state["held"] == {}
    assert "digest" in typed(folder, "status")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("add-user", "--login", "u2", "--name-ar", "أ", "--name-en", "A"), None),
        (("add-user", "--login", "u2", "--name-ar", "أ", "--name-en", "A"), "login"),
        (("grant", "--login", "nobody", "--role", "officer", "--scope", SCOPE), "login"),
        (("grant", "--login", "u2", "--role", "receiving_supervisor", "--scope", SCOPE), "role"),
        (("grant", "--login", "u2", "--role", "officer", "--scope", "xyz"), "scope"),
        (("invite", "--device", "x", "--kind", "toaster", "--committee", SCOPE), "kind"),
        (("invite", "--device", "x", "--kind", "laptop", "--committee", "xyz"), "committee"),
        (("invite", "--device", "x", "--kind", "laptop", "--scopes", "xyz"), "scopes"),
        (("revoke", "99"), "device"),
        (("widen", "99", "--scopes", SCOPE), "device"),
        (("widen", "1", "--scopes", SCOPE), "device"),
        (("revoke", "1"), "device"),
    ],
)
def test_what_an_administrator_mistypes_is_named(folder, words, what):
    said = typed(folder, *words, code=0 if what is None else 1)
    assert what is None or f"what={what}" in said


def test_a_folder_nobody_prepared_is_named(tmp_path):
    assert "centre_not_prepared" in typed(tmp_path, "status", code=1)


def test_settings_come_from_file_and_environment_within_bounds(tmp_path):
    (tmp_path / "server.toml").write_text('port = 9000\nhost = "::1"\n', "utf-8")
    found = read_settings(tmp_path, {"TARAHUM_SERVER_PORT": "9001", "TARAHUM_SERVER_PLAIN_HTTP": "yes"})
    assert (found.port, found.host, found.plain_http, found.database) == (9001, "::1", True, "")
    for file, environment in (
        ("port = 99999", {}),
        ("colour = 1", {}),
        ("port = ", {}),
        ("", {"TARAHUM_SERVER_PORT": "٩"}),
        ('plain_http = true\nhost = "0.0.0.0"', {}),
    ):
        (tmp_path / "server.toml").write_text(file, "utf-8")
        with pytest.raises(BadSettings):
            read_settings(tmp_path, environment)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_two_worker_processes_serve_and_end_politely_when_told(folder, tmp_path):
    typed(folder, "add-user", "--login", "ryd.officer1", "--name-ar", "أ", "--name-en", "A")
    typed(folder, "grant", "--login", "ryd.officer1", "--role", "officer", "--scope", SCOPE)
    port = free_port()
    environment = {**os.environ, "TARAHUM_SERVER_PORT": str(port), "TARAHUM_SERVER_WORKERS": "2"}
    line = [sys.executable, "-m", "tarahum_server", "run", "--folder", str(folder)]
    with subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            wait_for(port, lambda: server.poll() is None)
            centre = open_centre(Settings(folder=folder))
            desktop = join(f"https://127.0.0.1:{port}", centre, tmp_path, "a")
            desktop.write_homes(10, "A")
            assert desktop.exchange().proven == {"national", SCOPE}
            centre.close()
            server.send_signal(signal.SIGTERM)
            said, _ = server.communicate(timeout=DAY_SECONDS)
        finally:
            server.kill()
    assert server.returncode in {0, -signal.SIGTERM}
    assert said.decode().strip() == f"serving https://127.0.0.1:{port}"


def test_a_sweep_says_what_it_let_go(folder):
    assert typed(folder, "sweep") == "0 contents of 0 bytes let go, 0 chunks sealed\n"

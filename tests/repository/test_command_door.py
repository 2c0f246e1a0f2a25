"""`run.py` and what stands behind it: the parts that can go wrong without a network."""

import subprocess
import sys
from pathlib import Path

import pytest

from dev import environment, machine
from dev.commands import COMMANDS
from dev.machine import Need, SetupError

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments], capture_output=True, text=True, check=False
    )


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert all(name in result.stdout for name in COMMANDS)


def test_an_unknown_command_is_refused_with_the_list() -> None:
    result = run("tset")
    assert result.returncode == 2
    assert "'tset'" in result.stderr
    assert "test" in result.stderr


def test_no_command_at_all_is_an_error_that_shows_the_list() -> None:
    result = run()
    assert result.returncode == 2
    assert "Usage" in result.stdout


@pytest.mark.parametrize(
    "changed", ["requirements/bootstrap.lock", "requirements/dev.lock", "pyproject.toml"]
)
def test_the_environment_is_refreshed_when_a_pin_changes(tmp_path: Path, changed: str) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/bootstrap.lock", "requirements/dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text("one")
    before = environment.fingerprint(tmp_path)
    assert environment.fingerprint(tmp_path) == before
    (tmp_path / changed).write_text("two")
    assert environment.fingerprint(tmp_path) != before


def test_an_environment_made_in_another_folder_is_made_anew(tmp_path: Path) -> None:
    stamp = f"{tmp_path}\ndigest\n"
    assert not environment.is_moved(tmp_path, stamp)
    assert environment.is_moved(tmp_path / "elsewhere", stamp)
    assert not environment.is_moved(tmp_path, "")


def test_what_may_not_be_installed_is_named_with_its_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "may_install", lambda: False)
    monkeypatch.setattr(machine.shutil, "which", lambda _: "/usr/bin/apt-get")
    need = Need("the fine library", ("libfine2", "libfine1"), lambda _: False)
    with pytest.raises(SetupError) as problem:
        machine.ensure([need], PYTHON)
    assert "the fine library" in str(problem.value)
    assert str(problem.value).endswith("\n  sudo apt-get install --no-install-recommends libfine1 libfine2")
    assert str(problem.value).count("brings it") == 1


def test_without_apt_the_packages_are_named_and_no_command_that_cannot_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine.shutil, "which", lambda _: None)
    assert "libfine1" in machine.by_hand(["libfine1"])
    assert "apt-get" not in machine.by_hand(["libfine1"])


def test_what_may_be_installed_is_installed_and_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: set[str] = set()
    monkeypatch.setattr(machine, "may_install", lambda: True)
    monkeypatch.setattr(machine, "install", installed.update)
    machine.ensure([Need("a library", ("liba",), lambda _: "liba" in installed)], PYTHON)
    assert installed == {"liba"}


def test_what_is_there_is_not_installed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: object) -> bool:
        raise AssertionError("nothing was missing")

    monkeypatch.setattr(machine, "may_install", lambda: True)
    monkeypatch.setattr(machine, "install", never)
    machine.ensure([Need("a library", ("liba",), lambda _: True)], PYTHON)


def test_an_optional_need_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "may_install", lambda: False)
    machine.ensure([Need("a server", ("server",), lambda _: False, optional=True)], PYTHON)


def test_window_libraries_are_wanted_only_where_a_window_can_open() -> None:
    assert machine.window_needs({"DISPLAY": ":0"}, opens_window=True) == (machine.QT_WINDOW,)
    assert machine.window_needs({}, opens_window=True) == ()
    assert machine.window_needs({"DISPLAY": ":0"}, opens_window=False) == ()


def test_the_qt_probe_passes_here_and_fails_where_python_has_no_qt() -> None:
    assert machine.QT.present(PYTHON)
    assert not machine.QT.present(Path("/bin/false"))

"""The project's own Python environment: made once, refreshed when a pin changes, else left alone.

Runs in the Python that started `run.py`: standard library only. `uv` does the installing because it is several times
faster than pip at checking hashes; pip, which every environment has, brings `uv` itself, pinned by hash too.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from dev import machine
from dev.machine import SetupError

BOOTSTRAP_LOCK = Path("requirements/bootstrap.lock")
DEV_LOCK = Path("requirements/dev.lock")
STAMP = "tarahum-installed"  # inside .venv: the fingerprint of what was installed there


def python_of(venv: Path) -> Path:
    """Return the interpreter inside a virtual environment, on any system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path) -> str:
    """Return what an installed environment depends on: the folder it was made in, and one digest of all pins."""
    digest = hashlib.sha256()
    for path in (BOOTSTRAP_LOCK, DEV_LOCK, Path("pyproject.toml")):
        digest.update((root / path).read_bytes())
    return f"{root}\n{digest.hexdigest()}\n"


def prepare(root: Path) -> Path:
    """Make `.venv` match the lock files, compile the translations, and return its interpreter.

    Raises:
        SetupError: the environment could not be made; the message says what to do.
    """
    venv = root / ".venv"
    python, stamp, wanted = python_of(venv), venv / STAMP, fingerprint(root)
    installed = stamp.read_text("utf-8") if stamp.exists() else ""
    if not python.exists() or installed != wanted:
        stamp.unlink(missing_ok=True)
        if not python.exists() or is_moved(root, installed):
            _create(venv)
        _install(root, python)
        stamp.write_text(wanted, "utf-8")
    _compile_translations(root, python)
    return python


def is_moved(root: Path, installed: str) -> bool:
    """Say whether the environment was made in another folder: its commands hold full paths and would not start."""
    return bool(installed) and installed.splitlines()[0] != str(root)


def _create(venv: Path) -> None:
    print("Creating .venv ...", flush=True)
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not (machine.may_install() and machine.install([package])):
            raise SetupError(f"This Python cannot make virtual environments. {machine.by_hand([package])}")
    shutil.rmtree(venv, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(venv)], "The virtual environment could not be made.")


def _install(root: Path, python: Path) -> None:
    print("Installing the pinned dependencies ...", flush=True)
    bootstrap, dev = str(root / BOOTSTRAP_LOCK), str(root / DEV_LOCK)
    offline = "The dependencies could not be installed. Is the package index within reach?"
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    _run([*pip, "-r", bootstrap], offline)
    uv = [str(python), "-m", "uv", "-q", "pip"]
    _run([*uv, "sync", "--python", str(python), "--require-hashes", bootstrap, dev], offline)
    own = ["install", "--python", str(python), "--no-deps", "--no-build-isolation", "-e", str(root)]
    _run([*uv, *own], "The project itself could not be installed into .venv.")


def _compile_translations(root: Path, python: Path) -> None:
    sources = list((root / "resources/locale").glob("*/LC_MESSAGES/*.po"))
    if all(_fresh(source) for source in sources):
        return
    _run([str(python), "-m", "tarahum_desktop.i18n.compile"], "The translations could not be compiled.")


def _fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _run(line: list[str], complaint: str) -> None:
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    result = subprocess.run(
        line,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        raise SetupError(f"{complaint}\n{(result.stderr or result.stdout).strip()[-4000:]}")

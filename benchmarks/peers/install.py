"""Brings the peers in by name on first use, into ``build/peers``. They are measured and never shipped."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PLACE: Final = Path("build/peers").absolute()
_DONE: Final = "ready"
_MINUTES: Final = 10 * 60


class Missing(Exception):
    """A peer cannot be had here; the text says why."""


def anki_python() -> Path:
    """The Python of an environment of its own that has Anki's library (AGPL-3.0) with client and sync server."""
    return _environment("anki", "anki")


def kinto_python() -> Path:
    """The Python of an environment of its own that has Kinto (Apache-2.0) and its driver of PostgreSQL."""
    return _environment("kinto", "kinto[postgresql]")


def _environment(name: str, package: str) -> Path:
    folder = PLACE / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / _DONE).exists():
        _run([sys.executable, "-m", "venv", folder], f"no environment for {name}")
        _run([python, "-m", "pip", "install", "--quiet", package], f"pip found no {name}")
        (folder / _DONE).touch()
    return python


def pouchdb_project() -> Path:
    """A folder with PouchDB 9 and its server (both Apache-2.0) for Node."""
    folder = PLACE / "pouchdb"
    if not (folder / _DONE).exists():
        npm = shutil.which("npm")
        if npm is None:
            raise Missing("Node and npm are not here")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}')
        _run(
            [npm, "install", "--no-audit", "--no-fund", "pouchdb@9", "pouchdb-server"],
            "npm found no PouchDB",
            folder,
        )
        (folder / _DONE).touch()
    return folder


def _run(line: Sequence[str | Path], trouble: str, folder: Path | None = None) -> None:
    try:
        result = subprocess.run(
            list(map(str, line)), cwd=folder, stdout=sys.stderr, check=False, timeout=_MINUTES
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(trouble) from error
    if result.returncode:
        raise Missing(trouble)

